using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Constraints;

public sealed class AgentRuleTests
{
    /// <summary>What the search relies on: the change of a breach seen through the changed rows is the change of the breach of everything.</summary>
    [Test]
    public void Penalize_WindowOfChange_ChangesByAsMuchAsWhole([Range(1, 6)] int seed)
    {
        var compiled = new CompiledProblem(RosterProblems.Random(seed, agents: 6, days: 21));
        var random = new Random(seed);
        for (var trial = 0; trial < 3_000; trial++)
        {
            var agent = random.Next(compiled.Agents);
            var days = compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).ToArray();
            var density = random.NextDouble();
            for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
            {
                days[row] = random.NextDouble() < density ? Any(compiled, random, row) : default;
            }

            var changed = days.ToArray();
            var at = (trial % 4) switch { 0 => 0, 1 => compiled.Calendar.Days - 1, _ => random.Next(compiled.Calendar.Days) }; // half of them at an edge
            var first = compiled.Calendar.Offset + at;
            var last = Math.Min(compiled.Calendar.End - 1, first + random.Next(4));
            for (var row = first; row <= last; row++)
            {
                changed[row] = random.Next(2) == 0 ? default : Any(compiled, random, row);
            }

            foreach (var rule in compiled.Rules(agent).All)
            {
                var whole =
                    rule.Penalize(changed, compiled.Calendar.Offset, compiled.Calendar.End - 1)
                    - rule.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1);
                (rule.Penalize(changed, first, last) - rule.Penalize(days, first, last)).Should().Be(whole, "{0} rows {1}-{2}", rule.Code, first, last);
            }
        }
    }

    [Test]
    public void Penalize_RuleNotYetInForce_Passes()
    {
        var later = ConstraintCatalog.Known.Rule(
            "maximumDailyHours", new() { ["hours"] = 6 }, "law", new LocalDate(2026, 1, 1), "6 h", RosterProblems.Monday.PlusDays(3));
        var compiled = new CompiledProblem(RosterProblems.Hub([RosterProblems.Agent("A")], [RosterProblems.Template("day", 8, 8, 8)],
            [RosterProblems.Demand("chat", 7, _ => 1)], policy: RosterProblems.Policy(later)));

        Enumerable.Range(0, 7).Select(d => compiled.Eligibility.On(0, compiled.Calendar.Offset + d).Length).Should().Equal(1, 1, 1, 0, 0, 0, 0);
    }

    [Test]
    public void Penalize_MaximumShiftsInForceLater_CountsTheDaysInForce()
    {
        var later = ConstraintCatalog.Known.Rule(
            "maximumShifts", new() { Templates = [new TemplateLimit("day", 1)] }, "law", new LocalDate(2026, 1, 1), "one", RosterProblems.Monday.PlusDays(3));
        var compiled = new CompiledProblem(RosterProblems.Hub([RosterProblems.Agent("A")], [RosterProblems.Template("day", 8, 8, 8)],
            [RosterProblems.Demand("chat", 7, _ => 1)], policy: RosterProblems.Policy(later)));
        var rule = compiled.RuleSets[0].All.Single(r => r is MaximumShifts);

        long Breach(params int[] worked)
        {
            var days = compiled.Start.Cells.ToArray();
            foreach (var day in worked)
            {
                var row = compiled.Calendar.Offset + day;
                days[row] = compiled.Plain(compiled.Shifts.DayVariants[row][0]);
            }

            return rule.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1);
        }

        Breach(0, 1, 2, 3).Should().Be(0, "the first three days came before the rule");
        Breach(2, 3, 5, 6).Should().Be(2);
    }

    private static DayCell Any(CompiledProblem compiled, Random random, int row)
    {
        var variants = compiled.Shifts.DayVariants[row];
        var variant = variants[random.Next(variants.Length)];
        return compiled.Cell(variant, random.Next(compiled.Costs.Groups), random.Next(compiled.Shifts.Patterns[compiled.Shifts[variant].Shape].Length));
    }
}
