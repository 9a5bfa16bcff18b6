namespace Wfm.Forecasting.Models;

/// <summary>A fitted <see cref="SingularSpectrumAnalysis"/>.</summary>
public sealed class SsaFit : IFittedModel
{
    private readonly LogScale _scale;
    private readonly SsaSignal _signal;
    private readonly double[] _coefficients;
    private readonly double[] _last;
    private readonly double _deviation;

    internal SsaFit(LogScale scale, SsaSignal signal, double[] coefficients, double[] last, double deviation) =>
        (_scale, _signal, _coefficients, _last, _deviation) = (scale, signal, coefficients, last, deviation);

    /// <summary>Window length L, in observations.</summary>
    public int Window => _signal.Window;

    /// <summary>Number of components taken for signal; 0 where no recurrence could be found and the forecast is the mean of the last window.</summary>
    public int Rank => _signal.Components.Count;

    /// <inheritdoc/>
    public double[] Parameters => [.. _scale.ToArray(), .. _signal.ToArray()];

    /// <inheritdoc/>
    public void Forecast(Span<double> mean)
    {
        var (low, high) = _scale.Bounds;
        SsaRecurrence.Continue(_coefficients, _last, mean, low - _signal.Centre, high - _signal.Centre);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = _scale.Back(_signal.Centre + mean[h]);
        }
    }

    /// <summary>Standard errors of the steps after the last observation: the variance of the residuals carried on by the recurrence.</summary>
    /// <param name="horizon">Steps, at least 1.</param>
    /// <returns>One per step, ascending on the model's scale; σ·√(1 + ψ₁² + … + ψ²(h−1)), on logarithms times the forecast.</returns>
    /// <remarks>ψ is the response of the recurrence to an impulse, the bound that ML.NET's <c>ForecastBySsa</c> states. Confidence bounds are the
    /// mean and so many of these either way; they know nothing of a change of the pattern.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A horizon below 1.</exception>
    public double[] StandardErrors(int horizon)
    {
        var errors = this.Forecast(horizon);
        var response = SsaRecurrence.ImpulseResponse(_coefficients, horizon);
        var sum = 0.0;
        for (var h = 0; h < horizon; h++)
        {
            sum = Math.Min(sum + (response[h] * response[h]), 1e300);
            errors[h] = _deviation * Math.Sqrt(sum) * (_scale.Logarithm ? errors[h] : _scale.Unit);
        }

        return errors;
    }
}
