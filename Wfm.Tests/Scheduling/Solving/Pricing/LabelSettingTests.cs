using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Solving.Pricing;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving.Pricing;

public sealed class LabelSettingTests
{
    [Test]
    public void Solve_WeekOfThreeShifts_IsCheapestOfAllRosters([Range(1, 24)] int seed, [Values] bool surrounded)
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(seed, agents: 1, days: 7, surrounded: surrounded));
        var (networks, calendar) = (new AgentNetworks(compiled), compiled.Calendar);
        var prices = Prices(compiled, networks, seed);
        var legal = AllRosters(compiled, networks, prices)
            .Where(r => Array.TrueForAll(compiled.Rules(0).All, rule => rule.Penalize(r.Days, calendar.Offset, calendar.End - 1) == 0)).ToList();

        var programme = new LabelSetting(typical: 50);
        var options = new int[calendar.Rows];
        var found = programme.Solve(
            networks.Of(0), prices, networks.Stride, double.PositiveInfinity, 1, int.MaxValue, 12, new double[networks.Of(0).Counts.Fields.Count], options);

        found.Should().Be(legal.Count > 0, "on {0}", RosterWalk.Show(compiled, compiled.Start.Cells));
        if (!found) return; // a week around leaves no legal one
        var cheapest = legal.Min(r => r.Cost);
        var days = compiled.Start.Cells.ToArray();
        for (var row = calendar.Offset; row < calendar.End; row++)
        {
            days[row] = compiled.Plain(new[] { 0 }.Concat(compiled.Shifts.DayVariants[row]).First(v => networks.Of(0).Option(row, v) == options[row]));
        }

        compiled.Rules(0).All.Where(r => r.Penalize(days, calendar.Offset, calendar.End - 1) > 0).Select(r => r.Code).Should()
            .BeEmpty("on {0}", RosterWalk.Show(compiled, days));
        programme.Value.Should().Be(cheapest);
        programme.Bound.Should().BeLessThanOrEqualTo(cheapest + 1e-6);
        Enumerable.Range(calendar.Offset, 7).Sum(row => prices[(row * networks.Stride) + options[row]]).Should().Be(cheapest);
        programme.Solve(networks.Of(0), prices, networks.Stride, cheapest, 1, int.MaxValue, 12, new double[networks.Of(0).Counts.Fields.Count], options)
            .Should().BeFalse("nothing is cheaper");
    }

    [Test]
    public void Solve_HubWithEveryKindOfRule_KeepsAllThatHaveLabels([Range(1, 6)] int seed)
    {
        var compiled = new CompiledProblem(
            seed % 2 == 0 ? RosterProblems.Random(seed, agents: 5, days: 21) : RosterProblems.DayLevel(seed + 1, agents: 5, days: 28));
        var networks = new AgentNetworks(compiled);
        var state = new RosterState(compiled);
        var prices = new DayPrices(compiled, networks);
        var programme = new LabelSetting(compiled.Costs.TypicalShift);
        var options = new int[compiled.Calendar.Rows];
        var worked = 0;
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            var fixedDays = compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).ToArray();
            var rules = compiled.Rules(agent).All.Where(r => !r.IsPerShift && r.Labels() is not null).ToArray();
            if (Array.Exists(rules, r => r.Penalize(fixedDays, compiled.Calendar.Offset, compiled.Calendar.End - 1) > 0 && !r.IsFloor)) continue;
            prices.Fill(agent, state.Coverage);

            if (
                !programme.Solve(
                    networks.Of(agent), prices.Prices, prices.Stride, double.PositiveInfinity, 1, 40, 8, new double[networks.Of(agent).Counts.Fields.Count],
                    options))
                continue;

            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                fixedDays[row] = prices.Cell(row, options[row]);
            }

            worked += fixedDays.Count(d => d.Variant > 0);
            programme.Bound.Should().BeLessThanOrEqualTo(programme.Value + 1);
            rules.Where(r => r.Penalize(fixedDays, compiled.Calendar.Offset, compiled.Calendar.End - 1) > 0).Select(r => r.Code)
                .Should().BeEmpty("of agent {0} on {1}", agent, RosterWalk.Show(compiled, fixedDays));
        }

        worked.Should().BeGreaterThan(20);
    }

    [Test]
    public void Solve_YearWhoseWeekendsTempt_StillReachesItsHours([Range(1, 4)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.YearOfShifts());
        var networks = new AgentNetworks(compiled);
        var (network, options, random) = (networks.Of(0), new int[compiled.Calendar.Rows], new Random(seed));
        var prices = new double[compiled.Calendar.Rows * networks.Stride];
        for (var i = 0; i < prices.Length; i++)
        {
            var isOff = i % networks.Stride == 0;
            prices[i] = isOff ? 0 : random.Next(-60, 1) - (compiled.Calendar.IsWeekend(i / networks.Stride) ? 100 : 0);
        }

        new LabelSetting(typical: 10)
            .Solve(network, prices, networks.Stride, double.PositiveInfinity, 1, 30, 40, new double[network.Counts.Fields.Count], options).Should()
            .BeTrue("few labels are kept, and those that have used up their weekends must not run into another");
        var days = Enumerable.Range(0, options.Length)
            .Select(row => compiled.Plain(new[] { 0 }.Concat(compiled.Shifts.DayVariants[row]).First(v => network.Option(row, v) == options[row]))).ToArray();
        compiled.Rules(0).All.Where(r => r.Penalize(days, 0, days.Length - 1) > 0).Select(r => r.Code).Should().BeEmpty();
    }

    [Test]
    public void Solve_CountOnlyLimitedAtTheEnd_KeepsTheLimit()
    {
        var compiled = new CompiledProblem(RosterProblems.OneAgent(
            14,
            RosterProblems.Rule("maximumAverageWeeklyHours", new() { ["hours"] = 40, ["weeks"] = 4 }),
            RosterProblems.Rule("maximumAverageWeeklyHours", new() { ["hours"] = 8, ["weeks"] = 4 }),
            RosterProblems.Rule("minimumPeriodHours", new() { ["hours"] = 8 })));
        var networks = new AgentNetworks(compiled);
        var (network, options) = (networks.Of(0), new int[compiled.Calendar.Rows]);
        var prices = Enumerable.Range(0, compiled.Calendar.Rows * networks.Stride).Select(i => i % networks.Stride == 0 ? 0.0 : -10).ToArray();

        var programme = new LabelSetting(typical: 50);
        programme.Solve(network, prices, networks.Stride, double.PositiveInfinity, 1, int.MaxValue, 12, new double[network.Counts.Fields.Count], options)
            .Should().BeTrue();

        programme.Value.Should().Be(-20, "16 hours in two weeks are two shifts");
    }

    [Test]
    public void Solve_Ended_FindsNothing()
    {
        var compiled = new CompiledProblem(RosterProblems.DayLevel(1, agents: 1, days: 7));
        var networks = new AgentNetworks(compiled);
        var programme = new LabelSetting(typical: 50, static () => false);

        programme.Solve(
                networks.Of(0), Prices(compiled, networks, 1), networks.Stride, double.PositiveInfinity, 1, 300, 12,
                new double[networks.Of(0).Counts.Fields.Count], new int[7])
            .Should().BeFalse();
        programme.Value.Should().Be(double.PositiveInfinity);
    }

    private static double[] Prices(CompiledProblem compiled, AgentNetworks networks, int seed)
    {
        var random = new Random(seed);
        var prices = new double[compiled.Calendar.Rows * networks.Stride];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = random.Next(-100, 30);
        }

        return prices;
    }

    private static IEnumerable<(DayCell[] Days, double Cost)> AllRosters(CompiledProblem compiled, AgentNetworks networks, double[] prices)
    {
        for (var code = 0; code < 1 << 14; code++) // two bits a day: off or one of three shifts
        {
            var days = compiled.Start.Cells.ToArray();
            var cost = 0.0;
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                var shift = (code >> (2 * (row - compiled.Calendar.Offset))) & 3;
                var variant = shift == 0 ? 0 : compiled.Shifts.DayVariants[row][shift - 1];
                days[row] = compiled.Plain(variant);
                cost += prices[(row * networks.Stride) + networks.Of(0).Option(row, variant)];
            }

            yield return (days, cost);
        }
    }
}
