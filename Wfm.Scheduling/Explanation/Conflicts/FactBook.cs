using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Explanation;

/// <summary>Everything that binds the agents of a problem, as facts in words.</summary>
internal sealed class FactBook(RosterProblem problem)
{
    private const string Data = "data of the roster problem";

    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private readonly Dictionary<string, int> _agents = problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);

    /// <summary>The rules of the labour policy; a minimum of hours is a goal, not a limit.</summary>
    public IEnumerable<Fact> Rules() => problem.Policy.Rules.Select((r, i) => (Rule: r, Index: i)).Where(r => r.Rule.Kind.IsHard)
        .Select(r => new Fact(-1, r.Index, OfRule(ConflictFactKind.Rule, r.Rule, null)));

    /// <summary>What binds one agent beside the policy: contract, availability, absences and pinned days.</summary>
    public IEnumerable<Fact> Of(int agent)
    {
        var person = problem.Agents[agent];
        var contract = person.Contract;
        var source = $"contract {contract.Code}";
        for (var i = 0; i < contract.Rules.Count; i++)
        {
            if (contract.Rules[i].Kind.IsHard) yield return new Fact(agent, i, OfRule(ConflictFactKind.ContractRule, contract.Rules[i], person.Id));
        }

        if (contract.MaximumWeeklyHours < Duration.FromHours(168))
        {
            yield return Contract(ConflictFactKind.ContractMaximumHours, $"contract {contract.Code} of {person.Id} allows at most {Guard.Show(contract.MaximumWeeklyHours)} a week");
        }

        if (contract.MaximumDaysPerWeek is { } days)
        {
            yield return Contract(ConflictFactKind.ContractMaximumDays, $"contract {contract.Code} of {person.Id} allows at most {days} shifts a week");
        }

        if (contract.Templates is { } templates)
        {
            yield return Contract(ConflictFactKind.ContractTemplates, $"contract {contract.Code} of {person.Id} has only the shifts {string.Join(", ", templates)}");
        }

        if (person.Availability.Count > 0)
        {
            yield return new Fact(agent, 0, new ConflictFact(ConflictFactKind.Availability, person.Id, null, null, null, null, Data,
                $"{person.Id} is available only {Weekly(person.Availability)}"));
        }

        for (var i = 0; i < person.TimeOff.Count; i++)
        {
            if (Touches(person.TimeOff[i])) yield return new Fact(agent, i, OfAbsence(person, person.TimeOff[i]));
        }

        for (var i = 0; i < problem.Pinned.Count; i++)
        {
            if (_agents[problem.Pinned[i].AgentId] == agent) yield return new Fact(agent, i, OfPin(problem.Pinned[i]));
        }

        Fact Contract(ConflictFactKind kind, string text) => new(agent, 0, new ConflictFact(kind, person.Id, null, null, null, null, source, text));
    }

    /// <summary>An agent who does not work a group in spite of the skill.</summary>
    public IEnumerable<Fact> OptOut(int agent, string group)
    {
        var person = problem.Agents[agent];
        for (var i = 0; i < person.OptOutGroups.Count; i++)
        {
            if (person.OptOutGroups[i] != group) continue;
            yield return new Fact(agent, i, new ConflictFact(ConflictFactKind.OptOut, person.Id, group, null, null, null, Data, $"{person.Id} does not work '{group}'"));
        }
    }

    public string Local(Instant instant) => Moment.Format(instant.InZone(problem.Zone).LocalDateTime);

    // Windows of the same hours together: "Monday, Tuesday 06:00–20:00".
    private static string Weekly(IReadOnlyList<AvailabilityWindow> windows) => string.Join(", ", windows.GroupBy(w => (w.From, w.To)).Select(hours =>
    {
        var days = hours.Select(w => w.Day).Distinct().Order().ToArray();
        return $"{(days.Length == 7 ? "every day" : string.Join(", ", days))} {hours.Key.From:HH:mm}–{hours.Key.To:HH:mm}";
    }));

    private static ConflictFact OfRule(ConflictFactKind kind, LabourRule rule, string? agent) =>
        new(kind, agent, null, rule.ValidFrom, rule.ValidTo, rule.Kind.Code, rule.Source, $"\"{rule.Text.TrimEnd('.')}\" ({rule.Source})");

    private ConflictFact OfAbsence(RosterAgent person, TimeOff off) => new(ConflictFactKind.TimeOff, person.Id, null, Date(off.Start),
        Date(off.End - Duration.FromMinutes(1)), null, Data, $"{person.Id} is away from {Local(off.Start)} to {Local(off.End)}");

    private ConflictFact OfPin(PinnedShift pin) => new(ConflictFactKind.Pinned, pin.AgentId, null, pin.Date, pin.Date, null, Data, pin.Shift is { } shift
        ? $"the shift of {pin.AgentId} from {Local(shift.Start)} to {Local(shift.End)} is pinned"
        : $"{pin.AgentId} has {pin.Date:uuuu-MM-dd} pinned as a day off");

    private bool Touches(TimeOff off) => off.End > problem.Origin && off.Start < problem.Zone.AtStartOfDay(problem.Start.PlusDays(problem.Days + 1)).ToInstant();

    private LocalDate Date(Instant instant) => instant.InZone(problem.Zone).Date;
}
