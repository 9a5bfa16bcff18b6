using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Everything that binds the agents of a problem, as facts in words.</summary>
internal sealed class FactBook(CompiledProblem compiled)
{
    private readonly RosterProblem _problem = compiled.Problem;

    private const string Data = "data of the roster problem";

    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private readonly Dictionary<string, int> _agents = compiled.Problem.Agents.Select((a, i) => (a.Id, i))
        .ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);

    /// <summary>The rules of the labour policy; a minimum of hours is a goal, not a limit.</summary>
    public IEnumerable<Fact> Rules() => _problem.Policy.Rules.Select((r, i) => (Rule: r, Index: i)).Where(r => r.Rule.Kind.IsHard)
        .Select(r => new Fact(-1, r.Index, OfRule(ConflictFactKind.Rule, r.Rule, null)));

    /// <summary>What binds one agent beside the policy: contract, availability, absences and pinned days.</summary>
    public IEnumerable<Fact> Of(int agent)
    {
        var person = _problem.Agents[agent];
        var contracts = compiled.Due.Contracts(agent);
        var rules = RuleSet.Own(contracts, compiled.Calendar).ToArray();
        for (var i = 0; i < rules.Length; i++)
        {
            if (rules[i].Kind.IsHard) yield return new Fact(agent, i, OfRule(ConflictFactKind.ContractRule, rules[i], person.Id));
        }

        if (person.EmployedFrom is not null || person.EmployedTo is not null)
        {
            yield return new Fact(
                agent, 0,
                new ConflictFact(
                    ConflictFactKind.Employment, person.Id, null, person.EmployedFrom, person.EmployedTo, null, Data,
                    $"{person.Id} is employed{(person.EmployedFrom is { } from ? $" from {from:uuuu-MM-dd}" : "")}"
                        + (person.EmployedTo is { } to ? $" to {to:uuuu-MM-dd}" : "")));
        }

        if (
            Contract(
                ConflictFactKind.ContractMaximumHours,
                c => c.MaximumWeeklyHours < Duration.FromHours(168) ? $"allows at most {Guard.Show(c.MaximumWeeklyHours)} a week" : null
            ) is
            { } hours)
        {
            yield return hours;
        }

        if (Contract(ConflictFactKind.ContractMaximumDays, c => c.MaximumDaysPerWeek is { } most ? $"allows at most {most} days a week" : null) is { } days)
        {
            yield return days;
        }

        if (
            Contract(ConflictFactKind.ContractTemplates, c => c.Templates is { } some ? $"has only the shifts {string.Join(", ", some)}" : null) is
            { } templates)
        {
            yield return templates;
        }

        if (person.Availability.Count > 0 || person.DatedAvailability.Count > 0)
        {
            yield return new Fact(agent, 0, new ConflictFact(ConflictFactKind.Availability, person.Id, null, null, null, null, Data,
                $"{person.Id} is available only {(person.Availability.Count > 0 ? Weekly(person.Availability) : "at times")}"
                    + string.Concat(person.DatedAvailability
                        .Select(d => $", from {d.From} to {d.To} {(d.Windows.Count > 0 ? Weekly(d.Windows) : "not at all")}"))));
        }

        for (var i = 0; i < person.TimeOff.Count; i++)
        {
            if (Touches(person.TimeOff[i])) yield return new Fact(agent, i, OfAbsence(person, person.TimeOff[i]));
        }

        for (var i = 0; i < _problem.Pinned.Count; i++)
        {
            if (_agents[_problem.Pinned[i].AgentId] == agent) yield return new Fact(agent, i, OfPin(_problem.Pinned[i]));
        }

        // One fact for all contracts of the agent.
        Fact? Contract(ConflictFactKind kind, Func<Contract, string?> words)
        {
            var spans = contracts.All.Where(s => words(s.Contract) is not null).ToArray();
            return spans.Length == 0
                ? null
                : new Fact(
                    agent, 0,
                    new ConflictFact(
                        kind, person.Id, null, null, null, null, Codes(spans),
                        string.Join(
                            "; ",
                            spans.Select(s =>
                                $"contract {s.Contract.Code} of {person.Id} "
                                    + $"{words(s.Contract)}{(s.First > 0 ? $" from {compiled.Calendar.Date(s.First):uuuu-MM-dd}" : "")}"))));
        }
    }

    /// <summary>An agent who does not work a group in spite of the skill.</summary>
    public IEnumerable<Fact> OptOut(int agent, string group)
    {
        var person = _problem.Agents[agent];
        for (var i = 0; i < person.OptOutGroups.Count; i++)
        {
            if (person.OptOutGroups[i] != group) continue;
            yield return new Fact(
                agent, i, new ConflictFact(ConflictFactKind.OptOut, person.Id, group, null, null, null, Data, $"{person.Id} does not work '{group}'"));
        }
    }

    public string Local(Instant instant) => Moment.Format(instant.InZone(_problem.Zone).LocalDateTime);

    // Windows of the same hours together: "Monday, Tuesday 06:00–20:00".
    private static string Weekly(IReadOnlyList<AvailabilityWindow> windows) => string.Join(", ", windows.GroupBy(w => (w.From, w.To)).Select(hours =>
    {
        var days = hours.Select(w => w.Day).Distinct().Order().ToArray();
        return $"{(days.Length == 7 ? "every day" : string.Join(", ", days))} {hours.Key.From:HH:mm}–{hours.Key.To:HH:mm}";
    }));

    private static string Codes(ContractSpan[] spans) => string.Join(", ", spans.Select(s => $"contract {s.Contract.Code}").Distinct());

    private static ConflictFact OfRule(ConflictFactKind kind, LabourRule rule, string? agent) =>
        new(kind, agent, null, rule.ValidFrom, rule.ValidTo, rule.Kind.Code, rule.Source, $"\"{rule.Text.TrimEnd('.')}\" ({rule.Source})");

    private ConflictFact OfAbsence(RosterAgent person, TimeOff off) => new(ConflictFactKind.TimeOff, person.Id, null, Date(off.Start),
        Date(off.End - Duration.FromMinutes(1)), null, Data, $"{person.Id} is away from {Local(off.Start)} to {Local(off.End)}");

    private ConflictFact OfPin(PinnedShift pin) => new(ConflictFactKind.Pinned, pin.AgentId, null, pin.Date, pin.Date, null, Data, pin.Shift is { } shift
        ? $"the shift of {pin.AgentId} from {Local(shift.Start)} to {Local(shift.End)} is pinned"
        : $"{pin.AgentId} has {pin.Date:uuuu-MM-dd} pinned as a day off");

    private bool Touches(TimeOff off) =>
        off.End > _problem.Origin && off.Start < _problem.Zone.AtStartOfDay(_problem.Start.PlusDays(_problem.Days + 1)).ToInstant();

    private LocalDate Date(Instant instant) => instant.InZone(_problem.Zone).Date;
}
