using NodaTime;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Api.Features.Staffing.Bands;

/// <summary>Works deferrable queues with a given staffing on every sample path, and tells how often and when deadlines are missed.</summary>
internal sealed class BreachForecast(
    string group,
    IReadOnlyList<QueueWork> queues,
    GridSpan window,
    double[] agents,
    bool[] open,
    IReadOnlyList<OpenWork> backlog)
{
    private const double Rounding = 1e-9;

    public BreachResponse Run(CancellationToken cancellationToken)
    {
        var classes = queues.SelectMany(Classes).ToList();
        var runs = new List<BacklogForecast>();
        for (var p = 0; p < queues[0].Paths.Length; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            runs.Add(BacklogProjection.Project([.. classes.Select(c => c.OnPath(p))], window.Grid.Interval, open, agents));
        }

        var breached = runs.ConvertAll(r => r.FirstBreach);
        return new BreachResponse(
            group, window.Start, window.End, window.Grid.Minutes, runs.Count, agents.Sum() * window.Grid.Interval.TotalHours,
            Share(breached), Times(breached), [.. classes.Select((c, k) => Describe(c, runs.ConvertAll(r => r.Classes[k])))], Days(runs));
    }

    private IEnumerable<DeadlineClass> Classes(QueueWork work)
    {
        var goal = work.Queue.Deferrable!;
        var overlay = window.Overlay(work.Span);
        var aht = overlay.Hold(work.AhtSeconds);
        var hours = work.Paths.Select(path => overlay.Spread(path).Zip(aht, (v, a) => v * a / 3600).ToArray()).ToArray();
        var opening = backlog.Where(b => b.Queue == work.Queue.Code)
            .Select(b => new AgedBacklog(Duration.FromHours(b.YoungestHours), Duration.FromHours(b.OldestHours), b.Contacts * aht[0] / 3600)).ToArray();
        yield return new DeadlineClass(work, goal.Fraction, goal.Turnaround, hours, opening);
        if (goal.Fraction < 1)
        {
            yield return new DeadlineClass(work, 1 - goal.Fraction, goal.Latest, hours, opening);
        }
    }

    private ClassBreach Describe(DeadlineClass c, List<ClassBacklog> runs)
    {
        var breached = runs.ConvertAll(r => r.FirstBreach);
        return new ClassBreach(
            c.Work.Queue.Code, c.Turnaround.TotalMinutes, c.Share, c.Work.Queue.LegalClock, Share(breached),
            runs.Average(r => r.BreachedHours),
            runs.Average(r => r.Attainment),
            Times(breached));
    }

    private static double Share(List<StaffingBreach?> first) => first.Average(b => b is null ? 0.0 : 1);

    private BreachTimes? Times(List<StaffingBreach?> first)
    {
        var offsets = first.OfType<StaffingBreach>().Select(b => b.Offset).Order().ToList();
        if (offsets.Count == 0)
        {
            return null;
        }

        Instant? At(double level) =>
            (int)Math.Ceiling((first.Count * level) - Rounding) - 1 is var rank && rank < offsets.Count ? window.Start + offsets[rank] : null;
        return new BreachTimes(
            window.Start + Duration.FromSeconds(offsets.Average(o => o.TotalSeconds)), window.Start + offsets[0], At(0.1), At(0.5), At(0.9),
            first.OfType<StaffingBreach>().GroupBy(b => b.Reason).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key);
    }

    private List<BacklogDay> Days(List<BacklogForecast> runs)
    {
        var days = new List<BacklogDay>();
        for (var i = 0; i < window.Count; i++)
        {
            var date = window.Grid.DateOf(window.StartOf(i));
            if (i + 1 < window.Count && window.Grid.DateOf(window.StartOf(i + 1)) == date)
            {
                continue; // not the last of its day
            }

            double Quantile(Func<BacklogForecast, double[]> curve, double level) =>
                runs.Select(r => curve(r)[i]).Order().ElementAt((int)Math.Ceiling((runs.Count * level) - Rounding) - 1) is var value && value > Rounding
                    ? value
                    : 0;
            double? Finite(double value) => double.IsFinite(value) ? value : null;
            days.Add(
                new BacklogDay(
                    date,
                    Quantile(r => r.BacklogHours, 0.5),
                    Quantile(r => r.BacklogHours, 0.9),
                    Finite(Quantile(r => r.BacklogDays, 0.5)),
                    Finite(Quantile(r => r.BacklogDays, 0.9)),
                    Quantile(r => r.OldestAgeHours, 0.5),
                    Quantile(r => r.OldestAgeHours, 0.9)));
        }

        return days;
    }

    private sealed record DeadlineClass(QueueWork Work, double Share, Duration Turnaround, double[][] Hours, AgedBacklog[] Opening)
    {
        private readonly AgedBacklog[] _opening = [.. Opening.Select(b => new AgedBacklog(b.Youngest, b.Oldest, b.Hours * Share))];

        public DeferrableClass OnPath(int path) =>
            new(
                $"{Work.Queue.Code} within {Turnaround}",
                [.. Hours[path].Select(h => h * Share)],
                Turnaround, _opening, Work.Queue.Deferrable!.ClockStopsWhenClosed)
            {
                Claim = Work.Queue.Claim,
            };
    }
}
