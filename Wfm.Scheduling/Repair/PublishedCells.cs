using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>A published shift that cannot stay, by agent and row, and the rule that forbids it by itself; <see langword="null"/> for no rule.</summary>
internal sealed record Dropped(int Agent, int Row, RosterShift Shift, Blocker Blocker, AgentRule? Rule);

/// <summary>A published roster as cells of the problem after the change.</summary>
internal sealed class PublishedCells
{
    private readonly CompiledProblem _compiled;
    private readonly List<Dropped> _dropped = [];
    private readonly List<RosterShift> _handmade = [];

    public PublishedCells(CompiledProblem compiled, PublishedRoster published)
    {
        _compiled = compiled;
        Published = [.. compiled.Start.Cells];
        var agents = compiled.Problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        Kept = [.. compiled.Start.Cells];
        foreach (var shift in published.Shifts)
        {
            var (agent, row) = (agents[shift.AgentId], compiled.Calendar.Row(shift.Date));
            if (!compiled.Start.Pinned[(agent * compiled.Calendar.Rows) + row]) Place(agent, row, shift);
        }
    }

    /// <summary>What was published, forbidden shifts included: agent × rows + row.</summary>
    public DayCell[] Published { get; }

    /// <summary>What of it can stay as far as each shift by itself goes; breaks that a rule forbids are put where they may lie.</summary>
    public DayCell[] Kept { get; }

    /// <summary>Shifts that cannot stay.</summary>
    public IReadOnlyList<Dropped> Dropped => _dropped;

    /// <summary>Shifts that were made by hand and are no template's: they can stay as they are or go, not move.</summary>
    public IReadOnlyList<RosterShift> Handmade => _handmade;

    private void Place(int agent, int row, RosterShift shift)
    {
        var at = (agent * _compiled.Calendar.Rows) + row;
        if (!Express(agent, row, shift, out var cell))
        {
            if (_compiled.Problem.Agents[agent].TimeOff.Any(o => o.Start < shift.End && shift.Start < o.End))
            {
                _dropped.Add(new Dropped(agent, row, shift, Blocker.TimeOff, null));
            }
            else
            {
                _handmade.Add(shift);
            }

            return;
        }

        Published[at] = cell;
        var patterns = _compiled.Eligibility.Patterns(agent, cell);
        if (!_compiled.Eligibility.IsAllowed(agent, cell.Variant) || patterns.Length == 0)
        {
            _dropped.Add(
                new Dropped(
                    agent, row, shift, _compiled.Eligibility.WhyNot(agent, cell.Variant),
                    patterns.Length > 0 ? null : _compiled.Eligibility.Forbids(agent, cell)));
            return;
        }

        Kept[at] = Array.IndexOf(patterns, (int)cell.Pattern) >= 0 ? cell
            : _compiled.Start.Place(at, _compiled.Cell(cell.Variant, cell.Group, cell.Other, cell.Blocks, Nearest(cell, patterns)));
    }

    // The variant, groups and break pattern that are this shift to the minute.
    private bool Express(int agent, int row, RosterShift shift, out DayCell cell)
    {
        cell = default;
        var (calendar, shifts) = (_compiled.Calendar, _compiled.Shifts);
        var template = shifts.Find(shift.Template);
        if (template < 0) return false;
        var work = shift.Activities.Where(a => a.Kind == ActivityKinds.Work).ToArray();
        int[] groups = [.. work.Select(a => _compiled.Skills.Find(a.Group!)).Distinct()];
        if (groups.Length is 0 or > 2 || Array.Exists(groups, g => Array.IndexOf(_compiled.Skills.GroupsOn(agent, template), g) < 0)) return false;
        var (start, end) = (calendar.Minute(shift.Start), calendar.Minute(shift.End));
        for (var k = 0; k < shifts.StartCounts[template]; k++)
        {
            var variant = shifts.At(template, k, row);
            if (variant == 0 || shifts[variant].Start != start || shifts[variant].End != end || shifts[variant].Work != (int)shift.Paid.TotalMinutes) continue;
            var pauses = shift.Activities.Where(a => a.Kind != ActivityKinds.Work)
                .Select(a => new BreakPlacement((short)(calendar.Minute(a.Start) - start), (short)(a.End - a.Start).TotalMinutes, a.Kind)).ToArray();
            var pattern = Array.FindIndex(shifts.Patterns[shifts[variant].Shape], p => p.AsSpan().SequenceEqual(pauses));
            if (pattern < 0 || !Blocks(shifts.Blocks[shifts[variant].Shape][pattern], start, work, groups, out var blocks)) return false;
            cell = _compiled.Start.Place((agent * calendar.Rows) + row, _compiled.Cell(variant, groups[0], groups[^1], blocks, pattern));
            return true;
        }

        return false;
    }

    // Which blocks serve the second of two groups; false where one block serves both.
    private bool Blocks(WorkBlock[] all, int start, ShiftActivity[] work, int[] groups, out byte blocks)
    {
        blocks = 0;
        if (groups.Length == 1) return true;
        if (all.Length > WorkBlock.Most || all.Length != work.Length) return false;
        for (var block = 0; block < all.Length; block++)
        {
            if (_compiled.Calendar.Minute(work[block].Start) != start + all[block].From) return false;
            if (_compiled.Skills.Find(work[block].Group!) == groups[1]) blocks |= (byte)(1 << block);
        }

        return true;
    }

    private int Nearest(in DayCell cell, int[] patterns)
    {
        var all = _compiled.Shifts.Patterns[_compiled.Shifts[cell.Variant].Shape];
        var was = all[cell.Pattern];
        return patterns.MinBy(p => all[p].Zip(was, (a, b) => Math.Abs(a.From - b.From)).Sum());
    }
}
