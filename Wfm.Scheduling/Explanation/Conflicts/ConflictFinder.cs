using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Looks behind everything a roster could not keep for a proof that it cannot be kept, and names the smallest set of facts behind it.</summary>
/// <remarks>
/// One agent's days are searched exactly, by the rules that judge the roster. A group's presence is refuted by counting: the most each agent can give,
/// summed, is less than the need; for a single interval that is exact, over longer stretches it is a sufficient reason. What is not refuted within the
/// work limit is left out: it was merely not found.
/// </remarks>
internal sealed class ConflictFinder(CompiledProblem compiled)
{
    /// <summary>Steps of search over all conflicts of a roster: about a second or two.</summary>
    private const long Steps = 400_000;

    private readonly RosterProblem _problem = compiled.Problem;
    private readonly FactBook _facts = new(compiled);
    private readonly WorkBudget _budget = new(Steps);

    /// <summary>Conflicts behind the violations and the missing presence of a roster.</summary>
    /// <param name="violations">What the roster breaks or leaves unmet.</param>
    /// <param name="people">People at work, minutes × 100: group × stride + interval.</param>
    public IReadOnlyList<RosterConflict> Find(IReadOnlyList<Violation> violations, double[] people)
    {
        var agents = _problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        var ofAgents = violations.Where(v => v.AgentId is not null).Select(v => (Violation: v, Agent: agents[v.AgentId!])).ToArray();
        var broken = ofAgents.Where(v => !IsGoal(v.Violation)).Select(v => v.Agent).Distinct().Order().ToArray();
        var found = broken.Select(FixedDays)
            .Concat(ofAgents.Where(v => IsGoal(v.Violation) && !broken.Contains(v.Agent)).Select(v => Hours(v.Agent, v.Violation)))
            .Concat(new PresenceConflicts(compiled, _facts, _budget).Find(people));
        return [.. found.OfType<RosterConflict>()];
    }

    private static bool IsGoal(Violation violation) => !violation.Kind.IsHard;

    private RosterConflict? FixedDays(int agent)
    {
        var oracle = new AgentOracle(compiled, new NoGoal(), _budget);
        Fact[] facts = [.. _facts.Rules(), .. _facts.Of(agent)];
        bool IsPossible(IReadOnlyList<Fact> kept) => oracle.Most(agent, kept, 0) is null or >= 0;
        if (IsPossible(facts)) return null;
        var conflict = QuickXplain.Find(facts, IsPossible);
        var id = _problem.Agents[agent].Id;
        var dates = conflict.Where(f => f.Kind == ConflictFactKind.Pinned).Select(f => f.Words.From!.Value).DefaultIfEmpty(_problem.Start).ToArray();
        return new RosterConflict(ConflictKind.FixedDays, id, null, dates.Min(), dates.Max(), Words(conflict), !oracle.GaveUp, 0,
            $"The fixed days of {id} cannot be kept: {Join(conflict)}.{Breach(agent, conflict)}");
    }

    private RosterConflict? Hours(int agent, Violation unmet)
    {
        var id = _problem.Agents[agent].Id;
        var goal = unmet.Kind == UnmetHours.ContractMinimum ? ContractHours(agent, unmet) : PeriodHours(agent);
        var oracle = new AgentOracle(compiled, new WorkedMinutes(goal.Fact.Words.From!.Value, goal.Fact.Words.To!.Value), _budget);
        Fact[] facts = [goal.Fact, .. _facts.Rules(), .. _facts.Of(agent)];
        bool IsPossible(IReadOnlyList<Fact> kept) =>
            !kept.Contains(goal.Fact) || oracle.Most(agent, kept, goal.Minutes) is not { } most || most >= goal.Minutes;
        if (IsPossible(facts)) return null;
        var conflict = QuickXplain.Find(facts, IsPossible);
        var most = oracle.Most(agent, conflict, goal.Minutes) ?? 0;
        var others = conflict.Where(f => f != goal.Fact).ToArray();
        var why = others.Length == 0 ? "the shift templates there are, the skills and the shifts already worked" : Join(others);
        return new RosterConflict(
            ConflictKind.Hours, id, null, goal.Fact.Words.From!.Value, goal.Fact.Words.To!.Value, Words(conflict), !oracle.GaveUp, (goal.Minutes - most) / 60.0,
            $"{id} cannot be given the {Guard.Show(goal.Minutes)} due from {goal.Fact.Words.From:uuuu-MM-dd} to {goal.Fact.Words.To:uuuu-MM-dd}, "
                + $"{Guard.Show(most)} at most: {why}.");
    }

    private (Fact Fact, long Minutes) ContractHours(int agent, Violation unmet)
    {
        var week = compiled.Calendar.Week(compiled.Calendar.Row(unmet.From));
        var monday = compiled.Calendar.Date(compiled.Calendar.WeekStart(week));
        var due = compiled.Due.Of(agent, week);
        var (person, contract) = (_problem.Agents[agent], compiled.Due.Contracts(agent).On(compiled.Calendar.OpenDays(week).To - 1).Contract);
        return (new Fact(agent, 0, new ConflictFact(ConflictFactKind.ContractMinimumHours, person.Id, null, monday, monday.PlusDays(6), null,
            $"contract {contract.Code}", $"contract {contract.Code} of {person.Id} owes {Guard.Show(due)} in the week of {monday:uuuu-MM-dd}")), due);
    }

    private (Fact Fact, long Minutes) PeriodHours(int agent)
    {
        var person = _problem.Agents[agent];
        var rule = compiled.Rules(agent).All.OfType<MinimumPeriodHours>().MaxBy(r => r.Minutes)!;
        return (
            new Fact(
                agent, 0,
                new ConflictFact(
                    ConflictFactKind.PeriodMinimumHours, person.Id, null, _problem.Start, _problem.Start.PlusDays(_problem.Days - 1), rule.Code, rule.Source,
                    $"\"{rule.Text.TrimEnd('.')}\" ({rule.Source})")),
            rule.Minutes);
    }

    // What the rule itself says of the fixed days: the hours of rest there are, the shifts between which they lie.
    private string Breach(int agent, IReadOnlyList<Fact> conflict)
    {
        var choices = new AgentChoices(compiled, agent, conflict);
        var violations = new List<Violation>();
        foreach (var rule in choices.All)
        {
            rule.Penalize(
                choices.Cells, compiled.Calendar.Offset, compiled.Calendar.End - 1,
                new Constraints.ViolationSink(_problem.Agents[agent].Id, compiled.Calendar, violations));
        }

        return violations.Count == 0 ? "" : $" {violations[0].Message}";
    }

    internal static string Join(IEnumerable<Fact> facts) => string.Join("; ", facts.Select(f => f.Words.Text));

    internal static IReadOnlyList<ConflictFact> Words(IEnumerable<Fact> facts) => [.. facts.Select(f => f.Words)];
}
