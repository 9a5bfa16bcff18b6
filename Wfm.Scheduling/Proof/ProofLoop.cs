using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Proof;

/// <summary>Simulate, raise the demand where goals fail, repair, simulate again; what does not help is taken back and tried harder or on fewer goals.</summary>
internal sealed class ProofLoop(ProofCase proof, ProofOptions options, ProofBench bench)
{
    /// <summary>Of a draft nobody has been told yet: changes cost just enough that none is made for nothing.</summary>
    private static readonly ClosenessCosts Draft = new()
    {
        ActivityCost = 0.1,
        MovedCost = 0.5,
        FreedCost = 0.5,
        DayOffCost = 1,
        PersonCost = 0,
        NoticeDays = 0,
        NoticeFactor = 1,
    };

    /// <summary>Share of the time limit for the rounds; the rest is for the last word and the people it takes.</summary>
    private const double TimeOfRounds = 0.5;

    private readonly List<ProofRound> _rounds = [];

    /// <summary>A goal is steered to the middle between the level staffed for and certainty: other seeds judge.</summary>
    private readonly double _aim = (1 + proof.Level) / 2;

    public IReadOnlyList<ProofRound> Rounds => _rounds;

    public ProofStop StopReason { get; private set; } = ProofStop.RoundLimit;

    public long Moves { get; private set; }

    /// <summary>Heads missing to the promises of some queues, [line][interval].</summary>
    /// <param name="coverage">What the roster gives.</param>
    public static double[][] Missing(
        RosterProblem problem, SimulatedWork work, RosterService byInterval, IReadOnlyList<CoverageLine> coverage, IEnumerable<int> queues)
    {
        var missing = problem.Demand.Select(d => new double[d.Heads.Length]).ToArray();
        foreach (var q in queues)
        {
            var line = problem.Demand.Index().FirstOrDefault(d => d.Item.Group == work.Groups[q], (-1, null!)).Index;
            if (line < 0) continue;
            var mine = MissedWork.Of(work, byInterval, q, coverage[line].Scheduled);
            for (var i = 0; i < Math.Min(mine.Length, missing[line].Length); i++) missing[line][i] += mine[i];
        }

        return missing;
    }

    public Turn Run(RosterResult start, IProgress<ProofProgress>? progress, CancellationToken cancellationToken)
    {
        var best = TurnOf(proof.Shifts, start.Coverage, start.Score.MinimumPresence, cancellationToken);
        var (asked, rejected) = (RaisedDemand.None(proof.Problem), 0);
        for (var round = 1; round <= options.Rounds; round++)
        {
            best = Confirmed(best, cancellationToken);
            var failing = Failing(best);
            if (failing.Length == 0) return Stop(OutOfReach(best) ? ProofStop.NothingImproves : ProofStop.EveryGoalHolds, best);
            if (Attempts(failing).ElementAtOrDefault(rejected) is not { } attempt) return Stop(ProofStop.NothingImproves, best);
            if (options.Limits.TimeUsed >= TimeOfRounds) return Stop(ProofStop.TimeLimit, best);
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ProofProgress((double)(round - 1) / options.Rounds, $"round {round}: {failing.Length} goals to mend"));
            var missing = Missing(proof.Problem, bench.Steered, best.Service, best.Coverage, attempt.Queues);
            var raised = asked.Raise(proof.Problem, best.Coverage, missing, attempt.Gain);
            var repaired = Repair(best.Shifts, raised.Lines(proof.Problem, missing, attempt.Price), round, cancellationToken);
            var turn = repaired.Changes.Count == 0 ? best
                : TurnOf(repaired.Roster.Shifts, repaired.Roster.Coverage, repaired.Roster.Score.MinimumPresence, cancellationToken);
            var isKept = turn.IsBetterThan(best);
            _rounds.Add(new ProofRound(
                round, raised.Hours, repaired.Changes.Count, repaired.Roster.Moves, turn.Standing.Holding, turn.Standing.Deficit, isKept));
            if (isKept) (best, asked, rejected) = (turn, raised, 0);
            else rejected++;
        }

        return Stop(Failing(best).Length > 0 ? ProofStop.RoundLimit : OutOfReach(best) ? ProofStop.NothingImproves : ProofStop.EveryGoalHolds, best);
    }

    /// <summary>What is tried after each other while nothing brings a gain; after the last of them nothing will. A contact answered late is a sign of more that
    /// nearly were, so more is asked for than was missed; then for one goal after the other, since what helps it may have hurt others; then much.</summary>
    private static IEnumerable<Attempt> Attempts(int[] failing) =>
        [new(1.5, 1.5, failing), .. failing.Select(q => new Attempt(1, 1.5, [q])), .. failing.Select(q => new Attempt(3, 3, [q]))];

    private bool OutOfReach(Turn turn) =>
        Enumerable.Range(0, bench.Steered.Queues.Count).Any(q => bench.OutOfReach(q) is not null && turn.Service.Report.Queues[q].ProbabilityGoalMet < _aim);

    /// <summary>What holds has to hold on new seeds too before the loop ends.</summary>
    private Turn Confirmed(Turn turn, CancellationToken cancellationToken)
    {
        while (Failing(turn).Length == 0 && bench.Renew()) turn = TurnOf(turn.Shifts, turn.Coverage, turn.MissedPresence, cancellationToken);
        return turn;
    }

    private Turn TurnOf(
        IReadOnlyList<RosterShift> shifts, IReadOnlyList<CoverageLine> coverage, double missedPresence, CancellationToken cancellationToken)
    {
        var service = bench.Steer(shifts, cancellationToken);
        return new Turn(shifts, coverage, missedPresence, service, Standing.Of(bench.Steered.Queues, service, proof.Level, _aim));
    }

    private Turn Stop(ProofStop reason, Turn turn)
    {
        StopReason = reason;
        return turn;
    }

    /// <summary>Goals below the aim that people can mend: legal clocks first, then the severe, then those nearest to it.</summary>
    private int[] Failing(Turn turn) =>
    [
        .. Enumerable.Range(0, bench.Steered.Queues.Count)
            .Where(q => bench.OutOfReach(q) is null && turn.Service.Report.Queues[q].ProbabilityGoalMet < _aim)
            .OrderByDescending(q => Standing.UrgencyOf(bench.Steered.Queues[q])).ThenByDescending(q => turn.Service.Report.Queues[q].ProbabilityGoalMet),
    ];

    private RepairResult Repair(IReadOnlyList<RosterShift> shifts, IReadOnlyList<DemandLine> demand, int round, CancellationToken cancellationToken)
    {
        var limits = options.Repairs with { Seed = unchecked(options.Limits.Seed + round) };
        var change = new RosterChange { Demand = demand };
        var repair = new RepairOptions(limits) { Costs = Draft, Explains = false };
        var result = RosterRepair.Repair(proof.Problem, shifts, change, repair, cancellationToken: cancellationToken);
        Moves += result.Roster.Moves;
        return result;
    }

    /// <param name="Gain">Heads asked for by the heads missing.</param>
    /// <param name="Price">Worth of a missing head there, in multiples of its usual cost.</param>
    /// <param name="Queues">The goals it is for.</param>
    private sealed record Attempt(double Gain, double Price, int[] Queues);

    /// <summary>A roster with what it gives and delivers on the seeds that steer.</summary>
    /// <param name="MissedPresence">What minimum presence costs that is missed: no goal buys it off.</param>
    internal sealed record Turn(
        IReadOnlyList<RosterShift> Shifts, IReadOnlyList<CoverageLine> Coverage, double MissedPresence, RosterService Service, Standing Standing)
    {
        private const double Noticeable = 1e-6;

        /// <summary>Goals stand better, and no more presence is missed for it.</summary>
        public bool IsBetterThan(Turn other) => MissedPresence <= other.MissedPresence + Noticeable && Standing.IsBetterThan(other.Standing);
    }
}
