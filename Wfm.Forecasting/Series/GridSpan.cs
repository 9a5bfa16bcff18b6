using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>A run of intervals of a grid: where the values of a curve lie in time.</summary>
/// <param name="Grid">Interval and time zone.</param>
/// <param name="First">Number of the first interval on the grid.</param>
/// <param name="Count">Intervals, 0 or more.</param>
public sealed record GridSpan(IntervalGrid Grid, long First, int Count)
{
    /// <summary>Start of the first interval.</summary>
    public Instant Start => Grid.StartOf(First);

    /// <summary>End of the last interval.</summary>
    public Instant End => Grid.StartOf(First + Count);

    /// <summary>Intervals from a start on.</summary>
    /// <param name="grid">Interval and time zone.</param>
    /// <param name="start">Start of the first interval.</param>
    /// <param name="count">Intervals, 0 or more.</param>
    public static GridSpan From(IntervalGrid grid, Instant start, int count)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return new GridSpan(grid, grid.SlotOf(start), count);
    }

    /// <summary>All intervals of a grid that start between two instants.</summary>
    /// <param name="grid">Interval and time zone.</param>
    /// <param name="from">Start.</param>
    /// <param name="to">End, exclusive; a last interval that it cuts counts.</param>
    public static GridSpan Between(IntervalGrid grid, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(grid);
        var first = grid.CeilingSlot(from);
        return new GridSpan(grid, first, (int)Math.Max(0, grid.CeilingSlot(to) - first));
    }

    /// <summary>The time between two instants in even intervals: those of the grid, or the longest parts of them that no clock change cuts.</summary>
    /// <param name="grid">Interval and time zone, below a day.</param>
    /// <param name="from">Start of a local day.</param>
    /// <param name="to">Start of a local day.</param>
    public static GridSpan Even(IntervalGrid grid, Instant from, Instant to)
    {
        ArgumentNullException.ThrowIfNull(grid);
        return IntervalGrid.Lengths.Reverse().Where(minutes => minutes <= grid.Minutes && grid.Minutes % minutes == 0)
            .Select(minutes => Between(IntervalGrid.Of(minutes, grid.Zone), from, to))
            .First(span => span.Grid.Minutes == IntervalGrid.Lengths[0] || Enumerable.Range(0, span.Count).All(i => span.LengthOf(i) == span.Grid.Interval));
    }

    /// <summary>Start of an interval; at <see cref="Count"/> the end of the last.</summary>
    /// <param name="index">Interval, from 0.</param>
    public Instant StartOf(int index) => Grid.StartOf(First + index);

    /// <summary>Elapsed length of an interval: shorter than nominal where it is cut, 23 to 25 hours for days of clock changes.</summary>
    /// <param name="index">Interval, from 0.</param>
    public Duration LengthOf(int index) => StartOf(index + 1) - StartOf(index);

    /// <summary>Index of the interval that holds an instant; below 0 or at least <see cref="Count"/> outside of the span.</summary>
    /// <param name="instant">Any instant.</param>
    public long IndexOf(Instant instant) => Grid.SlotOf(instant) - First;

    /// <summary>Index of the first interval that starts at or after an instant, 0 to <see cref="Count"/>.</summary>
    /// <param name="instant">Any instant.</param>
    public int CeilingIndexOf(Instant instant) => (int)Math.Clamp(Grid.CeilingSlot(instant) - First, 0, Count);

    /// <summary>Lays a curve, which may be coarser, onto these intervals.</summary>
    /// <param name="curve">Where the values of the curve lie.</param>
    /// <param name="weight">
    /// What part of a stretch of time counts, at least 0: the values of an interval are shared out by it, for instance over its open hours alone. By elapsed
    /// time when left out, and within an interval in which nothing counts.
    /// </param>
    public CurveOverlay Overlay(GridSpan curve, Func<Instant, Instant, double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var (index, share) = (new int[Count], new double[Count]);
        var (k, total, from, to) = (-1L, 0.0, default(Instant), default(Instant));
        for (var i = 0; i < Count; i++)
        {
            var at = StartOf(i);
            var own = curve.IndexOf(at);
            if (own < 0 || own >= curve.Count)
            {
                index[i] = -1;
                continue;
            }

            if (own != k)
            {
                (k, from, to) = (own, curve.StartOf((int)own), curve.StartOf((int)own + 1));
                total = weight?.Invoke(from, to) ?? 0;
            }

            var end = Instant.Min(StartOf(i + 1), to);
            index[i] = (int)k;
            share[i] = total > 0 ? weight!(at, end) / total : (end - at) / (to - from);
        }

        return new CurveOverlay(index, share);
    }
}

/// <summary>For each interval the interval of a curve in which it starts, and what share of that one's value it holds.</summary>
/// <param name="Index">Interval of the curve; −1 outside of it.</param>
/// <param name="Share">Share of its value, 0 to 1; 0 outside.</param>
public sealed record CurveOverlay(int[] Index, double[] Share)
{
    /// <summary>Amounts (contacts, hours): each interval its share; 0 outside the curve.</summary>
    /// <param name="values">Values of the curve.</param>
    public double[] Spread(double[] values) => [.. Index.Select((k, i) => k < 0 ? 0 : values[k] * Share[i])];

    /// <summary>Levels (seconds, heads): the value of the curve; outside the nearest known.</summary>
    /// <param name="values">Values of the curve, at least one.</param>
    public double[] Hold(double[] values)
    {
        var firstInside = Array.FindIndex(Index, k => k >= 0);
        return [.. Index.Select((k, i) => values[k >= 0 ? k : i < firstInside ? Index[firstInside] : values.Length - 1])];
    }
}
