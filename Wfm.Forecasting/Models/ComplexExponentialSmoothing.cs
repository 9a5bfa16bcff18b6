using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>How the season enters complex exponential smoothing.</summary>
public enum CesSeason
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Level and potential of a season ago instead of those of the last step.</summary>
    Simple,

    /// <summary>A real seasonal part is added to the level.</summary>
    Partial,

    /// <summary>A complex seasonal part is added: seasons that grow with the level as well as those that do not.</summary>
    Full,
}

/// <summary>Complex exponential smoothing: a level and an information potential, smoothed by one complex parameter, stand for level and trend alike.</summary>
/// <remarks>
/// ŷ(t) = ℓ(t−1), ℓ(t) = ℓ(t−1) − (1 − α₁)·c(t−1) + (α₀ − α₁)·e(t), c(t) = ℓ(t−1) + (1 − α₀)·c(t−1) + (α₀ + α₁)·e(t). The form is chosen by AICc, starting
/// states count as parameters; they come from running backwards over the series. Seasons above 52 have the forms without a second complex part. Source:
/// Svetunkov, Kourentzes &amp; Ord, “Complex exponential smoothing”, <i>Naval Research Logistics</i> 69 (2022).
/// </remarks>
/// <param name="season">A fixed form, without a season where the history has none; <see langword="null"/> chooses.</param>
public sealed class ComplexExponentialSmoothing(CesSeason? season = null) : IForecastModel
{
    private const int ShortSeason = 52;
    private const int CyclesUsed = 6; // of the longest season
    private const int LeastUsed = 1000;

    /// <inheritdoc/>
    public string Name => season is null ? "ces" : $"ces-{season.Value.ToString().ToLowerInvariant()}";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 4;

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        y = Used(y, seasonLengths);
        var scale = LogScale.Choose(y, logarithm: false);
        var x = scale.Forward(y);
        Fitted? best = null;
        var least = double.PositiveInfinity;
        foreach (var (form, m) in Candidates(x.Length, seasonLengths))
        {
            var (smoothing, loss) = Estimate(x, form, m);
            var criterion = Criterion(loss, x.Length, form, m);
            if (best is null || criterion < least)
            {
                (best, least) = (new Fitted(scale, form, m, smoothing, CesState.After(x, form, m, smoothing)), criterion);
            }
        }

        return best!;
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var (form, m, smoothing) = ((CesSeason)parameters[0], (int)parameters[1], parameters[2..]);
        if (y.Length < 2 * m)
        {
            return Fit(y, seasonLengths);
        }

        y = Used(y, seasonLengths);
        var scale = LogScale.Choose(y, logarithm: false);
        return new Fitted(scale, form, m, smoothing, CesState.After(scale.Forward(y), form, m, smoothing));
    }

    private static ReadOnlySpan<double> Used(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        var longest = seasonLengths.IsEmpty ? 1 : seasonLengths[^1];
        return y[^Math.Min(y.Length, Math.Max(LeastUsed, CyclesUsed * longest))..];
    }

    /// <summary>The form asked for with the longest season that fits, or every form with every season that fits.</summary>
    private List<(CesSeason Form, int Season)> Candidates(int length, ReadOnlySpan<int> seasonLengths)
    {
        if (season is { } form)
        {
            var m = ModelGuard.LongestSeason(length, seasonLengths, 2);
            return [m == 1 || form == CesSeason.None ? (CesSeason.None, 1) : (form, m)];
        }

        var candidates = new List<(CesSeason, int)> { (CesSeason.None, 1) };
        foreach (var m in seasonLengths)
        {
            if (length >= 3 * m)
            {
                candidates.AddRange([(CesSeason.Simple, m), (CesSeason.Partial, m)]);
                candidates.AddRange(m <= ShortSeason ? [(CesSeason.Full, m)] : []);
            }
        }

        return candidates;
    }

    /// <summary>α₀, α₁ and, as the form has them, β₀, β₁; and the least sum of squared errors.</summary>
    private static (double[] Smoothing, double Loss) Estimate(double[] x, CesSeason form, int m)
    {
        // Starting values of the authors' package; near α₁ = 1 a small change is a different trend, hence the small step.
        double[] point = form switch { CesSeason.Full => [1.3, 1, 1.3, 1], CesSeason.Partial => [1.3, 1, 0.1], _ => [1.3, 1] };
        double[] step = form switch { CesSeason.Full => [0.3, 0.05, 0.3, 0.05], CesSeason.Partial => [0.3, 0.05, 0.1], _ => [0.3, 0.05] };
        var state = new CesState(form, m);
        var loss = NelderMead.Minimize(
            p => CesState.IsStable(form, p) ? state.Backcast(x, p) : double.PositiveInfinity, point, step, 35 * point.Length, 1e-6);
        return (point, loss);
    }

    private static double Criterion(double loss, int n, CesSeason form, int m)
    {
        var parameters = 1 + form switch
        {
            CesSeason.Simple => 2 + (2 * m),
            CesSeason.Partial => 3 + 2 + m,
            CesSeason.Full => 4 + 2 + (2 * m),
            _ => 2 + 2,
        };
        return n - parameters - 1 <= 0 ? double.PositiveInfinity
            : (n * Math.Log(Math.Max(loss / n, 1e-300))) + (2.0 * parameters * n / (n - parameters - 1));
    }

    private sealed record Fitted(LogScale Scale, CesSeason Form, int Season, double[] Smoothing, CesState End) : IFittedModel
    {
        public double[] Parameters => [(double)Form, Season, .. Smoothing];

        public void Forecast(Span<double> mean)
        {
            var (low, high) = Scale.Bounds;
            End.Clone().Forecast(mean, Smoothing, low, high);
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Scale.Back(mean[h]);
            }
        }
    }
}
