using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Api.Features.Forecasts;

/// <summary>Why this forecast: models with weights, back-test, dependence of paths, what was cleansed.</summary>
public sealed record SeriesForecastDetail(
    IReadOnlyList<ModelWeight> Models, BacktestReport Backtest, PathDependence Dependence, CleansingSummary Cleansing, bool[] Closed, int HistoryIntervals);

/// <summary>What was changed in the history before the models saw it; values replaced are counted by reason.</summary>
public sealed record CleansingSummary(Dictionary<string, int> Replaced, int MissingFilled, IReadOnlyList<LevelShift> LevelShifts, int ClosedIntervals)
{
    internal static CleansingSummary Of(CleansingReport report) => new(
        report.Changes.GroupBy(c => c.Reason).ToDictionary(g => g.Key, g => g.Count()), report.MissingFilled, report.LevelShifts, report.ClosedIntervals);
}
