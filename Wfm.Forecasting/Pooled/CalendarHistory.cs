using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Running sums of a history, so that the level and the weekly profile known at any origin cost nothing to ask for.</summary>
internal sealed class CalendarHistory
{
    private const double DaysPerYear = 365.2425;
    private static readonly Instant NewYear = Instant.FromUtc(2000, 1, 1, 0, 0);

    private readonly double[] _before; // sum of all observations before a slot
    private readonly double[] _sameSlot; // sum of the observations of its slot of the week, up to itself
    private readonly double _yearOfFirst;
    private readonly double _slotsPerYear;

    /// <summary>Reads a history.</summary>
    /// <param name="y">Complete observations.</param>
    /// <param name="frame">Where they lie; slots of at most a day.</param>
    public CalendarHistory(ReadOnlySpan<double> y, ModelFrame frame)
    {
        (Clock, Length, _slotsPerYear) = (frame.Clock, y.Length, frame.SlotsPerYear);
        _yearOfFirst = (frame.InstantOf(0) - NewYear).TotalDays / DaysPerYear;
        (_before, _sameSlot) = (new double[y.Length + 1], new double[y.Length]);
        for (var t = 0; t < y.Length; t++)
        {
            var value = Math.Max(0, y[t]);
            _before[t + 1] = _before[t] + value;
            _sameSlot[t] = value + (t >= Clock.Week ? _sameSlot[t - Clock.Week] : 0);
        }
    }

    /// <summary>Observations.</summary>
    public int Length { get; }

    /// <summary>Where the slots lie in the local week.</summary>
    public SlotClock Clock { get; }

    /// <summary>Time of the year of a slot, of the history or later, in [0, 1), to a day.</summary>
    public double YearFraction(int slot)
    {
        var year = _yearOfFirst + (slot / _slotsPerYear);
        return year - Math.Floor(year);
    }

    /// <summary>Sum of some slots; those before the first are left out.</summary>
    public double Sum(int from, int to) => _before[Math.Max(0, to)] - _before[Math.Max(0, from)];

    /// <summary>Mean of a slot of the week over the last weeks before an origin, relative to that of all slots; 1 where nothing came.</summary>
    /// <param name="origin">Observations known, at least those weeks.</param>
    /// <param name="slot">A slot of the history or later.</param>
    /// <param name="weeks">Weeks, at least 1.</param>
    public double Profile(int origin, int slot, int weeks)
    {
        var week = Clock.Week;
        var all = Sum(origin - (weeks * week), origin);
        var last = origin - week + ((((slot - origin) % week) + week) % week);
        var first = last - (weeks * week);
        return all > 0 ? (_sameSlot[last] - (first >= 0 ? _sameSlot[first] : 0)) * week / all : 1;
    }
}
