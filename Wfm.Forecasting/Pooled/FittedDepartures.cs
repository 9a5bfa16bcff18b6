using Wfm.Forecasting.Models;

namespace Wfm.Forecasting.Pooled;

/// <summary>Writes the features of a step.</summary>
/// <param name="view">The history.</param>
/// <param name="locals">What models of the series itself say.</param>
/// <param name="step">Step ahead, from 0.</param>
/// <param name="row">One cell a feature.</param>
/// <returns>What the trees add to.</returns>
internal delegate double DepartureFeatures(SeriesView view, LocalForecasts locals, int step, Span<float> row);

/// <summary>Trees that say by how much, in units of the series, a step departs from what is usual.</summary>
/// <remarks>ŷ(n+h) = base(h) + unit · f(features(h)).</remarks>
internal sealed record FittedDepartures(
    BoostedTrees Trees, SeriesView View, IReadOnlyList<IFittedModel> Locals, int Width, DepartureFeatures Features) : IFittedModel
{
    private const double Headroom = 0.5; // of the range of the last weeks, that a forecast may go beyond it

    public void Forecast(Span<double> mean)
    {
        var said = LocalForecasts.Of(Locals, mean.Length);
        var (rows, departures) = (new float[mean.Length * Width], new double[mean.Length]);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = Features(View, said, h, rows.AsSpan(h * Width, Width));
        }

        Trees.Predict(rows, Width, departures);
        for (var h = 0; h < mean.Length; h++)
        {
            mean[h] = Bounded(mean[h] + (View.Unit * departures[h]));
        }
    }

    /// <summary>Keeps a forecast near what the last weeks showed.</summary>
    private double Bounded(double value)
    {
        var headroom = Headroom * Math.Max(View.High - View.Low, View.Unit);
        return Math.Clamp(value, Math.Min(View.Low, Math.Max(View.Low - headroom, View.Low >= 0 ? 0 : double.NegativeInfinity)), View.High + headroom);
    }
}
