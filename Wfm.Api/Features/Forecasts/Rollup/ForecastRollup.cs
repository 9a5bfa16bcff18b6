using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Api.Features.Forecasts.Rollup;

/// <summary>A served forecast of one series and the group it is added up in.</summary>
/// <param name="Key">Key of the group.</param>
/// <param name="Hub">Hub of the series: its days move with those of the hub's other series.</param>
/// <param name="SeriesId">Makes the paths of the series its own.</param>
/// <param name="Forecast">The forecast.</param>
/// <param name="Days">Errors by day at the rolling origins; none for a series that moves by itself.</param>
internal sealed record RollupSeries(string Key, Guid Hub, int SeriesId, SeriesForecast Forecast, DayErrors Days);

/// <summary>Adds forecasts of several series up by group and period.</summary>
/// <remarks>
/// Means are added. Quantiles come from sums of sample paths: within a series intervals hang together as its back-test found, between the series of a
/// hub days move together as the errors of their back-tests did (<see cref="HubDays"/>), and hubs are independent. The period of a single interval of a
/// single series keeps the quantiles of that interval. Paths depend on the forecast's seed and the hub's series alone, so pages and repeats agree.
/// </remarks>
internal sealed class ForecastRollup
{
    /// <summary>Number of sample paths.</summary>
    public const int Paths = 200;

    private readonly RollupPeriods _periods;
    private readonly Dictionary<Guid, Lazy<HubDays>> _hubs;
    private readonly Dictionary<(Instant Start, string Key), List<Part>> _parts = [];

    /// <param name="series">The same order for the same series.</param>
    /// <param name="from">First period start.</param>
    /// <param name="to">End of period starts, exclusive.</param>
    public ForecastRollup(IReadOnlyList<RollupSeries> series, RollupPeriods periods, Instant from, Instant to)
    {
        _periods = periods;
        _hubs = series.GroupBy(s => s.Hub).ToDictionary(hub => hub.Key, hub => new Lazy<HubDays>(() => new HubDays([.. hub])));
        foreach (var one in series)
        {
            Add(one, from, to);
        }

        Keys = [.. _parts.Keys.OrderBy(k => k.Start).ThenBy(k => k.Key, StringComparer.Ordinal)];
    }

    /// <summary>The periods of all groups in order of start, then key.</summary>
    public IReadOnlyList<(Instant Start, string Key)> Keys { get; }

    /// <summary>Sums of some of the periods.</summary>
    public List<RollupPeriod> Sum(IReadOnlyList<(Instant Start, string Key)> keys, double[] levels)
    {
        var sums = keys.ToDictionary(key => key, _ => new double[Paths]);
        AddPaths(sums);
        return [.. keys.Select(key => ToPeriod(key, sums[key], levels))];
    }

    private void Add(RollupSeries series, Instant from, Instant to)
    {
        var forecast = series.Forecast;
        Part? part = null;
        var end = Instant.MinValue;
        for (var step = 0; step < forecast.Horizon; step++)
        {
            var instant = forecast.Grid.InstantAt(forecast.Start, step);
            if (part is null || instant >= end)
            {
                var start = _periods.StartOf(instant);
                end = _periods.EndOf(start);
                part = new Part(series, step, step);
                if (start >= from && start < to)
                {
                    var key = (start, series.Key);
                    _parts.TryAdd(key, []);
                    _parts[key].Add(part);
                }
            }

            part.Last = step;
        }
    }

    private void AddPaths(Dictionary<(Instant Start, string Key), double[]> sums)
    {
        var wanted = sums.Where(s => _parts[s.Key] is not [var only] || only.First != only.Last)
            .SelectMany(s => _parts[s.Key].Select(part => (Part: part, Sums: s.Value)));
        foreach (var one in wanted.GroupBy(w => w.Part.Series))
        {
            var forecast = one.Key.Forecast;
            var length = one.Max(w => w.Part.Last) + 1; // later steps change no earlier one
            var head = forecast with { Mean = forecast.Mean[..length], Quantiles = [.. forecast.Quantiles.Select(row => row[..length])] };
            var paths = head.SamplePaths(Paths, HubDays.SeedOf(one.Key), _hubs[one.Key.Hub].Value.Of(one.Key));
            foreach (var (part, total) in one)
            {
                for (var p = 0; p < Paths; p++)
                {
                    total[p] += paths[p].AsSpan(part.First, part.Last - part.First + 1).ToArray().Sum();
                }
            }
        }
    }

    private RollupPeriod ToPeriod((Instant Start, string Key) key, double[] sums, double[] levels)
    {
        var (parts, end) = (_parts[key], _periods.EndOf(key.Start));
        var mean = parts.Sum(part => part.Series.Forecast.Mean[part.First..(part.Last + 1)].Sum());
        double[] quantiles = parts is [var only] && only.First == only.Last
            ? [.. levels.Select(level => only.Series.Forecast.Quantile(level)[only.First])]
            : PathSums.Quantiles(sums, mean, levels);
        return new RollupPeriod(key.Key, key.Start, end, mean, quantiles, parts.Count, parts.TrueForAll(part => Covers(part, key.Start, end)));
    }

    private static bool Covers(Part part, Instant start, Instant end)
    {
        var forecast = part.Series.Forecast;
        return forecast.Grid.InstantAt(forecast.Start, part.First) <= start && forecast.Grid.InstantAt(forecast.Start, part.Last + 1) >= end;
    }

    /// <summary>The steps of a series in one period.</summary>
    private sealed class Part(RollupSeries series, int first, int last)
    {
        public RollupSeries Series { get; } = series;

        public int First { get; } = first;

        public int Last { get; set; } = last;
    }
}
