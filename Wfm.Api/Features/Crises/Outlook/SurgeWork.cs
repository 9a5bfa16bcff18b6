using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Crises.Outlook;

/// <summary>The work of all hubs of a crisis, with the surge on it.</summary>
internal sealed class SurgeWork
{
    public const int Paths = 100;
    private const int SimulatedMinutes = 15;

    private SurgeWork(CrisisFacts facts, int seed, IReadOnlyList<SurgedQueue> queues) => (Facts, Seed, Queues) = (facts, seed, queues);

    public CrisisFacts Facts { get; }

    public int Seed { get; }

    /// <summary>Hub by hub, in order of their codes.</summary>
    public IReadOnlyList<SurgedQueue> Queues { get; }

    /// <summary>Those that the crisis is about.</summary>
    public IEnumerable<SurgedQueue> Touched => Queues.Where(q => q.Facts.IsTouched);

    /// <param name="factors">Volume ÷ usual volume by skill group as told, from a moment on; groups that are missing go by the crisis.</param>
    public static SurgeWork Of(
        CrisisFacts facts, IReadOnlyDictionary<string, double> factors, Instant from, int seed, CancellationToken cancellationToken)
    {
        var queues = new List<SurgedQueue>();
        foreach (var hub in facts.Hubs)
        {
            var shape = DayShape.Of(hub.Queues.Select(q => new ForecastedQueue(q.Row.SeriesId, q.Planned, q.Row.ToForecast(0), q.Row.AhtSeconds)));
            queues.AddRange(hub.Queues.Select(q => SurgedQueue.Of(
                facts, hub, q, shape, factors.TryGetValue(q.Queue.SkillGroup, out var factor) ? (factor, from) : null, Paths, seed, cancellationToken)));
        }

        return new SurgeWork(facts, seed, queues);
    }

    /// <summary>Contacts of some queues in the hours ahead, together.</summary>
    public static SurgeBand Band(IReadOnlyList<SurgedQueue> queues, Instant from, Instant to)
    {
        double[] sums = [.. Enumerable.Range(0, Paths).Select(p => queues.Sum(q => q.On(p, from, to))).Order()];
        return new SurgeBand(Round(queues.Sum(q => q.Usual(from, to))), Round(sums.Average()), At(0.1), At(0.5), At(0.9));

        double At(double level) => Round(Quantile(sums, level));
    }

    /// <summary>Heads beyond the usual that a surge takes hour by hour: hours of work at a risk level, and the time that people lose.</summary>
    /// <param name="queues">Queues of one group.</param>
    /// <param name="hours">Hours from the moment on.</param>
    /// <param name="risk">Probability that they are enough, in (0, 1).</param>
    /// <remarks>What is open beyond the usual since the start is spread over the time in which it is due.</remarks>
    public static double[] Heads(IReadOnlyList<SurgedQueue> queues, Instant start, int hours, double risk)
    {
        var heads = new double[hours];
        for (var h = 0; h < hours; h++)
        {
            var (from, to) = (start + Duration.FromHours(h), start + Duration.FromHours(h + 1));
            double[] work = [.. Enumerable.Range(0, Paths).Select(p => queues.Sum(q => q.ExcessHours(p, from, to) / (1 - q.Hub.Planned.Shrinkage))).Order()];
            heads[h] = Math.Max(0, Quantile(work, risk));
        }

        foreach (var queue in queues.Where(q => q.Facts.Planned.Deferrable is not null && q.Facts.Backlog is not null))
        {
            var (_, observed, usual) = queue.SoFar;
            var open = Math.Min(queue.Facts.Backlog!.Ranges.Sum(r => r.Contacts), Math.Max(0, observed - usual));
            var due = Math.Clamp((int)queue.Facts.Planned.Deferrable!.Turnaround.TotalHours, 1, hours);
            for (var h = 0; h < due; h++) heads[h] += open * queue.AhtSeconds[0] / 3600 / (1 - queue.Hub.Planned.Shrinkage) / due;
        }

        return heads;
    }

    /// <summary>The hubs put together to be simulated; null where nothing can be.</summary>
    /// <param name="hubs">People of each hub; those without a forecast are left out.</param>
    /// <param name="shared">Groups whose work any hub may do.</param>
    public JointFloor? Floor(IReadOnlyList<SurgeHub> hubs, IReadOnlySet<string> shared)
    {
        if (Queues.Count == 0) return null;
        var known = Queues.Min(q => SurgedQueue.KnownAt(q.Facts, Facts.At));
        var grid = IntervalGrid.Of(SimulatedMinutes, DateTimeZone.Utc);
        var window = GridSpan.Between(grid, grid.Floor(known), Facts.End);
        return new JointFloor(
            [
                .. Facts.Hubs.Select(h => new HubFloor(
                    h.Hub.Code, [.. Queues.Where(q => q.Hub == h).Select(q => q.ToFloor(window))], Skills(hubs.FirstOrDefault(p => p.Code == h.Hub.Code)),
                    h.Planned.PlannedShrinkage, h.Planned.UnplannedShrinkage)),
            ],
            shared, window.Start, window.Grid.Interval, Facts.At, new ProjectionRule(Seed) { Most = Paths, Threads = Environment.ProcessorCount });
    }

    /// <summary>Shifts of the hubs in the order in which they are simulated.</summary>
    public IReadOnlyList<IReadOnlyList<RosterShift>> Shifts(IEnumerable<(string Hub, IReadOnlyList<RosterShift> Shifts)> hubs)
    {
        var known = hubs.ToDictionary(h => h.Hub, h => h.Shifts, StringComparer.Ordinal);
        return [.. Facts.Hubs.Select(h => known.GetValueOrDefault(h.Hub.Code) ?? [])];
    }

    /// <summary>Figures of a projected queue.</summary>
    public static ServiceFigures Figures(SurgedQueue queue, QueueProjection projected) => new(
        queue.Facts.Planned.Deferrable is null ? null : 1 - (projected.Clock?.Probability ?? 0), projected.GoalMet, projected.Service?.Mean,
        Round(projected.Late.Mean), Round(projected.Abandoned.Mean), Round(projected.Left.Mean));

    /// <summary>Groups whose queues are all routed globally.</summary>
    public HashSet<string> Global() => Queues.GroupBy(q => q.Facts.Queue.SkillGroup, StringComparer.Ordinal)
        .Where(g => g.All(q => q.Facts.Queue.Routing == QueueRouting.Global)).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);

    private static IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>> Skills(SurgeHub? hub) =>
        hub?.Problem.Agents.ToDictionary(
            a => a.Id, IReadOnlyList<AgentSkill> (a) => [.. a.Skills.Where(s => !a.OptOutGroups.Contains(s.Group))], StringComparer.Ordinal) ?? [];

    private static double Quantile(double[] sorted, double level)
    {
        var place = level * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static double Round(double value) => Math.Round(value, 2);
}
