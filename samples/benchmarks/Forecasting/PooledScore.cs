using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Adds up errors over series of very different size: by volume, and with every series counting the same.</summary>
internal sealed class PooledScore
{
    private readonly Lock _lock = new();
    private double _absolute;
    private double _volume;
    private double _relative;
    private double _pinball;
    private double _pinballThin;
    private int _withQuantiles;
    private int _thin;
    private double _inside;
    private int _observations;
    private int _series;

    /// <summary>Adds a series.</summary>
    /// <param name="actual">What came, NaN where missing.</param>
    /// <param name="mean">Forecast.</param>
    /// <param name="forecast">The whole forecast; null where a method has no quantiles.</param>
    /// <param name="scale">Mean of the history, the unit of the pinball loss.</param>
    public void Add(double[] actual, double[] mean, SeriesForecast? forecast, double scale)
    {
        var known = Enumerable.Range(0, actual.Length)
            .Where(h => !double.IsNaN(actual[h]) && (forecast is null || forecast.Closed.Length == 0 || !forecast.Closed[h])).ToArray();
        var (absolute, volume) = (known.Sum(h => Math.Abs(actual[h] - mean[h])), known.Sum(h => actual[h]));
        var pinball = forecast is null
            ? 0
            : known.Average(h => forecast.QuantileLevels.Select((l, k) => PinballLoss.Of(actual[h], forecast.Quantiles[k][h], l)).Average());
        var (low, high) = (forecast?.Quantile(0.1), forecast?.Quantile(0.9));
        lock (_lock)
        {
            _absolute += absolute;
            _volume += volume;
            _relative += absolute / Math.Max(1, volume);
            _series++;
            if (forecast is not null)
            {
                _pinball += pinball / scale;
                _withQuantiles++;
                _pinballThin += scale < 1 ? pinball / scale : 0;
                _thin += scale < 1 ? 1 : 0;
                // A whole number on the edge of the band is half inside it.
                _inside += known.Sum(h => actual[h] > low![h] && actual[h] < high![h] ? 1 : actual[h] >= low![h] && actual[h] <= high![h] ? 0.5 : 0);
                _observations += known.Length;
            }
        }
    }

    public override string ToString() => _series == 0 ? "–"
        : $"WAPE {100 * _absolute / _volume,6:0.00} %  mean of series {100 * _relative / _series,6:0.00} %"
        + (_withQuantiles == 0 ? "" : $"  pinball ÷ mean {_pinball / _withQuantiles:0.0000}, of {_thin} with less than a contact an interval "
            + $"{_pinballThin / _thin:0.0000}, of the others {(_pinball - _pinballThin) / (_withQuantiles - _thin):0.0000}  "
            + $"coverage80 {100.0 * _inside / _observations:0.0} %");
}
