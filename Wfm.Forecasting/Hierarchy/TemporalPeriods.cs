using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Hierarchy;

/// <summary>Periods of a grid, one after another.</summary>
/// <param name="Start">Start of the first.</param>
/// <param name="Grid">Interval and time zone.</param>
/// <param name="Count">How many.</param>
public sealed record TemporalPeriods(Instant Start, IntervalGrid Grid, int Count)
{
    /// <summary>Which of coarser periods each of these is part of.</summary>
    /// <param name="coarser">Hours, days or weeks; days and weeks are local, 23 or 25 hours when the clocks change.</param>
    /// <returns>By period the index of the coarser one; −1 where a coarser period is not wholly covered by these.</returns>
    public int[] PartsOf(TemporalPeriods coarser)
    {
        ArgumentNullException.ThrowIfNull(coarser);
        var parents = new int[Count];
        Array.Fill(parents, -1);
        var first = 0;
        for (var j = 0; j < coarser.Count; j++)
        {
            var (start, end) = (coarser.StartOf(j), coarser.StartOf(j + 1));
            while (first < Count && StartOf(first) < start)
            {
                first++;
            }

            var next = first;
            while (next < Count && StartOf(next + 1) <= end)
            {
                next++;
            }

            if (next > first && StartOf(first) == start && StartOf(next) == end)
            {
                Array.Fill(parents, j, first, next - first);
            }
        }

        return parents;
    }

    private Instant StartOf(int index) => Grid.InstantAt(Start, index);
}
