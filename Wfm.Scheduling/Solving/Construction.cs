using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>The first roster: week by week, agent by agent, the shift that lowers the cost most, until none does. Every cap holds throughout.</summary>
internal sealed class Construction(CompiledProblem compiled, RosterState state, RosterRandom random)
{
    private const int TriesPerDay = 10;

    private RosterRandom _random = random;

    public RosterRandom Build(SearchBudget budget)
    {
        var order = Enumerable.Range(0, compiled.Agents).ToArray();
        for (var week = compiled.Calendar.Week(compiled.Calendar.Offset); week <= compiled.Calendar.LastWeek; week++)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                var j = _random.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }

            foreach (var agent in order)
            {
                if (budget.IsStopped) return _random;
                while (AddBest(agent, week))
                {
                }
            }
        }

        return _random;
    }

    private bool AddBest(int agent, int week)
    {
        var (best, bestRow) = (default(DayCell), -1);
        var lowest = 0.0;
        var (from, to) = compiled.Calendar.OpenDays(week);
        for (var row = from; row < to; row++)
        {
            if (state.At(agent, row).IsWorking) continue;
            var variants = compiled.Eligibility.On(agent, row);
            for (var k = 0; k < Math.Min(TriesPerDay, variants.Length); k++)
            {
                var variant = variants[variants.Length <= TriesPerDay ? k : _random.Below(variants.Length)];
                if (!CellChoice.Draw(compiled, ref _random, agent, variant, out var cell)) continue;
                state.Begin();
                state.Set(agent, row, cell);
                if (!state.Try(double.NegativeInfinity) && state.LastDelta < lowest) (lowest, best, bestRow) = (state.LastDelta, cell, row);
            }
        }

        if (bestRow < 0) return false;
        state.Begin();
        state.Set(agent, bestRow, best);
        return state.Try(double.PositiveInfinity);
    }
}
