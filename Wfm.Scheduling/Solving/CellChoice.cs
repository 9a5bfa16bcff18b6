using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>Turns a variant into a cell an agent may have: groups of the agent's and breaks the rules allow.</summary>
internal static class CellChoice
{
    /// <summary>Draws group and breaks.</summary>
    public static bool Draw(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, out DayCell cell)
    {
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        cell = default;
        return groups.Length > 0 && InGroup(compiled, ref random, agent, variant, groups[groups.Length == 1 ? 0 : random.Below(groups.Length)], out cell);
    }

    /// <summary>Draws the breaks; where a whole shift on the group is forbidden, also the blocks of it that serve another.</summary>
    public static bool InGroup(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, int group, out DayCell cell)
    {
        var patterns = compiled.Eligibility.Patterns(agent, variant, group);
        if (patterns.Length == 0) return Mixed(compiled, ref random, agent, variant, group, out cell);
        cell = compiled.Cell(variant, group, Any(ref random, patterns));
        return true;
    }

    /// <summary>Draws other breaks; every block keeps its group.</summary>
    public static bool Rebreak(CompiledProblem compiled, ref RosterRandom random, int agent, in DayCell model, out DayCell cell)
    {
        var patterns = compiled.Eligibility.Patterns(agent, model);
        cell = patterns.Length == 0 ? default : compiled.Cell(model.Variant, model.Group, model.Other, model.Blocks, Any(ref random, patterns));
        return patterns.Length > 0;
    }

    /// <summary>Gives a block another group. A shift serves two at most: a third takes the place of the block's own in all of its blocks. Where a limit leaves
    /// no room for one block more, another gives the group up. Breaks stay where they may be.</summary>
    public static bool Regroup(CompiledProblem compiled, ref RosterRandom random, int agent, in DayCell model, int block, int group, out DayCell cell)
    {
        cell = default;
        var (count, bit) = (compiled.Shifts.BlocksOf(model).Length, 1 << block);
        if (group == model.GroupOf(block) || count > WorkBlock.Most) return false;
        var wish = new BlockGroups(model.Group, model.Blocks == 0 ? group : model.Other, model.Blocks);
        if (group == wish.Main) wish = wish with { Blocks = wish.Blocks & ~bit };
        else if (group == wish.Other) wish = wish with { Blocks = wish.Blocks | bit };
        else if ((wish.Blocks & bit) != 0) wish = wish with { Other = group };
        else wish = wish with { Main = group };
        var (found, patterns) = (wish, wish.Patterns(compiled, agent, model.Variant, count));
        for (var step = 1; step < count && patterns.Length == 0; step++)
        {
            var other = (block + step) % count;
            if ((wish.Blocks >> other & 1) != (wish.Blocks >> block & 1)) continue;
            found = wish with { Blocks = wish.Blocks ^ (1 << other) };
            patterns = found.Patterns(compiled, agent, model.Variant, count);
        }

        if (patterns.Length == 0) return false;
        found = found.Ordered(count);
        var pattern = Array.IndexOf(patterns, (int)model.Pattern) >= 0 ? model.Pattern : Any(ref random, patterns);
        cell = compiled.Cell(model.Variant, found.Main, found.Other, (byte)found.Blocks, pattern);
        return true;
    }

    /// <summary>The same work for another agent or variant, with its groups and breaks kept where they may be and drawn where not.</summary>
    public static bool DrawSimilar(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, DayCell model, out DayCell cell)
    {
        cell = default;
        if (!compiled.Eligibility.IsAllowed(agent, variant)) return false;
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        if (Array.IndexOf(groups, (int)model.Group) < 0) return Draw(compiled, ref random, agent, variant, out cell);
        var patterns = model.Blocks == 0 ? compiled.Eligibility.Patterns(agent, variant, model.Group)
            : Array.IndexOf(groups, (int)model.Other) < 0 ? []
            : compiled.Eligibility.Mixed(agent, variant, model.Group, model.Other).Patterns(model.Blocks);
        if (compiled.Shifts[variant].Template != model.Template || Array.IndexOf(patterns, (int)model.Pattern) < 0)
        {
            return InGroup(compiled, ref random, agent, variant, model.Group, out cell);
        }

        cell = compiled.Cell(variant, model.Group, model.Other, model.Blocks, model.Pattern);
        return true;
    }

    // Some blocks of a group, the others of another group of the agent's.
    private static bool Mixed(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, int group, out DayCell cell)
    {
        cell = default;
        var groups = compiled.Eligibility.MixesAny ? compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template) : [];
        if (groups.Length < 2) return false;
        var drawn = Any(ref random, groups);
        var (first, second) = random.Below(2) == 0 ? (group, drawn) : (drawn, group);
        var mixed = compiled.Eligibility.Mixed(agent, variant, first, second);
        if (mixed.IsEmpty)
        {
            (first, second) = (second, first);
            mixed = compiled.Eligibility.Mixed(agent, variant, first, second);
        }

        if (mixed.IsEmpty) return false;
        var blocks = mixed.Blocks[random.Below(mixed.Blocks.Length)];
        cell = compiled.Cell(variant, first, second, blocks, Any(ref random, mixed.Patterns(blocks)));
        return true;
    }

    private static int Any(ref RosterRandom random, int[] values) => values[values.Length == 1 ? 0 : random.Below(values.Length)];

    /// <summary>The groups of the blocks of a shift: a bit for each that serves the other.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct BlockGroups(int Main, int Other, int Blocks)
    {
        /// <summary>The same with the first block on the main group.</summary>
        public BlockGroups Ordered(int count) => (Blocks & 1) == 0 ? this : new BlockGroups(Other, Main, ((1 << count) - 1) & ~Blocks);

        /// <summary>Break patterns that rules leave to it.</summary>
        public int[] Patterns(CompiledProblem compiled, int agent, int variant, int count)
        {
            var (main, other, blocks) = Ordered(count);
            return blocks == 0 ? compiled.Eligibility.Patterns(agent, variant, main)
                : compiled.Eligibility.Mixed(agent, variant, main, other).Patterns(blocks);
        }
    }
}
