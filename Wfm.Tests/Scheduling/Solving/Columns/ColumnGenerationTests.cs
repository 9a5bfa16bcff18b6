using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Solving.Columns;
using Wfm.Scheduling.Solving.Pricing;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving.Columns;

public sealed class ColumnGenerationTests
{
    [Test]
    public void Round_UntilDone_BoundMeetsTheMix([Range(1, 5)] int seed, [Values(1, 2)] int threads)
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(seed, agents: 5, days: 14));
        var generation = Generation(compiled, threads);
        for (var round = 0; round < 200 && !generation.IsDone; round++)
        {
            generation.Round(20_000, () => true);
            generation.Bound.Should().BeLessThanOrEqualTo(generation.Master.Value + 1);
        }

        generation.IsDone.Should().BeTrue();
        generation.Bound.Should()
            .BeApproximately(generation.Master.Value, 1 + (1e-4 * generation.Master.Value), "at the end the bound of Lagrange is the optimum of the mix");
    }

    [Test]
    public void Run_Mix_GivesEachAgentALegalRosterNoCheaperThanTheBound([Range(1, 5)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(seed, agents: 5, days: 14));
        var generation = Generation(compiled, 1);
        for (var round = 0; round < 100 && !generation.IsDone; round++)
        {
            generation.Round(20_000, () => true);
        }

        var rosters = Diving.Run(generation, DivingEffort.Quick(compiled, 0), double.PositiveInfinity, () => true)!;

        rosters.Select(r => r.Agent).Should().BeEquivalentTo(Enumerable.Range(0, compiled.Agents));
        var state = new RosterState(compiled);
        foreach (var roster in rosters)
        {
            state.Begin();
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                state.Set(roster.Agent, row, roster.Days[row]);
            }

            state.Try(double.PositiveInfinity).Should().BeTrue();
            state.IllegalCost(roster.Agent).Should().Be(0);
        }

        state.Cost.Should().BeGreaterThanOrEqualTo(generation.Bound - 1);
        state.Cost.Should().BeApproximately(generation.Master.Value, 1 + (1e-6 * state.Cost), "with all settled, the mix is the roster");
    }

    [Test]
    public void Run_Ended_SettlesTheRestByWeight([Range(1, 5)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(seed, agents: 5, days: 14));
        var generation = Generation(compiled, 1);
        for (var round = 0; round < 20; round++)
        {
            generation.Round(300, () => true);
        }

        var rosters = Diving.Run(generation, DivingEffort.Thorough(compiled), double.PositiveInfinity, static () => false)!;

        rosters.Select(r => r.Agent).Should().BeEquivalentTo(Enumerable.Range(0, compiled.Agents), "what the dive had found is not lost");
        var heaviest = generation.Master.Mix().GroupBy(m => m.Column.Agent).ToDictionary(g => g.Key, g => g.Max(m => m.Weight));
        rosters.Should().OnlyContain(r => generation.Master.Mix().Any(m => m.Column == r && m.Weight >= heaviest[r.Agent] - 1e-9));
    }

    [Test]
    public void Run_LimitBelowTheMix_GivesUp()
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(1, agents: 3, days: 7));

        Diving.Run(Generation(compiled, 1), DivingEffort.Thorough(compiled), double.NegativeInfinity, () => true).Should().BeNull();
    }

    [Test]
    public void Add_SameRosterTwice_IsRefused()
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(1, agents: 3, days: 7));
        var master = Master(compiled);

        master.Add(Empty(compiled, 0)).Should().BeFalse();
    }

    private static ColumnGeneration Generation(CompiledProblem compiled, int threads)
    {
        var networks = new AgentNetworks(compiled);
        var multipliers = Enumerable.Range(0, compiled.Agents).Select(a => new double[networks.Of(a).Counts.Fields.Count]).ToArray();
        var pricing = Enumerable.Range(0, threads).Select(_ => new ColumnPricing(compiled, networks)).ToArray();
        return new ColumnGeneration(compiled, Master(compiled), pricing, compiled.Start.Scheduled, new double[compiled.Costs.Required.Length], multipliers);
    }

    private static RestrictedMaster Master(CompiledProblem compiled) =>
        new(compiled, [.. Enumerable.Range(0, compiled.Agents).Select(a => Empty(compiled, a))], compiled.Start.Scheduled);

    private static RosterColumn Empty(CompiledProblem compiled, int agent) =>
        RosterColumn.Of(compiled, agent, compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows), isIllegal: true);
}
