using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Intraday;

/// <summary>The quantiles of one step as a function of the normal score, and back.</summary>
/// <remarks>
/// The function is that of <see cref="Uncertainty.SamplePaths"/>: straight between the scores of the levels, straight on beyond them, not below zero
/// where the quantiles are not negative.
/// </remarks>
/// <param name="scores">Normal scores of the levels, ascending.</param>
/// <param name="values">Quantiles of the step at those levels, ascending.</param>
internal readonly ref struct StepQuantiles(ReadOnlySpan<double> scores, ReadOnlySpan<double> values)
{
    /// <summary>Scores stop here: an observation a model calls impossible says that the model is wrong, not that the day is without end.</summary>
    public const double LargestScore = 4;

    private const double NarrowTile = 0.25; // of a count, on the normal scale: its middle is its mean to three digits
    private readonly ReadOnlySpan<double> _scores = scores;
    private readonly ReadOnlySpan<double> _values = values;

    /// <summary>Whether the step says nothing: closed, or without any spread.</summary>
    public bool IsConstant => _values.Length < 2 || _values[^1] <= _values[0];

    /// <summary>Whether values below zero cannot be.</summary>
    public bool NonNegative => _values[0] >= 0;

    /// <summary>Value at a normal score.</summary>
    public double At(double score)
    {
        var last = _values.Length - 1;
        if (last == 0)
        {
            return _values[0];
        }

        var k = 0;
        while (k < last - 1 && score > _scores[k + 1])
        {
            k++;
        }

        var value = _values[k] + ((score - _scores[k]) / (_scores[k + 1] - _scores[k]) * (_values[k + 1] - _values[k]));
        return NonNegative ? Math.Max(0, value) : value;
    }

    /// <summary>Normal score of an observation; ask only where the step is not constant.</summary>
    /// <param name="observed">What came.</param>
    /// <param name="isCount">Whether it is a whole number that stands for all values that round to it.</param>
    /// <returns>
    /// The mean score of the values the observation stands for, within ±<see cref="LargestScore"/>. A count k stands for [k − ½, k + ½) and 0 for
    /// everything below ½, so that the scores of counts have mean 0 under the forecast however thin the queue, and a zero is as low as zeros
    /// are rare.
    /// </returns>
    public double ScoreOf(double observed, bool isCount)
    {
        var half = isCount ? 0.5 : 0;
        var (low, high) = (Lowest(observed - half), Highest(observed + half));
        var score = high - low < NarrowTile ? 0.5 * (low + high) : MeanBetween(low, high);
        return Math.Clamp(score, -LargestScore, LargestScore);
    }

    /// <summary>Mean of a standard normal between two bounds.</summary>
    private static double MeanBetween(double low, double high)
    {
        var probability = NormalDistribution.Cumulative(high) - NormalDistribution.Cumulative(low);
        return probability > 1e-4
            ? (Density(low) - Density(high)) / probability
            : Math.Abs(low) < Math.Abs(high) ? low : high; // far out nearly all of the rest is next to the nearer bound
    }

    private static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);

    /// <summary>The lowest score whose value reaches <paramref name="value"/>.</summary>
    private double Lowest(double value)
    {
        if (NonNegative && value <= 0)
        {
            return -2 * LargestScore;
        }

        var k = 0;
        while (k < _values.Length && _values[k] < value)
        {
            k++;
        }

        return k == 0 ? Along(0, value) : Along(Math.Min(k, _values.Length - 1) - 1, value);
    }

    /// <summary>The highest score whose value does not pass <paramref name="value"/>.</summary>
    private double Highest(double value)
    {
        if (NonNegative && value < 0)
        {
            return -2 * LargestScore;
        }

        var k = _values.Length - 1;
        while (k >= 0 && _values[k] > value)
        {
            k--;
        }

        return Along(Math.Clamp(k, 0, _values.Length - 2), value);
    }

    /// <summary>The score at which the line of a segment takes the value; far out where it is flat.</summary>
    private double Along(int segment, double value)
    {
        var rise = _values[segment + 1] - _values[segment];
        var score = rise > 0 ? _scores[segment] + ((value - _values[segment]) / rise * (_scores[segment + 1] - _scores[segment]))
            : value < _values[segment] || segment == 0 ? -2 * LargestScore : 2 * LargestScore;
        return Math.Clamp(score, -2 * LargestScore, 2 * LargestScore);
    }
}
