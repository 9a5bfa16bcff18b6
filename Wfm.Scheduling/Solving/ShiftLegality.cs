using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Solving;

/// <summary>What the rules that look at a shift by itself leave of the catalog, for one rule set.</summary>
internal sealed class ShiftLegality
{
    private readonly CompiledProblem _compiled;
    private readonly AgentRule[] _rules;
    private readonly IReadOnlyList<Contract> _contracts;
    private readonly int[][] _patterns;
    private readonly int[] _lists;
    private readonly Dictionary<(int Shape, int Group, int InForce), int> _known = [];
    private readonly AgentRule[] _onBreaks;
    private readonly RulesInForce _inForce;
    private readonly AgentRule[] _others;
    private readonly List<int[]> _distinct = [[]];

    public ShiftLegality(CompiledProblem compiled, RuleSet rules)
    {
        (_compiled, _contracts, _rules) = (compiled, rules.Contracts, [.. rules.All.Where(r => r.ForbidsShifts)]);
        (_onBreaks, _others) = ([.. _rules.Where(r => r.ReadsBreaks)], [.. _rules.Where(r => !r.ReadsBreaks)]);
        _inForce = new RulesInForce(compiled.Calendar, _onBreaks);
        var groups = compiled.Costs.Groups;
        _patterns = [.. compiled.Shifts.Patterns.Select(p => Enumerable.Range(0, p.Length).ToArray())];
        _lists = _rules.Length == 0 ? [] : new int[compiled.Shifts.FirstPinned * groups];
        var row = new DayCell[compiled.Calendar.Rows];
        for (var variant = 1; _lists.Length > 0 && variant < compiled.Shifts.FirstPinned; variant++)
        {
            for (var group = 0; group < groups; group++)
            {
                _lists[(variant * groups) + group] = List(variant, group, row);
            }
        }
    }

    public int[] Patterns(int variant, int group) => _lists.Length == 0 ? _patterns[_compiled.Shifts[variant].Shape]
        : _distinct[_lists[(variant * _compiled.Costs.Groups) + group]];

    /// <summary>The first rule broken by every pattern of a shift, or by its first.</summary>
    public AgentRule? Forbids(int variant, int group)
    {
        if (Patterns(variant, group).Length > 0) return null;
        var row = new DayCell[_compiled.Calendar.Rows];
        var at = _compiled.Shifts[variant].Row;
        row[at] = _compiled.Cell(variant, group, 0);
        return Array.Find(_rules, r => r.Penalize(row, at, at) > 0);
    }

    public IEnumerable<(string Contract, int Template, string Reason)> Excluded() => _contracts.SelectMany(Excluded);

    private IEnumerable<(string Contract, int Template, string Reason)> Excluded(Contract contract)
    {
        for (var template = 0; template < _compiled.Shifts.TemplateCount; template++)
        {
            if (contract.Templates is { } own && !own.Contains(_compiled.Shifts.TemplateCode(template))) continue;
            if (_compiled.Shifts.Patterns[template].Length == 0)
            {
                yield return (contract.Code, template, "Its breaks do not fit into the shift: check their lengths and windows.");
                continue;
            }

            var variants = Enumerable.Range(1, _compiled.Shifts.FirstPinned - 1).Where(v => _compiled.Shifts[v].Template == template).ToArray();
            if (variants.Length == 0 || _compiled.Costs.Groups == 0) continue;
            if (Array.Exists(variants, v => Enumerable.Range(0, _compiled.Costs.Groups).Any(g => Patterns(v, g).Length > 0))) continue;
            yield return (contract.Code, template, Reason(variants[0]));
        }
    }

    private string Reason(int variant)
    {
        var row = new DayCell[_compiled.Calendar.Rows];
        var at = _compiled.Shifts[variant].Row;
        row[at] = _compiled.Cell(variant, 0, 0);
        var violations = new List<Violation>();
        var sink = new ViolationSink("", _compiled.Calendar, violations);
        foreach (var rule in _rules)
        {
            rule.Penalize(row, at, at, sink);
        }

        return violations.Count == 0 ? "No way to place its breaks keeps every rule." : $"{violations[0].Message} ({violations[0].Source})";
    }

    // Where breaks may lie depends on the template and its length, the group and the rules in force, not on when the shift starts: tested once for each.
    private int List(int variant, int group, DayCell[] row)
    {
        ref readonly var shift = ref _compiled.Shifts[variant];
        if (!Keeps(_others, variant, group, 0, row)) return 0;
        var inForce = _inForce.On(shift.Row);
        if (_known.TryGetValue((shift.Shape, group, inForce), out var index)) return index;
        int[] legal = [.. _patterns[shift.Shape].Where(p => Keeps(_onBreaks, variant, group, p, row))];
        if (legal.Length > 0) _distinct.Add(legal);
        _known.Add((shift.Shape, group, inForce), legal.Length > 0 ? _distinct.Count - 1 : 0);
        return legal.Length > 0 ? _distinct.Count - 1 : 0;
    }

    private bool Keeps(AgentRule[] rules, int variant, int group, int pattern, DayCell[] row)
    {
        var at = _compiled.Shifts[variant].Row;
        row[at] = _compiled.Cell(variant, group, pattern);
        var keeps = Array.TrueForAll(rules, r => r.Penalize(row, at, at) == 0);
        row[at] = default;
        return keeps;
    }
}
