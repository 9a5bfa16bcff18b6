using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>The days of one agent under some of the facts that bind it: the rules in force, what is fixed, and the shifts it may have.</summary>
internal sealed class AgentChoices
{
    private const int NoGroup = -1; // shows nothing

    private readonly CompiledProblem _compiled;
    private readonly RosterAgent _person;
    private readonly int _agent;
    private readonly bool _keepsTemplates;
    private readonly bool _keepsEmployment;
    private readonly IReadOnlyList<string> _optOuts;
    private readonly (int From, int To)[] _away;
    private readonly AvailableTimes? _windows;
    private readonly AgentRule[] _perShift;
    private readonly Dictionary<(int Shape, int Group, int InForce), int[]> _patterns = [];
    private readonly RulesInForce _inForce;
    private readonly DayCell[] _scratch;

    public AgentChoices(CompiledProblem compiled, int agent, IReadOnlyList<Fact> kept)
    {
        (_compiled, _agent, _person) = (compiled, agent, compiled.Problem.Agents[agent]);
        var binding = kept.Where(f => f.Binds(agent)).ToArray();
        bool Keeps(ConflictFactKind kind, int index = 0) => Array.Exists(binding, f => f.Kind == kind && f.Index == index);
        var (problem, calendar, contracts) = (compiled.Problem, compiled.Calendar, compiled.Due.Contracts(agent));
        Laws =
        [
            .. problem.Policy.Rules.Where((_, i) => Keeps(ConflictFactKind.Rule, i)),
            .. RuleSet.Own(contracts, calendar).Where((_, i) => Keeps(ConflictFactKind.ContractRule, i)),
        ];
        var all = RuleSet.Compile(contracts, Keeps(ConflictFactKind.ContractMaximumHours), Keeps(ConflictFactKind.ContractMaximumDays), Laws, _person,
            new RuleContext(problem, calendar, compiled.Shifts)).OrderBy(ConstraintCatalog.Known.Order).ToArray();
        (Caps, Floors) = ([.. all.Where(r => !r.IsPerShift && !r.IsFloor)], [.. all.Where(r => r.IsFloor)]);
        _perShift = [.. all.Where(r => r.IsPerShift)];
        _inForce = new RulesInForce(calendar, _perShift);
        All = all;
        (_keepsTemplates, _keepsEmployment) = (Keeps(ConflictFactKind.ContractTemplates), Keeps(ConflictFactKind.Employment));
        _optOuts = [.. _person.OptOutGroups.Where((_, i) => Keeps(ConflictFactKind.OptOut, i))];
        TimeOff[] leave = [.. _person.TimeOff.Where((_, i) => Keeps(ConflictFactKind.TimeOff, i))];
        _away = [.. leave.Select(o => (calendar.Minute(o.Start), (int)Math.Ceiling((o.End - calendar.Origin).TotalMinutes)))];
        _windows = Keeps(ConflictFactKind.Availability) ? AvailableTimes.Of(_person, calendar) : null;
        _scratch = new DayCell[calendar.Rows];
        Cells = [.. compiled.Start.Cells.AsSpan(agent * calendar.Rows, calendar.Rows)];
        var credited = leave.Length == _person.TimeOff.Count ? null : compiled.Due.Leave(agent, leave);
        for (var row = 0; credited is not null && row < Cells.Length; row++)
        {
            Cells[row] = Cells[row] with { Leave = credited[row] };
        }

        Fixed = new bool[calendar.Rows];
        for (var i = 0; i < problem.Pinned.Count; i++)
        {
            if (problem.Pinned[i].AgentId != _person.Id) continue;
            var row = calendar.Row(problem.Pinned[i].Date);
            if (Keeps(ConflictFactKind.Pinned, i)) Fixed[row] = true;
            else Cells[row] = Place(row);
        }
    }

    /// <summary>The labour rules that are kept.</summary>
    public IReadOnlyList<LabourRule> Laws { get; }

    public AgentRule[] All { get; }

    public AgentRule[] Caps { get; }

    public AgentRule[] Floors { get; }

    /// <summary>Kept pins and what surrounds the period, one cell a row.</summary>
    public DayCell[] Cells { get; }

    /// <summary>A cell put on a day: the leave of the day stays.</summary>
    public DayCell Place(int row, in DayCell cell = default) => cell with { Leave = Cells[row].Leave };

    /// <summary>Rows whose pin is kept.</summary>
    public bool[] Fixed { get; }

    /// <summary>True when kept pins and what surrounds the period break no rule that no further shift could mend.</summary>
    public bool FixedDaysAreLegal()
    {
        var (first, last) = (_compiled.Calendar.Offset, _compiled.Calendar.End - 1);
        if (Array.Exists(Caps, r => r.Penalize(Cells, first, last) > 0)) return false;
        for (var row = first; row <= last; row++)
        {
            if (Cells[row].IsWorking && Array.Exists(_perShift, r => r.Penalize(Cells, row, row) > 0)) return false;
        }

        return true;
    }

    /// <summary>The shifts that may be worked on a row, each with the ways its breaks may lie.</summary>
    /// <remarks>One that may serve another group in some blocks is told as if limits on exposure did not bind: nothing that can be is left out.</remarks>
    public IEnumerable<(DayCell Cell, int Group, int[] Patterns)> On(int row)
    {
        foreach (var variant in _compiled.Shifts.DayVariants[row])
        {
            if (!IsFree(variant)) continue;
            for (var group = 0; group < _compiled.Skills.Groups; group++)
            {
                if (!Works(_compiled.Shifts[variant].Template, group)) continue;
                var isMixed = _compiled.Eligibility.Mixes(_agent, variant, group);
                if (Patterns(variant, isMixed ? NoGroup : group) is { Length: > 0 } patterns)
                    yield return (Place(row, Cell(variant, isMixed ? NoGroup : group, patterns[0])), group, patterns);
            }
        }
    }

    private DayCell Cell(int variant, int group, int pattern) =>
        group == NoGroup ? _compiled.Plain(variant) with { Group = NoGroup, Pattern = (short)pattern } : _compiled.Cell(variant, group, pattern);

    private bool IsFree(int variant)
    {
        var shift = _compiled.Shifts[variant];
        if (_keepsEmployment && !_person.IsEmployed(_compiled.Calendar.Date(shift.Row))) return false;
        if (
            _keepsTemplates
            && _compiled.Due.Contracts(_agent).On(shift.Row).Contract.Templates?.Contains(_compiled.Shifts.TemplateCode(shift.Template)) == false)
            return false;
        return _windows?.Cover(shift.Start, shift.End) != false && !Array.Exists(_away, a => a.From < shift.End && shift.Start < a.To);
    }

    private bool Works(int template, int group)
    {
        var name = _compiled.Problem.Demand[group].Group;
        return _compiled.Skills.HasSkill(_agent, group) && !_optOuts.Contains(name) && _compiled.Problem.Templates[template].Groups?.Contains(name) != false;
    }

    // Where breaks may lie depends on template, group and rules in force; what looks at the hours of the shift is asked for each start.
    private int[] Patterns(int variant, int group)
    {
        var shift = _compiled.Shifts[variant];
        if (!Keeps(variant, group, 0, readsBreaks: false)) return [];
        var inForce = _inForce.On(shift.Row);
        if (_patterns.TryGetValue((shift.Shape, group, inForce), out var known)) return known;
        int[] legal = [.. Enumerable.Range(0, _compiled.Shifts.Patterns[shift.Shape].Length).Where(p => Keeps(variant, group, p, readsBreaks: true))];
        _patterns.Add((shift.Shape, group, inForce), legal);
        return legal;
    }

    private bool Keeps(int variant, int group, int pattern, bool readsBreaks)
    {
        var row = _compiled.Shifts[variant].Row;
        _scratch[row] = Cell(variant, group, pattern);
        var keeps = Array.TrueForAll(_perShift, r => r.ReadsBreaks != readsBreaks || r.Penalize(_scratch, row, row) == 0);
        _scratch[row] = default;
        return keeps;
    }
}
