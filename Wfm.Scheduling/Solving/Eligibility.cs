using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Solving;

/// <summary>Why an agent cannot have a shift, whatever else is rostered.</summary>
internal enum Blocker
{
    None,
    Pinned,
    Contract,
    TimeOff,
    Availability,
}

/// <summary>Which shifts each agent may have by contract, availability, leave and pins; and which break patterns a rule set leaves.</summary>
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
    public IEnumerable<(string Contract, int Template, string Reason)> Excluded => _legality.SelectMany(l => l.Excluded());

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
        if (person.Contract.Templates is { } templates && !templates.Contains(_compiled.Shifts.TemplateCode(shift.Template))) return Blocker.Contract;
        var (start, end) = (_compiled.Calendar.At(shift.Start), _compiled.Calendar.At(shift.End));
        if (person.TimeOff.Any(o => o.Start < end && start < o.End)) return Blocker.TimeOff;
        return Windows(person) is { } windows && !Array.Exists(windows, w => w.From <= shift.Start && shift.End <= w.To) ? Blocker.Availability : Blocker.None;
    }

    private void Fill(int agent)
    {
        var person = _compiled.Problem.Agents[agent];
        var windows = Windows(person);
        for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
        {
            var pinned = _compiled.Start.Pinned[(agent * _compiled.Calendar.Rows) + row];
            int[] allowed = pinned ? [] : [.. _compiled.Shifts.DayVariants[row].Where(v => Fits(agent, person, windows, v))];
            _byDay[(agent * _compiled.Calendar.Days) + row - _compiled.Calendar.Offset] = allowed;
            foreach (var variant in allowed)
            {
                _allowed[(agent * _words) + (variant >> 6)] |= 1UL << (variant & 63);
            }
        }
    }

    private bool Fits(int agent, RosterAgent person, (int From, int To)[]? windows, int variant)
    {
        var shift = _compiled.Shifts[variant];
        if (person.Contract.Templates is { } templates && !templates.Contains(_compiled.Shifts.TemplateCode(shift.Template))) return false;
        if (windows is not null && !Array.Exists(windows, w => w.From <= shift.Start && shift.End <= w.To)) return false;
        foreach (var off in person.TimeOff)
        {
            if (off.Start < _compiled.Calendar.At(shift.End) && _compiled.Calendar.At(shift.Start) < off.End) return false;
        }

        return Array.Exists(_compiled.Skills.GroupsOn(agent, shift.Template), g => Patterns(agent, variant, g).Length > 0);
    }

    /// <summary>Weekly local windows as elapsed minutes, joined where they touch: a night shift may lie across two of them. Null for always.</summary>
    public (int From, int To)[]? Windows(RosterAgent person)
    {
        if (person.Availability.Count == 0) return null;
        var calendar = _compiled.Calendar;
        var all = Enumerable.Range(calendar.Offset - 1, calendar.Days + 2).SelectMany(row => person.Availability
            .Where(w => w.Day == calendar.Date(row).DayOfWeek)
            .Select(w => (
                From: calendar.Minute(calendar.Zone.AtLeniently(calendar.Date(row) + w.From).ToInstant()),
                To: calendar.Minute(calendar.Zone.AtLeniently((w.To > w.From ? calendar.Date(row) : calendar.Date(row).PlusDays(1)) + w.To).ToInstant()))))
            .OrderBy(w => w.From);
        var joined = new List<(int From, int To)>();
        foreach (var window in all)
        {
            if (joined.Count > 0 && window.From <= joined[^1].To)
            {
                joined[^1] = (joined[^1].From, Math.Max(joined[^1].To, window.To));
            }
            else
            {
                joined.Add(window);
            }
        }

        return [.. joined];
    }
}
