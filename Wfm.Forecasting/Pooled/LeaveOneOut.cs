using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting.Pooled;

/// <summary>How far each sibling would have been missed by the others, had it been as young: the honest width of a cold start.</summary>
/// <param name="Errors">Errors brought to the size of the new series.</param>
/// <param name="Rows">The same forecast by forecast, NaN where nothing was observed.</param>
/// <param name="Wapes">By sibling: Σ|y−ŷ| ÷ Σy.</param>
/// <param name="Spread">How the siblings' counts scatter about these forecasts.</param>
internal sealed record LeaveOneOut(IReadOnlyList<BacktestError> Errors, double[][] Rows, double[] Wapes, CountSpread Spread)
{
    private const int Origins = 4;
    private const double WeeksBetween = 17.0 / 7; // not whole weeks, so that weekdays vary
    private const double DefaultShapeVariance = 0.1; // a third either way: with one sibling there is none to compare it with
    private const double LeastShapeVariance = 0.001;

    /// <summary>Variances between and within series, from each sibling against the others.</summary>
    /// <param name="siblings">Siblings, at least one.</param>
    public static Kinship KinshipOf(SiblingHistory[] siblings)
    {
        var profiles = siblings.Select(s => s.ProfileAt(0)!).ToArray();
        var dispersion = Weighted(siblings, s => profiles[s].Dispersion);
        var between = siblings.Length < 2 ? DefaultShapeVariance : Weighted(siblings, s => ShapeVarianceOf(siblings, profiles, s, dispersion));
        return new Kinship(Math.Max(LeastShapeVariance, between), dispersion);
    }

    /// <summary>Forecasts every sibling at some past origins from the others and the few days before it.</summary>
    /// <param name="siblings">Siblings, at least two.</param>
    /// <param name="kinship">What they have in common.</param>
    /// <param name="ownWeeks">Weeks of history each is allowed, as many as the new series has.</param>
    /// <param name="aheadWeeks">Weeks forecast.</param>
    /// <param name="level">Mean per open slot of the new series.</param>
    /// <param name="options">What the caller knows.</param>
    /// <param name="phaseOf">Phase of a slot of the week.</param>
    /// <param name="seed">Seed of the errors of stated expectations.</param>
    public static LeaveOneOut Run(
        SiblingHistory[] siblings, Kinship kinship, double ownWeeks, double aheadWeeks, double level, ColdStartOptions options,
        Func<int, int> phaseOf, int seed)
    {
        var cases = new List<Case>();
        var random = new PortableRandom(seed, 0);
        for (var s = 0; s < siblings.Length; s++)
        {
            for (var k = 0; k < Origins; k++)
            {
                var perceived = options.ExpectedPerWeek is null ? 0 : options.ExpectedError * random.NextNormal();
                if (Forecast(siblings, kinship, s, ownWeeks, aheadWeeks, aheadWeeks + (k * WeeksBetween), options, perceived) is { } made)
                {
                    cases.Add(made);
                }
            }
        }

        return Collect(cases, siblings, level, phaseOf);
    }

    private static Case? Forecast(
        SiblingHistory[] siblings, Kinship kinship, int index, double ownWeeks, double aheadWeeks, double weeksBack, ColdStartOptions options, double perceived)
    {
        var target = siblings[index];
        var others = siblings.Where((_, j) => j != index).Select(o => (Similarity: Similarity.Of(
                target.Member.Attributes, o.Member.Attributes, options.AttributeWeights), Profile: o.ProfileAt(weeksBack)))
            .Where(o => o.Profile is not null).ToArray();
        var truth = target.ProfileAt(weeksBack) ?? target.ProfileAt(0);
        if (others.Length == 0 || target.Weeks < weeksBack - 1e-9 || truth is null)
        {
            return null;
        }

        var profiles = others.Select(o => o.Profile!).ToArray();
        double[] similarity = [.. others.Select(o => o.Similarity)];
        var belief = options.ExpectedPerWeek is null
            ? LevelBelief.OfSiblings(profiles, similarity)
            : new LevelBelief(Math.Log(Math.Max(truth.Level, 1e-6)) + perceived, options.ExpectedError * options.ExpectedError);
        var open = truth.Open;
        var week = BorrowedWeek.Learn(target.Stretch(weeksBack, ownWeeks), open, profiles, similarity, belief, kinship);
        var level = week.Mean.Sum() / Math.Max(1, open.Count(o => o));
        return new Case(index, level, [.. target.Ahead(weeksBack, aheadWeeks).Select(a => (a.SlotOfWeek, week.Mean[a.SlotOfWeek], a.Observed))]);
    }

    /// <summary>Errors at the size of the new series: a standard error of counts with the dispersion seen stays one.</summary>
    private static LeaveOneOut Collect(List<Case> cases, SiblingHistory[] siblings, double level, Func<int, int> phaseOf)
    {
        var relative = cases.Count == 0 ? 0 : cases.Average(c => c.RelativeVariance);
        var perDay = siblings.Length == 0 ? 1 : Math.Max(1, siblings[0].ProfileAt(0)!.Open.Length / 7);
        var (errors, rows) = (new List<BacktestError>(), new List<double[]>());
        foreach (var made in cases)
        {
            var row = new double[made.Steps.Length];
            for (var h = 0; h < row.Length; h++)
            {
                var (slot, forecast, actual) = made.Steps[h];
                row[h] = double.NaN;
                if (double.IsNaN(actual))
                {
                    continue;
                }

                var scaled = forecast * level / Math.Max(made.Level, 1e-12);
                row[h] = (actual - forecast) / Deviation(forecast, relative) * Deviation(scaled, relative);
                errors.Add(new BacktestError(rows.Count, h, phaseOf(slot), scaled, scaled + row[h], (rows.Count * 1000) + (h / perDay)));
            }

            rows.Add(row);
        }

        return new LeaveOneOut(
            errors, [.. rows], [.. siblings.Select((_, s) => WapeOf(cases.Where(c => c.Sibling == s)))], SpreadOf(cases, siblings, level));
    }

    /// <summary>Scatter of the siblings' counts; those of about the size of the new series say most.</summary>
    private static CountSpread SpreadOf(List<Case> cases, SiblingHistory[] siblings, double level)
    {
        double Weight(Case made)
        {
            var apart = Math.Log(Math.Max(made.Level, 1e-6) / Math.Max(level, 1e-6));
            return siblings[made.Sibling].Similarity / (1 + (apart * apart)); // half for one that is e times as large
        }

        return CountSpread.Learn([.. cases.Select(c => (Case: c, Weight: Weight(c))).SelectMany(c => c.Case.Steps.Where(step => !double.IsNaN(step.Actual))
            .Select(step => (step.Forecast, step.Actual, c.Weight)))]);
    }

    private static double Deviation(double mean, double relativeVariance) => Math.Sqrt(Math.Max(mean + (relativeVariance * mean * mean), 1e-12));

    private static double WapeOf(IEnumerable<Case> cases)
    {
        var steps = cases.SelectMany(c => c.Steps).Where(step => !double.IsNaN(step.Actual)).ToArray();
        var volume = steps.Sum(step => step.Actual);
        return volume > 0 ? steps.Sum(step => Math.Abs(step.Actual - step.Forecast)) / volume : 0;
    }

    private static double ShapeVarianceOf(SiblingHistory[] siblings, WeekProfile[] profiles, int index, double dispersion)
    {
        var own = profiles[index];
        var others = Enumerable.Range(0, siblings.Length).Where(j => j != index).ToArray();
        double[] similarity = [.. others.Select(j => siblings[j].Similarity)];
        var otherProfiles = others.Select(j => profiles[j]).ToArray();
        var open = own.Open;
        var shape = BorrowedWeek.Learn(
            new OwnWeeks(open.Length), open, otherProfiles, similarity, new LevelBelief(0, 1), new Kinship(0, dispersion)).Shape;
        var (squares, size) = (0.0, 0.0);
        for (var i = 0; i < open.Length; i++)
        {
            if (open[i])
            {
                var noise = ((own.Shape[i] / Math.Max(own.Level, 1e-6)) + (dispersion * own.Shape[i] * own.Shape[i])) / own.Weeks;
                squares += ((own.Shape[i] - shape[i]) * (own.Shape[i] - shape[i])) - noise;
                size += shape[i] * shape[i];
            }
        }

        return size > 0 ? Math.Max(0, squares / size) : 0;
    }

    private static double Weighted(SiblingHistory[] siblings, Func<int, double> value) =>
        Enumerable.Range(0, siblings.Length).Sum(s => siblings[s].Similarity * value(s)) / siblings.Sum(s => s.Similarity);

    private sealed record Case(int Sibling, double Level, (int Slot, double Forecast, double Actual)[] Steps)
    {
        /// <summary>Variance of the errors beyond that of counts, relative to the squared forecast.</summary>
        public double RelativeVariance
        {
            get
            {
                var known = Steps.Where(step => !double.IsNaN(step.Actual)).ToArray();
                var size = known.Sum(step => step.Forecast * step.Forecast);
                var excess = known.Sum(step => ((step.Actual - step.Forecast) * (step.Actual - step.Forecast)) - step.Forecast);
                return size > 0 ? Math.Max(0, excess / size) : 0;
            }
        }
    }
}
