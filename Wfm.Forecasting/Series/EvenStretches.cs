using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>The intervals of a grid below a day as stretches of even ones, so that an interval is found by arithmetic, however far away.</summary>
/// <remarks>
/// Intervals are counted in elapsed time from each local midnight. They run on evenly over midnight unless a day is no whole number of them long: its last
/// interval is cut there, and a new stretch begins. Most zones have one stretch for all time; Lord Howe, which moves its clocks by half an hour, has two a
/// year on a grid of hours. Before 1970 and after 2199 the first and the last stretch go on.
/// </remarks>
internal sealed class EvenStretches
{
    private static readonly LocalDate FirstMonday = new(1970, 1, 5);
    private static readonly Interval Known = new(Instant.FromUtc(1970, 1, 5, 0, 0), Instant.FromUtc(2200, 1, 1, 0, 0));
    private static readonly ConditionalWeakTable<DateTimeZone, ConcurrentDictionary<int, EvenStretches>> All = [];

    private readonly long _length; // seconds of an interval
    private readonly long[] _starts; // seconds since 1970 at which each stretch begins
    private readonly long[] _slots; // number of the interval that begins there

    private EvenStretches(DateTimeZone zone, int minutes)
    {
        _length = 60L * minutes;
        var (start, slot) = (SecondOf(zone, FirstMonday), 0L);
        var (starts, slots) = (new List<long> { start }, new List<long> { slot });
        // a change at midnight shortens or lengthens the day before it or the one it opens
        var changed = zone.GetZoneIntervals(Known).Where(period => period.HasStart).Select(period => LocalDays.DateOf(zone, period.Start)).ToList();
        foreach (var date in changed.SelectMany(date => new[] { date.PlusDays(-1), date }).Distinct().Order())
        {
            var next = SecondOf(zone, date.PlusDays(1));
            if ((next - SecondOf(zone, date)) % _length == 0 || next <= start)
            {
                continue;
            }

            slot += (next - start + _length - 1) / _length; // the cut one counts
            start = next;
            starts.Add(start);
            slots.Add(slot);
        }

        (_starts, _slots) = ([.. starts], [.. slots]);
    }

    /// <summary>The stretches of a grid, found once for each zone and interval.</summary>
    public static EvenStretches Of(DateTimeZone zone, int minutes) =>
        All.GetOrCreateValue(zone).GetOrAdd(minutes, static (length, of) => new EvenStretches(of, length), zone);

    /// <summary>Number of the interval that holds an instant.</summary>
    public long SlotOf(Instant instant)
    {
        var second = instant.ToUnixTimeSeconds();
        var i = LastUpTo(_starts, second);
        var since = second - _starts[i];
        return _slots[i] + (since >= 0 ? since / _length : -((-since + _length - 1) / _length));
    }

    /// <summary>Start of an interval.</summary>
    public Instant StartOf(long slot)
    {
        var i = LastUpTo(_slots, slot);
        return Instant.FromUnixTimeSeconds(_starts[i] + ((slot - _slots[i]) * _length));
    }

    private static long SecondOf(DateTimeZone zone, LocalDate date) => LocalDays.StartOf(zone, date).ToUnixTimeSeconds();

    private static int LastUpTo(long[] ascending, long value)
    {
        var found = Array.BinarySearch(ascending, value);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }
}
