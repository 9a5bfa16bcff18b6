namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>The room a plan has: by the end of each interval at least <c>DueHours</c> and at most <c>ArrivedHours</c> are worked, since the start.</summary>
/// <remarks>
/// For one class the band is exact: every plan inside it, worked first in first out, meets every deadline. For several classes it is necessary but
/// not sufficient, because capacity spent before an urgent piece arrives cannot serve it; <see cref="DeferrableStaffing"/> plans exactly, and
/// <see cref="BacklogProjection"/> checks any plan. Deadlines inside an interval count at its end. What falls due while closed is due when work closes.
/// </remarks>
/// <param name="DueHours">Cumulative hours that must be worked by the end of each interval.</param>
/// <param name="ArrivedHours">Cumulative hours that have arrived by the end of each interval, opening backlog included.</param>
/// <param name="FirstBreach">The first deadline no staffing can meet, null when there is none.</param>
public sealed record DeferrableBand(double[] DueHours, double[] ArrivedHours, StaffingBreach? FirstBreach);
