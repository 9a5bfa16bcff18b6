using NodaTime;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting;

/// <summary>A forecast of one series: mean, quantiles, where it came from and what it would have been worth before.</summary>
/// <param name="Start">Start of the first step: the end of the history.</param>
/// <param name="Grid">Interval and time zone, those of the history.</param>
/// <param name="Mean">Expected value per step, in the unit of the history; 0 where closed.</param>
/// <param name="QuantileLevels">Levels in (0, 1), strictly ascending.</param>
/// <param name="Quantiles">One row per level, one value per step; ascending from row to row, never negative for a history that is not.</param>
/// <param name="Dependence">How the errors of neighbouring steps hang together.</param>
/// <param name="Models">The models tried, by weight, largest first.</param>
/// <param name="Backtest">Accuracy at rolling origins in the history.</param>
/// <param name="Cleansing">What was changed in the history before the models saw it.</param>
/// <param name="Seed">Seed of the sample paths.</param>
public sealed record SeriesForecast(
    Instant Start,
    IntervalGrid Grid,
    double[] Mean,
    double[] QuantileLevels,
    double[][] Quantiles,
    PathDependence Dependence,
    IReadOnlyList<ModelWeight> Models,
    BacktestReport Backtest,
    CleansingReport Cleansing,
    int Seed)
{
    /// <summary>Number of steps.</summary>
    public int Horizon => Mean.Length;

    /// <summary>Steps outside opening hours, one flag per step; empty when every step is open.</summary>
    public bool[] Closed { get; init; } = [];

    /// <summary>Whether the series counts something: its sample paths are whole numbers.</summary>
    public bool IsCounts { get; init; }

    /// <summary>Effects of events by kind, learned from the history and applied to the horizon.</summary>
    public IReadOnlyList<EventEffect> EventEffects { get; init; } = [];

    /// <summary>What the forecast learned, for <see cref="ForecastOptions.Memory"/> of the next.</summary>
    public ForecastMemory? Memory { get; init; }

    /// <summary>Whether the forecast was made from the memory of an earlier one; its back-test is then that one's.</summary>
    public bool FromMemory { get; init; }

    /// <summary>What events multiplied the mean by, one factor per step; empty when no event touches the horizon.</summary>
    public double[] EventFactors { get; init; } = [];

    /// <summary>Share of the variance of each step, in [0, 1], that is not knowing what an event does: the steps of a day have it in common. Empty when no
    /// event touches the horizon.</summary>
    public double[] EventShares { get; init; } = [];

    /// <summary>Surges still running at the end of the history.</summary>
    public IReadOnlyList<CrisisOutlook> Crises { get; init; } = [];

    /// <summary>Quantile at any level, interpolated between the stored ones.</summary>
    /// <param name="level">Between the lowest and the highest stored level.</param>
    /// <returns>One value per step.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level lies outside the stored ones.</exception>
    public double[] Quantile(double level)
    {
        if (!(level >= QuantileLevels[0] && level <= QuantileLevels[^1]))
        {
            throw new ArgumentOutOfRangeException(
                nameof(level), level, $"The level must lie between {QuantileLevels[0]} and {QuantileLevels[^1]}, the levels of this forecast.");
        }

        var above = Array.FindIndex(QuantileLevels, l => l >= level);
        if (QuantileLevels[above] == level)
        {
            return [.. Quantiles[above]];
        }

        var share = (level - QuantileLevels[above - 1]) / (QuantileLevels[above] - QuantileLevels[above - 1]);
        return [.. Quantiles[above - 1].Zip(Quantiles[above], (low, high) => low + (share * (high - low)))];
    }

    /// <summary>Possible futures with the right dependence between steps; sums over them have honest width.</summary>
    /// <param name="count">Number of paths, at least 1.</param>
    /// <param name="seed">The same seed gives the same paths; <see cref="Seed"/> for the paths of record.</param>
    /// <param name="days">Normal numbers by path and day that move the days, so that those of several series move together (<see cref="JointDays"/>);
    /// <see langword="null"/> draws them independently.</param>
    /// <param name="cancellationToken">Looked at before each path.</param>
    /// <returns>One row per path, one value per step; whole numbers where <see cref="IsCounts"/>.</returns>
    public double[][] SamplePaths(int count, int seed, double[][]? days = null, CancellationToken cancellationToken = default) =>
        Uncertainty.SamplePaths.Generate(QuantileLevels, Quantiles, Grid.IntervalsPerDay, Dependence, count, seed, Mean, days, IsCounts,
            EventShares, cancellationToken);
}
