using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving.Pricing;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class BoundTests
{
    [Test]
    public void Solve_SmallDayLevel_BoundIsNotAboveOptimumOfAllRosters([Range(1, 8)] int seed, [Values] bool surrounded)
    {
        var problem = RosterProblems.DayLevel(seed, agents: 2, days: 6, hoursPerDay: 5, surrounded);
        var compiled = new CompiledProblem(problem);
        var optimum = Enumerate(compiled).Min();

        var result = new RosterSolver().Solve(problem, new SolveLimits(seed, 400_000));

        result.Violations.Should().BeEmpty();
        result.Score.Total.Should().Be(optimum, "two agents and six days are soon searched");
        result.Bound.Should().BeInRange(optimum * 0.5, optimum);
        result.Gap.Should().BeApproximately(1 - (result.Bound / result.Score.Total), 1e-12);
        if (result.Gap == 0) result.StopReason.Should().Be(StopReason.Proven);
    }

    [Test]
    public void Round_RandomHubs_BoundIsBelowEveryRoster([Range(1, 6)] int seed)
    {
        var problem = RosterProblems.Random(seed);
        var compiled = new CompiledProblem(problem);
        var state = new RosterState(compiled);
        var cost = new RosterSolver().Solve(problem, new SolveLimits(seed, 60_000)).Score.Total * Money.Unit;
        var bound = new WeekBound(compiled, state.Cells);
        for (var round = 0; round < 60; round++)
        {
            bound.Round(cost);
        }

        bound.Value.Should().BeInRange(0, cost);
        state.Cost.Should().BeGreaterThan(bound.Value, "the empty roster is a roster too");
    }

    [Test]
    public void Round_OneAgentNoOtherRules_WeekBoundReachesTheOptimum()
    {
        // One head for eight hours on five days, an agent of forty hours: nothing is missing and nothing too much.
        var problem = RosterProblems.Hub([RosterProblems.Agent("A", RosterProblems.Contract(40, 40, 5))], [RosterProblems.Template("day", 8, 8, 8)],
            [RosterProblems.Demand("chat", 7, i => i / 48 < 5 && i % 48 is >= 16 and < 32 ? 1 : 0)]);
        var result = new RosterSolver().Solve(problem, new SolveLimits(1, 200_000));

        result.Score.Total.Should().BeApproximately(result.Score.Fairness, 1e-9);
        result.Bound.Should().BeApproximately(0, 0.01);
    }

    [Test]
    public void Solve_DayLevel_SameSeedSameRoster([Values(1, 2)] int threads)
    {
        var problem = RosterProblems.DayLevel(3, agents: 6, days: 14);
        RosterResult Solve() => new RosterSolver().Solve(problem, new SolveLimits(5, 150_000, threads));
        var (first, again) = (Solve(), Solve());

        again.Score.Should().Be(first.Score);
        again.Bound.Should().Be(first.Bound);
        again.Shifts.Should().BeEquivalentTo(first.Shifts, o => o.WithStrictOrdering());
        first.Violations.Should().BeEmpty();
    }

    [Test]
    public void Improve_AnyAgent_LeavesNothingBetterForIt()
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(5, agents: 5, days: 14)); // no weekly limits: few labels, so the beam never matters
        var state = new RosterState(compiled);
        var one = new Reoptimization(compiled, new AgentNetworks(compiled), state);
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            one.Legalize(agent).Should().BeTrue();
            one.Improve(agent).Should().BeFalse("the roster is already the best against the others");
            state.IllegalCost(agent).Should().Be(0);
        }

        state.Cost.Should().Be(state.Recount());
    }

    // Cost of every legal pair of rosters.
    private static IEnumerable<double> Enumerate(CompiledProblem compiled)
    {
        var state = new RosterState(compiled, new SearchSettings(1, 1, 1, 1));
        var legal = Enumerable.Range(0, compiled.Agents).Select(a => Rosters(compiled, a).ToArray()).ToArray();
        foreach (var first in legal[0])
        {
            foreach (var second in legal[1])
            {
                state.Restore([.. first, .. second]);
                yield return state.Cost / Money.Unit;
            }
        }
    }

    private static IEnumerable<DayCell[]> Rosters(CompiledProblem compiled, int agent)
    {
        var calendar = compiled.Calendar;
        for (var code = 0; code < 1 << (2 * calendar.Days); code++)
        {
            var roster = compiled.Start.Cells.AsSpan(agent * calendar.Rows, calendar.Rows).ToArray();
            for (var row = calendar.Offset; row < calendar.End; row++)
            {
                var shift = (code >> (2 * (row - calendar.Offset))) & 3;
                if (shift > 0) roster[row] = compiled.Cell(compiled.Shifts.DayVariants[row][shift - 1], shift - 1, 0);
            }

            if (Array.TrueForAll(compiled.Rules(agent).All, rule => rule.Penalize(roster, calendar.Offset, calendar.End - 1) == 0)) yield return roster;
        }
    }
}
