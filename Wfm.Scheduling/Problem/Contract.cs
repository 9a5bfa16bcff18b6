using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>What an agent and the employer have agreed: hours and days per week, shifts, and rules of the contract's own.</summary>
/// <param name="Code">Name of the contract.</param>
/// <param name="MinimumWeeklyHours">Paid time per week that must be given; usual working days outside the period or the employment take off their share, and so
/// does leave (HoursDue says exactly how). A roster that cannot give it says so in its violations, with the reason.</param>
/// <param name="MaximumWeeklyHours">Paid time per week that is never exceeded, paid leave included.</param>
/// <param name="MaximumDaysPerWeek">Days worked per week that are never exceeded, days of paid leave included, 1 to 7; <see langword="null"/> for no
/// limit.</param>
/// <param name="Templates">Codes of the only shift templates the agent works; <see langword="null"/> for all.</param>
/// <exception cref="SchedulingDataException">A value outside its range, or a minimum above its maximum.</exception>
public sealed record Contract(
    string Code, Duration MinimumWeeklyHours, Duration MaximumWeeklyHours, int? MaximumDaysPerWeek, IReadOnlyList<string>? Templates)
{
    /// <summary>Name of the contract.</summary>
    public string Code { get; } = Guard.Text(Code, "contract", nameof(Code));

    /// <summary>Paid time per week that is never exceeded.</summary>
    public Duration MaximumWeeklyHours { get; } =
        Guard.Minutes(MaximumWeeklyHours, Duration.Zero, Duration.FromHours(168), $"contract '{Code}'", nameof(MaximumWeeklyHours));

    /// <summary>Paid time per week that must be given.</summary>
    public Duration MinimumWeeklyHours { get; } = MinimumWeeklyHours <= MaximumWeeklyHours
        ? Guard.Minutes(MinimumWeeklyHours, Duration.Zero, Duration.FromHours(168), $"contract '{Code}'", nameof(MinimumWeeklyHours))
        : throw new SchedulingDataException(
            $"contract '{Code}': MinimumWeeklyHours {Guard.Show(MinimumWeeklyHours)} is above MaximumWeeklyHours {Guard.Show(MaximumWeeklyHours)}.");

    /// <summary>Days worked per week that are never exceeded.</summary>
    public int? MaximumDaysPerWeek { get; } = MaximumDaysPerWeek is null or (>= 1 and <= 7) ? MaximumDaysPerWeek
        : throw new SchedulingDataException($"contract '{Code}': MaximumDaysPerWeek is {MaximumDaysPerWeek}; it must lie between 1 and 7.");

    /// <summary>Usual working days: those on which leave is paid time, and over which the hours of the week spread. <see langword="null"/> when they are not
    /// agreed: then as many as <see cref="MaximumDaysPerWeek"/>, else five, of the days on which the agent can work, Monday first.</summary>
    public DaysOfWeek? WorkingDays { get; init => field = Usual(value, MaximumDaysPerWeek, Code); }

    /// <summary>Rules of this contract beside those of the labour policy, all of them hard.</summary>
    public IReadOnlyList<LabourRule> Rules { get; init; } = [];

    private static DaysOfWeek? Usual(DaysOfWeek? days, int? most, string code) =>
        days switch
        {
            not null and not (> DaysOfWeek.None and <= DaysOfWeek.All) => throw new SchedulingDataException(
                $"contract '{code}': WorkingDays is {days}; give at least one weekday."),
            { } some when some.Count() > most => throw new SchedulingDataException(
                $"contract '{code}': WorkingDays has {some.Count()} days, MaximumDaysPerWeek is {most}."),
            _ => days,
        };
}
