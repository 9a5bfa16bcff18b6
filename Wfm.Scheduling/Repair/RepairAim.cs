using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>The coverage that a repair aims at: what the published roster gave, and what the change asks for on top.</summary>
/// <remarks>
/// Heads that were missing before the change are not asked for. A roster is hardly ever perfect, and whoever repairs it wants back what was
/// published, not the next better roster at the price of everybody's plans.
/// </remarks>
internal static class RepairAim
{
    /// <param name="compiled">The problem after the change.</param>
    /// <param name="before">The demand before the change.</param>
    /// <param name="published">What the published roster covers.</param>
    public static IReadOnlyList<DemandLine> Of(CompiledProblem compiled, IReadOnlyList<DemandLine> before, Covered published)
    {
        var old = before.ToDictionary(d => d.Group, StringComparer.Ordinal);
        return [.. compiled.Problem.Demand.Select((line, group) =>
        {
            if (!old.TryGetValue(line.Group, out var was)) return line;
            var head = CoverageCosts.HeadUnits(line, compiled.Calendar);
            double[] Heads(double[] units) => [.. Enumerable.Range(group * compiled.Costs.Stride, line.Heads.Length).Select(k => units[k] / head)];
            var (scheduled, people) = (Heads(published.Scheduled), Heads(published.People));
            double[] heads = [.. line.Heads.Select((h, i) => Math.Max(Math.Min(h, scheduled[i]), h - Math.Max(0, was.Heads[i] - scheduled[i])))];
            return line with
            {
                Heads = heads,
                BusyHeads = line.BusyHeads is null ? null : [.. line.BusyHeads.Select((b, i) => Math.Min(b, heads[i]))],
                MinimumPresence = line.MinimumPresence is null ? null : [.. line.MinimumPresence.Select((m, i) => Math.Min(m, people[i]))],
            };
        })];
    }
}
