using System.Runtime.InteropServices;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Uncertainty;

/// <summary>An out-of-sample error: where it happened and how large it was.</summary>
/// <param name="Origin">Index of the rolling origin.</param>
/// <param name="Step">Step ahead, from 0.</param>
/// <param name="Phase">Phase of the season.</param>
/// <param name="Forecast">What was forecast.</param>
/// <param name="Actual">What came.</param>
/// <param name="Day">Day of the history, or step where steps are days or longer.</param>
/// <param name="IsAcross">Whether the level has changed for good between the origin and the step.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BacktestError(int Origin, int Step, int Phase, double Forecast, double Actual, int Day,
    bool IsAcross = false);

/// <summary>
/// Quantiles from out-of-sample errors. Errors are divided by a scale (a power of the forecast, a power of the step ahead, the phase of the
/// season), pooled, and their quantiles, widened for the number there is of them, are put around a new forecast.
/// </summary>
/// <remarks>
/// Scale: s = c·max(|ŷ|, floor)^p·(h+1)^q·u(phase); p, q by the Laplace likelihood over a small grid, u shrunk toward 1. The widening is that of
/// split conformal prediction: the quantile of n errors is read at (n+1)·level. Source: Lei, G'Sell, Rinaldo, Tibshirani &amp; Wasserman,
/// “Distribution-free predictive inference for regression”, <i>JASA</i> 113 (2018). Errors of earlier origins weigh less, since the world may have moved since:
/// Foygel Barber, Candès, Ramdas &amp; Tibshirani, “Conformal prediction beyond exchangeability”, <i>Annals of Statistics</i> 51 (2023).
/// </remarks>
internal sealed class ErrorQuantiles
{
    private const int OrderStatistics = 401;
    private const double PhasePrior = 40; // errors a phase needs before it is believed over the pool
    private const double HalfLife = 60; // days, or longer steps, after which an error counts half; of 60, 120 and no end (docs/measured.md)
    private const double Body = 0.8; // share of the errors that rare days hardly touch
    private const double Doubt = 0.6; // as Student's t, the width grows by (z² + 1)·this ÷ independent draws
    private static readonly double[] ForecastPowers = [0, 0.25, 0.5, 0.75, 1];
    private static readonly double[] StepPowers = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5];

    private readonly double _forecastPower;
    private readonly double _stepPower;
    private readonly double _floor;
    private readonly double[] _phaseFactors;
    private readonly double[] _sorted;
    private readonly double _spread;
    private readonly int _count;
    private readonly double _draws;
    private readonly double _recent;

    private ErrorQuantiles(
        double forecastPower, double stepPower, double floor, double[] phaseFactors, double[] sorted, int count, double draws, double recent)
    {
        (_forecastPower, _stepPower, _floor, _phaseFactors, _sorted) = (forecastPower, stepPower, floor, phaseFactors, sorted);
        (_count, _draws, _recent) = (count, draws, recent);
        _spread = recent * 1.2533 * sorted.Average(Math.Abs); // standard deviation of a normal with this mean absolute value
    }

    /// <summary>The distribution that was remembered.</summary>
    public static ErrorQuantiles From(RememberedErrors errors) => new(
        errors.ForecastPower, errors.StepPower, errors.Floor, errors.PhaseFactors, errors.Sorted, errors.Count, errors.Draws, errors.Recent);

    /// <summary>The distribution as plain numbers.</summary>
    public RememberedErrors Remember() => new(_forecastPower, _stepPower, _floor, _phaseFactors, _sorted, _count, _draws, _recent);

    /// <summary>Learns from errors.</summary>
    /// <param name="errors">At least one.</param>
    /// <param name="phases">Number of phases.</param>
    /// <param name="byDay">Whether steps are days or parts of them: then weeks are told apart.</param>
    /// <param name="inTime">Whether origins and days ascend in time up to now: then the latest count for more.</param>
    public static ErrorQuantiles Learn(IReadOnlyList<BacktestError> errors, int phases, bool byDay = true, bool inTime = true)
    {
        var floor = FloorOf(errors);
        return Learn(errors, phases, BestPowers(errors, floor), floor, byDay, inTime);
    }

    /// <summary>Learns from some of the errors, with the powers that all of them gave, for another time than the one they lead up to.</summary>
    /// <param name="errors">At least one.</param>
    /// <param name="phases">Number of phases.</param>
    /// <param name="byDay">Whether steps are days or parts of them.</param>
    public ErrorQuantiles LearnLike(IReadOnlyList<BacktestError> errors, int phases, bool byDay) =>
        Learn(errors, phases, (_forecastPower, _stepPower), FloorOf(errors), byDay, inTime: false);

    private static ErrorQuantiles Learn(
        IReadOnlyList<BacktestError> errors, int phases, (double P, double Q) powers, double floor, bool byDay, bool inTime)
    {
        var (p, q) = powers;
        var relative = new double[errors.Count];
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] = (errors[i].Actual - errors[i].Forecast) / Scale(errors[i].Forecast, errors[i].Step, p, q, floor);
        }

        var factors = PhaseFactors(errors, relative, phases);
        for (var i = 0; i < relative.Length; i++)
        {
            relative[i] /= factors[errors[i].Phase];
        }

        var sizes = byDay ? new ErrorSizes(errors, relative) : null;
        var draws = 1 / ((1 / Draws(errors, relative)) + (1 / (sizes?.Draws ?? double.PositiveInfinity)));
        if (!inTime)
        {
            Array.Sort(relative);
            return new ErrorQuantiles(p, q, floor, factors, Thinned(relative), relative.Length, draws, 1);
        }

        var weights = WeightsOf(errors);
        var (sum, squares) = (weights.Sum(), weights.Sum(w => w * w));
        var worth = sum * sum / squares; // errors of equal weight that these are worth, by Kish (see Draws)
        Array.Sort(relative, weights);
        return new ErrorQuantiles(
            p, q, floor, factors, Thinned(relative, weights, sum), (int)Math.Ceiling(worth), draws * worth / relative.Length, sizes?.Recent ?? 1);
    }

    /// <summary>The same with tails that reach further.</summary>
    /// <param name="shares">Shares of the errors, by size, that lie below the sizes to be multiplied; ascending, from 0.8 to 1.</param>
    /// <param name="widths">What each of those sizes is multiplied by; in between linear, from 1 at 0.8.</param>
    public ErrorQuantiles WithTails(double[] shares, double[] widths)
    {
        var sorted = new double[_sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
        {
            var share = sorted.Length > 1 ? Math.Abs((2.0 * i / (sorted.Length - 1)) - 1) : 0;
            sorted[i] = _sorted[i] * WidthAt(share, shares, widths);
        }

        Array.Sort(sorted);
        return new ErrorQuantiles(_forecastPower, _stepPower, _floor, _phaseFactors, sorted, _count, _draws, _recent);
    }

    private static double WidthAt(double share, double[] shares, double[] widths)
    {
        var (below, width) = (Body, 1.0);
        for (var k = 0; k < shares.Length && share > below; k++)
        {
            if (share < shares[k])
            {
                return width + ((widths[k] - width) * (share - below) / (shares[k] - below));
            }

            (below, width) = (shares[k], widths[k]);
        }

        return width;
    }

    /// <summary>Forecasts smaller than this have errors as if they were of its size.</summary>
    private static double FloorOf(IReadOnlyList<BacktestError> errors)
    {
        // Where every back-test said zero or next to it, the errors are the measure: without it the first larger forecast would have no bounds.
        var size = Math.Max(errors.Average(e => Math.Abs(e.Forecast)), errors.Average(e => Math.Abs(e.Actual - e.Forecast)));
        return Math.Max(0.05 * size, double.Epsilon);
    }

    /// <summary>Scale of the error of a forecast.</summary>
    public double ScaleOf(double forecast, int step, int phase) =>
        Scale(forecast, step, _forecastPower, _stepPower, _floor) * _phaseFactors[phase];

    /// <summary>Standard deviation of the errors divided by their scale.</summary>
    public double Spread => _spread;

    /// <summary>Quantile of the errors divided by their scale.</summary>
    /// <param name="level">Level in (0, 1).</param>
    public double Standardised(double level)
    {
        var n = _count;
        var tail = Math.Min(level, 1 - level);
        var conformal = Math.Max(0, (tail * (n + 1)) - 1) / Math.Max(1, n - 1);
        var (low, high) = (Statistics.SortedQuantile(_sorted, conformal), Statistics.SortedQuantile(_sorted, 1 - conformal));

        // Half the asymmetry seen in a few origins is chance: keep the other half.
        var half = 0.5 * (high - low);
        var centre = 0.5 * (high + low);
        var empirical = (0.5 * centre) + (level < 0.5 ? -half : half);

        // With few errors the tails are not in the sample: lean on a heavy-tailed parametric form.
        var z = NormalDistribution.Quantile(level);
        var degrees = Math.Max(2, Math.Min(n, 30));
        var heavy = z + (((z * z * z) + z) / (4 * degrees));
        var trust = n * tail / ((n * tail) + 2);
        return _recent * (1 + (((z * z) + 1) * Doubt / _draws)) * ((trust * empirical) + ((1 - trust) * _spread / _recent * heavy));
    }

    /// <summary>Independent draws the errors are worth: between one a day and n ÷ (1 + (n − 1)·ρ) a day, ρ the correlation of errors of a day at one
    /// origin.</summary>
    /// <remarks>
    /// Products are not centred: an error of level that a whole day shares is one draw. The geometric mean of the two, since the weights were learned on
    /// the same days. Source of the form: Kish, <i>Survey Sampling</i> (1965), §5.4.
    /// </remarks>
    private static double Draws(IReadOnlyList<BacktestError> errors, double[] relative)
    {
        var (products, pairs, squares, seen) = (0.0, 0.0, 0.0, 0);
        var days = new HashSet<int>();
        for (int start = 0, end; start < relative.Length; start = end)
        {
            var (sum, square) = (0.0, 0.0);
            for (end = start; end < relative.Length && errors[end].Day == errors[start].Day && errors[end].Origin == errors[start].Origin; end++)
            {
                sum += relative[end];
                square += relative[end] * relative[end];
            }

            var n = end - start;
            products += ((sum * sum) - square) / 2;
            pairs += n * (n - 1.0) / 2;
            squares += square;
            days.Add(errors[start].Day);
            seen++; // a day counts once for every origin that sees it
        }

        var perDay = relative.Length / (double)Math.Max(1, seen);
        var correlation = pairs > 0 && squares > 0 ? Math.Clamp(products / pairs / (squares / relative.Length), 0, 1) : 1;
        return days.Count * Math.Sqrt(Math.Max(1, perDay / (1 + (Math.Max(0, perDay - 1) * correlation))));
    }

    /// <summary>Evenly spaced order statistics: as many as tell the 1 % quantile from its neighbours, however many errors there are.</summary>
    private static double[] Thinned(double[] sorted) => sorted.Length <= OrderStatistics ? sorted
        : [.. Enumerable.Range(0, OrderStatistics).Select(i => Statistics.SortedQuantile(sorted, i / (OrderStatistics - 1.0)))];

    /// <summary>The same of errors that do not count alike: each is passed when the weights below it exceed its share.</summary>
    private static double[] Thinned(double[] sorted, double[] weights, double sum)
    {
        var statistics = new double[Math.Min(OrderStatistics, sorted.Length)];
        var (at, below) = (0, 0.0);
        for (var i = 0; i < statistics.Length; i++)
        {
            var share = statistics.Length > 1 ? i / (statistics.Length - 1.0) : 0.5;
            while (at < sorted.Length - 1 && below + weights[at] < share * sum)
            {
                below += weights[at++];
            }

            statistics[i] = sorted[at];
        }

        statistics[^1] = sorted[^1]; // whatever rounding says
        return statistics;
    }

    private static double[] WeightsOf(IReadOnlyList<BacktestError> errors)
    {
        var latest = errors.Max(e => e.Day);
        return [.. errors.Select(e => Math.Pow(0.5, (latest - e.Day) / HalfLife))];
    }

    private static double Scale(double forecast, int step, double p, double q, double floor)
    {
        var size = p == 0 ? 1 : Math.Pow(Math.Max(Math.Abs(forecast), floor), p);
        return q == 0 ? size : size * Math.Pow(step + 1, q);
    }

    private static (double P, double Q) BestPowers(IReadOnlyList<BacktestError> errors, double floor)
    {
        var (best, choice) = (double.PositiveInfinity, (0.5, 0.0));
        var logSize = errors.Select(e => Math.Log(Math.Max(Math.Abs(e.Forecast), floor))).ToArray();
        var (meanLogSize, meanLogStep) = (logSize.Average(), errors.Average(e => Math.Log(e.Step + 1)));
        var steps = errors.Max(e => e.Step) + 1;
        foreach (var p in ForecastPowers)
        {
            // Σ|e|·size^-p by step ahead, so that the powers of the step cost nothing more.
            var byStep = new double[steps];
            for (var i = 0; i < logSize.Length; i++)
            {
                byStep[errors[i].Step] += Math.Abs(errors[i].Actual - errors[i].Forecast) * Math.Exp(-p * logSize[i]);
            }

            foreach (var q in StepPowers)
            {
                var ratios = 0.0;
                for (var step = 0; step < steps; step++)
                {
                    ratios += byStep[step] == 0 ? 0 : byStep[step] * Math.Pow(step + 1, -q);
                }

                var loss = (p * meanLogSize) + (q * meanLogStep) + Math.Log(Math.Max(ratios / logSize.Length, double.Epsilon));
                if (loss < best - 1e-9) // of equals the plainer: rounding must not choose a power nobody saw
                {
                    (best, choice) = (loss, (p, q));
                }
            }
        }

        return choice;
    }

    private static double[] PhaseFactors(IReadOnlyList<BacktestError> errors, double[] relative, int phases)
    {
        var overall = relative.Average(Math.Abs);
        var sums = new double[phases];
        var counts = new int[phases];
        for (var i = 0; i < relative.Length; i++)
        {
            for (var neighbour = -1; neighbour <= 1 && overall > 0; neighbour++)
            {
                var phase = (errors[i].Phase + neighbour + phases) % phases;
                sums[phase] += Math.Abs(relative[i]) / overall;
                counts[phase]++;
            }
        }

        return [.. sums.Select((sum, phase) => (sum + PhasePrior) / (counts[phase] + PhasePrior))];
    }
}
