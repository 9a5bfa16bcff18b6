using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>What moves toward a gap have in common, in the search and in repairs: a shift over it, and a day given up for it.</summary>
internal static class GapMoves
{
    /// <summary>Draws before a move gives up.</summary>
    public const int Looks = 6;

    /// <summary>Draws a shift of the agent over an interval, in a group.</summary>
    /// <param name="compiled">The problem.</param>
    /// <param name="random">The generator.</param>
    /// <param name="agent">Somebody with the skill.</param>
    /// <param name="row">The day on which the shift starts.</param>
    /// <param name="group">Group of the gap.</param>
    /// <param name="interval">Interval of the gap.</param>
    /// <param name="earliest">Minute before which no shift may start.</param>
    /// <param name="cell">The shift.</param>
    /// <returns>False when none was found in a few draws.</returns>
    public static bool Cover(CompiledProblem compiled, ref RosterRandom random, int agent, int row, int group, int interval, int earliest, out DayCell cell)
    {
        cell = default;
        var variants = compiled.Eligibility.On(agent, row);
        if (variants.Length == 0) return false;
        var minute = interval * compiled.Calendar.IntervalMinutes;
        for (var look = 0; look < Looks; look++)
        {
            var variant = variants[random.Below(variants.Length)];
            var shift = compiled.Shifts[variant];
            if (!compiled.CountsShifts(group) && (shift.Start > minute || shift.End <= minute)) continue;
            if (!InGroup(compiled, ref random, agent, variant, group, earliest, out cell)) continue;
            if (cell.Blocks == 0 || compiled.Shifts.BlockAt(cell, minute) is var block && (block < 0 || cell.GroupOf(block) == group)) return true;
        }

        return false;
    }

    /// <summary>Somebody at work then on another group serves that of the gap until the next break.</summary>
    /// <param name="compiled">The problem.</param>
    /// <param name="random">The generator.</param>
    /// <param name="agent">Somebody with the skill.</param>
    /// <param name="model">The shift.</param>
    /// <param name="group">Group of the gap.</param>
    /// <param name="interval">Interval of the gap.</param>
    /// <param name="cell">The shift after that.</param>
    /// <returns>False when the shift does not work then, or may not serve the group there.</returns>
    public static bool Lend(CompiledProblem compiled, ref RosterRandom random, int agent, in DayCell model, int group, int interval, out DayCell cell)
    {
        cell = default;
        if (model.Variant <= 0 || model.Variant >= compiled.Shifts.FirstPinned) return false;
        if (Array.IndexOf(compiled.Skills.GroupsOn(agent, model.Template), group) < 0) return false;
        var block = compiled.Shifts.BlockAt(model, interval * compiled.Calendar.IntervalMinutes);
        return block >= 0 && CellChoice.Regroup(compiled, ref random, agent, model, block, group, out cell);
    }

    /// <summary>The shift in a group, when the agent may work it there and it does not start too early.</summary>
    public static bool InGroup(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, int group, int earliest, out DayCell cell)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        cell = default;
        return shift.Start >= earliest && Array.IndexOf(compiled.Skills.GroupsOn(agent, shift.Template), group) >= 0
            && CellChoice.InGroup(compiled, ref random, agent, variant, group, out cell);
    }

    /// <summary>Another working day of the same week that may become free, so that the hours stay as they are; -1 when there is none.</summary>
    public static int GivenUp(CompiledProblem compiled, ref RosterRandom random, ReadOnlySpan<DayCell> days, int agent, int row)
    {
        var calendar = compiled.Calendar;
        var (start, end) = calendar.OpenDays(calendar.Week(row));
        var length = end - start;
        var at = random.Below(length);
        for (var k = 0; k < length; k++)
        {
            var other = start + ((at + k) % length);
            if (other != row && days[other].IsWorking && !compiled.Start.Pinned[(agent * calendar.Rows) + other]) return other;
        }

        return -1;
    }
}
