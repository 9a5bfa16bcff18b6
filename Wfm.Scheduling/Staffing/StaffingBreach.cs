using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>Why work misses its deadline.</summary>
public enum BreachReason
{
    /// <summary>Overdue when the horizon starts.</summary>
    OverdueAtStart,

    /// <summary>Arrives and falls due while closed: no staffing of the open hours can meet it.</summary>
    DueWhileClosed,

    /// <summary>The staffing given does not reach it in time.</summary>
    NotEnoughStaff,
}

/// <summary>The first deadline that is missed.</summary>
/// <param name="Interval">Index of the interval in which the deadline passes.</param>
/// <param name="Offset">Time from the start of the horizon to the end of that interval; zero for work overdue at the start.</param>
/// <param name="Hours">All work of the horizon that misses its deadline for the same reason, in hours of handle time.</param>
/// <param name="Reason">Why it is missed.</param>
public sealed record StaffingBreach(int Interval, Duration Offset, double Hours, BreachReason Reason);
