using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Can a group have its minimum presence over a stretch of intervals?</summary>
internal sealed class PresenceQuestion
{
    private readonly RosterProblem _problem;
    private readonly FactBook _book;
    private readonly string _group;
    private readonly int[] _people;
    private readonly Dictionary<int, AgentOracle> _oracles;
    private readonly long _given;
    private readonly long _need;
    private readonly Fact _presence;
    private readonly Fact _skill;
    private readonly Instant _from;
    private readonly Instant _to;

    public PresenceQuestion(CompiledProblem compiled, FactBook facts, WorkBudget budget, int group, int first, int last)
    {
        (_problem, _book, _group) = (compiled.Problem, facts, compiled.Problem.Demand[group].Group);
        _people = [.. Enumerable.Range(0, compiled.Agents).Where(a => compiled.Skills.HasSkill(a, group))];
        var needs = PresentMinutes.Needs(compiled, group, first, last);
        (_need, _given) = (needs.Sum(), PresentMinutes.FixedMinutes(compiled, group, first, needs));
        _oracles = _people.ToDictionary(a => a, a => new AgentOracle(compiled, new PresentMinutes(group, first, needs), budget));
        (_from, _to) = (_problem.Origin + (_problem.Interval * first), _problem.Origin + (_problem.Interval * (last + 1)));
        var dates = (From: _from.InZone(_problem.Zone).Date, To: (_to - Duration.FromMinutes(1)).InZone(_problem.Zone).Date);
        _presence = new Fact(-1, 0, new ConflictFact(ConflictFactKind.MinimumPresence, null, _group, dates.From, dates.To, null, "demand", Need(first, last)));
        _skill = new Fact(-1, 0, new ConflictFact(ConflictFactKind.PeopleWithSkill, null, _group, null, null, null, "people of the problem", People()));
        Facts = [_presence, _skill, .. facts.Rules(), .. _people.SelectMany(a => facts.Of(a).Concat(facts.OptOut(a, _group)))];
    }

    public IReadOnlyList<Fact> Facts { get; }

    public bool IsPossible(IReadOnlyList<Fact> kept)
    {
        if (!kept.Contains(_presence) || !kept.Contains(_skill)) return true;
        var sum = _given;
        if (sum >= _need) return true;
        foreach (var agent in _people)
        {
            if (_oracles[agent].Most(agent, kept, _need) is not { } most || most < 0) return true; // not known, or the fixed days break rules as they are
            sum += most;
            if (sum >= _need) return true;
        }

        return false;
    }

    public RosterConflict Explain()
    {
        var conflict = QuickXplain.Find(Facts, IsPossible);
        var most = _given + _people.Sum(a => _oracles[a].Most(a, conflict, _need) ?? 0);
        var hours = (_to - _from).TotalHours;
        var atMost =
            _to - _from == _problem.Interval
                ? $"{most / (60 * hours) / 100:0.##} at most can be there"
                : $"{most / 6000.0:0.#} of the {_need / 6000.0:0.#} head-hours can be given at most";
        return new RosterConflict(
            ConflictKind.Presence, null, _group, _presence.Words.From!.Value, _presence.Words.To!.Value, ConflictFinder.Words(conflict),
            !_oracles.Values.Any(o => o.GaveUp),
            (_need - most) / 6000.0,
            $"{char.ToUpperInvariant(_presence.Words.Text[0])}{_presence.Words.Text[1..]}, but {atMost}: "
                + $"{ConflictFinder.Join(conflict.Where(f => f != _presence))}.");
    }

    private string Need(int first, int last)
    {
        var presence = _problem.Demand.First(d => d.Group == _group).MinimumPresence!.AsSpan(first, last - first + 1);
        var most = 0.0;
        foreach (var heads in presence)
        {
            most = Math.Max(most, heads);
        }

        return $"at least {(most == 1 ? "1 person is" : $"{most:0.##} people are")} needed on '{_group}' from {_book.Local(_from)} to {_book.Local(_to)}";
    }

    private string People() =>
        _people.Length == 0
            ? $"nobody has the skill '{_group}'"
            : $"{(_people.Length == 1 ? "1 person has" : $"{_people.Length} people have")} the skill '{_group}': "
                + $"{string.Join(", ", _people.Select(a => _problem.Agents[a].Id))}";
}
