using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Pooling;

namespace Wfm.Api.Pipeline;

/// <summary>The work of several hubs staffed as if it arrived at one place: what belongs to a queue and not to a hub.</summary>
internal static class PooledStaffer
{
    /// <param name="works">Work by queue and hub, all of the same interval and number of paths; each covers the window.</param>
    /// <param name="start">Start of the window.</param>
    /// <param name="end">Its end.</param>
    /// <param name="riskLevels">Probabilities that the heads are enough, each in (0, 1).</param>
    /// <returns>Requirements of the queues by risk level.</returns>
    /// <exception cref="ArgumentException">A queue cannot be staffed; the message says why.</exception>
    public static IReadOnlyList<IReadOnlyList<QueueRequirement>> Require(
        IReadOnlyList<QueueWork> works, Instant start, Instant end, IReadOnlyList<double> riskLevels, CancellationToken cancellationToken)
    {
        if (works.Count == 0) return [.. riskLevels.Select(_ => Array.Empty<QueueRequirement>())];
        var interval = works[0].Span.Grid.Interval;
        var queues = works.GroupBy(w => w.Queue.Code, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Pool([.. g.Select(w => Cut(w, start, end))])).ToList();
        return
        [
            .. riskLevels.Select(level => queues.GroupBy(q => q.Queue.Group, StringComparer.Ordinal).SelectMany(group =>
                {
                    var members = group.ToList();
                    var curves = GroupStaffing.Require(members.ConvertAll(m => m.Grouped()), level, cancellationToken);
                    return members.Select((m, i) => Required(m, start, interval, curves[i]));
                })
                .ToList()),
        ];
    }

    private static QueueRequirement Required(QueueWork work, Instant start, Duration interval, RequirementCurve curve) =>
        new(work.Queue.Code, work.Queue.Group, start, interval, curve)
        {
            Open = work.Open,
            Priority = work.Queue.Priority,
            ExposureClass = work.Queue.ExposureClass,
            MinimumHeads = work.Queue.MinimumHeads,
            Claim = work.Queue.Claim,
            Turnaround = work.Queue.Deferrable?.Turnaround ?? Duration.FromDays(1),
        };

    private static QueueWork Cut(QueueWork work, Instant start, Instant end)
    {
        var minutes = work.Span.Grid.Minutes;
        var (from, count) = ((int)Math.Floor((start - work.Span.Start).TotalMinutes / minutes), (int)((end - start).TotalMinutes / minutes));
        var range = from..(from + count);
        return work with
        {
            Span = GridSpan.From(work.Span.Grid, work.Span.StartOf(from), count),
            Paths = [.. work.Paths.Select(p => p[range])],
            AhtSeconds = work.AhtSeconds[range],
            Open = work.Open[range],
        };
    }

    // One queue out of those of several hubs: handle time and shrinkage by the work each has.
    private static QueueWork Pool(IReadOnlyList<QueueWork> parts)
    {
        if (parts.Count == 1) return parts[0];
        var (paths, count) = (parts.Min(p => p.Paths.Length), parts[0].Open.Length);
        var loads = parts.Select(p => p.Paths.Sum(path => path.Sum()) * p.AhtSeconds[0]).ToArray();
        var aht = new double[count];
        for (var t = 0; t < count; t++)
        {
            var volumes = parts.Select(p => p.Paths.Sum(path => path[t])).ToArray();
            aht[t] = volumes.Sum() > 0 ? parts.Zip(volumes, (p, v) => p.AhtSeconds[t] * v).Sum() / volumes.Sum() : parts.Average(p => p.AhtSeconds[t]);
        }

        return parts[0] with
        {
            Paths = [.. Enumerable.Range(0, paths).Select(i => Enumerable.Range(0, count).Select(t => parts.Sum(p => p.Paths[i][t])).ToArray())],
            AhtSeconds = aht,
            Open = [.. Enumerable.Range(0, count).Select(t => parts.Any(p => p.Open[t]))],
            Shrinkage = loads.Sum() > 0 ? parts.Zip(loads, (p, l) => p.Shrinkage * l).Sum() / loads.Sum() : parts.Average(p => p.Shrinkage),
            OpeningBacklog = parts.Sum(p => p.OpeningBacklog),
        };
    }
}
