using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Solving.Pricing;

public sealed class RuleNetworkTests
{
    /// <summary>The two forms of every rule agree: walking the labels day by day forbids exactly what the penalties find.</summary>
    [Test]
    public void Walk_RandomRosters_IsLegalWhereNothingIsPenalized([Range(1, 9)] int seed)
    {
        var problem = (seed % 3) switch
        {
            0 => RosterProblems.Random(seed, agents: 6, days: 21),
            1 => RosterProblems.RandomPeople(seed, agents: 6, days: 21),
            _ => RosterProblems.DayLevel(seed, agents: 6, days: 25, surrounded: seed % 2 == 1),
        };
        var compiled = new CompiledProblem(problem);
        var random = new Random(seed);
        var (legal, illegal) = (0, 0);
        for (var trial = 0; trial < 4_000; trial++)
        {
            var agent = random.Next(compiled.Agents);
            var rules = compiled.Rules(agent).All.Where(r => !r.IsPerShift && r.Labels() is not null).ToArray();
            var history = compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).ToArray();
            if (Array.Exists(rules, r => !r.IsFloor && r.Penalize(history, compiled.Calendar.Offset, compiled.Calendar.End - 1) > 0)) continue;
            var rule = rules[random.Next(rules.Length)];
            var days = Roster(compiled, random, agent, history);

            var penalized = rule.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1) > 0;
            RosterWalk.IsLegal(compiled, rule.Labels()!, days).Should().Be(!penalized, "{0} on {1}", rule.Code, RosterWalk.Show(compiled, days));
            if (penalized) illegal++;
            else legal++;
        }

        legal.Should().BeGreaterThan(200);
        illegal.Should().BeGreaterThan(200);
    }

    // Runs of work and of days off, so that long runs and short ones are both common.
    private static DayCell[] Roster(CompiledProblem compiled, Random random, int agent, DayCell[] history)
    {
        var days = history.ToArray();
        var works = random.Next(2) == 0;
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
        {
            if (random.Next(3) == 0) works = !works;
            var variants = compiled.Shifts.DayVariants[row];
            var at = (agent * days.Length) + row;
            if (works && variants.Length > 0) days[row] = compiled.Start.Place(at, compiled.Plain(variants[random.Next(variants.Length)]));
            else if (!compiled.Start.Pinned[at]) days[row] = compiled.Start.Place(at);
        }

        return days;
    }
}
