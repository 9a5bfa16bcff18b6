using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>Turns a variant into a cell an agent may have: a group of the agent's and breaks the rules allow.</summary>
internal static class CellChoice
{
    /// <summary>Draws group and breaks.</summary>
    public static bool Draw(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, out DayCell cell)
    {
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        cell = default;
        return groups.Length > 0 && InGroup(compiled, ref random, agent, variant, groups[groups.Length == 1 ? 0 : random.Below(groups.Length)], out cell);
    }

    /// <summary>Draws the breaks.</summary>
    public static bool InGroup(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, int group, out DayCell cell)
    {
        var patterns = compiled.Eligibility.Patterns(agent, variant, group);
        cell = patterns.Length == 0 ? default : compiled.Cell(variant, group, patterns[patterns.Length == 1 ? 0 : random.Below(patterns.Length)]);
        return patterns.Length > 0;
    }

    /// <summary>The same work for another agent or variant, with its group and breaks kept where they may be and drawn where not.</summary>
    public static bool DrawSimilar(CompiledProblem compiled, ref RosterRandom random, int agent, int variant, DayCell model, out DayCell cell)
    {
        cell = default;
        if (!compiled.Eligibility.IsAllowed(agent, variant)) return false;
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        if (Array.IndexOf(groups, (int)model.Group) < 0) return Draw(compiled, ref random, agent, variant, out cell);
        var patterns = compiled.Eligibility.Patterns(agent, variant, model.Group);
        if (compiled.Shifts[variant].Template != model.Template || Array.IndexOf(patterns, (int)model.Pattern) < 0)
        {
            return InGroup(compiled, ref random, agent, variant, model.Group, out cell);
        }

        cell = compiled.Cell(variant, model.Group, model.Pattern);
        return true;
    }
}
