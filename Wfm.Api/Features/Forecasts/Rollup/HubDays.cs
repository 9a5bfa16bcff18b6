using Wfm.Forecasting.Uncertainty;

namespace Wfm.Api.Features.Forecasts.Rollup;

/// <summary>What moves the days of a hub's series, path by path: the common part of their surges.</summary>
internal sealed class HubDays
{
    private readonly IReadOnlyList<RollupSeries> _series;
    private readonly int[] _firstDays; // the day each forecast starts on, from 0 for the first of the hub
    private readonly double[][][] _draws; // by path, series and day of the hub

    public HubDays(IReadOnlyList<RollupSeries> series)
    {
        _series = series;
        var start = series.Min(s => s.Forecast.Start);
        _firstDays = [.. series.Select(s => (int)Math.Round((s.Forecast.Start - start).TotalDays))];
        var days = series.Zip(_firstDays, (s, first) => first + DaysOf(s)).Max();
        var joint = JointDays.Learn([.. series.Select(s => new JointSeries(s.Days, s.Forecast.Dependence, s.Forecast.Grid.IntervalsPerDay))]);
        int[] seeds = [.. series.Select(s => ~SeedOf(s))]; // not those of the rest of the path
        _draws = new double[ForecastRollup.Paths][][];
        for (var p = 0; p < _draws.Length; p++)
        {
            _draws[p] = joint.Draw(seeds, p, days);
        }
    }

    /// <summary>Seed of the paths of a series.</summary>
    public static int SeedOf(RollupSeries series) => series.Forecast.Seed ^ unchecked(series.SeriesId * (int)0x9E3779B1);

    /// <summary>What moves the days of a series, by path and day of its forecast.</summary>
    public double[][] Of(RollupSeries series)
    {
        var index = _series.Index().First(s => ReferenceEquals(s.Item, series)).Index;
        return Array.ConvertAll(_draws, path => path[index][_firstDays[index]..]);
    }

    private static int DaysOf(RollupSeries series) => 1 + (series.Forecast.Horizon / series.Forecast.Grid.IntervalsPerDay);
}
