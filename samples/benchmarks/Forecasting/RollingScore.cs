using Wfm.Forecasting.Accuracy;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Adds up the scores of one method over origins: the first day, the first seven days, everything.</summary>
/// <param name="levels">Quantile levels of the pinball loss.</param>
internal sealed class RollingScore(double[] levels)
{
    private static readonly (string Name, int Days)[] Windows = [("1 day", 1), ("7 days", 7), ("all", int.MaxValue)];
    private readonly Sums[] _sums = [.. Windows.Select(_ => new Sums())];
    private double _scale;

    /// <summary>Sets the scale of MASE and MSIS for the observations that follow.</summary>
    public void Scale(double[] history, int season) => _scale = Mase.Scale(history, season);

    /// <summary>Adds an observation, without an interval.</summary>
    public void Add(int day, double actual, double mean) => Add(day, actual, mean, double.NaN, double.NaN, []);

    /// <summary>Adds an observation.</summary>
    public void Add(int day, double actual, double mean, double low, double high, double[] quantiles)
    {
        for (var w = 0; w < Windows.Length; w++)
        {
            if (day >= Windows[w].Days)
            {
                continue;
            }

            var sums = _sums[w];
            sums.Count++;
            sums.Absolute += Math.Abs(actual - mean);
            sums.Signed += mean - actual;
            sums.Volume += actual;
            sums.Scaled += _scale > 0 ? Math.Abs(actual - mean) / _scale : 0;
            if (quantiles.Length > 0)
            {
                sums.Interval += (high - low + (40 * (Math.Max(0, low - actual) + Math.Max(0, actual - high)))) / Math.Max(_scale, 1e-12);
                sums.Inside += actual >= low && actual <= high ? 1 : 0;
                sums.Inside50 += actual >= At(quantiles, 0.25) && actual <= At(quantiles, 0.75) ? 1 : 0;
                sums.Inside80 += actual >= At(quantiles, 0.1) && actual <= At(quantiles, 0.9) ? 1 : 0;
                sums.Pinball += quantiles.Select((q, k) => PinballLoss.Of(actual, q, levels[k])).Average();
            }
        }
    }

    public void Print(string method)
    {
        for (var w = 0; w < Windows.Length; w++)
        {
            var s = _sums[w];
            var line =
                $"{method,-22} {Windows[w].Name,-7} WAPE {100 * s.Absolute / s.Volume,6:0.00} %  bias {100 * s.Signed / s.Volume,6:0.00} %  MASE "
                    + $"{s.Scaled / s.Count:0.000}";
            line +=
                s.Pinball > 0
                    ? $"  MSIS {s.Interval / s.Count,6:0.00}  pinball {s.Pinball / s.Count:0.000}  coverage 50/80/95 "
                        + $"{100.0 * s.Inside50 / s.Count:0.0}/{100.0 * s.Inside80 / s.Count:0.0}/{100.0 * s.Inside / s.Count:0.0} %"
                    : "";
            Console.WriteLine(line);
        }
    }

    private double At(double[] quantiles, double level) => quantiles[Array.FindIndex(levels, l => l >= level - 1e-9)];

    private sealed class Sums
    {
        public int Count;
        public int Inside;
        public int Inside50;
        public int Inside80;
        public double Absolute;
        public double Signed;
        public double Volume;
        public double Scaled;
        public double Interval;
        public double Pinball;
    }
}
