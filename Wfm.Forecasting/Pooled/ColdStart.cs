using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting.Pooled;

/// <summary>Forecasts a series with little history or none: its own level, as far as known, times a week borrowed from similar series.</summary>
/// <remarks>
/// Siblings are weighed by the attributes they share and by how well their shape fits what has come so far; own observations take over slot by
/// slot as they outweigh the noise. The width is that of the errors the same procedure makes on each sibling when only the others and as few
/// days of its own are known, level included; of counts that of a negative binomial distribution which fits those errors best, so that quantiles are
/// whole numbers (<see cref="CountSpread"/>). Events of the horizon do what they did to the siblings (<see cref="ForecastOptions.SiblingEffects"/>).
/// </remarks>
public static class ColdStart
{
    /// <summary>Prefix of the siblings among the models of a forecast.</summary>
    private const string ModelPrefix = "sibling:";

    private const double LongestWeeksTested = 4;

    /// <summary>Forecasts.</summary>
    /// <param name="series">The series; its history may be empty, its start is then the start of the forecast.</param>
    /// <param name="siblings">Series to borrow from, on grids of the same interval; those with under two weeks of history are left out.</param>
    /// <param name="horizon">Steps, at least 1.</param>
    /// <param name="options">What else is known.</param>
    /// <param name="cancellationToken">Checked between siblings.</param>
    /// <returns>A whole forecast, without a back-test of its own; its models are the siblings with their weight and the error they were missed by.</returns>
    /// <exception cref="ForecastDataException">No sibling can be learned from, or an observation is negative.</exception>
    /// <exception cref="ArgumentException">Intervals differ, or an option is out of range.</exception>
    public static SeriesForecast Forecast(
        PoolMember series, IReadOnlyList<PoolMember> siblings, int horizon, ColdStartOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(siblings);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        series.Options.Validate();
        options.Validate();
        PoolGuard.SameInterval([series, .. siblings]);
        var chosen = Choose(series, siblings, options, cancellationToken);
        var own = new NewSeries(series, horizon, chosen);
        var profiles = chosen.Select(s => s.ProfileAt(0)!).ToArray();
        double[] similarity = [.. chosen.Select(s => s.Similarity)];
        var belief = options.ExpectedPerWeek is { } expected
            ? new LevelBelief(Math.Log(expected / own.OpenPerWeek), options.ExpectedError * options.ExpectedError)
            : LevelBelief.OfSiblings(profiles, similarity);
        var kinship = LeaveOneOut.KinshipOf(chosen);
        var week = BorrowedWeek.Learn(own.Week, own.Open, profiles, similarity, belief, kinship);
        var level = week.Mean.Sum() / own.OpenPerWeek;
        var ahead = Math.Min(LongestWeeksTested, Math.Max(1.0 / 7, own.WeeksAhead));
        var missed = LeaveOneOut.Run(
            chosen, kinship, own.Week.Count / (double)own.OpenPerWeek, ahead, level, options, own.PhaseOf, series.Options.Seed);
        return Assemble(series, horizon, own, week, level, chosen, missed);
    }

    private static SiblingHistory[] Choose(
        PoolMember series, IReadOnlyList<PoolMember> siblings, ColdStartOptions options, CancellationToken cancellationToken)
    {
        var chosen = new List<SiblingHistory>();
        foreach (
            var (member, similarity) in siblings.Select(s => (Member: s, Similarity: Similarity.Of(series.Attributes, s.Attributes, options.AttributeWeights)))
                .OrderByDescending(s => s.Similarity))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chosen.Count < options.MaximumSiblings && SiblingHistory.Of(member, similarity) is { } history)
            {
                chosen.Add(history);
            }
        }

        return chosen.Count > 0 ? [.. chosen] : throw new ForecastDataException(
            $"'{series.Name}' has too little history, and none of its {siblings.Count} siblings has the two weeks it could borrow from.");
    }

    private static SeriesForecast Assemble(
        PoolMember series, int horizon, NewSeries own, BorrowedWeek week, double level, SiblingHistory[] siblings, LeaveOneOut missed)
    {
        var levels = series.Options.QuantileLevels;
        var counts = own.IsCounts && Array.TrueForAll(siblings, s => s.IsCounts);
        var limits = new Marginals(levels, nonNegative: true, counts);
        var errors = missed.Errors.Count > 0 ? missed.Errors : BacktestErrors.Assumed([], level);
        var distribution = ErrorQuantiles.Learn(errors, own.Phases, inTime: false); // an origin is a sibling here
        var writer = limits.With(distribution);
        var counting = new NegativeBinomialQuantiles(levels);
        var (mean, closed, column) = (new double[horizon], new bool[horizon], new double[levels.Length]);
        var quantiles = levels.Select(_ => new double[horizon]).ToArray();
        for (var h = 0; h < horizon; h++)
        {
            var slot = own.SlotOfWeekAt(h);
            closed[h] = !own.Open[slot];
            if (closed[h])
            {
                continue;
            }

            mean[h] = week.Mean[slot];
            if (counts && missed.Errors.Count > 0)
            {
                counting.Write(mean[h], missed.Spread.VarianceOf(mean[h]), column);
            }
            else
            {
                writer.Write(mean[h], h, own.PhaseOf(slot), column);
            }

            for (var k = 0; k < levels.Length; k++)
            {
                quantiles[k][h] = column[k];
            }
        }

        var effects = new EventEffects([], EventPooling.Shrink([], series.Options.SiblingEffects), []);
        var events = EventApplication.Apply(series.History, series.Options, effects, new Bounds(NonNegative: true, counts), mean, quantiles);
        var models = siblings.Select((s, i) => new ModelWeight($"{ModelPrefix} {s.Member.Name}", week.Weights[i], missed.Wapes[i], null));
        return new SeriesForecast(
            series.History.End, series.History.Grid, mean, [.. levels], quantiles, DependenceOf(missed, own, distribution),
            [.. models.OrderByDescending(m => m.Weight)], BacktestReport.Untested, CleansingReport.Nothing, series.Options.Seed)
        {
            Closed = Array.Exists(closed, c => c) ? closed : [],
            IsCounts = counts,
            EventEffects = effects.All,
            EventFactors = events.Factors,
            EventShares = events.Shares,
        };
    }

    private static PathDependence DependenceOf(LeaveOneOut missed, NewSeries own, ErrorQuantiles distribution)
    {
        if (missed.Errors.Count == 0)
        {
            return new PathDependence(0.5, 0.5, 0.9); // one sibling: what is not known is mostly the level, which days share
        }

        var rows = missed.Rows.Select(row => row.ToArray()).ToArray();
        var scales = missed.Rows.Select(row => new double[row.Length]).ToArray();
        foreach (var error in missed.Errors)
        {
            rows[error.Origin][error.Step] = error.Actual - error.Forecast;
            scales[error.Origin][error.Step] = distribution.ScaleOf(error.Forecast, error.Step, error.Phase);
        }

        return DependenceEstimator.Estimate(rows, scales, own.SlotsPerDay);
    }
}
