using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting;

/// <summary>Everything about a series that the quantiles of its future need.</summary>
/// <param name="Mean">Mean per open slot of the horizon.</param>
/// <param name="Errors">Distribution of the errors.</param>
/// <param name="Memory">What was learned.</param>
/// <param name="Recalled">Whether it came from an earlier forecast.</param>
internal sealed record LearnedForecast(double[] Mean, ErrorQuantiles Errors, ForecastMemory Memory, bool Recalled)
{
    /// <summary>Rolling origins it was tested at; none where it was recalled.</summary>
    public OriginPlan Plan { get; init; } = new([], 0);

    /// <summary>Back-tests the models, weighs and combines them.</summary>
    public static LearnedForecast Learn(
        TimeSeries history, PreparedHistory prepared, IReadOnlyList<CatalogEntry> catalog, int horizon, ForecastOptions options,
        CancellationToken cancellationToken)
    {
        var combined = CombinationForecaster.Run(prepared, catalog, horizon, options, cancellationToken);
        var phases = new PhaseOfSlot(prepared.Frame);
        var errors = BacktestErrors.Collect(combined, prepared, phases);
        var known = errors.Count > 0 ? errors : BacktestErrors.Assumed(prepared.Complete, combined.Mean[0]);
        var distribution = ErrorQuantiles.Learn(known, phases.Count, prepared.Frame.DaysPerSlot == 1);
        if (combined.Plan.Origins is [var start, ..] && HistoryTails.Widths(prepared, start, distribution, phases) is { } widths)
        {
            distribution = distribution.WithTails(HistoryTails.Levels, widths);
        }

        var limits = new Marginals(options.QuantileLevels, prepared.NonNegative, prepared.Counts);
        var memory = new ForecastMemory(
            history.Start, history.Length, prepared.Complete.Length, combined.Mean.Length, prepared.Seasons,
            prepared.Report.LevelShifts.Count, combined.Taking, distribution.Remember(),
            BacktestErrors.Dependence(combined, prepared, distribution, phases), combined.Models,
            BacktestReporter.Report(combined, prepared, errors, limits, phases))
        {
            Days = DayErrors.Collect(combined, history, prepared, distribution, phases),
        };
        return new LearnedForecast(combined.Mean, distribution, memory, Recalled: false) { Plan = combined.Plan };
    }

    /// <summary>Brings the states of the remembered models up to date.</summary>
    public static LearnedForecast Recall(
        PreparedHistory prepared, IReadOnlyList<CatalogEntry> catalog, ForecastMemory memory, CancellationToken cancellationToken) =>
        new(CombinationForecaster.Recall(prepared, catalog, memory.Models, cancellationToken), ErrorQuantiles.From(memory.Errors), memory, Recalled: true);
}
