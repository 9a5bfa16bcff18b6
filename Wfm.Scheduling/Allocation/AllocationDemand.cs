using NodaTime;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>The requirements of a hub's queues, and which of them every hub may work.</summary>
/// <param name="Hub">Code of the hub where the contacts arrive.</param>
/// <param name="Queues">Requirements at one risk level.</param>
/// <param name="Open">Whether the hub is open, a whole number of flags for each interval of the span: on this finer grid the requirements are read before
/// they are summed.</param>
public sealed record HubRequirements(string Hub, IReadOnlyList<QueueRequirement> Queues, bool[] Open);

/// <summary>From requirements of queues, hub by hub, to lines of work.</summary>
/// <remarks>
/// Immediate work of a group is one line; deferrable work a line each queue, with what may wait. Requirements of several hubs for what is routed globally add
/// up; pool the work before it is staffed, and the gain of one long waiting line is in them. Time in which immediate work keeps nobody busy is not counted as
/// time for deferrable work, which errs on the safe side.
/// </remarks>
public static class AllocationDemand
{
    /// <summary>The lines of work.</summary>
    /// <param name="span">The intervals.</param>
    /// <param name="hubs">Requirements by hub, all on the same finer intervals.</param>
    /// <param name="global">Codes of the queues that every hub may work.</param>
    /// <param name="breachPrice">Price of an hour of a missing head of priority 5; more urgent work costs up to three times as much.</param>
    public static IReadOnlyList<AllocationLine> Lines(
        AllocationSpan span, IReadOnlyList<HubRequirements> hubs, IReadOnlySet<string> global, double breachPrice)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(hubs);
        ArgumentNullException.ThrowIfNull(global);
        var sums = new SortedDictionary<string, LineSum>(StringComparer.Ordinal);
        foreach (var hub in hubs)
        {
            foreach (var bound in hub.Queues.GroupBy(q => global.Contains(q.Queue) ? null : hub.Hub))
            {
                foreach (var line in GroupDemand.Lines(bound, new DemandIntervals(span.Start, FineInterval(span, hub), hub.Open)))
                {
                    Add(line, bound.Key, hub.Open.Length / span.Count);
                }
            }
        }

        return [.. sums.Select(s => s.Value.ToLine(s.Key, breachPrice))];

        void Add(DemandLine line, string? hub, int parts)
        {
            var place = hub is null ? "" : $" at {hub}";
            var own = Math.Max(line.Heads.Max(), line.MinimumPresence?.Max() ?? 0) > 0;
            if (own || line.Band is null) Sum($"{line.Group}{place}", line, hub).AddHeads(line, parts);
            foreach (var work in line.Band?.Classes ?? [])
            {
                Sum($"{line.Group}: {work.Name}{place}", line, hub, work.Priority).AddWaiting(work, line.Band!, parts, span);
            }
        }

        LineSum Sum(string name, DemandLine line, string? hub, double? priority = null)
        {
            if (!sums.TryGetValue(name, out var sum))
                sums.Add(name, sum = new LineSum(line.Group, hub, span.Count, SureClass(line)));
            sum.Priority = Math.Max(sum.Priority, priority ?? line.Priority);
            return sum;
        }
    }

    private static Duration FineInterval(AllocationSpan span, HubRequirements hub) => hub.Open.Length % span.Count == 0
        ? span.Interval / (hub.Open.Length / span.Count)
        : throw new SchedulingDataException(
            $"allocation: hub '{hub.Hub}' has {hub.Open.Length} flags of opening for {span.Count} intervals; give a whole number for each.");

    // The class that all of a group's work has at least.
    private static int SureClass(DemandLine line) =>
        line.ExposureShares is { } shares ? shares.TakeWhile(s => s < 1e-9).Count() : (int)line.ExposureWeight;

    private sealed class LineSum(string group, string? hub, int count, int exposureClass)
    {
        private readonly double[] _heads = new double[count];
        private readonly double[] _waiting = new double[count];
        private readonly double[] _presence = new double[count];
        private bool _mayWait;

        public double Priority { get; set; }

        public void AddHeads(DemandLine line, int parts)
        {
            for (var t = 0; t < count; t++)
            {
                _heads[t] += line.Heads.AsSpan(t * parts, parts).ToArray().Average();
                if (line.MinimumPresence is { } presence) _presence[t] = Math.Max(_presence[t], presence.AsSpan(t * parts, parts).ToArray().Average());
            }
        }

        public void AddWaiting(DeadlineDemand work, DeferrableDemand band, int parts, AllocationSpan span)
        {
            _mayWait = true;
            var share = band.Productive.Where(p => p > 0).DefaultIfEmpty(1).Average() * span.Interval.TotalHours;
            var before = 0.0;
            for (var t = 0; t < count; t++)
            {
                var (due, arrived) = (work.DueHours[((t + 1) * parts) - 1], work.ArrivedHours[((t + 1) * parts) - 1]);
                _heads[t] += Math.Max(0, arrived - before) / share;
                _waiting[t] += Math.Max(0, arrived - due) / share;
                before = arrived;
            }
        }

        public AllocationLine ToLine(string name, double breachPrice) => new(name, group, hub, _heads, breachPrice * Math.Max(1, Priority))
        {
            MayWait = _mayWait ? _waiting : null,
            Presence = Array.TrueForAll(_presence, p => p == 0) ? null : _presence,
            ExposureClass = exposureClass,
        };
    }
}
