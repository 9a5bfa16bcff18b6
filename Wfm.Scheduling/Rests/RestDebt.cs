using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rests;

/// <summary>Rest that somebody is owed because a rule was broken.</summary>
/// <param name="From">From when rest counts: the end of the work that broke the rule.</param>
/// <param name="By">First moment at which it is too late, after <paramref name="From"/>.</param>
/// <param name="Due">How much rest beyond what is due anyway, in one piece; above zero.</param>
/// <exception cref="SchedulingDataException">The end is not after the start, or nothing is due.</exception>
public sealed record RestDebt(Instant From, Instant By, Duration Due)
{
    /// <summary>First moment at which it is too late.</summary>
    public Instant By { get; } = By > From ? By : throw new SchedulingDataException($"rest owed: {By} is not after {From}.");

    /// <summary>How much rest beyond what is due anyway.</summary>
    public Duration Due { get; } = Due > Duration.Zero ? Due : throw new SchedulingDataException($"rest owed: {nameof(Due)} is {Due}; it must be above zero.");
}

/// <summary>The rest that a person is due whatever happened: it makes up for nothing.</summary>
/// <param name="Between">Rest between two shifts, not negative.</param>
/// <param name="DaysOffPerWeek">Whole local days without work in each week, 0 to 7.</param>
/// <param name="FirstDayOfWeek">The day on which a week begins.</param>
/// <exception cref="SchedulingDataException">A number is out of range.</exception>
public sealed record UsualRest(Duration Between, int DaysOffPerWeek, IsoDayOfWeek FirstDayOfWeek)
{
    /// <summary>Rest between two shifts.</summary>
    public Duration Between { get; } = Between >= Duration.Zero ? Between
        : throw new SchedulingDataException($"usual rest: {nameof(Between)} is {Between}; it must not be negative.");

    /// <summary>What rules and a contract make due: the longest daily rest, and the most days off that any of them leaves; a weekly rest of a day or more
    /// leaves one.</summary>
    /// <param name="rules">The rules in force, of any kind.</param>
    /// <param name="firstDayOfWeek">The day on which a week begins.</param>
    /// <param name="maximumDaysPerWeek">Working days of the contract, 0 to 7; <see langword="null"/> for no maximum.</param>
    public static UsualRest Of(IEnumerable<LabourRule> rules, IsoDayOfWeek firstDayOfWeek, int? maximumDaysPerWeek)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var (between, daysOff) = (0, 7 - (maximumDaysPerWeek ?? 7));
        foreach (var rule in rules)
        {
            if (rule.Kind == MinimumDailyRest.Definition) between = Math.Max(between, rule.Parameters.Minutes("hours"));
            if (rule.Kind == MinimumDaysOff.Definition) daysOff = Math.Max(daysOff, rule.Parameters.Whole("days"));
            if (rule.Kind == MinimumWeeklyRest.Definition) daysOff = Math.Max(daysOff, rule.Parameters["hours"] >= 24 ? 1 : 0);
        }

        return new UsualRest(Duration.FromMinutes(between), daysOff, firstDayOfWeek);
    }

    /// <summary>Whole local days without work in each week.</summary>
    public int DaysOffPerWeek { get; } = DaysOffPerWeek is >= 0 and <= 7 ? DaysOffPerWeek
        : throw new SchedulingDataException($"usual rest: {nameof(DaysOffPerWeek)} is {DaysOffPerWeek}; it must lie between 0 and 7.");
}

/// <summary>Time in which somebody does not rest: at work, or on leave, which is due for itself.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
public sealed record BusyTime(Instant Start, Instant End);

/// <summary>What became of rest that is owed.</summary>
/// <param name="Start">Start of the rest that gives it; <see langword="null"/> when none does.</param>
/// <param name="End">End of that rest; <see langword="null"/> when none does.</param>
/// <param name="Longest">The most rest beyond what is due anyway, in one piece, that is left for it.</param>
public sealed record RestPaid(Instant? Start, Instant? End, Duration Longest)
{
    /// <summary>Whether it is given.</summary>
    public bool IsGiven => Start is not null;
}
