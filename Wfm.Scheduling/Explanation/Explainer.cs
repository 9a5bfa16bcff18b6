using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Finds the gaps of a roster and tests, agent by agent, what keeps each from being covered.</summary>
internal sealed class Explainer(CompiledProblem compiled, RosterState state)
{
    /// <summary>Runs tested agent by agent; the rest is listed without reasons.</summary>
    private const int TestedRuns = 60;

    private const double Noticeable = 0.05;

    public IReadOnlyList<UncoveredInterval> Uncovered()
    {
        var runs = Enumerable.Range(0, compiled.Costs.Groups).SelectMany(Runs).Concat(new LateWork(compiled, state).Runs())
            .Concat(new MissedPresence(compiled, state.Coverage.People()).Gaps()).OrderByDescending(r => r.MinimumPresence is not null)
            .ThenByDescending(r => r.HeadHours).ToArray();
        return [.. runs.Select((r, i) => i < TestedRuns ? r with { Reasons = Reasons(compiled.Skills.Group(r.Group), r.At) } : r)];
    }

    private IEnumerable<UncoveredInterval> Runs(int group)
    {
        var line = compiled.Problem.Demand[group];
        var head = CoverageCosts.HeadUnits(line, compiled.Calendar);
        var hours = line.Measure == DemandMeasure.ShiftsStarting ? 1 : compiled.Calendar.IntervalMinutes / 60.0;
        var (start, sum, deepest, at, last) = (-1, 0.0, 0.0, 0, 0);
        for (var i = 0; i <= compiled.Costs.Intervals; i++)
        {
            var k = (group * compiled.Costs.Stride) + i;
            var missing = i == compiled.Costs.Intervals ? 0 : (compiled.Costs.Required[k] - state.Coverage.Scheduled[k]) / head;
            if (missing >= Noticeable)
            {
                if (start < 0) (start, sum, deepest) = (i, 0, 0);
                sum += missing * hours;
                if (missing > deepest) (deepest, at, last) = (missing, i, i);
                else if (last == i - 1 && missing == deepest) last = i;
            }
            else if (start >= 0)
            {
                yield return new UncoveredInterval(line.Group, Moment(start), Moment(i), sum, deepest, Moment((at + last) / 2), []);
                start = -1;
            }
        }
    }

    private Instant Moment(int interval) => compiled.Calendar.At(interval * compiled.Calendar.IntervalMinutes);

    private IReadOnlyList<BlockedAgents> Reasons(int group, Instant at)
    {
        var minute = compiled.Calendar.Minute(at);
        var reasons = Enumerable.Range(0, compiled.Agents).Where(a => compiled.Skills.HasSkill(a, group))
            .Select(a => new AgentBlock(compiled, state).Find(a, group, minute))
            .GroupBy(r => r with { Fixed = null }).OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Rule?.Code, StringComparer.Ordinal)
            .Select(g => new BlockedAgents(g.Key.Reason, g.Key.Rule?.Code, g.Count(), Words(g.Key, [.. g]))).ToArray();
        return reasons.Length > 0 ? reasons : [new BlockedAgents(BlockReason.NobodySkilled, null, 0, "No agent of the problem has the skill.")];
    }

    private string Words(Block reason, Block[] alike)
    {
        var count = alike.Count(b => b.Fixed is not null);
        if (count == 0) return reason.Words();
        var (start, end) = Array.Find(alike, b => b.Fixed is not null).Fixed!.Value;
        var shift = $"from {Local(start)} to {Local(end)}";
        return alike.Length == 1 ? $"{reason.Words()} In the way is the shift {shift}, which stays as it is."
            : $"{reason.Words()} In the way of {count} of them is a shift that stays as it is, such as that {shift}.";
    }

    private string Local(int minute) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm")
        .Format(compiled.Calendar.At(minute).InZone(compiled.Calendar.Zone).LocalDateTime);
}
