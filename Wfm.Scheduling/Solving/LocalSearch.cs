namespace Wfm.Scheduling.Solving;

/// <summary>Simulated annealing over days and runs of days inside the space that keeps every cap (Kirkpatrick, Gelatt and Vecchi 1983).</summary>
internal sealed class LocalSearch(CompiledProblem compiled, RosterState state, BestRoster best, SearchSettings settings)
{
    private const int CheckEvery = 1024;

    private readonly Moves _moves = new(compiled, state);

    /// <summary>Searches until a fraction of the budget is used.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="budget">The budget; the moves tried are noted in it.</param>
    /// <param name="end">Fraction of the budget, 1 for all of it.</param>
    /// <param name="report">Told the moves, the best cost and the head-hours now missing, now and then.</param>
    public void Run(ref RosterRandom random, SearchBudget budget, double end, Action<long, double, double> report)
    {
        var unit = compiled.Costs.TypicalShift;
        var cooling = new Cooling(unit * settings.Hot, unit * settings.Cold, budget, end, (long)compiled.Agents * compiled.Calendar.Days);
        var temperature = unit * settings.Hot;
        for (var done = 0L; ; done++)
        {
            if (done % CheckEvery == 0 || budget.Left == 0)
            {
                if (end < 1 ? budget.IsOver(end) : budget.IsSpent) break;
                temperature = cooling.At(done);
                if (done % (CheckEvery * 256) == 0) report(budget.Moves, best.Cost, state.Coverage.MissingHours());
            }

            budget.Moves++;
            if (!_moves.Propose(ref random)) continue;
            if (state.Try(temperature * random.Exponential())) best.Note();
        }
    }
}
