using System.CommandLine;
using System.Globalization;
using NodaTime;
using Wfm.Api.Features.Forecasts.Rollup;
using Wfm.Forecasting;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Totals of the sample operation's hubs at rolling origins: error of the sum and of a direct forecast, and how often the interval holds.</summary>
internal static class RollupCommand
{
    private const int DaysAhead = 14;
    private static readonly double[] Levels = [0.1, 0.5, 0.9];

    public static Command Create()
    {
        var origins = new Option<int>("--origins") { Description = "Origins, a fortnight apart, each forecast a fortnight on", DefaultValueFactory = _ => 8 };
        var skip = new Option<int>("--skip") { Description = "Fortnights left out at the end", DefaultValueFactory = _ => 0 };
        var threads = new Option<int>("--threads") { Description = "Series forecast at the same time", DefaultValueFactory = _ => 1 };
        var command = new Command("rollup", "Measures totals of a hub's queues on the sample operation.") { origins, skip, threads };
        command.SetAction(result => Run(result.GetValue(origins), result.GetValue(skip), result.GetValue(threads)));
        return command;
    }

    private static void Run(int origins, int skip, int threads)
    {
        var all = new RollupScore();
        foreach (var hub in SamplePool.Read().GroupBy(m => m.Attributes["hub"], StringComparer.Ordinal))
        {
            var score = new RollupScore();
            for (var k = origins + skip; k > skip; k--)
            {
                Score([.. hub], k, threads, score, all);
            }

            Console.WriteLine($"{hub.Key,-10} {hub.Count(),2} queues  {score}");
        }

        Console.WriteLine($"{"all",-10}            {all}");
    }

    private static void Score(PoolMember[] members, int fortnights, int threads, params RollupScore[] scores)
    {
        var zone = members[0].History.Grid.Zone;
        var last = members[0].History.InstantAt(members[0].History.Length).InZone(zone).Date;
        var origin = zone.AtStartOfDay(last.PlusDays(-DaysAhead * fortnights)).ToInstant();
        var end = zone.AtStartOfDay(last.PlusDays(-DaysAhead * (fortnights - 1))).ToInstant();
        var known = Array.ConvertAll(members, m => AsKnown(m, origin));
        var steps = known[0].History.Grid.StepsUntil(origin, end);
        var pooled = PooledTraining.Train(known, steps);
        var series = new RollupSeries[known.Length];
        Parallel.For(0, known.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, s =>
        {
            var forecast = ForecastEngine.Forecast(known[s].History, steps, known[s].Options with { PooledModels = pooled });
            series[s] = new RollupSeries("total", Guid.Empty, s, forecast, forecast.Memory!.Days);
        });
        var total = RollUp.To(Sum(known), Duration.FromDays(1));
        var direct = ForecastEngine.Forecast(total, DaysAhead, new ForecastOptions { Events = known[0].Options.Events });
        RollupSeries[] apart = [.. series.Select(s => s with { Days = DayErrors.None })];
        foreach (var interval in new[] { RollupInterval.Day, RollupInterval.Week })
        {
            var (joint, independent) = (Periods(series, interval, zone), Periods(apart, interval, zone));
            if (interval == RollupInterval.Day)
            {
                Single(members, apart, origin, end, scores);
            }

            var actual = RollUp.To(Between(Sum(members), origin, end), Duration.FromDays(interval == RollupInterval.Day ? 1 : 7)).Values.ToArray();
            for (var p = 0; p < actual.Length; p++)
            {
                foreach (var score in scores.Where(_ => !double.IsNaN(actual[p])))
                {
                    score.Add(interval, actual[p], joint[p], independent[p], interval == RollupInterval.Day ? direct.Mean[p] : double.NaN);
                }
            }
        }
    }

    /// <summary>Days of each series by itself: how well the total can do at best.</summary>
    private static void Single(PoolMember[] members, RollupSeries[] series, Instant origin, Instant end, RollupScore[] scores)
    {
        foreach (var (member, one) in members.Zip(series))
        {
            var periods = Periods([one], RollupInterval.Day, member.History.Grid.Zone);
            var actual = RollUp.To(Between(member.History, origin, end), Duration.FromDays(1)).Values.ToArray();
            foreach (var (day, value) in actual.Index().Where(a => a.Item > 0))
            {
                Array.ForEach(scores, s => s.AddSingle(value, periods[day].Quantiles));
            }
        }
    }

    /// <summary>The series as it was known: its past, and the events that had begun or are in the calendar.</summary>
    private static PoolMember AsKnown(PoolMember member, Instant origin) => SamplePool.Until(member, origin, int.MaxValue) with
    {
        Options = member.Options with
        {
            Events = [.. member.Options.Events.Where(e => e.Start < origin || e.Kind.Split('-')[0] is "holiday" or "campaign")],
        },
    };

    private static List<RollupPeriod> Periods(RollupSeries[] series, RollupInterval interval, DateTimeZone zone)
    {
        var rollup = new ForecastRollup(series, new RollupPeriods(interval, zone), Instant.MinValue, Instant.MaxValue);
        return rollup.Sum(rollup.Keys, Levels);
    }

    private static TimeSeries Sum(PoolMember[] members)
    {
        var start = members.Max(m => m.History.Start);
        var parts = Array.ConvertAll(members, m => Between(m.History, start, members[0].History.End));
        return new TimeSeries(start, parts[0].Grid, [.. Enumerable.Range(0, parts[0].Length).Select(t => parts.Sum(p => p.Values[t]))]);
    }

    private static TimeSeries Between(TimeSeries series, Instant from, Instant to)
    {
        var (first, last) = (series.Grid.StepsUntil(series.Start, from), series.Grid.StepsUntil(series.Start, to));
        return new TimeSeries(from, series.Grid, series.Values[first..last].ToArray());
    }

    /// <summary>Errors of the mean and worth of the 80 % interval.</summary>
    private sealed class RollupScore
    {
        private readonly List<(double Actual, double Sum, double Direct)> _days = [];
        private readonly List<bool> _single = [];
        private readonly Dictionary<(RollupInterval Interval, bool Joint), List<(bool Holds, double Width, double Score)>> _intervals = [];

        public void Add(RollupInterval interval, double actual, RollupPeriod joint, RollupPeriod independent, double direct)
        {
            if (interval == RollupInterval.Day)
            {
                _days.Add((actual, joint.Mean, direct));
            }

            Add((interval, true), actual, joint.Quantiles);
            Add((interval, false), actual, independent.Quantiles);
        }

        public void AddSingle(double actual, double[] q) => _single.Add(actual >= q[0] && actual <= q[^1]);

        public override string ToString()
        {
            var shares = Enumerable.Range(0, 11).Select(i => i / 10.0).ToArray();
            var best = shares.MinBy(Wape);
            var intervals = string.Concat(_intervals.OrderBy(i => i.Key).Select(i => Text(i.Key, i.Value)));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"WAPE of {_days.Count} days: sum {Wape(0):0.00}, direct {Wape(1):0.00}, half and half {Wape(0.5):0.00}, best in hindsight {Wape(best):0.00} "
                    + $"at {best:0.0} direct; single queues 80 % holds {100 * _single.Average(h => h ? 1.0 : 0):0.0};{intervals}");
        }

        private void Add((RollupInterval Interval, bool Joint) key, double actual, double[] q)
        {
            _intervals.TryAdd(key, []);
            var outside = Math.Max(0, q[0] - actual) + Math.Max(0, actual - q[^1]);
            _intervals[key].Add((outside == 0, (q[^1] - q[0]) / actual, (q[^1] - q[0] + (10 * outside)) / actual)); // 2 ÷ 0.2: Winkler's interval score
        }

        private double Wape(double direct) =>
            100 * _days.Sum(d => Math.Abs(d.Actual - ((1 - direct) * d.Sum) - (direct * d.Direct))) / _days.Sum(d => d.Actual);

        private static string Text((RollupInterval Interval, bool Joint) key, List<(bool Holds, double Width, double Score)> rows) => string.Create(
            CultureInfo.InvariantCulture,
            $" {key.Interval} {(key.Joint ? "joint" : "independent")} 80 % holds {100 * rows.Average(r => r.Holds ? 1.0 : 0):0.0} "
                + $"width {100 * rows.Average(r => r.Width):0.0} % score {100 * rows.Average(r => r.Score):0.0};");
    }
}
