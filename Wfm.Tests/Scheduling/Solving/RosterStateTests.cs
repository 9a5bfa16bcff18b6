using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class RosterStateTests
{
    public enum ProblemKind { Hub, HubOfPeople, HubWithBands, DayLevel, HubOfBlocks, HubOfLimitedBlocks }

    [Test]
    public void Try_RandomMoves_CostEqualsRecount([Range(1, 10)] int seed, [Values] ProblemKind kind) // 100,000 moves of each
    {
        var compiled = new CompiledProblem(Problem(kind, seed));
        var keepsCaps = seed % 3 > 0;
        var state = new RosterState(compiled, new SearchSettings(1, 1, 2, keepsCaps ? double.PositiveInfinity : 2));
        var moves = new Moves(compiled, state);
        var random = new RosterRandom(seed);
        var applied = 0;
        for (var move = 0; move < 10_000; move++)
        {
            if (!moves.Propose(ref random)) continue;
            var before = state.Cells.ToArray();
            var accepted = state.Try(random.Below(3) == 0 ? double.PositiveInfinity : 0);
            if (accepted) applied++;
            else if (move % 16 == 0) state.Cells.Should().Equal(before);
            if (move % 16 == 0) state.Cost.Should().Be(state.Recount(), "every term is a whole number, so increments are exact (move {0})", move);
        }

        state.Cost.Should().Be(state.Recount());
        state.Illegal.Should().Be(Enumerable.Range(0, compiled.Agents).Sum(state.IllegalCost));
        applied.Should().BeGreaterThan(500);
        if (keepsCaps) Breaches(compiled, state).Should().Be(PinnedBreaches(compiled), "the search never leaves the space that keeps the caps");
    }

    [Test]
    public void Try_ManyMoves_AllocateNothing([Values] ProblemKind kind)
    {
        var compiled = new CompiledProblem(Problem(kind, 6));
        var state = new RosterState(compiled);
        var moves = new Moves(compiled, state);
        var random = new RosterRandom(6);
        var mixed = from variant in Enumerable.Range(1, compiled.Shifts.FirstPinned - 1)
                    from agent in Enumerable.Range(0, compiled.Agents)
                    let groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template)
                    from pair in groups.SelectMany(g => groups.Select(h => (g, h)))
                    select compiled.Eligibility.Mixed(agent, variant, pair.g, pair.h);
        mixed.Should().NotContainNulls("how a shift may serve two groups is worked out when first asked for");
        Run(2_000); // everything is compiled and warm

        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(20_000);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(20_000, "less than a byte a move");

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                if (moves.Propose(ref random)) state.Try(0);
            }
        }
    }

    [Test]
    public void Restore_SavedCells_BringsCostBack([Values] bool withBands)
    {
        var compiled = new CompiledProblem(withBands ? DeferrableProblems.Mixed(3) : RosterProblems.Random(3));
        var state = new RosterState(compiled);
        new Construction(compiled, state, new RosterRandom(1)).Build(new SearchBudget(new SolveLimits(1, 0), 1, CancellationToken.None));
        var (cells, cost) = (state.Cells.ToArray(), state.Cost);
        var moves = new Moves(compiled, state);
        var random = new RosterRandom(2);
        for (var i = 0; i < 500; i++)
        {
            if (moves.Propose(ref random)) state.Try(double.PositiveInfinity);
        }

        state.Restore(cells);

        state.Cost.Should().Be(cost);
    }

    private static RosterProblem Problem(ProblemKind kind, int seed)
    {
        var (agents, days, zone) = (5 + seed, 7 + (seed * 3 % 20), seed % 2 == 0 ? "Europe/Dublin" : "Australia/Lord_Howe");
        return kind switch
        {
            ProblemKind.Hub => RosterProblems.Random(seed, agents, days, zone),
            ProblemKind.HubOfPeople => RosterProblems.RandomPeople(seed, agents, days, zone),
            ProblemKind.HubWithBands => DeferrableProblems.Mixed(seed, agents, days, zone),
            ProblemKind.HubOfBlocks => RosterProblems.Segmented(RosterProblems.RandomPeople(seed, agents, days, zone), SegmentedShifts.Always),
            ProblemKind.HubOfLimitedBlocks => RosterProblems.Segmented(
                DeferrableProblems.Mixed(seed, agents, days, zone), SegmentedShifts.WhereLimited, RosterProblems.AtMostSevere(240)),
            _ => RosterProblems.DayLevel(seed, agents: 6, days: 28),
        };
    }

    private static long Breaches(CompiledProblem compiled, RosterState state) => Enumerable.Range(0, compiled.Agents).Sum(a =>
        compiled.Rules(a).All.Where(r => !r.IsFloor).Sum(r => r.Penalize(state.Days(a), compiled.Calendar.Offset, compiled.Calendar.End - 1)));

    private static long PinnedBreaches(CompiledProblem compiled) => Breaches(compiled, new RosterState(compiled));
}
