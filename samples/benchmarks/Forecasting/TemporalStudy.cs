using System.Globalization;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Hierarchy;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Forecasts intervals, days and weeks of the same series at rolling origins and scores each before and after they are made to agree.</summary>
internal static class TemporalStudy
{
    private static readonly double[] Bounds = [0.1, 0.9, 0.025, 0.975];
    private static readonly Duration Day = Duration.FromDays(1);

    public static void Run(List<(string Id, TimeSeries Series)> series, RollingProtocol protocol, double trust)
    {
        foreach (var (id, all) in series.Select(s => (s.Id, WholeDays(s.Series))))
        {
            var sheets = Enumerable.Range(0, protocol.Origins).Select(_ => new Sheet()).ToArray();
            Parallel.For(
                0, protocol.Origins, new ParallelOptions { MaxDegreeOfParallelism = protocol.Threads },
                k => Score(all, protocol, trust, k, sheets[k]));
            Console.WriteLine($"{id}: {protocol.Origins} origins, {protocol.Horizon} days");
            Console.WriteLine($"{"",-34}{"WAPE %",10}{"bias %",10}{"cover 80",10}{"cover 95",10}");
            foreach (var name in sheets[0].Names)
            {
                Console.WriteLine(sheets.Select(s => s[name]).Aggregate((a, b) => a + b).Describe(name));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"adding up: largest relative gap {sheets.Max(s => s.Gap):0.0e+00}"));
        }
    }

    private static void Score(TimeSeries all, RollingProtocol protocol, double trust, int k, Sheet sheet)
    {
        var perDay = all.Grid.IntervalsPerDay;
        var origin = all.Length - (perDay * (protocol.Horizon + ((protocol.Origins - 1 - k) * protocol.Step)));
        var history = all.Head(origin);
        var fine = ForecastEngine.Forecast(history, protocol.Horizon * perDay, new ForecastOptions());
        var daily = ForecastEngine.Forecast(OpenHoursRollUp.To(history, Day), protocol.Horizon, new ForecastOptions());
        var sums = TemporalReconciliation.Reconcile(fine, [daily], trust: 0);
        var both = TemporalReconciliation.Reconcile(fine, [daily], trust);

        var intervals = all.Values.Slice(origin, fine.Horizon).ToArray();
        var days = Enumerable.Range(0, daily.Horizon).Select(d => DayOf(intervals.AsSpan(d * perDay, perDay))).ToArray();
        sheet.Add("intervals, before", intervals, fine);
        sheet.Add("intervals, reconciled", intervals, both.Fine);
        sheet.Add("days, forecast as days", days, daily);
        sheet.Add("days, sums of intervals", days, sums.Coarser[0]);
        sheet.Add("days, reconciled", days, both.Coarser[0]);
        for (var d = 0; d < daily.Horizon; d++)
        {
            var sum = both.Fine.Mean.AsSpan(d * perDay, perDay).ToArray().Sum();
            sheet.Gap = Math.Max(sheet.Gap, Math.Abs(sum - both.Coarser[0].Mean[d]) / Math.Max(1, sum));
        }
    }

    /// <summary>From the first midnight to the last, closed hours at the ends as missing.</summary>
    private static TimeSeries WholeDays(TimeSeries series)
    {
        var start = series.Start.InUtc().Date.AtMidnight().InUtc().ToInstant();
        var before = (int)((series.Start - start) / series.Grid.Interval);
        var perDay = series.Grid.IntervalsPerDay;
        var values = new double[(before + series.Length + perDay - 1) / perDay * perDay];
        Array.Fill(values, double.NaN);
        series.Values.CopyTo(values.AsSpan(before));
        return new TimeSeries(start, series.Grid, values);
    }

    /// <summary>The sum of what was recorded in a day; missing when nothing was.</summary>
    private static double DayOf(ReadOnlySpan<double> intervals)
    {
        var (sum, any) = (0.0, false);
        foreach (var value in intervals)
        {
            any |= !double.IsNaN(value);
            sum += double.IsNaN(value) ? 0 : value;
        }

        return any ? sum : double.NaN;
    }

    private sealed class Sheet
    {
        private readonly Dictionary<string, Sums> _sums = [];

        public double Gap { get; set; }

        public IEnumerable<string> Names => _sums.Keys;

        public Sums this[string name] => _sums[name];

        public void Add(string name, double[] actual, SeriesForecast forecast)
        {
            var bounds = Bounds.Select(forecast.Quantile).ToArray();
            var sums = default(Sums);
            for (var h = 0; h < actual.Length; h++)
            {
                var y = actual[h];
                sums += double.IsNaN(y)
                    ? default
                    : new Sums(
                        Math.Abs(y - forecast.Mean[h]), forecast.Mean[h] - y, y, y >= bounds[0][h] && y <= bounds[1][h] ? 1 : 0,
                        y >= bounds[2][h] && y <= bounds[3][h] ? 1 : 0, 1);
            }

            _sums[name] = sums;
        }
    }

    private readonly record struct Sums(double Absolute, double Signed, double Volume, int In80, int In95, int Count)
    {
        public static Sums operator +(Sums a, Sums b) =>
            new(a.Absolute + b.Absolute, a.Signed + b.Signed, a.Volume + b.Volume, a.In80 + b.In80, a.In95 + b.In95, a.Count + b.Count);

        public string Describe(string name) => string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-34}{100 * Absolute / Volume,10:0.000}{100 * Signed / Volume,10:0.00}{100.0 * In80 / Count,10:0.0}{100.0 * In95 / Count,10:0.0}");
    }
}
