using NodaTime;

namespace Wfm.Scheduling.Fairness;

/// <summary>What became of a person's day when a roster was published, edited or repaired.</summary>
/// <param name="At">When.</param>
/// <param name="Day">The local day concerned.</param>
/// <param name="Before">The shift that was in force until then; <see langword="null"/> for a day off.</param>
/// <param name="After">The shift in force from then on; <see langword="null"/> for a day off.</param>
public sealed record TimesChange(Instant At, LocalDate Day, WorkedTime? Before, WorkedTime? After);

/// <summary>From when to when somebody works.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
public sealed record WorkedTime(Instant Start, Instant End);

/// <summary>Changes that came later than people are to know of them.</summary>
public static class LateChanges
{
    /// <summary>The days that were changed late, each once however often.</summary>
    /// <param name="changes">Changes of the days of one person, in any order; only those of days that were in force before.</param>
    /// <param name="notice">How long before the start of the day's work, as it was or is, people are to know.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <returns>In order. A change that leaves times as they were, whatever it changes inside the shift, is none; what was changed after it was worked is a
    /// correction of the books and none either.</returns>
    public static IReadOnlyList<LocalDate> Days(IEnumerable<TimesChange> changes, Duration notice, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(zone);
        return [.. changes.Where(c => c.Before != c.After && IsLate(c, notice, zone)).Select(c => c.Day).Distinct().Order()];
    }

    private static bool IsLate(TimesChange change, Duration notice, DateTimeZone zone)
    {
        Instant[] starts = [.. new[] { change.Before?.Start, change.After?.Start }.OfType<Instant>()];
        var start = starts.Length == 0 ? zone.AtStartOfDay(change.Day).ToInstant() : starts.Min();
        var end = new[] { change.Before?.End, change.After?.End }.Max() ?? start;
        return change.At > start - notice && change.At < end;
    }
}
