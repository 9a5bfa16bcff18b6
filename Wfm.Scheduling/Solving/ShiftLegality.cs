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
    private readonly Dictionary<(int Shape, int Kind, int InForce), int> _known = [];
    private readonly AgentRule[] _onBreaks;
    private readonly RulesInForce _inForce;
    private readonly bool[] _isForbidden; // whatever its breaks and groups
    private readonly int[] _kindOf; // groups of one kind are the same to every rule
    private readonly int _kinds;
    private readonly List<int[]> _distinct = [[]];
    private readonly MixedShifts?[] _mixed;

    public ShiftLegality(CompiledProblem compiled, RuleSet rules)
    {
        (_compiled, _contracts, _rules) = (compiled, rules.Contracts, [.. rules.All.Where(r => r.ForbidsShifts)]);
        _onBreaks = [.. _rules.Where(r => r.ReadsBreaks)];
        var others = _rules.Where(r => !r.ReadsBreaks).ToArray();
        _inForce = new RulesInForce(compiled.Calendar, _onBreaks);
        var groups = compiled.Costs.Groups;
        (_kindOf, _kinds) = Kinds(groups);
        _patterns = [.. compiled.Shifts.Patterns.Select(p => Enumerable.Range(0, p.Length).ToArray())];
        _lists = _rules.Length == 0 ? [] : new int[compiled.Shifts.FirstPinned * groups];
        _isForbidden = new bool[compiled.Shifts.FirstPinned];
        _mixed = new MixedShifts?[_patterns.Length * _inForce.Count * _kinds * _kinds];
        HasLimits = new bool[groups];
        var row = new DayCell[compiled.Calendar.Rows];
        for (var variant = 1; _lists.Length > 0 && groups > 0 && variant < compiled.Shifts.FirstPinned; variant++)
        {
            _isForbidden[variant] = others.Length > 0 && !Keeps(others, compiled.Cell(variant, 0, 0), row);
            for (var group = 0; group < groups; group++)
            {
                _lists[(variant * groups) + group] = _isForbidden[variant] ? 0 : List(variant, group, row);
                HasLimits[group] |= IsLimited(variant, group);
            }
        }
    }

    /// <summary>Groups on which a limit forbids some shift as a whole.</summary>
    public bool[] HasLimits { get; }

    /// <summary>Break patterns of a shift that serves one group.</summary>
    public int[] Patterns(int variant, int group) => _lists.Length == 0 ? _patterns[_compiled.Shifts[variant].Shape]
        : _distinct[_lists[(variant * _compiled.Costs.Groups) + group]];

    /// <summary>Whether a limit forbids a whole shift on a group, and not the shift whatever it serves.</summary>
    public bool IsLimited(int variant, int group) => !_isForbidden[variant] && Patterns(variant, group).Length == 0;

    /// <summary>A shift whose first block serves one group and some other blocks another.</summary>
    public MixedShifts Mixed(int variant, int group, int other)
    {
        if (_isForbidden[variant] || group == other || _compiled.CountsShifts(group) || _compiled.CountsShifts(other)) return MixedShifts.None;
        ref readonly var shift = ref _compiled.Shifts[variant];
        ref var known = ref _mixed[(((((shift.Shape * _inForce.Count) + _inForce.On(shift.Row)) * _kinds) + _kindOf[group]) * _kinds) + _kindOf[other]];
        if (Volatile.Read(ref known) is { } mixed) return mixed;
        mixed = Mix(variant, group, other); // on two threads at once it comes out the same
        Volatile.Write(ref known, mixed);
        return mixed;
    }

    /// <summary>The first rule that a shift breaks by itself.</summary>
    public AgentRule? Forbids(in DayCell cell)
    {
        var row = new DayCell[_compiled.Calendar.Rows];
        var at = _compiled.Shifts[cell.Variant].Row;
        row[at] = cell;
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
            if (Array.Exists(variants, IsPossible)) continue;
            yield return (contract.Code, template, Reason(variants[0]));
        }
    }

    private bool IsPossible(int variant)
    {
        var groups = Enumerable.Range(0, _compiled.Costs.Groups).ToArray();
        return Array.Exists(groups, g => Patterns(variant, g).Length > 0)
            || (!_isForbidden[variant] && _compiled.Problem.Policy.SegmentedShifts != SegmentedShifts.Never
                && Array.Exists(groups, g => Array.Exists(groups, h => !Mixed(variant, g, h).IsEmpty)));
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

    private (int[] KindOf, int Kinds) Kinds(int groups)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var kindOf = new int[groups];
        for (var group = 0; group < groups; group++)
        {
            var seen = string.Join('|', _onBreaks.Select(r => BitConverter.DoubleToInt64Bits(r.Sees(group))));
            known.TryAdd(seen, known.Count);
            kindOf[group] = known[seen];
        }

        return (kindOf, known.Count);
    }

    // Where breaks may lie depends on the template and its length, the group and the rules in force, not on when the shift starts: tested once for each.
    private int List(int variant, int group, DayCell[] row)
    {
        ref readonly var shift = ref _compiled.Shifts[variant];
        var key = (shift.Shape, _kindOf[group], _inForce.On(shift.Row));
        if (_known.TryGetValue(key, out var index)) return index;
        int[] legal = [.. _patterns[shift.Shape].Where(p => Keeps(_onBreaks, _compiled.Cell(variant, group, p), row))];
        if (legal.Length > 0) _distinct.Add(legal);
        _known.Add(key, legal.Length > 0 ? _distinct.Count - 1 : 0);
        return legal.Length > 0 ? _distinct.Count - 1 : 0;
    }

    private MixedShifts Mix(int variant, int group, int other)
    {
        var shape = _compiled.Shifts[variant].Shape;
        var blocks = _compiled.Shifts.Blocks[shape];
        var most = blocks.Length == 0 ? 0 : blocks.Max(b => b.Length);
        if (most is < 2 or > WorkBlock.Most) return MixedShifts.None;
        var row = new DayCell[_compiled.Calendar.Rows];
        var legal = new int[1 << most][];
        for (var choice = 0; choice < legal.Length; choice++)
        {
            legal[choice] = choice == 0 || (choice & 1) != 0 ? [] : // the first block is of the first group
                [
                    .. _patterns[shape].Where(p =>
                        choice < 1 << blocks[p].Length && Keeps(_onBreaks, _compiled.Cell(variant, group, other, (byte)choice, p), row)),
                ];
        }

        return new MixedShifts(legal, _patterns[shape].Length);
    }

    private bool Keeps(AgentRule[] rules, in DayCell cell, DayCell[] row)
    {
        var at = _compiled.Shifts[cell.Variant].Row;
        row[at] = cell;
        var keeps = Array.TrueForAll(rules, r => r.Penalize(row, at, at) == 0);
        row[at] = default;
        return keeps;
    }
}
