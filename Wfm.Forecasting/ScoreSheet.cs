using Wfm.Forecasting.Accuracy;

namespace Wfm.Forecasting;

/// <summary>Adds up the errors of a back-test.</summary>
/// <param name="levels">Quantile levels, ascending.</param>
internal sealed class ScoreSheet(double[] levels)
{
    private static readonly (double Low, double High)[] Intervals = [(0.25, 0.75), (0.10, 0.90), (0.025, 0.975)];

    private readonly int[] _inside = new int[Intervals.Length];
    private readonly (int Above, double Share)[] _bounds = [.. Intervals.SelectMany(i => new[] { Place(levels, i.Low), Place(levels, i.High) })];
    private double _absolute;
    private double _signed;
    private double _volume;
    private double _pinball;

    public int Observations { get; private set; }

    /// <summary>Adds one observation.</summary>
    /// <param name="actual">What came.</param>
    /// <param name="forecast">Mean forecast.</param>
    /// <param name="quantiles">Quantiles at the levels.</param>
    public void Add(double actual, double forecast, ReadOnlySpan<double> quantiles)
    {
        Observations++;
        _absolute += Math.Abs(actual - forecast);
        _signed += forecast - actual;
        _volume += Math.Abs(actual);
        var pinball = 0.0;
        for (var k = 0; k < levels.Length; k++)
        {
            pinball += PinballLoss.Of(actual, quantiles[k], levels[k]);
        }

        _pinball += pinball / levels.Length;
        for (var i = 0; i < Intervals.Length; i++)
        {
            var inside = actual >= At(quantiles, _bounds[2 * i]) && actual <= At(quantiles, _bounds[(2 * i) + 1]);
            _inside[i] += inside ? 1 : 0;
        }
    }

    public static ScoreSheet Total(IEnumerable<ScoreSheet> sheets)
    {
        ScoreSheet? total = null;
        foreach (var sheet in sheets)
        {
            total ??= new ScoreSheet([]);
            total.Observations += sheet.Observations;
            total._absolute += sheet._absolute;
            total._signed += sheet._signed;
            total._volume += sheet._volume;
            total._pinball += sheet._pinball;
            for (var i = 0; i < Intervals.Length; i++)
            {
                total._inside[i] += sheet._inside[i];
            }
        }

        return total ?? new ScoreSheet([]);
    }

    /// <summary>The figures; <see langword="null"/> without observations.</summary>
    /// <param name="maseScale">Mean absolute seasonal difference of the history; with 0 there is no MASE.</param>
    public AccuracySummary? Summarise(double maseScale)
    {
        if (Observations == 0)
        {
            return null;
        }

        double n = Observations;
        return new AccuracySummary(
            Wape: _volume > 0 ? _absolute / _volume : null,
            Bias: _volume > 0 ? _signed / _volume : null,
            Mase: maseScale > 0 ? _absolute / n / maseScale : null,
            MeanPinball: _pinball / n,
            Coverage50: _inside[0] / n, Coverage80: _inside[1] / n, Coverage95: _inside[2] / n,
            Observations);
    }

    /// <summary>Where a level lies between those there are: the one at or above it, and how much of the way to it.</summary>
    private static (int Above, double Share) Place(double[] levels, double level)
    {
        var above = Array.FindIndex(levels, l => l >= level);
        return above <= 0
            ? (above < 0 ? levels.Length - 1 : 0, 1) // the caller asked for few levels: its widest interval stands in
            : (above, (level - levels[above - 1]) / (levels[above] - levels[above - 1]));
    }

    private static double At(ReadOnlySpan<double> quantiles, (int Above, double Share) place) => place.Share == 1
        ? quantiles[place.Above]
        : quantiles[place.Above - 1] + (place.Share * (quantiles[place.Above] - quantiles[place.Above - 1]));
}
