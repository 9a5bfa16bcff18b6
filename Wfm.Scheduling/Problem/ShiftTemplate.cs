using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>A kind of shift: when it may start, how long it lasts and which breaks it has.</summary>
/// <remarks>
/// Start times are local wall-clock times. The length is elapsed time, so that a night shift over a clock change ends an hour earlier or later on
/// the wall; or, with <see cref="EndsAt"/>, the end is kept on the wall, so that the shift of that night is an hour shorter or longer. A start inside a spring
/// gap is moved forward by the length of the gap (02:30 becomes 03:30), a start that happens
/// twice in autumn is the first of the two (<c>DateTimeZone.AtLeniently</c>). A shift belongs to the local date on which it starts.
/// </remarks>
/// <param name="Code">Unique code within the problem.</param>
/// <param name="EarliestStart">First local start time.</param>
/// <param name="LatestStart">Last local start time, not before the earliest.</param>
/// <param name="StartStep">Distance of the start times, 5 minutes to 24 hours.</param>
/// <param name="Length">Length with all breaks, whole minutes, 15 minutes to 24 hours: elapsed, or on the wall clock with <see cref="EndsAt"/>.</param>
/// <param name="Breaks">The breaks of every shift of this template; none is an empty list.</param>
/// <param name="Days">Weekdays on which it may start.</param>
/// <exception cref="SchedulingDataException">A value outside its range; the message names the template, the field and the value.</exception>
public sealed record ShiftTemplate(
    string Code, LocalTime EarliestStart, LocalTime LatestStart, Duration StartStep, Duration Length, IReadOnlyList<BreakRule> Breaks, DaysOfWeek Days)
{
    /// <summary>Unique code within the problem.</summary>
    public string Code { get; } = Guard.Text(Code, "shift template", nameof(Code));

    /// <summary>Last local start time.</summary>
    public LocalTime LatestStart { get; } = LatestStart >= EarliestStart ? LatestStart : throw new SchedulingDataException(
        $"shift template '{Code}': LatestStart {LatestStart:HH:mm} lies before EarliestStart {EarliestStart:HH:mm}; use two templates around midnight.");

    /// <summary>Distance of the start times.</summary>
    public Duration StartStep { get; } =
        Guard.Minutes(StartStep, Duration.FromMinutes(5), Duration.FromHours(24), $"shift template '{Code}'", nameof(StartStep));

    /// <summary>Length with all breaks.</summary>
    public Duration Length { get; } =
        Guard.Minutes(Length, Duration.FromMinutes(15), Duration.FromHours(24), $"shift template '{Code}'", nameof(Length));

    /// <summary>The breaks of every shift of this template.</summary>
    public IReadOnlyList<BreakRule> Breaks { get; } = Guard.List(Breaks, $"shift template '{Code}'", nameof(Breaks));

    /// <summary>Weekdays on which it may start.</summary>
    public DaysOfWeek Days { get; } = Days is > DaysOfWeek.None and <= DaysOfWeek.All ? Days
        : throw new SchedulingDataException($"shift template '{Code}': Days is {Days}; give at least one weekday.");

    /// <summary>Local time at which a shift begun at <see cref="EarliestStart"/> ends; one begun later ends as much later. It must agree with
    /// <see cref="Length"/>, 23 hours at most, which is then kept on the wall clock. <see langword="null"/> keeps the length in elapsed time.</summary>
    public LocalTime? EndsAt
    {
        get;
        init =>
            field =
                value is null || (Length <= Duration.FromHours(23) && EarliestStart.PlusTicks(Length.BclCompatibleTicks) == value)
                    ? value
                    : throw new SchedulingDataException(
                        $"shift template '{Code}': EndsAt is {value:HH:mm}, but {Guard.Show(Length)} from {EarliestStart:HH:mm} end at "
                            + $"{EarliestStart.PlusTicks(Length.BclCompatibleTicks):HH:mm}; up to 23 hours serve.");
    }

    /// <summary>The only skill groups this template serves; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>Length without the unpaid breaks: what counts as working time, but for a night on which the clocks change.</summary>
    public Duration Paid => Length - Breaks.Where(b => !b.Paid).Aggregate(Duration.Zero, (sum, b) => sum + b.Length);
}
