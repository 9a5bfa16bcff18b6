using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Intraday;

/// <summary>The distribution of a sum over steps of the copula, from its first three moments.</summary>
/// <remarks>
/// Covariance of two steps whose scores have correlation r: bᵢ·bⱼ·r + cᵢ·cⱼ·r², the first two terms of the Hermite series of their quantiles
/// (b the slope, c the curvature of <see cref="StepMoments"/>). Third moment: the leading term of the sum's is √18·Σᵢ cᵢ·(Σⱼ bⱼ·rᵢⱼ)²; for like steps that is
/// the sum of the steps' own times the square of
/// Var(sum) ÷ Σ Var(step), and this is exact for one step, for independent ones and for ones that move as one. Quantiles are those of the
/// Pearson type III distribution by Wilson &amp; Hilferty's cube root, “The distribution of chi-square”, <i>PNAS</i> 17 (1931): closed, monotone, as
/// easily read backwards.
/// </remarks>
internal sealed class SumDistribution
{
    private const double LargestSkewness = 2.5; // the cube root is good to a few per cent up to here
    private double _dayWithSum; // covariance of the factors with the sum so far
    private double _ownWithSum;
    private double _dayDay; // the same of the squares of the factors, second order
    private double _dayOwn;
    private double _ownOwn;
    private double _ownVariances;
    private double _thirdMoments;
    private bool _nonNegative = true;

    /// <summary>Mean of the sum.</summary>
    public double Mean { get; private set; }

    /// <summary>Variance of the sum.</summary>
    public double Variance { get; private set; }

    /// <summary>Goes to a step from the one before; call after the filter did.</summary>
    public void Advance(CopulaFilter filter, int step)
    {
        var (day, own) = filter.Factors(step);
        _dayWithSum *= day;
        _ownWithSum *= own;
        _dayDay *= day * day;
        _dayOwn *= day * own;
        _ownOwn *= own * own;
    }

    /// <summary>Adds the step the filter is at, unobserved.</summary>
    /// <param name="filter">Knowledge of the step's score.</param>
    /// <param name="moments">Moments of the step under that knowledge.</param>
    /// <param name="mean">Mean of the step, which may be told better than by its quantiles.</param>
    /// <param name="nonNegative">Whether the step cannot be below zero.</param>
    public void Add(CopulaFilter filter, in StepMoments moments, double mean, bool nonNegative)
    {
        var (day, own, variance) = (filter.DayLoading, filter.OwnLoading, Math.Max(filter.Variance, 0));
        var (slope, curvature) = variance > 0 ? (moments.Slope / Math.Sqrt(variance), moments.Curvature / variance) : (0, 0);
        var square = filter.Score(filter.Score(_dayDay, _dayOwn), filter.Score(_dayOwn, _ownOwn));
        Variance += moments.Variance + (2 * slope * filter.Score(_dayWithSum, _ownWithSum)) + (2 * curvature * square);
        _dayWithSum += slope * day;
        _ownWithSum += slope * own;
        _dayDay += curvature * day * day;
        _dayOwn += curvature * day * own;
        _ownOwn += curvature * own * own;
        AddOwn(moments, mean, nonNegative);
    }

    /// <summary>Adds a step that has nothing to do with the others.</summary>
    public void AddIndependent(in StepMoments moments, double mean, bool nonNegative)
    {
        Variance += moments.Variance;
        AddOwn(moments, mean, nonNegative);
    }

    /// <summary>Quantile of the sum at a normal score.</summary>
    public double QuantileAt(double score)
    {
        var skewness = Skewness();
        var deviation = Math.Sqrt(Math.Max(0, Variance));
        var standardised = score;
        if (Math.Abs(skewness) > 1e-6)
        {
            var root = Math.Max(0, 1 + (skewness * score / 6) - (skewness * skewness / 36));
            standardised = 2 / skewness * ((root * root * root) - 1);
        }

        var value = Mean + (deviation * standardised);
        return _nonNegative ? Math.Max(0, value) : value;
    }

    /// <summary>Probability of a sum of at most <paramref name="value"/>.</summary>
    public double Probability(double value)
    {
        var deviation = Math.Sqrt(Math.Max(0, Variance));
        if (deviation == 0)
        {
            return value >= Mean ? 1 : 0;
        }

        var skewness = Skewness();
        var standardised = (value - Mean) / deviation;
        if (Math.Abs(skewness) <= 1e-6)
        {
            return NormalDistribution.Cumulative(standardised);
        }

        var root = Math.Cbrt(Math.Max(0, 1 + (0.5 * skewness * standardised)));
        return NormalDistribution.Cumulative(6 / skewness * (root - 1 + (skewness * skewness / 36)));
    }

    private void AddOwn(in StepMoments moments, double mean, bool nonNegative)
    {
        Mean += mean;
        _ownVariances += moments.Variance;
        _thirdMoments += moments.ThirdMoment;
        _nonNegative &= nonNegative;
    }

    private double Skewness()
    {
        if (!(Variance > 0 && _ownVariances > 0))
        {
            return 0;
        }

        var dependence = Variance / _ownVariances;
        return Math.Clamp(_thirdMoments * dependence * dependence / Math.Pow(Variance, 1.5), -LargestSkewness, LargestSkewness);
    }
}
