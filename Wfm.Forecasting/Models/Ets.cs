namespace Wfm.Forecasting.Models;

/// <summary>Exponential smoothing: the state space family ETS, its member chosen by AICc.</summary>
/// <remarks>
/// Forms, bounds, starting states and criterion are those of R's <c>forecast::ets</c>: maximum likelihood over smoothing parameters and
/// starting states, 1e-4 ≤ β ≤ α, γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98, no seasons above 24. Source: Hyndman, Koehler, Ord &amp; Snyder, <i>Forecasting with
/// Exponential Smoothing</i> (2008).
/// </remarks>
/// <param name="form">A fixed member, without the parts a history cannot have; <see langword="null"/> chooses.</param>
/// <param name="refineStates">
/// Whether starting states are estimated too, as R does. Without, they are the heuristic ones: much faster, and on long series the same forecasts.
/// </param>
public sealed class Ets(EtsForm? form = null, bool refineStates = false) : IForecastModel
{
    private const int LongestSeason = 24;

    /// <inheritdoc/>
    public string Name => (form is null ? "ets" : $"ets-{form.Code}") + (refineStates ? "-refined" : "");

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 4;

    /// <inheritdoc/>
    IFittedModel IForecastModel.Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths) => Fit(y, seasonLengths);

    /// <inheritdoc cref="IForecastModel.Fit"/>
    public EtsFit Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var m = Season(y.Length, seasonLengths);
        var unit = LogScale.Choose(y, logarithm: false).Unit; // worked on in units of its size, so that scale does not matter
        var x = new double[y.Length];
        var positive = true;
        for (var t = 0; t < x.Length; t++)
        {
            x[t] = y[t] / unit;
            positive &= x[t] > 0;
        }

        EtsFit? best = null;
        var candidates = form is null ? EtsForm.Candidates(m > 1, positive) : [form.For(m > 1, positive)];
        foreach (var candidate in candidates)
        {
            var states = (candidate.Trend == EtsComponent.None ? 1 : 2) + (candidate.Season == EtsComponent.None ? 0 : m - 1);
            if (form is null && x.Length <= states + 5)
            {
                continue; // AICc has no room
            }

            var fit = EtsEstimator.Estimate(x, candidate, m, refineStates, unit);
            best = best is null || fit.Aicc < best.Aicc ? fit : best;
        }

        return best ?? EtsEstimator.Estimate(x, new EtsForm(EtsComponent.Additive, EtsComponent.None, EtsComponent.None), 1, refineStates, unit);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return EtsFit.From(parameters, y);
    }

    private static int Season(int length, ReadOnlySpan<int> seasonLengths)
    {
        for (var i = seasonLengths.Length - 1; i >= 0; i--)
        {
            if (seasonLengths[i] <= LongestSeason && length >= 2 * seasonLengths[i])
            {
                return seasonLengths[i];
            }
        }

        return 1;
    }
}

/// <summary>A fitted ETS model.</summary>
public sealed class EtsFit : IFittedModel
{
    private readonly EtsState _start;
    private readonly EtsState _end;
    private readonly double _unit;

    internal EtsFit(EtsState start, EtsState end, double unit, double logLikelihoodTwice, int parameters, int observations)
    {
        (_start, _end, _unit) = (start, end, unit);

        // The likelihood was computed on y ÷ unit; the Jacobian brings it back to R's on y: n·log(unit²) either way.
        var likelihood = logLikelihoodTwice + (2 * observations * Math.Log(unit));
        LogLikelihood = -0.5 * likelihood;
        Aic = likelihood + (2 * parameters);
        Aicc = Aic + (2.0 * parameters * (parameters + 1) / Math.Max(observations - parameters - 1, 1e-9));
    }

    /// <summary>Member of the family.</summary>
    public EtsForm Form => _start.Form;

    /// <summary>Smoothing of the level, in (0, 1).</summary>
    public double Alpha => _start.Alpha;

    /// <summary>Smoothing of the trend, at most α.</summary>
    public double Beta => _start.Beta;

    /// <summary>Smoothing of the season, at most 1 − α.</summary>
    public double Gamma => _start.Gamma;

    /// <summary>Damping of the trend; 1 for none.</summary>
    public double Phi => _start.Phi;

    /// <summary>Log-likelihood but for a constant, on the scale of R's <c>ets</c>.</summary>
    public double LogLikelihood { get; }

    /// <summary>Akaike's criterion, on the scale of R's <c>ets</c>.</summary>
    public double Aic { get; }

    /// <summary>Akaike's criterion corrected for small samples, on the scale of R's <c>ets</c>.</summary>
    public double Aicc { get; }

    /// <inheritdoc/>
    public void Forecast(Span<double> mean)
    {
        _end.Forecast(mean);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] *= _unit;
        }
    }

    /// <inheritdoc/>
    public double[] Parameters => [_unit, .. _start.ToArray()];

    /// <summary>The fit with stored parameters and the state of observations.</summary>
    internal static EtsFit From(ReadOnlySpan<double> parameters, ReadOnlySpan<double> y)
    {
        var (unit, start) = (parameters[0], EtsState.From(parameters[1..]));
        var state = start.Clone();
        var x = new double[y.Length];
        for (var t = 0; t < x.Length; t++)
        {
            x[t] = y[t] / unit;
        }

        // A multiplicative member can leave its domain on later observations; the additive one of the same states cannot.
        var likelihood = state.Run(x);
        if (!double.IsFinite(likelihood))
        {
            state = start.WithAdditiveError();
            likelihood = state.Run(x);
        }

        return new EtsFit(start, state, unit, likelihood, 1, x.Length);
    }
}
