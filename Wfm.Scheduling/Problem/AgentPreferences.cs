using NodaTime;

namespace Wfm.Scheduling.Problem;

/// <summary>What an agent would like; every refusal has a cost in the objective and none is hard.</summary>
/// <param name="Templates">Liked and disliked shift templates.</param>
/// <param name="Wishes">Wishes for a date.</param>
/// <exception cref="SchedulingDataException">An unusable list.</exception>
public sealed record AgentPreferences(IReadOnlyList<TemplatePreference> Templates, IReadOnlyList<ShiftWish> Wishes)
{
    /// <summary>No wishes.</summary>
    public static AgentPreferences None { get; } = new([], []);

    /// <summary>Liked and disliked shift templates.</summary>
    public IReadOnlyList<TemplatePreference> Templates { get; } = Guard.Unique(Templates, t => t.Template, "preferences", nameof(Templates));

    /// <summary>Wishes for a date.</summary>
    public IReadOnlyList<ShiftWish> Wishes { get; } = Guard.List(Wishes, "preferences", nameof(Wishes));
}

/// <summary>How much an agent dislikes a template.</summary>
/// <param name="Template">Code of the shift template.</param>
/// <param name="Cost">Weight added for each shift of the template; 0 is indifferent, list what the agent does not prefer.</param>
/// <exception cref="SchedulingDataException">A cost that is negative or not finite.</exception>
public sealed record TemplatePreference(string Template, double Cost)
{
    /// <summary>Weight added for each shift of the template.</summary>
    public double Cost { get; } = Guard.NotNegative(Cost, $"template preference '{Template}'", nameof(Cost));
}

/// <summary>A wish for a date: to work, not to work, to work a template or not to work it.</summary>
/// <param name="Date">Local date on which the shift would start.</param>
/// <param name="Template">Code of the template, or <see langword="null"/> for any shift.</param>
/// <param name="Wanted">True to have the shift, false not to have it; a wish for a day off is no template, not wanted.</param>
/// <param name="Weight">Weight of a refusal.</param>
/// <exception cref="SchedulingDataException">A weight that is negative or not finite.</exception>
public sealed record ShiftWish(LocalDate Date, string? Template, bool Wanted, double Weight)
{
    /// <summary>Weight of a refusal.</summary>
    public double Weight { get; } = Guard.NotNegative(Weight, $"wish for {Date}", nameof(Weight));
}

/// <summary>What an agent already carries into the period; it counts in the fairness goals.</summary>
/// <param name="Nights">Night shifts worked before, in the window over which fairness is kept.</param>
/// <param name="Weekends">Weekends worked before.</param>
/// <exception cref="SchedulingDataException">A negative count.</exception>
public sealed record FairnessLedger(int Nights, int Weekends)
{
    private static readonly Duration NightShare = Duration.FromHours(3);

    /// <summary>Nothing carried.</summary>
    public static FairnessLedger Empty { get; } = new(0, 0);

    /// <summary>Night shifts worked before.</summary>
    public int Nights { get; } = Guard.AtLeast(Nights, 0, "fairness ledger", nameof(Nights));

    /// <summary>Weekends worked before.</summary>
    public int Weekends { get; } = Guard.AtLeast(Weekends, 0, "fairness ledger", nameof(Weekends));

    /// <summary>Counts what was worked.</summary>
    /// <param name="shifts">Shifts of one agent.</param>
    /// <param name="zone">Time zone in which they were worked.</param>
    /// <param name="objective">Says when it is night; a night shift has at least three hours of it.</param>
    public static FairnessLedger Of(IEnumerable<(Instant Start, Instant End)> shifts, DateTimeZone zone, RosterObjective objective)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(objective);
        var (nights, weekends) = (0, new HashSet<LocalDate>());
        foreach (var (start, end) in shifts)
        {
            var date = start.InZone(zone).Date;
            nights += IsNight(start, end, date, zone, objective) ? 1 : 0;
            if (date.DayOfWeek >= IsoDayOfWeek.Saturday) weekends.Add(date.DayOfWeek == IsoDayOfWeek.Sunday ? date.PlusDays(-1) : date);
        }

        return new FairnessLedger(nights, weekends.Count);
    }

    private static bool IsNight(Instant start, Instant end, LocalDate date, DateTimeZone zone, RosterObjective objective) => Enumerable.Range(-1, 3).Any(day =>
    {
        var evening = date.PlusDays(day);
        var morning = objective.NightTo > objective.NightFrom ? evening : evening.PlusDays(1);
        var from = Instant.Max(start, zone.AtLeniently(evening + objective.NightFrom).ToInstant());
        var to = Instant.Min(end, zone.AtLeniently(morning + objective.NightTo).ToInstant());
        return to - from >= NightShare;
    });
}
