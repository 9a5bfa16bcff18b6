using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>What keeps an agent from a gap.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Block(BlockReason Reason, AgentRule? Rule = null)
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
        BlockReason.OtherShiftThatDay => "Works another shift that day.",
        BlockReason.Rule => $"Every shift over it breaks {Rule!.Code} ({Rule.Source}).",
        _ => "Could, but the shift would cost more than the gap.",
    };
}

/// <summary>Tests every shift that would cover a gap for one agent, against the roster and the rules as they are.</summary>
internal sealed class AgentBlock(CompiledProblem compiled, RosterState state)
{
    private readonly Dictionary<Block, int> _found = [];

    public Block Find(int agent, int group, int minute)
    {
        if (compiled.Skills.IsOptedOut(agent, group)) return new Block(BlockReason.OptedOut);
        var day = compiled.Calendar.RowAt(minute);
        for (var row = Math.Max(0, day - 1); row <= day; row++)
        {
            ref readonly var cell = ref state.At(agent, row);
            if (cell.IsWorking && cell.Start <= minute && minute < cell.End) return new Block(AtWork(cell, minute) ? BlockReason.OnShift : BlockReason.OnBreak);
        }

        for (var row = Math.Max(compiled.Calendar.Offset, day - 1); row <= day; row++)
        {
            foreach (var variant in compiled.Shifts.DayVariants[row])
            {
                if (Reaches(variant, group, minute)) Count(Test(agent, variant, group, row));
            }
        }

        if (_found.Count == 0) return new Block(BlockReason.NoTemplate);
        if (_found.ContainsKey(new Block(BlockReason.CostsMore))) return new Block(BlockReason.CostsMore);
        return _found.MaxBy(f => (f.Key.Reason == BlockReason.NoTemplate ? 0 : 1, f.Value)).Key;
    }

    private void Count(Block block) => _found[block] = _found.GetValueOrDefault(block) + 1;

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

        var patterns = compiled.Eligibility.Patterns(agent, variant, group);
        if (patterns.Length == 0)
            return compiled.Eligibility.Forbids(agent, variant, group) is { } rule ? new Block(BlockReason.Rule, rule) : new Block(BlockReason.NoTemplate);
        if (state.At(agent, row).IsWorking) return new Block(BlockReason.OtherShiftThatDay);
        state.Begin();
        state.Set(agent, row, compiled.Cell(variant, group, patterns[0]));
        return state.FirstBrokenCap() is { } broken ? new Block(BlockReason.Rule, broken) : new Block(BlockReason.CostsMore);
    }

    private bool Reaches(int variant, int group, int minute)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        return compiled.CountsShifts(group) ? compiled.Calendar.RowAt(minute) == shift.Row : shift.Start <= minute && minute < shift.End;
    }

    private bool AtWork(in DayCell cell, int minute)
    {
        foreach (var pause in compiled.Shifts.Breaks(cell))
        {
            if (cell.Start + pause.From <= minute && minute < cell.Start + pause.From + pause.Length) return false;
        }

        return true;
    }
}
