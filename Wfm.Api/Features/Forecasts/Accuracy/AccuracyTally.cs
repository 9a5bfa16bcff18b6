using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;

namespace Wfm.Api.Features.Forecasts.Accuracy;

/// <summary>Adds up errors of one forecast over intervals, of several queues too.</summary>
internal sealed class AccuracyTally
{
    private static readonly (double Low, double High)[] Bands = [(0.25, 0.75), (0.1, 0.9), (0.025, 0.975)];

    /// <summary>Levels that forecasts are judged on, the bounds of the bands among them; what is kept of forecasts that nothing is planned from.
    /// </summary>
    public static readonly IReadOnlyList<double> Levels = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

    private readonly int[] _inside = new int[Bands.Length];
    private int _observations;
    private int _withQuantiles;
    private int _scaled;
    private double _volume;
    private double _absolute;
    private double _signed;
    private double _scaledSum;
    private double _pinball;

    /// <summary>Adds an interval without quantiles.</summary>
    public void Add(double actual, double mean, double scale)
    {
        _observations++;
        _volume += actual;
        _absolute += Math.Abs(actual - mean);
        _signed += mean - actual;
        if (scale > 0)
        {
            _scaled++;
            _scaledSum += Math.Abs(actual - mean) / scale;
        }
    }

    /// <summary>Adds an interval.</summary>
    public void Add(double actual, double mean, double scale, Curves curves, int interval)
    {
        Add(actual, mean, scale);
        _withQuantiles++;
        _pinball += curves.Pinball(actual, interval);
        for (var b = 0; b < Bands.Length; b++)
        {
            _inside[b] += actual >= curves.Bands[b].Low[interval] && actual <= curves.Bands[b].High[interval] ? 1 : 0;
        }
    }

    public AccuracyFigures Figures() => new(
        _observations, OfVolume(_absolute), OfVolume(_signed), _scaled > 0 ? _scaledSum / _scaled : null,
        OfQuantiles(_pinball), OfQuantiles(_inside[0]), OfQuantiles(_inside[1]), OfQuantiles(_inside[2]));

    private double? OfVolume(double sum) => _volume > 0 ? sum / _volume : null;

    private double? OfQuantiles(double sum) => _withQuantiles > 0 ? sum / _withQuantiles : null;

    /// <summary>A forecast with the bands that coverage is read from.</summary>
    public sealed class Curves(SeriesForecast forecast)
    {
        private readonly double[][] _quantiles = [.. Levels.Select(level => At(forecast, level))];

        public (double[] Low, double[] High)[] Bands { get; } = [.. AccuracyTally.Bands.Select(b => (At(forecast, b.Low), At(forecast, b.High)))];

        public double[] Mean => forecast.Mean;

        public double Pinball(double actual, int interval)
        {
            var sum = 0.0;
            for (var k = 0; k < _quantiles.Length; k++)
            {
                sum += PinballLoss.Of(actual, _quantiles[k][interval], Levels[k]);
            }

            return sum / _quantiles.Length;
        }

        private static double[] At(SeriesForecast forecast, double level) =>
            forecast.Quantile(Math.Clamp(level, forecast.QuantileLevels[0], forecast.QuantileLevels[^1]));
    }
}

/// <summary>The three forecasts that are compared on the same intervals.</summary>
internal sealed class AccuracyTallies
{
    private readonly AccuracyTally _published = new();
    private readonly AccuracyTally _adjusted = new();
    private readonly AccuracyTally _naive = new();

    public bool Any { get; private set; }

    public void Add(double actual, double lastWeek, double scale, AccuracyTally.Curves published, AccuracyTally.Curves adjusted, int interval)
    {
        Any = true;
        _published.Add(actual, published.Mean[interval], scale, published, interval);
        _adjusted.Add(actual, adjusted.Mean[interval], scale, adjusted, interval);
        if (!double.IsNaN(lastWeek))
        {
            _naive.Add(actual, lastWeek, scale);
        }
    }

    public AccuracyGroup Group(string name) => new(name, _published.Figures(), _adjusted.Figures(), _naive.Figures());
}
