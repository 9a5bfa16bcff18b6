using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Scores forecasts by week far ahead: over the four weeks up to a lead, so that one odd week decides nothing.</summary>
internal sealed class WeeksScore
{
    private const int Window = 4;
    private const int Year = 52;
    private const double GrowingBy = 1.15; // over a year
    private readonly int[] _leads = [13, 26, 52];
    private readonly List<Lead> _scored = [];

    /// <summary>Adds a forecast of what followed a history of weeks.</summary>
    public void Add(ReadOnlySpan<double> history, ReadOnlySpan<double> actual, SeriesForecast forecast)
    {
        var scale = Mase.Scale(history, 1);
        var growing = history.Length >= 2 * Year && Sum(history[^Year..]) > GrowingBy * Sum(history[^(2 * Year)..^Year]);
        var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
        foreach (var lead in _leads)
        {
            if (lead > actual.Length)
            {
                break;
            }

            var (from, to) = (lead - Window, lead);
            var (seen, mean) = (actual[from..to].ToArray(), forecast.Mean[from..to]);
            var volume = Sum(seen);
            if (volume > 0 && scale > 0)
            {
                var bias = mean.Zip(seen, (f, y) => double.IsNaN(y) ? 0 : f - y).Sum() / volume;
                var (lower, upper) = (low[from..to], high[from..to]);
                _scored.Add(new Lead(
                    lead, bias, Measures.Wape(seen, mean), Measures.Mase(seen, mean, scale), Msis.Of(seen, lower, upper, 0.8, scale),
                    Measures.Coverage(seen, lower, upper), growing));
            }
        }
    }

    public void Print(string name)
    {
        Print(name, _scored);
        Print($"{name}, growing", _scored.Where(s => s.Growing));
    }

    private static void Print(string name, IEnumerable<Lead> scored)
    {
        foreach (var lead in scored.GroupBy(s => s.Weeks).OrderBy(g => g.Key))
        {
            var bias = lead.Select(s => Math.Clamp(s.Bias, -1, 1)).Order().ToArray();
            Console.WriteLine(
                $"{name}, {lead.Key} weeks ahead: bias mean {bias.Average():+0.0000;-0.0000} median {bias[bias.Length / 2]:+0.0000;-0.0000} "
                    + $"WAPE={lead.Average(s => s.Wape):0.0000} MASE={lead.Average(s => s.Mase):0.000} MSIS80={lead.Average(s => s.Msis):0.00} "
                    + $"coverage80={lead.Average(s => s.Coverage):0.000} of {bias.Length}");
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += double.IsNaN(value) ? 0 : value;
        }

        return sum;
    }

    private sealed record Lead(int Weeks, double Bias, double Wape, double Mase, double Msis, double Coverage, bool Growing);
}
