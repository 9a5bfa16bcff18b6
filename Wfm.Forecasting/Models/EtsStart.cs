using Wfm.Forecasting.Decomposition;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Starting states of an ETS model from the first observations, by the heuristics of R's <c>ets</c>.</summary>
internal static class EtsStart
{
    public static EtsState States(double[] x, EtsForm form, int m)
    {
        var state = new EtsState(form, m);
        var adjusted = x;
        if (form.Season != EtsComponent.None)
        {
            var multiplicative = form.Season == EtsComponent.Multiplicative;
            var indices = SeasonalIndices.Classical(x, m, multiplicative);
            indices.CopyTo(state.Season, 0);
            adjusted = [.. x.Select((value, t) => multiplicative ? value / indices[t % m] : value - indices[t % m])];
        }

        var used = Math.Min(Math.Max(10, 2 * m), adjusted.Length);
        var head = adjusted.AsSpan(0, used);
        if (form.Trend == EtsComponent.None)
        {
            state.Level = Statistics.Mean(head);
            return state;
        }

        (state.Level, state.Slope) = LinearTrend.Fit(head);
        if (Math.Abs(state.Level + state.Slope) < 1e-8)
        {
            state.Level = (state.Level * (1 + 1e-3)) + 1e-9;
        }

        return state;
    }
}
