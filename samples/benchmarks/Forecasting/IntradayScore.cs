using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Intraday;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Adds up the scores of the rest of days, before and after an update.</summary>
internal sealed class IntradayScore
{
    private readonly List<double> _microseconds = [];
    private readonly int[] _inside = new int[2];
    private double _volume;
    private double _naive;
    private double _before;
    private double _after;
    private double _pinballBefore;
    private double _pinballAfter;
    private int _count;
    private double _totals;
    private double _totalBefore;
    private double _totalAfter;
    private int _totalInside;
    private int _days;

    public void AddTime(TimeSpan elapsed) => _microseconds.Add(elapsed.TotalMicroseconds);

    public void Add(
        double actual, double naive, double before, double after, double[] levels, Func<int, double> quantileBefore, Func<int, double> quantileAfter)
    {
        _count++;
        _volume += actual;
        _naive += Math.Abs(actual - naive);
        _before += Math.Abs(actual - before);
        _after += Math.Abs(actual - after);
        for (var k = 0; k < levels.Length; k++)
        {
            _pinballBefore += PinballLoss.Of(actual, quantileBefore(k), levels[k]) / levels.Length;
            _pinballAfter += PinballLoss.Of(actual, quantileAfter(k), levels[k]) / levels.Length;
        }

        var (low, high) = (Array.IndexOf(levels, 0.1), Array.IndexOf(levels, 0.9));
        _inside[0] += actual >= quantileBefore(low) && actual <= quantileBefore(high) ? 1 : 0;
        _inside[1] += actual >= quantileAfter(low) && actual <= quantileAfter(high) ? 1 : 0;
    }

    public void AddTotal(double actual, double before, SumForecast after, double[] levels)
    {
        _days++;
        _totals += actual;
        _totalBefore += Math.Abs(actual - before);
        _totalAfter += Math.Abs(actual - after.Mean);
        _totalInside += actual >= after.Quantiles[Array.IndexOf(levels, 0.1)] && actual <= after.Quantiles[Array.IndexOf(levels, 0.9)] ? 1 : 0;
    }

    public void Print(string name)
    {
        if (_count == 0)
        {
            Console.WriteLine($"{name}  nothing left of the day");
            return;
        }

        var times = _microseconds.Order().ToArray();
        Console.WriteLine(
            $"{name}  WAPE {100 * _before / _volume:0.00} -> {100 * _after / _volume:0.00} % (last week {100 * _naive / _volume:0.00} %)  "
                + $"pinball {_pinballBefore / _count:0.000} -> {_pinballAfter / _count:0.000}  coverage80 {100.0 * _inside[0] / _count:0.0} -> "
                + $"{100.0 * _inside[1] / _count:0.0} %  "
                + $"rest of day WAPE {100 * _totalBefore / _totals:0.00} -> {100 * _totalAfter / _totals:0.00} %, coverage80 "
                + $"{100.0 * _totalInside / _days:0.0} %  "
                + $"{times[times.Length / 2]:0} us/update");
    }
}
