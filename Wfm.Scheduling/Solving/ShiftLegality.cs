using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>What the rules that look at a shift by itself leave of the catalog, for one rule set.</summary>
internal sealed class ShiftLegality
{
    private readonly CompiledProblem _compiled;
    private readonly RuleSet _rules;
    private readonly int[][] _patterns;
    private readonly int[] _lists;
    private readonly Dictionary<string, int> _listIndex = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<int[]> _distinct = [[]];

    public ShiftLegality(CompiledProblem compiled, RuleSet rules)
    {
        (_compiled, _rules) = (compiled, rules);
        var groups = compiled.Costs.Groups;
        _patterns = [.. compiled.Shifts.Patterns.Select(p => Enumerable.Range(0, p.Length).ToArray())];
        _lists = rules.PerShift.Length == 0 ? [] : new int[compiled.Shifts.FirstPinned * groups];
        var row = new DayCell[compiled.Calendar.Rows];
        for (var variant = 1; _lists.Length > 0 && variant < compiled.Shifts.FirstPinned; variant++)
        {
            for (var group = 0; group < groups; group++)
            {
                _lists[(variant * groups) + group] = List(variant, group, row);
            }
        }
    }

    public int[] Patterns(int variant, int group) => _lists.Length == 0 ? _patterns[_compiled.Shifts[variant].Template]
        : _distinct[_lists[(variant * _compiled.Costs.Groups) + group]];

    /// <summary>The first rule broken by every pattern of a shift, or by its first.</summary>
    public AgentRule? Forbids(int variant, int group)
    {
        if (Patterns(variant, group).Length > 0) return null;
        var row = new DayCell[_compiled.Calendar.Rows];
        var at = _compiled.Shifts[variant].Row;
        row[at] = _compiled.Cell(variant, group, 0);
        return Array.Find(_rules.PerShift, r => r.Penalize(row, at, at) > 0);
    }

    public IEnumerable<(string Contract, int Template, string Reason)> Excluded()
    {
        for (var template = 0; template < _compiled.Shifts.TemplateCount; template++)
        {
            var contract = _rules.Contract;
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
        foreach (var rule in _rules.PerShift)
        {
            rule.Penalize(row, at, at, sink);
        }

        return violations.Count == 0 ? "No way to place its breaks keeps every rule." : $"{violations[0].Message} ({violations[0].Source})";
    }

    private int List(int variant, int group, DayCell[] row)
    {
        var shift = _compiled.Shifts[variant];
        var legal = new List<int>();
        for (var pattern = 0; pattern < _compiled.Shifts.Patterns[shift.Template].Length; pattern++)
        {
            row[shift.Row] = _compiled.Cell(variant, group, pattern);
            if (Array.TrueForAll(_rules.PerShift, r => r.Penalize(row, shift.Row, shift.Row) == 0)) legal.Add(pattern);
        }

        row[shift.Row] = default;
        var key = string.Join(',', legal);
        if (_listIndex.TryGetValue(key, out var index)) return index;
        _listIndex.Add(key, _distinct.Count);
        _distinct.Add([.. legal]);
        return _distinct.Count - 1;
    }
}
