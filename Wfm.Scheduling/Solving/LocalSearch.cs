namespace Wfm.Scheduling.Solving;

/// <summary>Simulated annealing over days and runs of days inside the space that keeps every cap (Kirkpatrick, Gelatt and Vecchi 1983).</summary>
internal sealed class LocalSearch(CompiledProblem compiled, RosterState state, BestRoster best, SearchSettings settings)
{
    private const int CheckEvery = 1024;

    private static readonly double[] Exponential = [.. Enumerable.Range(0, 4096).Select(i => -Math.Log((i + 0.5) / 4096))];

    private readonly Moves _moves = new(compiled, state);

    /// <summary>Searches until the limit or the cancellation.</summary>
    /// <returns>Moves tried.</returns>
    public long Run(RosterRandom random, long maximumMoves, Func<double>? timeUsed, Action<long, double> report, CancellationToken cancellationToken)
    {
        var unit = compiled.Costs.TypicalShift;
        var cooling = new Cooling(unit * settings.Hot, unit * settings.Cold, maximumMoves, (long)compiled.Agents * compiled.Calendar.Days, timeUsed);
        var temperature = unit * settings.Hot;
        var done = 0L;
        for (; done < maximumMoves; done++)
        {
            if (done % CheckEvery == 0)
            {
                if (cancellationToken.IsCancellationRequested) break;
                temperature = cooling.At(done);
                if (done % (CheckEvery * 256) == 0) report(done, best.Cost);
            }

            if (!_moves.Propose(ref random)) continue;
            if (state.Try(temperature * Exponential[random.Next() >> 52])) best.Note();
        }

        return done;
    }
}
