using Wfm.Forecasting.Models;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>A model trained once across many series; for each of them it only reads level and lags.</summary>
/// <remarks>
/// ŷ(n+h) = level · (profile(h) + f(features(h))), direct for every step ahead; f is what training found. Level, profile and features come
/// from the series itself, f from all. Source: Montero-Manso &amp; Hyndman, “Principles and algorithms for forecasting groups of time series:
/// locality and globality”, <i>International Journal of Forecasting</i> 37 (2021).
/// </remarks>
public abstract class PooledModel
{
    private protected PooledModel()
    {
    }

    /// <summary>Name among the models of a forecast.</summary>
    public abstract string Name { get; }

    /// <summary>Deviation from the profile, in levels.</summary>
    /// <param name="features">One row of <see cref="PooledFeatures"/>.</param>
    internal abstract double Predict(ReadOnlySpan<double> features);

    /// <summary>The model of one series.</summary>
    /// <param name="clock">Where its slots lie in the local week.</param>
    internal IForecastModel For(SlotClock clock) => new OfSeries(this, clock);

    private sealed class OfSeries(PooledModel pooled, SlotClock clock) : IForecastModel
    {
        public string Name => pooled.Name;

        /// <summary>A week: the profile needs every slot of it.</summary>
        public int MinimumLength(ReadOnlySpan<int> seasonLengths) => clock.Week;

        public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
        {
            ModelGuard.Check(this, y, seasonLengths);
            return new Fitted(pooled, clock, [.. y[^Math.Min(y.Length, PooledFeatures.Reach * clock.Week)..]], y.Length);
        }
    }

    private sealed record Fitted(PooledModel Pooled, SlotClock Clock, double[] Recent, int Length) : IFittedModel
    {
        private const double Headroom = 2; // how far beyond the greatest recent value a forecast may go

        public void Forecast(Span<double> mean)
        {
            var features = new PooledFeatures(Recent, Length - Recent.Length, Clock, mean.Length);
            var (low, high) = Bounds(Recent.AsSpan(Math.Max(0, Recent.Length - (PooledFeatures.Weeks * Clock.Week))));
            var row = new double[PooledFeatures.Names.Count];
            for (var h = 0; h < mean.Length; h++)
            {
                features.Write(h, row);
                mean[h] = Math.Clamp(features.Level * (features.BaseOf(h) + Pooled.Predict(row)), low, high);
            }
        }

        private static (double Low, double High) Bounds(ReadOnlySpan<double> y)
        {
            var (low, high) = (0.0, 0.0);
            foreach (var value in y)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }

            return (Headroom * low, Headroom * high);
        }
    }
}
