using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;

namespace Wfm.Forecasting;

/// <summary>What a caller may decide about a forecast; the defaults serve every grid.</summary>
public sealed record ForecastOptions
{
    /// <summary>Levels of the quantiles returned when the caller names none: 1 % to 99 %, the usual interval bounds among them.</summary>
    public static IReadOnlyList<double> DefaultQuantileLevels { get; } =
    [
        0.01, 0.025, 0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50,
        0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95, 0.975, 0.99,
    ];

    /// <summary>Seed of the sample paths; stored with the forecast, so that paths can be drawn again bit for bit.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Quantile levels in (0, 1), strictly ascending, 0.5 among them.</summary>
    public double[] QuantileLevels { get; init; } = [.. DefaultQuantileLevels];

    /// <summary>
    /// Number of rolling origins of the back-test, 1 to 50; <see langword="null"/> for 10, up to 28 where the horizon is short, on weekly grids 20. Short
    /// histories get as many as fit.
    /// </summary>
    public int? BacktestOrigins { get; init; }

    /// <summary>Steps forecast from each origin; <see langword="null"/> for the horizon asked, at most 28 days on grids up to a day.</summary>
    public int? BacktestHorizon { get; init; }

    /// <summary>Names of the models that may take part, from <see cref="Models.ModelCatalog"/>; <see langword="null"/> for the default combination.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Known events of the past and the future. History inside an event never feeds the base models.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    /// <summary>
    /// What an earlier forecast of the series learned. While it serves (the same first interval, at most a week of new observations, no longer a horizon,
    /// no new change of level) nothing is searched for again; otherwise everything is learned anew.
    /// </summary>
    public ForecastMemory? Memory { get; init; }

    /// <summary>
    /// Opening hours of the local week, one flag per interval from Monday 00:00 (336 for half-hours, 7 for days);
    /// <see langword="null"/> reads them from the history: an interval of the week that never has a value is closed.
    /// </summary>
    public bool[]? OpenWeek { get; init; }

    /// <summary>
    /// Effects of events pooled over sibling series (<see cref="EventPooling.Pool"/>), at most one of each kind; the effects of this series are leaned on them.
    /// </summary>
    public IReadOnlyList<EventEffect> SiblingEffects { get; init; } = [];

    /// <summary>Models trained across the series of the operation (<see cref="PooledTraining"/>); they take part beside those of the catalogue.</summary>
    public IReadOnlyList<PooledModel> PooledModels { get; init; } = [];

    internal void Validate()
    {
        CheckLevels(QuantileLevels);
        CheckBacktest(BacktestOrigins, BacktestHorizon);
    }

    private static void CheckLevels(double[] quantileLevels)
    {
        if (quantileLevels.Length == 0)
        {
            throw new ArgumentException("QuantileLevels is empty; 0.5 at least is needed.", nameof(quantileLevels));
        }

        for (var i = 0; i < quantileLevels.Length; i++)
        {
            if (!(quantileLevels[i] is > 0 and < 1) || (i > 0 && quantileLevels[i] <= quantileLevels[i - 1]))
            {
                throw new ArgumentException(
                    $"QuantileLevels[{i}] is {quantileLevels[i]}; levels lie in (0, 1) and ascend strictly.", nameof(quantileLevels));
            }
        }

        if (Array.IndexOf(quantileLevels, 0.5) < 0)
        {
            throw new ArgumentException("QuantileLevels lacks 0.5, the median.", nameof(quantileLevels));
        }
    }

    private static void CheckBacktest(int? backtestOrigins, int? backtestHorizon)
    {
        if (backtestOrigins is < 1 or > 50)
        {
            throw new ArgumentOutOfRangeException(nameof(backtestOrigins), backtestOrigins, "BacktestOrigins must lie between 1 and 50.");
        }

        if (backtestHorizon < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(backtestHorizon), backtestHorizon, "BacktestHorizon must be at least 1.");
        }
    }
}
