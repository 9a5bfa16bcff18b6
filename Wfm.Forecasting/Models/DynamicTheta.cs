using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>The dynamic optimised theta model: the straight line of the Theta method is revised with every observation, θ is estimated.</summary>
/// <remarks>
/// μ(t) = ℓ(t−1) + (1 − 1/θ)·[(1−α)^(t−1)·A(t−1) + (1 − (1−α)^t)/α·B(t−1)], ℓ(t) = α·y(t) + (1−α)·ℓ(t−1), A and B intercept and slope of the least
/// squares line through the observations so far. θ = 1 is simple exponential smoothing, θ = 2 the dynamic standard model. ℓ(0), α and θ by squared
/// one-step errors, seasons as in <see cref="Theta"/>. Source: Fiorucci, Pellegrini, Louzada, Petropoulos &amp; Koehler, “Models for optimising the
/// theta method and their relationship to state space models”, <i>International Journal of Forecasting</i> 32 (2016).
/// </remarks>
public sealed class DynamicTheta : IForecastModel
{
    private const int ObservationsUsed = 3000; // as in Theta: the line is local
    private const int WarmUp = 3; // the line needs three points before its errors count, as in the paper

    /// <inheritdoc/>
    public string Name => "theta-dynamic";

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
        return Learn(y, seasonLengths, parameters);
    }

    private static Fitted Learn(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, double[]? known)
    {
        var m = ModelGuard.LongestSeason(Math.Min(y.Length, ObservationsUsed), seasonLengths, 2);
        var used = y.Length <= ObservationsUsed ? y.Length : ObservationsUsed / m * m;
        var season = SeasonalAdjustment.Of(y[^used..], m);
        var adjusted = season.Adjust(y[^used..]);
        var scale = LogScale.Choose(adjusted, logarithm: false);
        var x = scale.Forward(adjusted);
        var point = known ?? Estimate(x);
        var state = new DynamicThetaState(point[0], point[1], point[2]);
        state.Run(x, WarmUp);
        return new Fitted(season, scale, point, state, x.Length);
    }

    /// <summary>ℓ(0) in units of the size of the series, α and θ, from the starting point of the paper.</summary>
    private static double[] Estimate(double[] x)
    {
        double[] point = [0.5 * x[0], 0.5, 2];
        NelderMead.Minimize(
            p => p[1] is >= 0.01 and <= 0.99 && p[2] is >= 1 and <= 20 ? new DynamicThetaState(p[0], p[1], p[2]).Run(x, WarmUp) : double.PositiveInfinity,
            point, [0.3, -0.2, 1], 200, 1e-6);
        return point;
    }

    private sealed record Fitted(SeasonalAdjustment Season, LogScale Scale, double[] Parameters, DynamicThetaState End, int Length) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            var state = End;
            var (low, high) = Scale.Bounds;
            for (var h = 0; h < mean.Length; h++)
            {
                var value = Math.Clamp(state.Mean, low, high);
                state.Update(value);
                mean[h] = Season.Restore(Scale.Back(value), Length + h);
            }
        }
    }
}

/// <summary>State of the dynamic theta model; copied by value.</summary>
/// <param name="level">ℓ(0).</param>
/// <param name="alpha">α in (0, 1).</param>
/// <param name="theta">θ ≥ 1.</param>
internal struct DynamicThetaState(double level, double alpha, double theta)
{
    private double _level = level;
    private double _average;
    private double _intercept;
    private double _slope;
    private double _decay = 1; // (1 − α)^(t − 1) of the next observation t
    private int _seen;

    /// <summary>One-step forecast; before the first observation only ℓ(0) is known.</summary>
    public readonly double Mean =>
        _level + ((1 - (1 / theta)) * ((_decay * _intercept) + ((1 - (_decay * (1 - alpha))) / alpha * _slope)));

    /// <summary>Takes in the next observation.</summary>
    public void Update(double value)
    {
        var t = ++_seen;
        _slope = t == 1 ? 0 : (((t - 2) * _slope) + (6.0 / t * (value - _average))) / (t + 1);
        _average += (value - _average) / t;
        _intercept = _average - ((t + 1) / 2.0 * _slope);
        _level += alpha * (value - _level);
        _decay *= 1 - alpha;
    }

    /// <summary>Runs over observations; the sum of squared one-step errors after a warm-up.</summary>
    public double Run(ReadOnlySpan<double> x, int warmUp)
    {
        var loss = 0.0;
        for (var t = 0; t < x.Length; t++)
        {
            var error = x[t] - Mean;
            loss += t < warmUp ? 0 : error * error;
            Update(x[t]);
        }

        return loss;
    }
}
