using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Crises;

/// <summary>Plans over several hubs for work that none of them expected.</summary>
/// <remarks>
/// Every hub keeps its own problem: zone, law, contracts, notice. What is shared is the surge. Each hub is asked for a share, first what it has people to spare
/// for, then by whom it could move; its roster is repaired for it (<see cref="RosterRepair"/>), so that rest and exposure are never broken and people are moved
/// only where that is worth it. What a hub could not do is asked of those that did all they were asked for, from the published rosters again, round after
/// round; the best round counts. Hubs of a round do not wait for one another.
/// </remarks>
public static class JointPlanner
{
    private const double Met = 0.25; // of a head: what one interval lacks less than nobody moves for

    /// <summary>Makes a plan.</summary>
    /// <param name="hubs">At least one, codes unique.</param>
    /// <param name="surges">At least one; of a group one for every hub, or one for each.</param>
    /// <param name="options">From when on, seed, limits.</param>
    /// <param name="cancellationToken">Ends the search; the best plan so far is returned, or one in which nothing moves.</param>
    /// <returns>Never worse, in head-hours of the surges that nobody does, than the first round.</returns>
    /// <exception cref="SchedulingDataException">No hub or surge, one twice, or a surge whose group no hub has.</exception>
    public static JointPlan Plan(
        IReadOnlyList<SurgeHub> hubs, IReadOnlyList<SharedSurge> surges, JointPlanOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.Unique(hubs, h => h.Code, "joint plan", nameof(hubs));
        Guard.Unique(surges, s => s.Hub is null ? s.Group : $"{s.Group} at {s.Hub}", "joint plan", nameof(surges));
        if (hubs.Count == 0 || surges.Count == 0) throw new SchedulingDataException("joint plan: give at least one hub and one surge.");
        if (surges.FirstOrDefault(s => !hubs.Any(h => (s.Hub ?? h.Code) == h.Code && h.Problem.Demand.Any(d => d.Group == s.Group))) is { } foreign)
            throw new SchedulingDataException(
                foreign.Hub is null ? $"joint plan: no hub has the group '{foreign.Group}'."
                    : $"joint plan: hub '{foreign.Hub}' has no group '{foreign.Group}'.");
        if (surges.GroupBy(s => s.Group).FirstOrDefault(g => g.Count() > 1 && g.Any(s => s.Hub is null)) is { } both)
            throw new SchedulingDataException($"joint plan: the surge of '{both.Key}' is told for every hub and for one; tell it for each, or for all.");
        return new Search(hubs, surges, options, cancellationToken).Run();
    }

    private sealed class Search(IReadOnlyList<SurgeHub> hubs, IReadOnlyList<SharedSurge> surges, JointPlanOptions options, CancellationToken cancellationToken)
    {
        private readonly SurgePart[][] _parts = [.. hubs.Select(h => surges.Select(s => new SurgePart(h, s)).ToArray())]; // [hub][surge]
        private readonly RosterResult[] _published = [.. hubs.Select(h => RosterRepair.Evaluate(h.Problem, h.Published))];

        public JointPlan Run()
        {
            var before = Spare(_published);
            var shares = Shares(before, null);
            (RepairResult[] Repairs, double[][][] Given, double Unmet, int Round)? best = null;
            var repairs = new RepairResult?[hubs.Count];
            for (var round = 1; round <= options.Rounds; round++)
            {
                Repair(repairs, shares);
                var given = Spare([.. repairs.Select(r => r!.Roster)]);
                var unmet = Enumerable.Range(0, surges.Count).Sum(s => Unmet(given, s).Sum() * surges[s].Interval.TotalHours);
                if (best is null || unmet < best.Value.Unmet - 1e-9) best = ([.. repairs.OfType<RepairResult>()], given, unmet, round);
                if (unmet < Met || round == options.Rounds || cancellationToken.IsCancellationRequested) break;
                var asked = shares;
                shares = Shares(given, (h, s, k) => given[h][s][k] >= asked[h][s][k] - Met);
                if (IsSame(asked, shares)) break;
                for (var h = 0; h < hubs.Count; h++)
                {
                    if (!IsSame([asked[h]], [shares[h]])) repairs[h] = null;
                }
            }

            return Told(best!.Value.Repairs, before, best.Value.Given, best.Value.Round);
        }

        private void Repair(RepairResult?[] repairs, double[][][] shares) => Parallel.For(
            0, hubs.Count, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, h =>
            {
                if (repairs[h] is not null) return;
                var (hub, demand) = (hubs[h], hubs[h].Problem.Demand.ToArray());
                for (var s = 0; s < surges.Count; s++)
                {
                    var at = _parts[h][s].Takes ? Array.FindIndex(demand, d => d.Group == surges[s].Group) : -1;
                    if (at >= 0) demand[at] = _parts[h][s].With(demand[at], shares[h][s]);
                }

                repairs[h] = RosterRepair.Repair(
                    hub.Problem, hub.Published, new RosterChange { Demand = demand },
                    new RepairOptions(new SolveLimits(options.Seed, options.MovesPerHub))
                    {
                        From = options.From,
                        Costs = ClosenessCosts.Of(hub.Problem.Policy.Rules, options.From.InZone(hub.Problem.Zone).Date),
                        Explains = false,
                    },
                    null, cancellationToken);
            });

        // [hub][surge][interval]
        private double[][][] Spare(RosterResult[] rosters) =>
        [
            .. rosters.Select((roster, h) => _parts[h].Select(part => part.Spare(roster)).ToArray()),
        ];

        /// <summary>What hubs have to spare, up to what is needed; what is left by whom they could move, of those that could do more.</summary>
        private double[][][] Shares(double[][][] spare, Func<int, int, int, bool>? couldMore)
        {
            double[][][] shares = [.. hubs.Select(_ => surges.Select(s => new double[s.Heads.Length]).ToArray())];
            for (var s = 0; s < surges.Count; s++)
            {
                for (var k = 0; k < surges[s].Heads.Length; k++)
                {
                    var (needed, there) = (surges[s].Heads[k], spare.Sum(h => h[s][k]));
                    var weights = hubs.Select((_, h) => couldMore?.Invoke(h, s, k) == false ? 0 : _parts[h][s].Potential[k]).ToArray();
                    var (taken, left, all) = (there > 0 ? Math.Min(1, needed / there) : 0, Math.Max(0, needed - there), weights.Sum());
                    for (var h = 0; h < hubs.Count; h++) shares[h][s][k] = (spare[h][s][k] * taken) + (all > 0 ? left * weights[h] / all : 0);
                }
            }

            return shares;
        }

        private double[] Unmet(double[][][] given, int s) => [.. surges[s].Heads.Select((heads, k) => Math.Max(0, heads - given.Sum(h => h[s][k])))];

        private static bool IsSame(double[][][] one, double[][][] other) =>
            one.Zip(other).All(h => h.First.Zip(h.Second).All(s => s.First.Zip(s.Second).All(k => Math.Abs(k.First - k.Second) < Met)));

        private JointPlan Told(RepairResult[] repairs, double[][][] before, double[][][] given, int round)
        {
            var shares = Shares(given, (_, _, _) => false);
            return new JointPlan(
                [.. hubs.Select((hub, h) => new HubPlan(hub.Code, repairs[h], shares[h], Lent(hub, _published[h], repairs[h].Roster)))],
                [.. surges.Select((surge, s) =>
                {
                    var unmet = Unmet(given, s);
                    var hours = surge.Interval.TotalHours;
                    return new SurgeCover(surge.Group, surge.Hub, surge.Hours, Unmet(before, s).Sum() * hours, unmet.Sum() * hours, unmet);
                })],
                round);
        }

        private static List<LentWork> Lent(SurgeHub hub, RosterResult published, RosterResult planned)
        {
            var hours = hub.Problem.Interval.TotalHours;
            double Missing(RosterResult roster, DemandLine line) =>
                SurgePart.Scheduled(roster, line.Group, line.Heads.Length).Zip(line.Heads, (there, needed) => Math.Max(0, needed - there)).Sum() * hours;
            return
            [
                .. hub.Problem.Demand.Select(d => new LentWork(d.Group, Missing(published, d), Missing(planned, d)))
                    .Where(l => Math.Abs(l.MissingAfter - l.MissingBefore) >= 0.01),
            ];
        }
    }
}
