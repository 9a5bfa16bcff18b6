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

    public Eligibility(CompiledProblem compiled)
    {
        _compiled = compiled;
        _legality = [.. compiled.RuleSets.Select(r => new ShiftLegality(compiled, r))];
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

    /// <summary>The rule that forbids a variant worked on a group by itself.</summary>
    public AgentRule? Forbids(int agent, int variant, int group) => _legality[_compiled.RuleSetOf[agent]].Forbids(variant, group);

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

        return Array.Exists(_compiled.Skills.GroupsOn(agent, shift.Template), g => Patterns(agent, variant, g).Length > 0);
    }
}
