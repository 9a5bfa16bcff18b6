using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>What an agent and the employer have agreed: hours and days per ISO week, shifts, and rules of the contract's own.</summary>
/// <param name="Code">Name of the contract.</param>
/// <param name="MinimumWeeklyHours">Paid time per ISO week that must be given, shortened pro rata in weeks cut by the period and by leave.
/// A roster that cannot give it says so in its violations, with the reason.</param>
/// <param name="MaximumWeeklyHours">Paid time per ISO week that is never exceeded.</param>
/// <param name="MaximumDaysPerWeek">Shifts per ISO week that are never exceeded, 1 to 7; <see langword="null"/> for no limit.</param>
/// <param name="Templates">Codes of the only shift templates the agent works; <see langword="null"/> for all.</param>
/// <exception cref="SchedulingDataException">A value outside its range, or a minimum above its maximum.</exception>
public sealed record Contract(
    string Code, Duration MinimumWeeklyHours, Duration MaximumWeeklyHours, int? MaximumDaysPerWeek, IReadOnlyList<string>? Templates)
{
    /// <summary>Name of the contract.</summary>
    public string Code { get; } = Guard.Text(Code, "contract", nameof(Code));

    /// <summary>Paid time per ISO week that is never exceeded.</summary>
    public Duration MaximumWeeklyHours { get; } =
        Guard.Minutes(MaximumWeeklyHours, Duration.Zero, Duration.FromHours(168), $"contract '{Code}'", nameof(MaximumWeeklyHours));

    /// <summary>Paid time per ISO week that must be given.</summary>
    public Duration MinimumWeeklyHours { get; } = MinimumWeeklyHours <= MaximumWeeklyHours
        ? Guard.Minutes(MinimumWeeklyHours, Duration.Zero, Duration.FromHours(168), $"contract '{Code}'", nameof(MinimumWeeklyHours))
        : throw new SchedulingDataException(
            $"contract '{Code}': MinimumWeeklyHours {Guard.Show(MinimumWeeklyHours)} is above MaximumWeeklyHours {Guard.Show(MaximumWeeklyHours)}.");

    /// <summary>Shifts per ISO week that are never exceeded.</summary>
    public int? MaximumDaysPerWeek { get; } = MaximumDaysPerWeek is null or (>= 1 and <= 7) ? MaximumDaysPerWeek
        : throw new SchedulingDataException($"contract '{Code}': MaximumDaysPerWeek is {MaximumDaysPerWeek}; it must lie between 1 and 7.");

    /// <summary>Rules of this contract beside those of the labour policy, all of them hard.</summary>
    public IReadOnlyList<LabourRule> Rules { get; init; } = [];
}
