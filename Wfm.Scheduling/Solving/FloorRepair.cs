using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving;

/// <summary>Takes shifts away until every minimum run holds: the last word when a search was stopped early.</summary>
/// <remarks>Minimum hours may then be missed; they are reported, not forced.</remarks>
internal static class FloorRepair
{
    public static void Apply(CompiledProblem compiled, RosterState state)
    {
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            while (Runs(compiled, state, agent) > 0 && (Remove(compiled, state, agent, 1) || Remove(compiled, state, agent, compiled.Calendar.Days)))
            {
            }
        }
    }

    private static long Runs(CompiledProblem compiled, RosterState state, int agent) => compiled.Rules(agent).Floors
        .Where(r => r is not MinimumPeriodHours).Sum(r => r.Penalize(state.Days(agent), compiled.Calendar.Offset, compiled.Calendar.Rows - 1));

    // Frees the run of days (or everything) whose loss mends most for the least cost.
    private static bool Remove(CompiledProblem compiled, RosterState state, int agent, int atLeast)
    {
        var before = Runs(compiled, state, agent);
        var (bestCost, bestFrom, bestTo) = (double.PositiveInfinity, -1, -1);
        for (var from = compiled.Calendar.Offset; from < compiled.Calendar.Rows; from++)
        {
            for (var to = from + atLeast; to <= Math.Min(compiled.Calendar.Rows, from + Math.Max(atLeast, 7)); to++)
            {
                if (!Free(compiled, state, agent, from, to)) continue;
                var mends = Runs(compiled, state, agent) < before;
                var cost = state.LastDelta;
                Undo(state);
                if (mends && cost < bestCost) (bestCost, bestFrom, bestTo) = (cost, from, to);
            }
        }

        return bestFrom >= 0 && Free(compiled, state, agent, bestFrom, bestTo);
    }

    private static bool Free(CompiledProblem compiled, RosterState state, int agent, int from, int to)
    {
        state.Begin();
        var any = false;
        for (var row = from; row < to && state.HasRoom; row++)
        {
            if (!state.At(agent, row).IsWorking || compiled.Start.Pinned[(agent * compiled.Calendar.Rows) + row]) continue;
            state.Set(agent, row, default);
            any = true;
        }

        return any && state.Try(double.PositiveInfinity);
    }

    private static void Undo(RosterState state)
    {
        var applied = state.Applied.ToArray();
        state.Begin();
        foreach (var change in applied)
        {
            state.Set(change.Agent, change.Row, change.Cell);
        }

        state.Try(double.PositiveInfinity);
    }
}
