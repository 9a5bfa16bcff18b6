using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Forecasting;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Benchmarks.Staffing;

/// <summary>
/// Heads at a risk level from sample paths (what the product computes) against the same quantile of volume staffed interval by interval. Rolling origins: fit
/// what
/// was known on a Monday, staff the week from it, then meet the volume that came.
/// </summary>
internal sealed class RiskStudy(int origins, int paths, double level)
{
    private const int Week = 7 * 48;
    private const int Seed = 1;

    private readonly SampleOperationFiles _files = SampleOperationFiles.Load();

    public void Immediate(string name)
    {
        var work = Find(name);
        Console.WriteLine(
            $"{name}: immediate, {origins} held-out weeks; an interval is met when the heads suffice for every target with the volume that came,");
        Console.WriteLine("a day when the service level over its contacts reaches the goal (Erlang A on the load in hand)");
        Print("P50 from paths", work, (forecast, x) => FromPaths(work, forecast, x, 0.5));
        Print($"P{100 * level:0} from paths", work, (forecast, x) => FromPaths(work, forecast, x, level));
        Print(
            $"P{100 * level:0} of each volume", work,
            (forecast, x) =>
                [
                    .. ImmediateStaffing.Require(
                            forecast.Quantile(level), x.Aht, SampleWork.Interval, work.ImmediateGoal, x.Shrinkage, x.Open, work.Queue.MinimumHeads, Chat(work))
                        .Heads.Select(h => (double)h),
                ]);
        Console.WriteLine();
    }

    public void Deferrable(string name)
    {
        var work = Find(name);
        Console.WriteLine(
            $"{name}: deferrable, {work.Queue.Goal.TurnaroundFraction:P0} in {work.Queue.Goal.TurnaroundMinutes / 60:0} h, {origins} held-out weeks; "
                + "fluid, first in first out, with the volume that came");
        PrintDeferrable("P50 from paths", work, (forecast, x) => Band(work, forecast, x, 0.5));
        PrintDeferrable($"P{100 * level:0} from paths", work, (forecast, x) => Band(work, forecast, x, level));
        PrintDeferrable(
            $"P{100 * level:0} of each volume", work,
            (forecast, x) =>
                [
                    .. forecast.Quantile(level).Select(
                            (v, i) => x.Open[i] ? Math.Max(v * x.Aht[i] / SampleWork.Interval.TotalSeconds, work.Queue.MinimumHeads) / (1 - x.Shrinkage[i]) : 0
                        ),
                ]);
        Console.WriteLine();
    }

    private readonly Dictionary<(string Name, int Origin, int Horizon), SeriesForecast> _forecasts = [];

    private void Print(string label, SampleWork work, Func<SeriesForecast, Stretch, double[]> staff)
    {
        var (hours, peak, intervals, met, days, daysMet, weeksMet, answered, contacts) = (0.0, 0.0, 0, 0, 0, 0, 0, 0.0, 0.0);
        for (var k = 0; k < origins; k++)
        {
            var x = At(work, k, Week);
            var forecast = Forecast(work, x);
            var heads = staff(forecast, x);
            hours += heads.Sum() * SampleWork.Interval.TotalHours;
            peak += heads.Max();
            var needed = ImmediateStaffing
                .Require(x.Actual, x.Aht, SampleWork.Interval, work.ImmediateGoal, x.Shrinkage, x.Open, work.Queue.MinimumHeads, Chat(work)).Heads;
            var share = ServiceLevels(work, x, heads);
            var (weekAnswered, weekContacts) = (0.0, 0.0);
            for (var day = 0; day < 7; day++)
            {
                var slots = Enumerable.Range(day * 48, 48).Where(i => x.Open[i]).ToArray();
                met += slots.Count(i => heads[i] >= needed[i] - 1e-9);
                intervals += slots.Length;
                var (dayAnswered, dayContacts) = (slots.Sum(i => x.Actual[i] * share[i]), slots.Sum(i => x.Actual[i]));
                if (dayContacts == 0) continue;
                days++;
                if (dayAnswered >= work.Queue.Goal.ServiceLevel * dayContacts) daysMet++;
                weekAnswered += dayAnswered;
                weekContacts += dayContacts;
            }

            if (weekAnswered >= work.Queue.Goal.ServiceLevel * weekContacts) weeksMet++;
            answered += weekAnswered;
            contacts += weekContacts;
        }

        Console.WriteLine($"{label,-22}{hours / origins,10:0.0} head-hours a week{peak / origins,8:0.0} peak{100.0 * met / intervals,8:0.0} % of intervals met"
            + $"{100.0 * daysMet / days,8:0.0} % of days{100.0 * weeksMet / origins,7:0} % of weeks{100 * answered / contacts,8:0.0} % answered in time");
    }

    private void PrintDeferrable(string label, SampleWork work, Func<SeriesForecast, Stretch, double[]> staff)
    {
        var goal = work.DeferrableGoal;
        var horizon = Week + 48 * (int)Math.Ceiling(goal.Latest.TotalDays);
        var (hours, peak, daysMet, weeksMet, inTime, late) = (0.0, 0.0, 0, 0, 0.0, 0.0);
        for (var k = 0; k < origins; k++)
        {
            var x = At(work, k, horizon);
            var heads = staff(Forecast(work, x), x);
            hours += heads.Take(Week).Sum() * SampleWork.Interval.TotalHours;
            peak += heads.Take(Week).Max();
            double[] agents = [.. heads.Select((h, i) => h * (1 - x.Shrinkage[i]))];
            var days = BacklogProjection.Project(ByDay(x, goal.Turnaround), SampleWork.Interval, x.Open, agents).Classes.Take(7).ToArray();
            var (due, breached) = (days.Sum(d => d.DueHours), days.Sum(d => d.BreachedHours));
            daysMet += days.Count(d => d.Attainment >= goal.Fraction - 1e-9);
            if (1 - breached / due >= goal.Fraction - 1e-9) weeksMet++;
            inTime += 1 - breached / due;
            late += BacklogProjection.Project(ByDay(x, goal.Latest), SampleWork.Interval, x.Open, agents).Classes.Take(7).Sum(d => d.BreachedHours) / due;
        }

        Console.WriteLine(
            $"{label,-22}{hours / origins,10:0.0} head-hours a week{peak / origins,8:0.0} peak{100.0 * daysMet / (7 * origins),8:0.0} % of days met"
                + $"{100.0 * weeksMet / origins,7:0} % of weeks{100 * inTime / origins,8:0.0} % done in time{100 * late / origins,7:0.00} % later than "
                + $"{goal.Latest.TotalHours:0} h");
    }

    /// <summary>One class per day of arrival, all with the same turnaround: first in first out, told day by day.</summary>
    private static DeferrableClass[] ByDay(Stretch x, Duration turnaround) => [.. Enumerable.Range(0, x.Actual.Length / 48).Select(day => new DeferrableClass(
        $"day {day}", [.. x.Actual.Select((v, i) => i / 48 == day ? v * x.Aht[i] / 3600 : 0)], turnaround))];

    private double[] FromPaths(SampleWork work, SeriesForecast forecast, Stretch x, double risk) => RiskStaffing.Require(Calls(work, forecast, x), risk).Heads;

    private ImmediateWork Calls(SampleWork work, SeriesForecast forecast, Stretch x) =>
        new(
            forecast.SamplePaths(paths, Seed), x.Aht, SampleWork.Interval, work.ImmediateGoal, x.Shrinkage, x.Open, work.Queue.MinimumHeads,
            work.Queue.Concurrency);

    private double[] Band(SampleWork work, SeriesForecast forecast, Stretch x, double risk) =>
        RiskStaffing.Require(
                new DeferrableWork(
                    forecast.SamplePaths(paths, Seed), x.Aht, SampleWork.Interval, work.DeferrableGoal, x.Shrinkage, x.Open,
                    MinimumHeads: work.Queue.MinimumHeads),
                risk)
            .Heads;

    private static double[] ServiceLevels(SampleWork work, Stretch x, double[] heads)
    {
        var chat = Chat(work);
        var load = ModifiedOfferedLoad.Over(x.Actual, [.. x.Aht.Select(chat.InflatedAhtSeconds)], SampleWork.Interval, open: x.Open);
        var goal = work.ImmediateGoal;
        return [.. load.Mean.Select((erlangs, i) => Level(erlangs, heads[i] * (1 - x.Shrinkage[i]) * chat.Slots, chat.InflatedAhtSeconds(x.Aht[i])))];

        double Level(double erlangs, double slots, double aht)
        {
            if (erlangs == 0) return 1;
            if (slots <= 0) return 0;
            var threshold = goal.Threshold?.TotalSeconds ?? 0;
            return goal.MeanPatience is { } patience
                ? ErlangA.ServiceLevel(erlangs, slots, aht, patience.TotalSeconds, threshold)
                : ErlangC.ServiceLevel(erlangs, slots, aht, threshold);
        }
    }

    private static ChatConcurrency Chat(SampleWork work) => new(work.Queue.Concurrency, 0);

    private SampleWork Find(string name)
    {
        var parts = name.Split(':');
        var series =
            _files.Series.SingleOrDefault(s => s.Queue == parts[0] && s.Hub == parts[^1])
            ?? throw new ArgumentException($"The sample operation has no series {name}; write queue:hub.", nameof(name));
        return new SampleWork(_files, new SampleVolumeGenerator(_files), series);
    }

    /// <summary>The k-th of the last stretches that start on a Monday.</summary>
    private static Stretch At(SampleWork work, int k, int horizon)
    {
        var zone = work.History.Hub.Zone;
        var monday = work.History.All.End.InZone(zone).Date.PlusDays(-7 * (k + 2));
        var first = work.History.All.Grid.StepsUntil(work.History.All.Start, zone.AtStartOfDay(monday).ToInstant());
        horizon = Math.Min(horizon, (work.History.All.Length - first) / 48 * 48);
        return new Stretch(first, work.Volume(first, horizon), work.Aht(horizon), work.Shrinkage(horizon), work.Open(first, horizon));
    }

    private SeriesForecast Forecast(SampleWork work, Stretch x)
    {
        var key = ($"{work.Series.Queue} {work.Series.Hub}", x.First, x.Actual.Length);
        if (_forecasts.TryGetValue(key, out var known)) return known;
        var cutOff = work.History.All.InstantAt(x.First);
        var events = work.History.Events.Where(e => e.Start < cutOff || e.Repeats).ToList();
        return _forecasts[key] = ForecastEngine.Forecast(work.History.Until(cutOff), x.Actual.Length, work.History.Options(events));
    }

    /// <summary>Intervals from an origin on, with what came.</summary>
    private sealed record Stretch(int First, double[] Actual, double[] Aht, double[] Shrinkage, bool[] Open);
}
