using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>The Theta method on the seasonally adjusted series: a straight line and an exponentially smoothed line of amplified curvature.</summary>
/// <remarks>
/// ŷ(n+h) = (1 − 1/θ)·(a + b·(n+h)) + (1/θ)·SES(θ-line); θ = 2 is the method that won M3, otherwise θ is chosen with α by one-step errors. Seasons are
/// taken out by classical indices where the autocorrelation at the season is significant. Source: Assimakopoulos &amp; Nikolopoulos, “The theta
/// model”, <i>International Journal of Forecasting</i> 16 (2000); Fiorucci et al., “Models for optimising the theta method”, 32 (2016).
/// </remarks>
/// <param name="optimised">Whether θ is chosen instead of 2.</param>
public sealed class Theta(bool optimised) : IForecastModel
{
    private static readonly double[] Thetas = [1, 1.5, 2, 3, 4, 6];
    private const int ObservationsUsed = 3000; // the line is local: two years of half-hours have many

    /// <inheritdoc/>
    public string Name => optimised ? "theta-optimised" : "theta";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 4;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths, null);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths, (parameters[0], parameters[1]));
    }

    private Fitted Learn(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, (double Theta, double Alpha)? known)
    {
        var m = ModelGuard.LongestSeason(Math.Min(y.Length, ObservationsUsed), seasonLengths, 2);
        var used = y.Length <= ObservationsUsed ? y.Length : ObservationsUsed / m * m;
        y = y[^used..];
        var season = SeasonalAdjustment.Of(y, m);
        var adjusted = season.Adjust(y);
        var (intercept, slope) = LinearTrend.Fit(adjusted);
        var (theta, alpha) = known ?? Choose(adjusted, intercept, slope);
        var level = Smooth(adjusted, intercept, slope, theta, alpha, out _);
        return new Fitted(season, theta, alpha, intercept, slope, level, adjusted.Length);
    }

    private (double Theta, double Alpha) Choose(double[] x, double intercept, double slope)
    {
        var (best, choice) = (double.PositiveInfinity, (2.0, 0.5));
        foreach (var theta in optimised ? Thetas : [2.0])
        {
            for (var step = 1; step <= 19; step++)
            {
                var alpha = step * 0.05;
                Smooth(x, intercept, slope, theta, alpha, out var loss);
                if (loss < best)
                {
                    (best, choice) = (loss, (theta, alpha));
                }
            }
        }

        return choice;
    }

    /// <summary>Smooths the theta line; the loss is that of the combined one-step forecasts.</summary>
    private static double Smooth(double[] x, double intercept, double slope, double theta, double alpha, out double loss)
    {
        var level = Line(x[0], 1);
        loss = 0;
        for (var t = 2; t <= x.Length; t++)
        {
            var forecast = ((1 - (1 / theta)) * (intercept + (slope * t))) + (level / theta);
            loss += (x[t - 1] - forecast) * (x[t - 1] - forecast);
            level += alpha * (Line(x[t - 1], t) - level);
        }

        return level;

        double Line(double value, int t) => (theta * value) + ((1 - theta) * (intercept + (slope * t)));
    }

    private sealed record Fitted(
        SeasonalAdjustment Season, double ThetaValue, double Alpha, double Intercept, double Slope, double Level, int Length) : IFittedModel
    {
        public double[] Parameters => [ThetaValue, Alpha];

        public void Forecast(Span<double> mean)
        {
            for (var h = 0; h < mean.Length; h++)
            {
                var value = ((1 - (1 / ThetaValue)) * (Intercept + (Slope * (Length + h + 1)))) + (Level / ThetaValue);
                mean[h] = Season.Restore(value, Length + h);
            }
        }
    }
}
