using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>ADIDA for intermittent demand: aggregate to buckets in which demand is regular, smooth those, spread evenly over the intervals.</summary>
/// <remarks>
/// Buckets as long as the mean interval between demands, counted back from the last observation, simple exponential smoothing on their sums.
/// Flat forecasts. Source: Nikolopoulos, Syntetos, Boylan, Petropoulos &amp; Assimakopoulos, “An aggregate–disaggregate intermittent demand approach
/// (ADIDA) to forecasting”, <i>Journal of the Operational Research Society</i> 62 (2011).
/// </remarks>
public sealed class Adida : IForecastModel
{
    private static readonly Ets Smoothing = ExponentialSmoothing.Simple();

    /// <inheritdoc/>
    public string Name => "adida";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 1;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var size = BucketLength(y);
        var sums = Aggregate(y, size);
        var rule = sums.Length < Smoothing.MinimumLength([]) ? null : Smoothing.Fit(sums, []);
        return new Fitted(size, rule?.Parameters ?? [], Rate(sums, size, rule));
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var size = Math.Min((int)parameters[0], y.Length);
        var sums = Aggregate(y, size);
        var smoothed = parameters.Length > 1 && sums.Length >= Smoothing.MinimumLength([]);
        var rule = smoothed ? Smoothing.Resume(parameters[1..], sums, []) : null;
        return new Fitted(size, parameters[1..], Rate(sums, size, rule));
    }

    /// <summary>Mean interval between demands in whole observations, at least 1.</summary>
    private static int BucketLength(ReadOnlySpan<double> y)
    {
        var (demands, last) = (0, 0);
        for (var t = 0; t < y.Length; t++)
        {
            if (y[t] != 0)
            {
                (demands, last) = (demands + 1, t + 1);
            }
        }

        return demands == 0 ? 1 : (int)Math.Round((double)last / demands, MidpointRounding.AwayFromZero);
    }

    private static double[] Aggregate(ReadOnlySpan<double> y, int size)
    {
        var sums = new double[y.Length / size];
        var start = y.Length - (sums.Length * size); // what does not fill a bucket is the oldest
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = Statistics.Mean(y.Slice(start + (i * size), size)) * size;
        }

        return sums;
    }

    /// <summary>Demand per interval: too few buckets to smooth have a mean.</summary>
    private static double Rate(double[] sums, int size, IFittedModel? rule) => (rule?.Forecast(1)[0] ?? Statistics.Mean(sums)) / size;

    private sealed record Fitted(int Size, double[] Rule, double Rate) : IFittedModel
    {
        public double[] Parameters => [Size, .. Rule];

        public void Forecast(Span<double> mean) => mean.Fill(Rate);
    }
}
