using Wfm.Forecasting;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Errors of one way to forecast, added up over events and series.</summary>
internal sealed class EventScore
{
    private readonly Lock _lock = new();
    private double _absolute;
    private double _error;
    private double _volume;
    private double _totals;
    private double _inside;
    private int _intervals;

    /// <summary>Adds the steps [first, last) of a forecast.</summary>
    public void Add(SeriesForecast forecast, ReadOnlySpan<double> actual, int first, int last)
    {
        var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
        var (absolute, error, volume, inside, intervals) = (0.0, 0.0, 0.0, 0.0, 0);
        for (var h = first; h < last; h++)
        {
            if (double.IsNaN(actual[h]) || (forecast.Closed.Length > 0 && forecast.Closed[h]))
            {
                continue;
            }

            absolute += Math.Abs(forecast.Mean[h] - actual[h]);
            error += forecast.Mean[h] - actual[h];
            volume += actual[h];
            intervals++;
            // A whole number on the edge of the band is half inside it.
            inside += actual[h] > low[h] && actual[h] < high[h] ? 1 : actual[h] >= low[h] && actual[h] <= high[h] ? 0.5 : 0;
        }

        lock (_lock)
        {
            (_absolute, _error, _volume) = (_absolute + absolute, _error + error, _volume + volume);
            (_totals, _inside, _intervals) = (_totals + Math.Abs(error), _inside + inside, _intervals + intervals);
        }
    }

    public bool IsEmpty => _intervals == 0;

    public override string ToString() =>
        $"WAPE {100 * _absolute / _volume,6:0.00} %   of totals {100 * _totals / _volume,6:0.00} %   bias {100 * _error / _volume,7:+0.00;-0.00} %   "
            + $"inside 80 % {100 * _inside / _intervals,5:0.0} %";
}
