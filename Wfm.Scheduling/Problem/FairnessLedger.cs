using NodaTime;

namespace Wfm.Scheduling.Problem;

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

    /// <summary>Public holidays worked before.</summary>
    public int Holidays { get; init => field = Guard.AtLeast(value, 0, "fairness ledger", nameof(Holidays)); }

    /// <summary>Wishes refused before.</summary>
    public int RefusedWishes { get; init => field = Guard.AtLeast(value, 0, "fairness ledger", nameof(RefusedWishes)); }

    /// <summary>Days changed before, later than their notice.</summary>
    public int LateChanges { get; init => field = Guard.AtLeast(value, 0, "fairness ledger", nameof(LateChanges)); }

    /// <summary>Requests made before: for leave, swaps, availability.</summary>
    public int RequestsAsked { get; init => field = Guard.AtLeast(value, 0, "fairness ledger", nameof(RequestsAsked)); }

    /// <summary>Those of them that came to nothing against the person's will.</summary>
    public int RequestsRefused { get; init => field = Guard.AtLeast(value, 0, "fairness ledger", nameof(RequestsRefused)); }

    /// <summary>What two parts of a past come to together.</summary>
    public static FairnessLedger operator +(FairnessLedger a, FairnessLedger b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return new FairnessLedger(a.Nights + b.Nights, a.Weekends + b.Weekends)
        {
            Holidays = a.Holidays + b.Holidays,
            RefusedWishes = a.RefusedWishes + b.RefusedWishes,
            LateChanges = a.LateChanges + b.LateChanges,
            RequestsAsked = a.RequestsAsked + b.RequestsAsked,
            RequestsRefused = a.RequestsRefused + b.RequestsRefused,
        };
    }

    /// <summary>Counts what was worked.</summary>
    /// <param name="shifts">Shifts of one agent.</param>
    /// <param name="zone">Time zone in which they were worked.</param>
    /// <param name="objective">Says when it is night; a night shift has at least three hours of it.</param>
    /// <param name="holidays">Public holidays there; a shift is worked on the local day on which it starts. <see langword="null"/> for none.</param>
    public static FairnessLedger Of(
        IEnumerable<(Instant Start, Instant End)> shifts, DateTimeZone zone, RosterObjective objective, IReadOnlySet<LocalDate>? holidays = null)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(objective);
        var (nights, weekends, kept) = (0, new HashSet<LocalDate>(), new HashSet<LocalDate>());
        foreach (var (start, end) in shifts)
        {
            var date = start.InZone(zone).Date;
            nights += IsNight(start, end, date, zone, objective) ? 1 : 0;
            if (date.DayOfWeek >= IsoDayOfWeek.Saturday) weekends.Add(date.DayOfWeek == IsoDayOfWeek.Sunday ? date.PlusDays(-1) : date);
            if (holidays?.Contains(date) == true) kept.Add(date);
        }

        return new FairnessLedger(nights, weekends.Count) { Holidays = kept.Count };
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
