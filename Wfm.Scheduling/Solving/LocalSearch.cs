using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>Simulated annealing over days and runs of days inside the space that keeps every cap (Kirkpatrick, Gelatt and Vecchi 1983).</summary>
internal sealed class LocalSearch(CompiledProblem compiled, RosterState state, BestRoster best)
{
    private const int CheckEvery = 1024;

    private static readonly double[] Exponential = [.. Enumerable.Range(0, 4096).Select(i => -Math.Log((i + 0.5) / 4096))];

    private readonly Moves _moves = new(compiled, state);

    /// <summary>Searches until the limit or the cancellation.</summary>
    /// <returns>Moves tried.</returns>
    public long Run(RosterRandom random, long maximumMoves, Func<double>? timeUsed, Action<long, double> report, CancellationToken cancellationToken)
    {
        var unit = TypicalCost();
        var cooling = new Cooling(unit, unit / 400, maximumMoves, 150L * compiled.Agents * compiled.Calendar.Days, timeUsed);
        var temperature = unit;
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

    // What missing one head for an hour costs, averaged over the demand.
    private double TypicalCost()
    {
        var (weight, sum) = (0.0, 0.0);
        for (var k = 0; k < compiled.Costs.Required.Length; k++)
        {
            weight += compiled.Costs.Required[k];
            sum += compiled.Costs.Required[k] * compiled.Costs.Under[k];
        }

        return weight > 0 ? sum / weight * Money.HeadHour : Money.Unit;
    }
}
