using Wfm.Api.Pipeline;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Routing.Shares;

/// <summary>What a queue asks of a hub.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Curve">Heads of it from the start of the staffed window on.</param>
internal sealed record SharedCurve(string Queue, RequirementCurve Curve);

/// <summary>Turns an allocation into what each hub is asked for.</summary>
/// <remarks>
/// What stays at its hub is asked of it whole. Of immediate work that is shared each hub is asked for its share of the pooled requirement, interval by interval
/// of the allocation, with the shape of the hours within. Deferrable work that is shared was given to hubs at certain times: each is asked for those heads
/// then. Where the allocation gives an interval to nobody, because nobody can, the best fixed split says who tries. Outside its span the allocation repeats
/// itself.
/// </remarks>
internal static class AllocationShares
{
    /// <param name="input">What the allocation was computed from.</param>
    /// <param name="data">The allocation.</param>
    /// <param name="risk">Probability that the heads are enough.</param>
    /// <returns>Queues by code of the hub; hubs of which nothing is asked have none.</returns>
    public static IReadOnlyDictionary<string, List<SharedCurve>> Of(
        AllocationInput input, AllocationData data, double risk, CancellationToken cancellationToken)
    {
        var global = input.Global.ToHashSet(StringComparer.Ordinal);
        var shares = input.Hubs.ToDictionary(h => h.Code, _ => new List<SharedCurve>(), StringComparer.Ordinal);
        foreach (var hub in input.Works.Where(w => !global.Contains(w.Work.Queue.Code)).GroupBy(w => w.Hub, StringComparer.Ordinal))
        {
            shares[hub.Key].AddRange(Require([.. hub.Select(w => w.Work)]).Select(q => new SharedCurve(q.Queue, q.Curve)));
        }

        foreach (var queue in Require([.. input.Works.Where(w => global.Contains(w.Work.Queue.Code)).Select(w => w.Work)]))
        {
            foreach (var (hub, curve) in Split(queue, input, data)) shares[hub].Add(new SharedCurve(queue.Queue, curve));
        }

        return shares;

        IReadOnlyList<QueueRequirement> Require(IReadOnlyList<QueueWork> works) =>
            PooledStaffer.Require(works, input.Window.Start, input.Window.End, [risk], cancellationToken)[0];
    }

    private static IEnumerable<(string Hub, RequirementCurve Curve)> Split(QueueRequirement queue, AllocationInput input, AllocationData data)
    {
        var waits = queue.Curve.DueHours is not null;
        var line = data.Lines.FirstOrDefault(l => l.Hub is null && l.Group == queue.Group && l.Line == (waits ? $"{queue.Group}: {queue.Queue}" : queue.Group));
        foreach (var hub in line?.Hubs.Where(h => h.Heads.Sum() > 0 || Fixed(h.Hub) > 0) ?? [])
        {
            int[] places = [.. Enumerable.Range(0, queue.Count).Select(i => input.Span.Place(queue.Start + (queue.Interval * i)))];
            yield return (
                hub.Hub,
                waits ? Flat([.. places.Select(t => hub.Heads[t])], queue.Curve) : Scaled(queue.Curve, [.. places.Select(t => Share(hub, t))]));
        }

        double Share(AllocatedHub hub, int t) => line!.Hubs.Sum(h => h.Heads[t]) is > 0 and var all ? hub.Heads[t] / all : Fixed(hub.Hub);

        double Fixed(string hub) => waits ? 0 : data.Shares.FirstOrDefault(s => s.Group == queue.Group && s.Hub == hub)?.Share ?? 0;
    }

    private static RequirementCurve Scaled(RequirementCurve curve, double[] factors)
    {
        double[] Times(double[] values) => [.. values.Zip(factors, (v, f) => v * f)];
        var steps = curve.Waterfall;
        return new RequirementCurve(
            curve.RiskLevel,
            new Waterfall(
                Times(steps.Volume), Times(steps.Workload), Times(steps.DeferralMargin), Times(steps.QueueingMargin), Times(steps.OccupancyMargin),
                Times(steps.MinimumMargin), Times(steps.ShrinkageMargin), Times(steps.Rounding)),
            Times(curve.Heads), null, null, null);
    }

    // Heads at their times: which of the work they do is the queue's affair.
    private static RequirementCurve Flat(double[] heads, RequirementCurve curve)
    {
        var none = new double[heads.Length];
        return new RequirementCurve(curve.RiskLevel, new Waterfall(none, heads, none, none, none, none, none, none), heads, null, null, null);
    }
}
