using Wfm.Forecasting.Decomposition;

namespace Wfm.Forecasting.Models;

/// <summary>MSTL with ETS on the seasonally adjusted series; each season goes on as its last cycle.</summary>
/// <remarks>R's <c>stlf</c> on several seasons, with the shape of every season as in <see cref="Mstl"/> and ETS without a season.</remarks>
/// <param name="logarithm">On logarithms, for positive series: seasons in proportion to the level.</param>
public sealed class MstlEts(bool logarithm) : IForecastModel
{
    private const int CyclesUsed = 10; // of the longest season: the shape drifts, and the cost grows with the length

    /// <inheritdoc/>
    public string Name => logarithm ? "mstl-ets-log" : "mstl-ets";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 4 : 2 * seasonLengths[0];

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths.ToArray(), null);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths.ToArray(), parameters);
    }

    private Fitted Learn(ReadOnlySpan<double> y, int[] seasonLengths, double[]? known)
    {
        var used = seasonLengths.Length == 0 ? y.Length : Math.Min(y.Length, CyclesUsed * seasonLengths[^1]);
        var scale = known is null ? LogScale.Choose(y[^used..], logarithm) : LogScale.From(known);
        var x = scale.Forward(y[^used..]);
        if (seasonLengths.Length == 0)
        {
            return new Fitted(scale, [], Rest(x, known));
        }

        var parts = Mstl.Decompose(x, seasonLengths);
        var adjusted = parts.SeasonallyAdjusted();
        double[][] cycles = [.. parts.Seasonals.Select((seasonal, i) => seasonal[^seasonLengths[i]..])];
        return new Fitted(scale, cycles, Rest(adjusted, known));
    }

    private static EtsFit Rest(double[] adjusted, double[]? known)
    {
        if (known is not null)
        {
            return EtsFit.From(known.AsSpan(LogScale.Length), adjusted);
        }

        // Additive errors only: on this scale the adjusted series may be negative.
        var simple = new Ets(new EtsForm(EtsComponent.Additive, EtsComponent.None, EtsComponent.None)).Fit(adjusted, []);
        var damped = new Ets(new EtsForm(EtsComponent.Additive, EtsComponent.Additive, EtsComponent.None, Damped: true)).Fit(adjusted, []);
        return damped.Aicc < simple.Aicc ? damped : simple;
    }

    private sealed record Fitted(LogScale Scale, double[][] Cycles, EtsFit Rest) : IFittedModel
    {
        public double[] Parameters => [.. Scale.ToArray(), .. Rest.Parameters];

        public void Forecast(Span<double> mean)
        {
            Rest.Forecast(mean);
            var (low, high) = Scale.Bounds;
            for (var h = 0; h < mean.Length; h++)
            {
                foreach (var cycle in Cycles)
                {
                    mean[h] += cycle[h % cycle.Length];
                }

                mean[h] = Scale.Back(Math.Clamp(mean[h], low, high));
            }
        }
    }
}
