using NodaTime;

namespace Wfm.Forecasting.Series;

/// <summary>Observations on an even grid, one after another; NaN is a missing observation, which is not a zero.</summary>
public sealed class TimeSeries
{
    private readonly double[] _values;

    /// <summary>Creates a series; the values are copied.</summary>
    /// <param name="start">Start of the first interval, on the grid.</param>
    /// <param name="grid">Interval and time zone.</param>
    /// <param name="values">One value per interval, NaN where nothing was recorded. May be empty.</param>
    /// <exception cref="ForecastDataException">A value is infinite.</exception>
    /// <exception cref="ArgumentException">No interval of the grid starts at the start.</exception>
    public TimeSeries(Instant start, IntervalGrid grid, double[] values)
    {
        ArgumentNullException.ThrowIfNull(grid);
        ArgumentNullException.ThrowIfNull(values);
        if (!grid.IsStart(start))
        {
            throw new ArgumentException(
                $"{start} is not the start of an interval of {grid.Interval} in {grid.Zone.Id}; the one that holds it starts at {grid.Floor(start)}.",
                nameof(start));
        }

        var infinite = Array.FindIndex(values, double.IsInfinity);
        if (infinite >= 0)
        {
            throw new ForecastDataException(
                $"The value at index {infinite} ({grid.InstantAt(start, infinite)}) is not finite. Leave it out, as missing, or correct it.");
        }

        (Start, Grid, _values) = (start, grid, [.. values]);
    }

    /// <summary>Start of the first interval.</summary>
    public Instant Start { get; }

    /// <summary>Interval and time zone.</summary>
    public IntervalGrid Grid { get; }

    /// <summary>The observations, NaN where missing.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Number of intervals, missing ones included.</summary>
    public int Length => _values.Length;

    /// <summary>End of the last interval: the start of the first step of a forecast.</summary>
    public Instant End => Grid.InstantAt(Start, Length);

    /// <summary>Start of an interval.</summary>
    /// <param name="index">Interval, from 0; values past the end are the steps of a forecast.</param>
    public Instant InstantAt(int index) => Grid.InstantAt(Start, index);

    /// <summary>The first <paramref name="length"/> intervals.</summary>
    /// <param name="length">0 to <see cref="Length"/>.</param>
    public TimeSeries Head(int length) => new(Start, Grid, _values[..length]);
}
