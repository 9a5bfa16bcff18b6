using System.Runtime.InteropServices;

namespace Wfm.Forecasting.Intraday;

/// <summary>Moments of a step whose normal score has a given mean and variance.</summary>
/// <param name="Mean">Expected value.</param>
/// <param name="Variance">Variance.</param>
/// <param name="Slope">Covariance with the standardised score: how much of the spread is common with steps that depend on this one.</param>
/// <param name="Curvature">Covariance with (score² − 1) ÷ √2: the part of the spread that is common in the second order.</param>
/// <param name="ThirdMoment">Third central moment.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StepMoments(double Mean, double Variance, double Slope, double Curvature, double ThirdMoment)
{
    // The trapezoidal rule over ±4 standard deviations: exact to many digits for smooth functions, good to 1 % across a kink at zero.
    private const int Nodes = 17;
    private static readonly double[] Scores = [.. Enumerable.Range(0, Nodes).Select(i => -4 + (0.5 * i))];
    private static readonly double[] Weights = WeightsOf(Scores);

    /// <summary>Integrates over the score.</summary>
    public static StepMoments Of(in StepQuantiles quantiles, double mean, double deviation)
    {
        Span<double> values = stackalloc double[Nodes];
        var (centre, slope, curvature) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Nodes; i++)
        {
            values[i] = quantiles.At(mean + (deviation * Scores[i]));
            centre += Weights[i] * values[i];
            slope += Weights[i] * values[i] * Scores[i];
            curvature += Weights[i] * values[i] * ((Scores[i] * Scores[i]) - 1) / Math.Sqrt(2);
        }

        var (variance, third) = (0.0, 0.0);
        for (var i = 0; i < Nodes; i++)
        {
            var distance = values[i] - centre;
            variance += Weights[i] * distance * distance;
            third += Weights[i] * distance * distance * distance;
        }

        return new StepMoments(centre, variance, slope, curvature, third);
    }

    private static double[] WeightsOf(double[] scores)
    {
        var densities = Array.ConvertAll(scores, z => Math.Exp(-0.5 * z * z));
        var sum = densities.Sum();
        return Array.ConvertAll(densities, d => d / sum);
    }
}
