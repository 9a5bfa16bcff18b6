using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>Between the library's forecast and the stored row.</summary>
internal static class ForecastCurves
{
    public static double[] Flatten(double[][] rows) => [.. rows.SelectMany(row => row)];

    public static double[][] Unflatten(double[] flat, int rows)
    {
        var length = flat.Length / rows;
        return [.. Enumerable.Range(0, rows).Select(r => flat[(r * length)..((r + 1) * length)])];
    }

    /// <summary>The stored row as the library's forecast, so that paths and quantiles can be drawn again.</summary>
    public static SeriesForecast ToForecast(this SeriesForecastRow row, int seed) => new(
        row.Start,
        row.Span.Grid,
        row.Mean,
        row.QuantileLevels,
        Unflatten(row.Quantiles, row.QuantileLevels.Length),
        row.Detail.Dependence,
        row.Detail.Models,
        row.Detail.Backtest,
        CleansingReport.Nothing,
        seed)
    {
        Closed = row.Detail.Closed,
        IsCounts = row.Detail.IsCounts,
        EventShares = row.Detail.EventShares,
    };
}
