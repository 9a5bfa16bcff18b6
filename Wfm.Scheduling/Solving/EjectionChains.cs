using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>Moves that pass shifts on from agent to agent (Burke and Curtois 2014): somebody covers a gap, somebody else takes what that ejects, and so
/// on.</summary>
/// <remarks>
/// An agent who works already on the day of a shift ejects it; one who is free gives up another day for it, or works a day more. A chain ends when
/// nothing is ejected, or at its last link, which nobody takes over. It is one move: what lies between need not be any good.
/// </remarks>
internal sealed class EjectionChains(CompiledProblem compiled, RosterState state, Targets targets)
{
    private const int MostLinks = 5;

    private readonly int[] _linked = new int[MostLinks];

    /// <summary>Proposes a chain.</summary>
    /// <returns>False when fewer than two agents take part.</returns>
    public bool Propose(ref RosterRandom random)
    {
        if (!targets.Draw(ref random, out var agent, out var row, out var cell)) return false;
        var links = 0;
        while (Link(ref random, agent, cell, ref row, out var ejected))
        {
            _linked[links++] = agent;
            if (!ejected.IsWorking) break;
            if (links == MostLinks || !Next(ref random, ejected, row, links, out agent, out cell)) break;
        }

        return links > 1;
    }

    // Gives an agent a shift; what that ejects, and on which day.
    private bool Link(ref RosterRandom random, int agent, in DayCell cell, ref int row, out DayCell ejected)
    {
        ejected = state.At(agent, row);
        if (compiled.Start.Pinned[(agent * compiled.Calendar.Rows) + row]) return false;
        state.Set(agent, row, cell);
        if (ejected.IsWorking || random.Below(3) == 0) return true;
        var other = GapMoves.GivenUp(compiled, ref random, state.Days(agent), agent, row);
        if (other < 0) return true;
        ejected = state.At(agent, other);
        state.Set(agent, other, default);
        row = other;
        return true;
    }

    // Somebody who may take over an ejected shift.
    private bool Next(ref RosterRandom random, in DayCell ejected, int row, int links, out int agent, out DayCell cell)
    {
        var skilled = compiled.Skills.Skilled[ejected.Group];
        (agent, cell) = (-1, default);
        if (ejected.Variant <= 0 || ejected.Variant >= compiled.Shifts.FirstPinned) return false;
        for (var look = 0; look < GapMoves.Looks; look++)
        {
            agent = skilled[random.Below(skilled.Length)];
            if (Array.IndexOf(_linked, agent, 0, links) >= 0 || state.At(agent, row).Variant == ejected.Variant) continue;
            if (CellChoice.DrawSimilar(compiled, ref random, agent, ejected.Variant, ejected, out cell)) return true;
        }

        return false;
    }
}
