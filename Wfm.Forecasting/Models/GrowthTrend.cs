using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>A level that moves and a growth rate, on the logarithm: exponential growth, believed as far as it is beyond chance and no further than it was
/// seen for.</summary>
/// <remarks>
/// x = log y, ŷ(n+h) = exp(ℓ + s·b·Σ f(k), k = 1…h). b is the least-squares slope over the last <paramref name="memory"/> observations; its variance
/// where a level moves at random is (6/5)·σ_η² ÷ W + 12·σ_ε² ÷ W³, and s = max(0, 1 − 4·var ÷ b²) the share of it that is kept (the non-negative
/// garrote: none below two standard errors). f is 1 as far ahead as a third of the stretch b was seen over, then halves with every further third: no
/// growth goes on for ever. ℓ is smoothed with the gain that the two variances give. Source: Harvey, <i>Forecasting, Structural Time Series Models and the
/// Kalman Filter</i> (1989), §4.1 (gain, variances from differences); Breiman, “Better subset regression using the nonnegative garrote”,
/// <i>Technometrics</i> 37 (1995); Gardner &amp; McKenzie, “Forecasting trends in time series”, <i>Management Science</i> 31 (1985) (damping).
/// Observations that reach zero are not logged: then growth is a straight line.
/// </remarks>
/// <param name="memory">Observations the growth rate is learned from.</param>
public sealed class GrowthTrend(int memory) : IForecastModel
{
    private const int Fewest = 8;
    private const double Significance = 4; // of b² ÷ var(b): two standard errors
    private const double LongLag = 8; // differences over two months beside those over a week tell what stays from what passes
    private const int Reach = 3;

    /// <inheritdoc/>
    public string Name => $"growth-trend-{memory}";

    /// <inheritdoc/>
    public bool IsRefitted => true;

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => Fewest;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var recent = y[^Math.Min(memory, y.Length)..];
        var scale = LogScale.Choose(recent, logarithm: true);
        var x = scale.Forward(recent);
        var (intercept, slope) = LinearTrend.Fit(x);
        var (moves, noise) = Variances(x, slope);
        double w = x.Length;
        var variance = (1.2 * moves / w) + (12 * noise / (w * w * w));
        slope *= slope == 0 ? 0 : Math.Max(0, 1 - (Significance * variance / (slope * slope)));

        var gain = Math.Max(Gain(moves, noise), 2 / (w + 1));
        var level = slope == 0 ? Statistics.Mean(x.AsSpan(0, Fewest)) : intercept;
        foreach (var value in x)
        {
            level += slope;
            level += gain * (value - level);
        }

        return new Fitted(scale, level, slope, x.Length / Reach);
    }

    /// <summary>Variance of the moves of the level and of what passes, from differences over one and over several observations.</summary>
    private static (double Moves, double Noise) Variances(double[] x, double slope)
    {
        var lag = (int)Math.Min(LongLag, x.Length / 4);
        var (near, far) = (MeanSquare(x, 1, slope), MeanSquare(x, lag, slope));
        var moves = lag > 1 ? Math.Max(0, (far - near) / (lag - 1)) : near;
        return (Math.Min(moves, near), Math.Max(0, (near - moves) / 2));
    }

    private static double MeanSquare(double[] x, int lag, double slope)
    {
        var sum = 0.0;
        for (var t = lag; t < x.Length; t++)
        {
            var change = x[t] - x[t - lag] - (lag * slope);
            sum += change * change;
        }

        return sum / (x.Length - lag);
    }

    /// <summary>Steady gain of a local level with these variances.</summary>
    private static double Gain(double moves, double noise)
    {
        if (!(noise > 0))
        {
            return 1;
        }

        var q = moves / noise;
        return (Math.Sqrt((q * q) + (4 * q)) - q) / 2;
    }

    private sealed record Fitted(LogScale Scale, double Level, double Slope, int Reach) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            var (x, share) = (Level, 1.0);
            for (var h = 0; h < mean.Length; h++)
            {
                share *= h < Reach ? 1 : Math.Pow(0.5, 1.0 / Reach);
                x += Slope * share;
                mean[h] = Scale.Back(x);
            }
        }
    }
}
