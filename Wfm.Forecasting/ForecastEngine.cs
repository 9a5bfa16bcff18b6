using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting;

/// <summary>History in, forecast with honest uncertainty out: the one entry point most callers need.</summary>
public static class ForecastEngine
{
    /// <summary>Forecasts a series.</summary>
    /// <param name="history">Observations, NaN where missing; at least one present.</param>
    /// <param name="horizon">Steps after the end of the history, at least 1.</param>
    /// <param name="options">What the caller decided.</param>
    /// <param name="cancellationToken">Checked between models.</param>
    /// <returns>Mean, quantiles, dependence, back-test and a report of what was changed in the history.</returns>
    /// <exception cref="ForecastDataException">The history is empty or wholly missing.</exception>
    /// <exception cref="ArgumentException">The horizon or an option is out of range.</exception>
    /// <remarks>
    /// Closed intervals are set aside, gaps filled, several models fitted on local time, weighted by their errors at rolling origins and
    /// averaged; quantiles come from the errors of that average at those origins. The same input and seed give the same result, bit for bit.
    /// </remarks>
    public static SeriesForecast Forecast(
        TimeSeries history, int horizon, ForecastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        options.Validate();
        options = RegularDays.AddTo(history, horizon, options);
        var prepared = HistoryPreparation.Prepare(history, horizon, options);
        var catalog = CandidateModels.Of(prepared, options);
        var learned = options.Memory is { } memory && memory.Serves(history, prepared, [.. catalog.Select(e => e.Model.Name)])
            ? LearnedForecast.Recall(prepared, catalog, memory, cancellationToken)
            : LearnedForecast.Learn(history, prepared, catalog, horizon, options, cancellationToken);
        return ForecastAssembly.Assemble(history, horizon, options, prepared, learned);
    }
}
