using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>Why this forecast: models with weights, back-test, dependence of paths, what was cleansed.</summary>
public sealed record SeriesForecastDetail(
    IReadOnlyList<ModelWeight> Models, BacktestReport Backtest, PathDependence Dependence, CleansingSummary Cleansing, bool[] Closed, int HistoryIntervals)
{
    /// <summary>Whether sample paths are whole numbers.</summary>
    public bool IsCounts { get; init; }

    /// <summary>What events of each kind do, as applied.</summary>
    public IReadOnlyList<LearnedEffect> EventEffects { get; init; } = [];

    /// <summary>What events multiplied the mean by, interval by interval; empty where none touches the horizon.</summary>
    public double[] EventFactors { get; init; } = [];

    /// <summary>Share of the variance that is not knowing what an event does, interval by interval; empty where none touches the horizon.</summary>
    public double[] EventShares { get; init; } = [];

    /// <summary>Surges still running at the cut-off.</summary>
    public IReadOnlyList<CrisisOutlook> Crises { get; init; } = [];

    /// <summary>What was learned, for the next night; null where the forecast was borrowed from other series.</summary>
    public ForecastMemory? Memory { get; init; }

    /// <summary>End of the history that was learned from, of a forecast that has lost its memory.</summary>
    public Instant? LearnedTo { get; init; }

    /// <summary>Whether an earlier forecast learned it; models, weights and back-test are then that one's.</summary>
    public bool FromMemory { get; init; }
}

/// <summary>What events of a kind do to the volume.</summary>
/// <param name="Kind">Kind of event.</param>
/// <param name="Factor">Volume during such an event ÷ usual volume.</param>
/// <param name="LogStandardError">Standard error of the logarithm of the factor for one more event.</param>
/// <param name="Occurrences">Earlier events it was learned from, those of the hub's other queues included.</param>
public sealed record LearnedEffect(string Kind, double Factor, double LogStandardError, int Occurrences)
{
    internal static LearnedEffect Of(EventEffect effect) => new(effect.Kind, effect.Factor, effect.LogStandardError, effect.Occurrences);
}

/// <summary>What was changed in the history before the models saw it.</summary>
/// <param name="Replaced">Number of values replaced, by reason.</param>
/// <param name="MissingFilled">Number of missing intervals filled in.</param>
/// <param name="LevelShifts">Lasting changes of level that earlier history was adjusted for.</param>
/// <param name="ClosedIntervals">Number of intervals taken as closed.</param>
public sealed record CleansingSummary(Dictionary<string, int> Replaced, int MissingFilled, IReadOnlyList<CleansedLevelShift> LevelShifts, int ClosedIntervals)
{
    internal static CleansingSummary Of(CleansingReport report) => new(
        report.Changes.GroupBy(c => c.Reason).ToDictionary(g => g.Key, g => g.Count()),
        report.MissingFilled,
        [.. report.LevelShifts.Select(s => new CleansedLevelShift(s.Index, s.Factor))],
        report.ClosedIntervals);
}

/// <summary>A lasting change of level.</summary>
/// <param name="Index">First interval of the new level in the history, from 0.</param>
/// <param name="Factor">New level ÷ old level.</param>
public sealed record CleansedLevelShift(int Index, double Factor);
