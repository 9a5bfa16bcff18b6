namespace Wfm.Forecasting.Models;

/// <summary>A fitted <see cref="SingularSpectrumAnalysis"/>.</summary>
public sealed class SsaFit : IFittedModel
{
    private readonly LogScale _scale;
    private readonly SsaSignal _signal;
    private readonly double[] _coefficients;
    private readonly double[] _last;

    internal SsaFit(LogScale scale, SsaSignal signal, double[] coefficients, double[] last) =>
        (_scale, _signal, _coefficients, _last) = (scale, signal, coefficients, last);

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
}
