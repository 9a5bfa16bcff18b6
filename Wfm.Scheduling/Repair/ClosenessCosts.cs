using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Repair;

/// <summary>What it costs to differ from the published roster, in the currency of the objective (cost of one head-hour); finite and not negative.</summary>
/// <remarks>
/// The defaults are proposals. A missing shift of eight hours costs some eighty (<see cref="RosterObjective.UnderCost"/>), so that it is worth a day off
/// of somebody else even at short notice, and no change is worth a gain that nobody would notice.
/// </remarks>
public sealed record ClosenessCosts
{
    /// <summary>The defaults.</summary>
    public static ClosenessCosts Default { get; } = new();

    /// <summary>Other work or other breaks in a shift that keeps its times.</summary>
    public double ActivityCost { get; init => field = Cost(value, nameof(ActivityCost)); } = 1;

    /// <summary>Other times on a working day.</summary>
    public double MovedCost { get; init => field = Cost(value, nameof(MovedCost)); } = 6;

    /// <summary>A working day that becomes free.</summary>
    public double FreedCost { get; init => field = Cost(value, nameof(FreedCost)); } = 6;

    /// <summary>A day off that is taken away.</summary>
    public double DayOffCost { get; init => field = Cost(value, nameof(DayOffCost)); } = 16;

    /// <summary>Once for each changed person who is no part of the change.</summary>
    public double PersonCost { get; init => field = Cost(value, nameof(PersonCost)); } = 6;

    /// <summary>Days of notice people are due: changes of days nearer than that cost <see cref="NoticeFactor"/> times as much; 0 to 371.</summary>
    public int NoticeDays
    {
        get;
        init => field = value is >= 0 and <= 371 ? value
            : throw new SchedulingDataException($"closeness costs: {nameof(NoticeDays)} is {value}; it must lie between 0 and 371.");
    } = 7;

    /// <summary>Factor on changes inside the notice period; at least 1.</summary>
    public double NoticeFactor
    {
        get;
        init => field = value >= 1 && double.IsFinite(value) ? value
            : throw new SchedulingDataException($"closeness costs: {nameof(NoticeFactor)} is {value}; it must be finite and at least 1.");
    } = 2;

    /// <summary>The defaults with the notice and its weight as a policy has them: the longest notice, and the greatest weight.</summary>
    /// <param name="rules">Rules of any kind.</param>
    /// <param name="day">The local day on which people are told.</param>
    /// <returns>The defaults where no rule is on notice.</returns>
    public static ClosenessCosts Of(IEnumerable<LabourRule> rules, LocalDate day) => NoticeOfChange.InForce(rules, day) is not { Count: > 0 } notices ? Default
        : Default with
        {
            NoticeDays = (int)Math.Ceiling(NoticeOfChange.Due(notices[0]).TotalDays),
            NoticeFactor = notices.Max(NoticeOfChange.WeightInside),
        };

    private static double Cost(double value, string field) => Guard.NotNegative(value, "closeness costs", field);
}
