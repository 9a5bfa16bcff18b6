using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>Closes the loop of roster and simulation: a roster whose goals hold, or what binds each goal that does not and what would make it hold.</summary>
/// <remarks>
/// A round simulates the roster, finds the intervals in which goals fail, raises the demand there (<see cref="RaisedDemand"/>) and repairs the roster;
/// it is kept when more goals hold, legal clocks counting four times, or when they are nearer to holding. Rounds are compared on the same random
/// numbers. The last word is spoken on others, which no round has seen. What still fails is explained by the people who could not take the raised demand,
/// and a number of people is looked for with whom it holds when they are rostered and simulated like everybody. The same input, seeds and work limits
/// give the same proof. In the literature: staffing by simulation with cuts (Atlason, Epelman and Henderson 2004), here with a repair in place of an
/// integer programme.
/// </remarks>
public static class RosterProof
{
    /// <summary>Proves a roster, or mends it until it can be proven.</summary>
    /// <param name="proof">The roster and the work.</param>
    /// <param name="options">Seeds and limits.</param>
    /// <param name="progress">Told now and then; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the proof.</param>
    /// <returns>The roster, and a verdict on every queue.</returns>
    /// <exception cref="SchedulingDataException">Shifts that do not fit the problem.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a time limit does not cancel.</exception>
    public static ProofResult Prove(
        ProofCase proof, ProofOptions options, IProgress<ProofProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(options);
        var bench = new ProofBench(proof, options);
        var start = Judged(proof, proof.Shifts, options, explain: false);
        proof = proof with { Shifts = start.Shifts }; // without what leave granted since has taken away
        progress?.Report(new ProofProgress(0, "simulating the roster"));
        var before = bench.Judge(start.Shifts, cancellationToken);
        if (Failing(bench, before, proof.Level).Count == 0)
            return new ProofResult(start, false, before, Verdicts(bench, proof, before, before), [], ProofStop.EveryGoalHolds);

        var loop = new ProofLoop(proof, proof.MayChange ? options : options with { Rounds = 0 }, bench);
        var turn = loop.Run(start, progress, cancellationToken);
        var (roster, service) = (start, before);
        if (!ReferenceEquals(turn.Shifts, proof.Shifts))
        {
            var after = bench.Judge(turn.Shifts, cancellationToken);
            if (Told(after).IsBetterThan(Told(before)))
                (roster, service) = (Judged(proof, turn.Shifts, options, explain: false) with { Moves = loop.Moves }, after);
        }

        progress?.Report(new ProofProgress(0.7, "what binds"));
        var verdicts = Verdicts(bench, proof, before, service);
        var failing = Failing(bench, service, proof.Level);
        if (failing.Count > 0)
        {
            var byInterval = ReferenceEquals(roster, start) && !ReferenceEquals(turn.Shifts, proof.Shifts)
                ? bench.Steer(start.Shifts, cancellationToken)
                : turn.Service;
            new Diagnosis(proof, options, bench, roster, service, byInterval).Explain(verdicts, failing, progress, cancellationToken);
        }

        var isChanged = !ReferenceEquals(roster, start);
        return new ProofResult(
            isChanged ? Judged(proof, roster.Shifts, options) with { Moves = roster.Moves } : roster, isChanged, service, verdicts, loop.Rounds,
            failing.Count == 0 ? ProofStop.EveryGoalHolds : proof.MayChange ? loop.StopReason : ProofStop.OnlyJudged);

        Standing Told(RosterService told) => Standing.Of(bench.Judged.Queues, told, proof.Level, proof.Level);
    }

    /// <summary>The roster as it is, by the demand and the rules it was made for.</summary>
    private static RosterResult Judged(ProofCase proof, IReadOnlyList<RosterShift> shifts, ProofOptions options, bool explain = true) =>
        RosterRepair.Repair(
            proof.Problem, shifts, RosterChange.None, new RepairOptions(options.Repairs with { MaximumMoves = 0 }) { Explains = explain }).Roster;

    private static List<int> Failing(ProofBench bench, RosterService service, double level) =>
        [.. Enumerable.Range(0, bench.Judged.Queues.Count).Where(q => service.Report.Queues[q].ProbabilityGoalMet < level)];

    private static QueueProof[] Verdicts(ProofBench bench, ProofCase proof, RosterService before, RosterService service) =>
    [
        .. bench.Judged.Queues.Select((queue, q) =>
        {
            var (told, was) = (service.Report.Queues[q], before.Report.Queues[q]);
            return new QueueProof(
                queue.Name, bench.Judged.Groups[q], queue.LegalClock, queue.PromisedShare, queue.JudgedShare, told.ServiceLevel ?? told.Attainment,
                told.ProbabilityGoalMet, was.ProbabilityGoalMet, told.ProbabilityGoalMet >= proof.Level);
        }),
    ];
}
