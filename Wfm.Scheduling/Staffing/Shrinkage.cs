using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>Paid time in which nobody takes work, by local weekday and time of day; one table per hub.</summary>
/// <remarks>
/// Planned shrinkage (leave, meetings, training, breaks) and unplanned shrinkage (sickness, lateness) are kept apart: the first is in the roster, the
/// second is not. Of the time that remains after the planned part the unplanned part is lost again: combined = 1 − (1 − planned)(1 − unplanned).
/// </remarks>
public sealed class Shrinkage
{
    private const int DaysPerWeek = 7;

    private readonly double[][] _planned;
    private readonly double[][] _unplanned;
    private readonly long _slotNanoseconds;

    /// <summary>Checks and keeps a weekly table.</summary>
    /// <param name="planned">Fractions [weekday][slot], Monday first, at least 0 and less than 1; every day has the same number of slots, which divides a day
    /// evenly.</param>
    /// <param name="unplanned">The same, of the time that remains.</param>
    /// <exception cref="ArgumentException">Not seven days, days of unequal slots, slots that do not divide the day, or a fraction outside its
    /// range.</exception>
    public Shrinkage(double[][] planned, double[][] unplanned)
    {
        _planned = Copy(planned, nameof(planned));
        _unplanned = Copy(unplanned, nameof(unplanned));
        var slots = _planned[0].Length;
        if (NodaConstants.NanosecondsPerDay % slots != 0) throw Guard.OutOfRange(nameof(planned), slots, "its slots per day must divide a day evenly");
        if (_unplanned[0].Length != slots)
        {
            throw new ArgumentException($"{nameof(unplanned)} has {_unplanned[0].Length} slots a day where {nameof(planned)} has {slots}.", nameof(unplanned));
        }
        _slotNanoseconds = NodaConstants.NanosecondsPerDay / slots;
    }

    /// <summary>The same shrinkage at all times.</summary>
    /// <param name="planned">At least 0 and less than 1.</param>
    /// <param name="unplanned">The same, of the time that remains.</param>
    /// <returns>A table with one slot a day.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range.</exception>
    public static Shrinkage Uniform(double planned, double unplanned)
    {
        Guard.BelowOne(planned);
        Guard.BelowOne(unplanned);
        return new Shrinkage(Week(planned), Week(unplanned));

        static double[][] Week(double value) => [.. Enumerable.Range(0, DaysPerWeek).Select(_ => new[] { value })];
    }

    /// <summary>Planned and unplanned shrinkage together: 1 − (1 − planned)(1 − unplanned).</summary>
    /// <param name="planned">At least 0 and less than 1.</param>
    /// <param name="unplanned">At least 0 and less than 1.</param>
    /// <returns>A fraction, at least 0 and less than 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range.</exception>
    public static double Combine(double planned, double unplanned) => 1 - (1 - Guard.BelowOne(planned)) * (1 - Guard.BelowOne(unplanned));

    /// <summary>Shrinkage at a local weekday and time.</summary>
    /// <param name="day">Weekday, Monday to Sunday.</param>
    /// <param name="time">Local time of day.</param>
    /// <returns>Planned and unplanned.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No weekday.</exception>
    public (double Planned, double Unplanned) At(IsoDayOfWeek day, LocalTime time)
    {
        if (day is < IsoDayOfWeek.Monday or > IsoDayOfWeek.Sunday) throw Guard.OutOfRange(nameof(day), day, "it must be a weekday, Monday to Sunday");
        var slot = (int)(time.NanosecondOfDay / _slotNanoseconds);
        return (_planned[(int)day - 1][slot], _unplanned[(int)day - 1][slot]);
    }

    /// <summary>Shrinkage of each interval from a start on; an interval that spans several slots gets their mean over elapsed time.</summary>
    /// <param name="start">Start of the first interval.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="count">Intervals, 1 or more.</param>
    /// <param name="zone">The hub's time zone; across a clock change the pattern stays on local time.</param>
    /// <returns>One value per interval.</returns>
    /// <exception cref="ArgumentException">The interval or the count is outside its range.</exception>
    public ShrinkageCurve Over(Instant start, Duration interval, int count, DateTimeZone zone)
    {
        Guard.Positive(interval);
        Guard.AtLeast(count, 1);
        ArgumentNullException.ThrowIfNull(zone);
        var curve = new ShrinkageCurve(new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var (at, end) = (start + i * interval, start + (i + 1) * interval);
            while (at < end)
            {
                var local = at.InZone(zone);
                var next = Earliest(at + UntilNextSlot(local.TimeOfDay), end, zone.GetZoneInterval(at));
                var (planned, unplanned) = At(local.DayOfWeek, local.TimeOfDay);
                var weight = (next - at) / interval;
                curve.Planned[i] += weight * planned;
                curve.Unplanned[i] += weight * unplanned;
                curve.Combined[i] += weight * Combine(planned, unplanned);
                at = next;
            }
        }
        return curve;
    }

    private Duration UntilNextSlot(LocalTime time) => Duration.FromNanoseconds(_slotNanoseconds - time.NanosecondOfDay % _slotNanoseconds);

    private static Instant Earliest(Instant slot, Instant end, NodaTime.TimeZones.ZoneInterval offset)
    {
        var first = Instant.Min(slot, end);
        return offset.HasEnd ? Instant.Min(first, offset.End) : first;
    }

    private static double[][] Copy(double[][] table, string name)
    {
        ArgumentNullException.ThrowIfNull(table, name);
        if (table.Length != DaysPerWeek) throw new ArgumentException($"{name} has {table.Length} days; a week has 7, Monday first.", name);
        return [.. Guard.Paths(table, name, Guard.EachBelowOne).Select(day => (double[])day.Clone())];
    }
}

/// <summary>Shrinkage per interval.</summary>
/// <param name="Planned">In the roster: leave, meetings, training, breaks.</param>
/// <param name="Unplanned">Not in the roster: sickness, lateness; of the time that remains.</param>
/// <param name="Combined">What requirements divide by one minus.</param>
public sealed record ShrinkageCurve(double[] Planned, double[] Unplanned, double[] Combined);
