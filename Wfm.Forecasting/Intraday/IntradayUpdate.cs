using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Uncertainty;

namespace Wfm.Forecasting.Intraday;

/// <summary>The rest of today, and the days after, from what came in so far.</summary>
/// <remarks>
/// A forecast says how its steps hang together: a Gaussian copula over its own quantiles (<see cref="PathDependence"/>,
/// <see cref="SamplePaths"/>). Given the steps observed since its start, the later normal scores are normal again, with means and
/// variances from a Kalman filter; the steps' own quantiles turn them back into volumes. Nothing is fitted, so a thin queue is treated like
/// a large one. O(steps × levels), some tens of microseconds for a day.
/// <para>Where the back-test saw days without a level of their own, one day in fifty may have one all the same, which then makes up half of the variance:
/// what was observed today says how likely that is (Bayes' rule), and its level counts for the rest of the day by that probability.</para>
/// </remarks>
public static class IntradayUpdate
{
    private const double OwnLevel = 0.5; // of the variance, of a day that has a level of its own
    private const double OwnLevelChance = 0.02; // of a day, before anything was seen of it
    private const int Rounding = 1 << 24; // equally likely fractions to round by

    /// <summary>Conditions a forecast on observations.</summary>
    /// <param name="forecast">The forecast, in force before the observations were made.</param>
    /// <param name="observed">
    /// What came in the first steps of the forecast, NaN where nothing was recorded (skipped, not taken for zero). Whole numbers throughout
    /// are taken for counts.
    /// </param>
    /// <param name="firstStepOfDay">First step of today, at least 0 and at most the number of observed steps.</param>
    /// <param name="endOfDay">Step after the last of today, after <paramref name="firstStepOfDay"/>, at most the horizon.</param>
    /// <param name="end">Step after the last of the curve, from <paramref name="endOfDay"/> to the horizon.</param>
    /// <returns>The curve from the first step that was not observed yet; without observations the forecast itself.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The days do not lie inside the forecast, or more steps were observed than today has.</exception>
    /// <exception cref="ForecastDataException">An observation is infinite.</exception>
    public static IntradayForecast Update(SeriesForecast forecast, ReadOnlySpan<double> observed, int firstStepOfDay, int endOfDay, int end)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        CheckSteps(forecast.Horizon, observed.Length, firstStepOfDay, endOfDay, end);
        forecast.Dependence.Validate();
        var run = new Run(forecast, AreCounts(observed));
        run.ReadPast(observed, firstStepOfDay);
        return run.Predict(observed.Length, endOfDay, end);
    }

    /// <summary>Possible courses of the steps that were not observed yet, with the dependence between them that the observations leave: sums over them have
    /// honest width.</summary>
    /// <inheritdoc cref="Update"/>
    /// <param name="count">Paths, at least 1.</param>
    /// <param name="seed">Same seed, same paths; more paths are the same and then some.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <returns>One row per path, one value per step from the first not observed to <paramref name="end"/>; whole numbers where the forecast counts.</returns>
    /// <remarks>The factors of the copula are drawn from what the filter knows of them, and go on from there. A step whose quantiles reach down to zero keeps
    /// the mean of the curve, as in <see cref="SamplePaths"/>.</remarks>
    public static double[][] Paths(
        SeriesForecast forecast, ReadOnlySpan<double> observed, int firstStepOfDay, int endOfDay, int end, int count, int seed,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        CheckSteps(forecast.Horizon, observed.Length, firstStepOfDay, endOfDay, end);
        forecast.Dependence.Validate();
        var run = new Run(forecast, AreCounts(observed));
        run.ReadPast(observed, firstStepOfDay);
        return run.Draw(observed.Length, end, count, seed, cancellationToken);
    }

    private static void CheckSteps(int horizon, int observed, int firstStepOfDay, int endOfDay, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstStepOfDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstStepOfDay, observed);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(endOfDay, firstStepOfDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(observed, endOfDay);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, endOfDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, horizon);
    }

    private static bool AreCounts(ReadOnlySpan<double> observed)
    {
        var counts = true;
        foreach (var value in observed)
        {
            if (double.IsInfinity(value))
            {
                throw new ForecastDataException($"An observation is {value}. Leave it out, as missing, or correct it.");
            }

            counts &= double.IsNaN(value) || value == Math.Floor(value);
        }

        return counts;
    }

    /// <summary>One update: the filter runs over the past once and over the future once.</summary>
    private sealed class Run(SeriesForecast forecast, bool counts)
    {
        private readonly double[] _scores = Array.ConvertAll(forecast.QuantileLevels, NormalDistribution.Quantile);
        private readonly double[] _column = new double[forecast.QuantileLevels.Length];
        private readonly SumDistribution _missed = new(); // steps of today that went by unseen
        private readonly SumDistribution _expected = new(); // the observed steps of today, as expected before the day
        private CopulaFilter _filter;
        private double _observedToday;
        private int _observedSteps;

        public void ReadPast(ReadOnlySpan<double> observed, int firstStepOfDay)
        {
            _filter = NewFilter(DependenceOf(observed, firstStepOfDay));
            var before = NewFilter(forecast.Dependence); // today as it was expected to be
            for (var h = 0; h < observed.Length; h++)
            {
                _filter.Advance(h);
                var step = StepAt(h);
                before.Advance(h);
                if (h >= firstStepOfDay)
                {
                    _expected.Advance(before, h);
                    ReadToday(step, before, observed[h], h);
                }

                if (!double.IsNaN(observed[h]) && !step.IsConstant)
                {
                    var score = step.ScoreOf(observed[h], counts);
                    _filter.Observe(score);
                    if (h < firstStepOfDay)
                    {
                        before.Observe(score);
                    }
                }
            }
        }

        /// <summary>The dependence that today's observations speak for: between the back-test's and that of days with a level of their own.</summary>
        private PathDependence DependenceOf(ReadOnlySpan<double> observed, int firstStepOfDay)
        {
            var usual = forecast.Dependence;
            if (usual.DayFactor >= OwnLevel || forecast.Grid.IntervalsPerDay == 1)
            {
                return usual;
            }

            var (asUsual, own) = (NewFilter(usual), NewFilter(usual with { DayFactor = OwnLevel }));
            var odds = Math.Log(OwnLevelChance / (1 - OwnLevelChance));
            for (var h = 0; h < observed.Length; h++)
            {
                asUsual.Advance(h);
                own.Advance(h);
                var step = StepAt(h);
                if (!double.IsNaN(observed[h]) && !step.IsConstant)
                {
                    var score = step.ScoreOf(observed[h], counts);
                    odds += h < firstStepOfDay ? 0 : own.LogDensity(score) - asUsual.LogDensity(score);
                    asUsual.Observe(score);
                    own.Observe(score);
                }
            }

            var probability = 1 / (1 + Math.Exp(-odds));
            return usual with { DayFactor = usual.DayFactor + (probability * (OwnLevel - usual.DayFactor)) };
        }

        private CopulaFilter NewFilter(PathDependence dependence) => new(dependence, forecast.Grid.IntervalsPerDay);

        public IntradayForecast Predict(int now, int endOfDay, int end)
        {
            var levels = forecast.QuantileLevels;
            var mean = new double[end - now];
            var quantiles = Array.ConvertAll(levels, _ => new double[end - now]);
            var rest = new SumDistribution();
            var total = _missed;
            for (var h = now; h < end; h++)
            {
                _filter.Advance(h);
                var step = StepAt(h);
                var moments = Conditioned(step, _filter, h, out mean[h - now]);
                WriteQuantiles(step, quantiles, h - now);
                if (h < endOfDay)
                {
                    rest.Advance(_filter, h);
                    rest.Add(_filter, moments, mean[h - now], step.NonNegative);
                    total.Advance(_filter, h);
                    total.Add(_filter, moments, mean[h - now], step.NonNegative);
                }
            }

            return new IntradayForecast(
                now, mean, [.. levels], quantiles, Sum(rest, 0), Sum(total, _observedToday), Rarity());
        }

        public double[][] Draw(int now, int end, int count, int seed, CancellationToken cancellationToken)
        {
            PortableRandom[] random = [.. Enumerable.Range(0, count).Select(p => new PortableRandom(seed, p))];
            var (paths, factors) = (Array.ConvertAll(random, _ => new double[end - now]), new (double Day, double Own)[count]);
            for (var h = now; h < end; h++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _filter.Advance(h);
                var step = StepAt(h);
                var moments = Conditioned(step, _filter, h, out var mean);
                var scale = step.NonNegative && _column[0] == 0 && moments.Mean > 0 ? mean / moments.Mean : 1;
                for (var p = 0; p < count; p++)
                {
                    factors[p] = h == now ? _filter.Draw(ref random[p]) : _filter.Follow(factors[p], h, ref random[p]);
                    var value = moments.Mean > 0 || !step.NonNegative ? scale * step.At(_filter.Score(factors[p].Day, factors[p].Own)) : mean;
                    paths[p][h - now] = forecast.IsCounts ? Math.Floor(value + (random[p].NextBelow(Rounding) / (double)Rounding)) : value;
                }
            }

            return paths;
        }

        private StepQuantiles StepAt(int h)
        {
            for (var k = 0; k < _column.Length; k++)
            {
                _column[k] = forecast.Quantiles[k][h];
            }

            return new StepQuantiles(_scores, _column);
        }

        private void ReadToday(in StepQuantiles step, CopulaFilter before, double observed, int h)
        {
            if (double.IsNaN(observed))
            {
                var missed = Conditioned(step, _filter, h, out var missedMean);
                _missed.AddIndependent(missed, missedMean, step.NonNegative);
                return;
            }

            var moments = Conditioned(step, before, h, out var mean);
            _expected.Add(before, moments, mean, step.NonNegative);
            _observedToday += observed;
            _observedSteps++;
        }

        /// <summary>Moments of a step given what is known; its mean moves in the proportion in which the mean of its quantiles does.</summary>
        private StepMoments Conditioned(in StepQuantiles step, CopulaFilter filter, int h, out double mean)
        {
            var deviation = Math.Sqrt(Math.Max(0, filter.Variance));
            var moments = StepMoments.Of(step, filter.Mean, deviation);
            mean = forecast.Mean[h];
            if (filter.IsUninformed)
            {
                return moments;
            }

            var prior = StepMoments.Of(step, 0, 1).Mean;
            mean = step.NonNegative && mean >= 0 ? (prior > 0 ? mean * (moments.Mean / prior) : mean) : mean + (moments.Mean - prior);
            return moments;
        }

        private void WriteQuantiles(in StepQuantiles step, double[][] quantiles, int column)
        {
            var (mean, deviation) = (_filter.Mean, Math.Sqrt(Math.Max(0, _filter.Variance)));
            // Thin counts are whole numbers, between two of which lies none: what a few contacts more or less say of them is less than the rounding. On days of
            // the sample's thin queues moved quantiles lost 1 % of pinball against those of the night; their mean and the sums move all the same.
            var stays = _filter.IsUninformed || Array.TrueForAll(_column, q => q == Math.Floor(q));
            for (var k = 0; k < _column.Length; k++)
            {
                quantiles[k][column] = stays ? _column[k] : step.At(mean + (deviation * _scores[k]));
            }
        }

        private SumForecast Sum(SumDistribution sum, double known) =>
            new(known + sum.Mean, Array.ConvertAll(_scores, score => known + sum.QuantileAt(score)));

        private DayRarity Rarity()
        {
            if (_observedSteps == 0)
            {
                return new DayRarity(0, 0, 0, 1, 1);
            }

            var half = counts ? 0.5 : 0; // a count of ten is both at least and at most ten
            return new DayRarity(
                _observedSteps, _observedToday, _expected.Mean, 1 - _expected.Probability(_observedToday - half), _expected.Probability(_observedToday + half))
            {
                Quantiles = Array.ConvertAll(_scores, _expected.QuantileAt),
            };
        }
    }
}
