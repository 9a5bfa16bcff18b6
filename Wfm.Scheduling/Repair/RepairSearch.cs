using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>Annealing from a cool start around what has changed, then a sweep that takes back every change that does not pay for itself.</summary>
internal sealed class RepairSearch(CompiledProblem compiled, RepairState state, RepairMoves moves, Closeness closeness)
{
    private const int CheckEvery = 1024;

    /// <summary>Days of one person that are taken back at once.</summary>
    private const int MostDays = 62;

    /// <summary>Temperatures in multiples of a missing shift: warm enough to pass through an activity change, too cool to wander.</summary>
    private const double Hot = 0.04;

    private const double Cold = 0.002;

    // A quarter of a missing head-hour: less is no reason to call somebody in.
    private readonly double _noticeable = Money.Of(compiled.Problem.Objective.UnderCost / 4);

    private static readonly double[] Exponential = [.. Enumerable.Range(0, 4096).Select(i => -Math.Log((i + 0.5) / 4096))];

    /// <summary>Searches until a limit or the cancellation; the state then holds the best roster found.</summary>
    /// <returns>Moves tried.</returns>
    public long Run(RosterRandom random, SearchBudget budget, Action<long, double> report)
    {
        var unit = compiled.Costs.TypicalShift;
        var temperature = unit * Hot;
        for (; budget.Left > 0; budget.Moves++)
        {
            if (budget.Moves % CheckEvery == 0)
            {
                if (budget.IsSpent) break;
                temperature = unit * Hot * Math.Pow(Cold / Hot, Math.Min(1, budget.Used));
                if (budget.Moves % (CheckEvery * 64) == 0) report(budget.Moves, state.BestCost);
            }

            if (moves.Propose(ref random)) state.Try(temperature * Exponential[random.Next() >> 52]);
        }

        state.RestoreBest();
        while (TakeBack())
        {
        }

        return budget.Moves;
    }

    // All changed days of a person together first, because that saves the cost of the person, then one by one.
    private bool TakeBack()
    {
        var any = false;
        var rows = compiled.Calendar.Rows;
        int[] differing = [.. state.Differing];
        Array.Sort(differing);
        foreach (var mine in differing.GroupBy(at => at / rows))
        {
            int[] days = [.. mine.Select(at => at % rows)];
            if (Back(mine.Key, days))
            {
                any = true;
                continue;
            }

            foreach (var row in days)
            {
                any |= Back(mine.Key, [row]);
            }
        }

        return any;
    }

    // A change stays only for what is needed: heads, presence, deadlines, due hours, rules. Wishes, fair shares, days off together and idle hours are
    // worth a search from scratch, and no reason to change what people were told.
    private bool Back(int agent, int[] days)
    {
        if (days.Length > MostDays || !Array.TrueForAll(days, row => moves.CanRevert(agent, row))) return false;
        var cells = Array.ConvertAll(days, row => state.At(agent, row));
        if (Put(row => closeness.Published(agent, row), 0)) return true;
        var needs = state.Needs(agent);
        if (!Put(row => closeness.Published(agent, row), double.PositiveInfinity)) return false;
        if (state.Needs(agent) is var now && now.Illegal <= needs.Illegal && now.Cost <= needs.Cost + _noticeable) return true;
        Put(row => cells[Array.IndexOf(days, row)], double.PositiveInfinity);
        return false;

        bool Put(Func<int, DayCell> cell, double threshold)
        {
            state.Begin();
            foreach (var row in days)
            {
                state.Set(agent, row, cell(row));
            }

            return state.Try(threshold);
        }
    }
}
