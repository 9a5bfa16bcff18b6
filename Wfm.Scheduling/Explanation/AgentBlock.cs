using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>What keeps an agent from a gap.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Rule">The rule, when it is one.</param>
/// <param name="Fixed">The shift behind it, when that is one that no search can move: of before or after the period, of another hub, or pinned.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Block(BlockReason Reason, AgentRule? Rule = null, (int Start, int End)? Fixed = null)
{
    public string Words() => Reason switch
    {
        BlockReason.OnShift => "Already at work then.",
        BlockReason.OnBreak => "On a break of the shift then.",
        BlockReason.OptedOut => "Opted out of the group.",
        BlockReason.NotEmployed => "Not employed then.",
        BlockReason.TimeOff => "On leave.",
        BlockReason.Unavailable => "Outside the availability.",
        BlockReason.Pinned => "The day is pinned.",
        BlockReason.NoTemplate => "No shift template of the contract reaches it.",
        BlockReason.BeginsBefore => "The shifts that reach it begin on the day before the roster: begin it a day earlier, or say who worked then.",
        BlockReason.OtherShiftThatDay => "Works another shift that day.",
        BlockReason.Rule => $"Every shift over it breaks {Rule!.Code} ({Rule.Source}).",
        _ => "Could, but the shift would cost more than the gap.",
    };
}

/// <summary>Tests every shift that would cover a gap for one agent, against the roster and the rules as they are.</summary>
internal sealed class AgentBlock(CompiledProblem compiled, RosterState state)
{
    private readonly Dictionary<Block, (int Times, int Row, int Variant)> _found = []; // with the first shift it stopped

    public Block Find(int agent, int group, int minute)
    {
        if (compiled.Skills.IsOptedOut(agent, group)) return new Block(BlockReason.OptedOut);
        var day = compiled.Calendar.RowAt(minute);
        for (var row = Math.Max(0, day - 1); row <= day; row++)
        {
            ref readonly var cell = ref state.At(agent, row);
            if (cell.IsWorking && cell.Start <= minute && minute < cell.End)
                return new Block(AtWork(cell, minute) ? BlockReason.OnShift : BlockReason.OnBreak, Fixed: Fixed(cell));
        }

        for (var row = Math.Max(compiled.Calendar.Offset, day - 1); row <= day; row++)
        {
            foreach (var variant in compiled.Shifts.DayVariants[row])
            {
                if (Reaches(variant, group, minute)) Count(Test(agent, variant, group, row), row, variant);
            }
        }

        if (_found.Count == 0) return WithoutTemplate(agent, group, minute);
        if (_found.ContainsKey(new Block(BlockReason.CostsMore))) return new Block(BlockReason.CostsMore);
        var (block, (_, at, shift)) = _found.MaxBy(f => (f.Key.Reason == BlockReason.NoTemplate ? 0 : 1, f.Value.Times));
        return block.Reason switch
        {
            BlockReason.Pinned => block with { Fixed = Fixed(state.At(agent, at)) },
            BlockReason.Rule => block with { Fixed = Behind(block.Rule!, agent, at, shift) },
            BlockReason.NoTemplate => WithoutTemplate(agent, group, minute),
            _ => block,
        };
    }

    // On the first day a shift of the day before could reach the gap. What shifts that day has is read from that day of the week in the period, where it
    // has one.
    private Block WithoutTemplate(int agent, int group, int minute)
    {
        var (calendar, row) = (compiled.Calendar, Math.Min(compiled.Calendar.Offset + 6, compiled.Calendar.End - 1));
        var later = minute + calendar.Midnight(row + 1) - calendar.Midnight(calendar.Offset);
        var begins = calendar.RowAt(minute) == calendar.Offset && !compiled.CountsShifts(group) && Array.Exists(
            compiled.Shifts.DayVariants[row],
            v => Reaches(v, group, later) && Array.IndexOf(compiled.Skills.GroupsOn(agent, compiled.Shifts[v].Template), group) >= 0
                && compiled.Eligibility.WhyNot(agent, v) != Blocker.Contract);
        return new Block(begins ? BlockReason.BeginsBefore : BlockReason.NoTemplate);
    }

    private void Count(Block block, int row, int variant) =>
        _found[block] = _found.TryGetValue(block, out var found) ? found with { Times = found.Times + 1 } : (1, row, variant);

    private (int Start, int End)? Fixed(in DayCell cell) => compiled.Shifts.Work(cell) is null ? null : (cell.Start, cell.End);

    // The nearest shift that is fixed and without which a shift on the row would keep the rule.
    private (int Start, int End)? Behind(AgentRule rule, int agent, int row, int variant)
    {
        var days = state.Days(agent).ToArray();
        int[] rows = [.. Enumerable.Range(0, days.Length).Where(r => Fixed(days[r]) is not null).OrderBy(r => Math.Abs(r - row))];
        days[row] = Place(row, compiled.Plain(variant));
        if (rows.Length == 0 || !Keeps(rows)) return null;
        var nearest = Array.FindIndex(rows, r => Keeps(r));
        return nearest < 0 ? null : Fixed(days[rows[nearest]]);

        DayCell Place(int at, in DayCell cell = default) => compiled.Start.Place((agent * compiled.Calendar.Rows) + at, cell);
        bool Keeps(params ReadOnlySpan<int> without)
        {
            DayCell[] others = [.. days];
            foreach (var at in without) others[at] = Place(at);
            return rule.Penalize(others, row, row) == 0;
        }
    }

    private Block Test(int agent, int variant, int group, int row)
    {
        if (Array.IndexOf(compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template), group) < 0) return new Block(BlockReason.NoTemplate);
        switch (compiled.Eligibility.WhyNot(agent, variant))
        {
            case Blocker.Pinned: return new Block(BlockReason.Pinned);
            case Blocker.Employment: return new Block(BlockReason.NotEmployed);
            case Blocker.Contract: return new Block(BlockReason.NoTemplate);
            case Blocker.TimeOff: return new Block(BlockReason.TimeOff);
            case Blocker.Availability: return new Block(BlockReason.Unavailable);
        }

        if (!compiled.Eligibility.First(agent, variant, group, out var cell))
        {
            return compiled.Eligibility.Forbids(agent, compiled.Cell(variant, group, 0)) is { } rule
                ? new Block(BlockReason.Rule, rule) : new Block(BlockReason.NoTemplate);
        }

        if (state.At(agent, row).IsWorking) return new Block(BlockReason.OtherShiftThatDay);
        state.Begin();
        state.Set(agent, row, cell);
        return state.FirstBrokenCap() is { } broken ? new Block(BlockReason.Rule, broken) : new Block(BlockReason.CostsMore);
    }

    private bool Reaches(int variant, int group, int minute)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        return compiled.CountsShifts(group) ? compiled.Calendar.RowAt(minute) == shift.Row : shift.Start <= minute && minute < shift.End;
    }

    private bool AtWork(in DayCell cell, int minute)
    {
        if (compiled.Shifts.Work(cell) is { Parts.Length: > 0 } work) return Array.Exists(work.Parts, p => p.From <= minute && minute < p.To);
        foreach (var pause in compiled.Shifts.Breaks(cell))
        {
            if (cell.Start + pause.From <= minute && minute < cell.Start + pause.From + pause.Length) return false;
        }

        return true;
    }
}
