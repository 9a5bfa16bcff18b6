using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>For goals that do not hold: what binds, how many more people make them hold, which promise is kept without.</summary>
/// <param name="service">On the seeds that judge.</param>
/// <param name="byInterval">On the seeds that steer.</param>
internal sealed class Diagnosis(
    ProofCase proof, ProofOptions options, ProofBench bench, RosterResult roster, RosterService service, RosterService byInterval)
{
    private const double Gain = 2;

    /// <summary>Promises are told in whole percent.</summary>
    private const double Step = 100;

    public void Explain(QueueProof[] verdicts, IReadOnlyList<int> failing, IProgress<ProofProgress>? progress, CancellationToken cancellationToken)
    {
        var reasons = Reasons(failing);
        foreach (var q in failing)
        {
            var missing = MissedWork.Of(bench.Judged, byInterval, q, Scheduled(bench.Judged.Groups[q]));
            var binding = reasons.Of(verdicts[q].Group, missing);
            verdicts[q] = verdicts[q] with { Binding = bench.OutOfReach(q) is { } reach ? binding.Because(reach.Explain(bench.Judged.Queues[q])) : binding };
        }

        int[] mendable = [.. failing.Where(q => bench.OutOfReach(q) is null)];
        Promises(verdicts, failing, cancellationToken);
        People(verdicts, mendable, progress, cancellationToken);
    }

    private IReadOnlyList<double> Scheduled(string group) => roster.Coverage.FirstOrDefault(c => c.Group == group)?.Scheduled ?? [];

    /// <summary>Asks for what is missing once more, and lets nobody move: whoever has the skill and cannot take it says why.</summary>
    private BindingReasons Reasons(IReadOnlyList<int> failing)
    {
        var missing = ProofLoop.Missing(proof.Problem, bench.Steered, byInterval, roster.Coverage, failing);
        var change = new RosterChange
        {
            Demand = RaisedDemand.None(proof.Problem).Raise(proof.Problem, roster.Coverage, missing, Gain).Lines(proof.Problem, missing, 1),
        };
        var asked = RosterRepair.Repair(
            proof.Problem, roster.Shifts, change, new RepairOptions(options.Repairs with { MaximumMoves = 0 }));
        return new BindingReasons(proof.Problem, asked.Roster.Uncovered, new HeldByMinimum(proof.Problem, roster.Shifts));
    }

    /// <summary>Simulates the same contacts against the shares that the replications reached.</summary>
    private void Promises(QueueProof[] verdicts, IReadOnlyList<int> failing, CancellationToken cancellationToken)
    {
        var kept = failing.Select(q => (Queue: q, Share: Reached(q))).Where(k => k.Share > 0 && k.Share < verdicts[k.Queue].Promised).ToArray();
        if (kept.Length == 0) return;
        var queues = bench.Judged.Queues.ToArray();
        foreach (var (q, share) in kept) queues[q] = queues[q].Promising(share);
        var told = bench.Judge(bench.Judged with { Queues = queues }, roster.Shifts, cancellationToken);
        foreach (var (q, share) in kept)
        {
            if (told.Report.Queues[q].ProbabilityGoalMet >= proof.Level) verdicts[q] = verdicts[q] with { PromiseKept = share };
        }
    }

    /// <summary>What the law asks for is nobody's to promise less of.</summary>
    private double Reached(int q) => bench.Judged.Queues[q] is { PromisedShare: null } or { LegalClock: true, PromisedShare: 1 }
        || Standing.Kept(service.Shares[q], proof.Level) is not { } share ? 0 : Math.Floor(share * Step) / Step;

    /// <summary>Legal clocks first, then the severe: when the time has run out, each group has one trial.</summary>
    private void People(QueueProof[] verdicts, IReadOnlyList<int> failing, IProgress<ProofProgress>? progress, CancellationToken cancellationToken)
    {
        var search = new ShortageSearch(proof, options, bench, roster);
        var groups = failing.GroupBy(q => bench.Judged.Groups[q]).OrderByDescending(g => g.Max(q => Standing.UrgencyOf(bench.Judged.Queues[q])))
            .ThenBy(g => g.Key, StringComparer.Ordinal).ToArray();
        foreach (var (done, group) in groups.Index())
        {
            var line = proof.Problem.Demand.Select(d => d.Group).ToList().IndexOf(group.Key);
            if (line < 0) continue;
            progress?.Report(new ProofProgress(0.75 + (0.25 * done / groups.Length), $"how many more for {group.Key}"));
            int[] queues = [.. group];
            var anyTemplate = queues.Any(q => verdicts[q].Binding!.Blocked.Any(b => b is { Reason: BindingReason.TheseHours, Share: >= 0.25 }));
            var found = search.Find(
                line, queues, ProofLoop.Missing(proof.Problem, bench.Steered, byInterval, roster.Coverage, queues), anyTemplate, cancellationToken);
            foreach (var q in queues) verdicts[q] = verdicts[q] with { Remedy = found };
        }
    }
}
