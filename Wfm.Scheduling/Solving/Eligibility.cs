using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Solving;

/// <summary>Why an agent cannot have a shift, whatever else is rostered.</summary>
internal enum Blocker
{
    None,
    Pinned,
    Employment,
    Contract,
    TimeOff,
    Availability,
}

/// <summary>Which shifts each agent may have by employment, contract, availability, leave and pins; and which break patterns a rule set leaves.</summary>
internal sealed class Eligibility
{
    private readonly CompiledProblem _compiled;
    private readonly ulong[] _allowed;
    private readonly int _words;
    private readonly int[][] _byDay;
    private readonly ShiftLegality[] _legality;
    private readonly SegmentedShifts _segmented;

    public Eligibility(CompiledProblem compiled)
    {
        _compiled = compiled;
        _legality = [.. compiled.RuleSets.Select(r => new ShiftLegality(compiled, r))];
        _segmented = compiled.Problem.Policy.SegmentedShifts;
        MixesAny = Enumerable.Range(0, compiled.Costs.Groups).Any(g => Enumerable.Range(0, g).Any(h => MayMix(g, h)));
        _words = (compiled.Shifts.FirstPinned + 63) / 64;
        _allowed = new ulong[compiled.Agents * _words];
        _byDay = new int[compiled.Agents * compiled.Calendar.Days][];
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            Fill(agent);
        }
    }

    /// <summary>Templates no agent of a contract can be given, with the reason.</summary>
    public IEnumerable<(string Contract, int Template, string Reason)> Excluded => _legality.SelectMany(l => l.Excluded()).Distinct();

    /// <summary>Variants an agent may have on a row.</summary>
    public int[] On(int agent, int row) => _byDay[(agent * _compiled.Calendar.Days) + row - _compiled.Calendar.Offset];

    public bool IsAllowed(int agent, int variant) => (_allowed[(agent * _words) + (variant >> 6)] & (1UL << (variant & 63))) != 0;

    /// <summary>Break patterns an agent may have in a variant worked on a group; empty when rules forbid the shift.</summary>
    public int[] Patterns(int agent, int variant, int group) => _legality[_compiled.RuleSetOf[agent]].Patterns(variant, group);

    /// <summary>Break patterns an agent may have in a shift with the groups of its blocks as they are; empty when rules forbid the shift.</summary>
    public int[] Patterns(int agent, in DayCell cell) => cell.Blocks == 0 ? Patterns(agent, cell.Variant, cell.Group)
        : _legality[_compiled.RuleSetOf[agent]].Mixed(cell.Variant, cell.Group, cell.Other).Patterns(cell.Blocks);

    /// <summary>Whether any shift may be made that serves two groups.</summary>
    public bool MixesAny { get; }

    /// <summary>Whether any shift may be made that serves both groups.</summary>
    public bool MayMix(int group, int other) =>
        group != other && !_compiled.CountsShifts(group) && !_compiled.CountsShifts(other)
        && (_segmented == SegmentedShifts.Always
            || (_segmented == SegmentedShifts.WhereLimited && Array.Exists(_legality, l => l.HasLimits[group] || l.HasLimits[other])));

    /// <summary>How the blocks of a shift may serve two groups, the first block the first, when the search makes one: by the policy, and by the limits that
    /// forbid a whole shift.</summary>
    public MixedShifts Mixed(int agent, int variant, int group, int other)
    {
        if (_segmented == SegmentedShifts.Never) return MixedShifts.None;
        var legality = _legality[_compiled.RuleSetOf[agent]];
        return _segmented == SegmentedShifts.Always || legality.IsLimited(variant, group) || legality.IsLimited(variant, other)
            ? legality.Mixed(variant, group, other) : MixedShifts.None;
    }

    /// <summary>Whether an agent can have a shift that serves a group in some of its blocks.</summary>
    public bool Mixes(int agent, int variant, int group) =>
        MixesAny && Array.Exists(
            _compiled.Skills.GroupsOn(agent, _compiled.Shifts[variant].Template),
            other => !Mixed(agent, variant, group, other).IsEmpty || !Mixed(agent, variant, other, group).IsEmpty);

    /// <summary>The first shift of a variant that serves a group, in all of its blocks or, where that is forbidden, in some.</summary>
    public bool First(int agent, int variant, int group, out DayCell cell)
    {
        cell = default;
        if (Patterns(agent, variant, group) is [var pattern, ..])
        {
            cell = _compiled.Cell(variant, group, pattern);
            return true;
        }

        foreach (var other in MixesAny ? _compiled.Skills.GroupsOn(agent, _compiled.Shifts[variant].Template) : [])
        {
            if (First(agent, variant, group, other, out cell) || First(agent, variant, other, group, out cell)) return true;
        }

        return false;
    }

    /// <summary>The rule that forbids a shift by itself.</summary>
    public AgentRule? Forbids(int agent, in DayCell cell) => _legality[_compiled.RuleSetOf[agent]].Forbids(cell);

    public Blocker WhyNot(int agent, int variant)
    {
        var shift = _compiled.Shifts[variant];
        var person = _compiled.Problem.Agents[agent];
        if (_compiled.Start.Pinned[(agent * _compiled.Calendar.Rows) + shift.Row]) return Blocker.Pinned;
        if (!person.IsEmployed(_compiled.Calendar.Date(shift.Row))) return Blocker.Employment;
        if (!HasTemplate(agent, shift)) return Blocker.Contract;
        var (start, end) = (_compiled.Calendar.At(shift.Start), _compiled.Calendar.At(shift.End));
        if (person.TimeOff.Any(o => o.Start < end && start < o.End)) return Blocker.TimeOff;
        return AvailableTimes.Of(person, _compiled.Calendar)?.Cover(shift.Start, shift.End) == false ? Blocker.Availability : Blocker.None;
    }

    private void Fill(int agent)
    {
        var person = _compiled.Problem.Agents[agent];
        var windows = AvailableTimes.Of(person, _compiled.Calendar);
        for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
        {
            var pinned = _compiled.Start.Pinned[(agent * _compiled.Calendar.Rows) + row];
            int[] allowed =
                pinned || !person.IsEmployed(_compiled.Calendar.Date(row))
                    ? []
                    : [.. _compiled.Shifts.DayVariants[row].Where(v => Fits(agent, person, windows, v))];
            _byDay[(agent * _compiled.Calendar.Days) + row - _compiled.Calendar.Offset] = allowed;
            foreach (var variant in allowed)
            {
                _allowed[(agent * _words) + (variant >> 6)] |= 1UL << (variant & 63);
            }
        }
    }

    private bool HasTemplate(int agent, in ShiftVariant shift) =>
        _compiled.Due.Contracts(agent).On(shift.Row).Contract.Templates?.Contains(_compiled.Shifts.TemplateCode(shift.Template)) != false;

    private bool Fits(int agent, RosterAgent person, AvailableTimes? windows, int variant)
    {
        var shift = _compiled.Shifts[variant];
        if (!HasTemplate(agent, shift)) return false;
        if (windows?.Cover(shift.Start, shift.End) == false) return false;
        foreach (var off in person.TimeOff)
        {
            if (off.Start < _compiled.Calendar.At(shift.End) && _compiled.Calendar.At(shift.Start) < off.End) return false;
        }

        var groups = _compiled.Skills.GroupsOn(agent, shift.Template);
        return Array.Exists(groups, g => Patterns(agent, variant, g).Length > 0) || Array.Exists(groups, g => Mixes(agent, variant, g));
    }

    private bool First(int agent, int variant, int group, int other, out DayCell cell)
    {
        var mixed = Mixed(agent, variant, group, other);
        cell = mixed.IsEmpty ? default : _compiled.Cell(variant, group, other, mixed.Blocks[0], mixed.Patterns(mixed.Blocks[0])[0]);
        return !mixed.IsEmpty;
    }
}
