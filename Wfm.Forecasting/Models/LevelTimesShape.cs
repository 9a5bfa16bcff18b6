using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Level times shape: daily totals forecast with a damped trend, spread over the day by the recent shape of that weekday.</summary>
/// <remarks>
/// ŷ = total(day) · share(slot | weekday). Totals: weekday factors as mean ratios to the week, what remains by damped exponential smoothing
/// whose α is chosen on errors a week ahead. Shares: sums over the last weeks, old weeks fading. A few numbers learned from many points each, which is
/// why it holds at four weeks. Where only one season is known its cycles are the days, without weekdays. Source: Taylor, “A comparison of
/// univariate time series methods for forecasting intraday arrivals at a call center”, <i>Management Science</i> 54 (2008), method of
/// two-stage profiles.
/// </remarks>
/// <param name="shapeCycles">Weeks in the shape.</param>
public sealed class LevelTimesShape(int shapeCycles) : IForecastModel
{
    private const int DaysUsed = 182;
    private const double Damping = 0.9; // of the trend, per day
    private static readonly double[] Alphas = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6];
    private static readonly double[] Betas = [0, 0.01, 0.05];

    /// <inheritdoc/>
    public string Name => $"level-times-shape-{shapeCycles}";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 4 : Math.Max(2 * seasonLengths[0], seasonLengths[^1]);

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths, null);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths, (parameters[0], parameters[1]));
    }

    private Fitted Learn(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, (double Alpha, double Beta)? known)
    {
        var week = seasonLengths.IsEmpty ? 1 : seasonLengths[^1];
        var day = seasonLengths.Length > 1 && week % seasonLengths[0] == 0 ? seasonLengths[0] : seasonLengths.Length > 1 ? week : 1;
        var daysPerWeek = seasonLengths.Length > 1 ? week / day : week;
        var days = Math.Min(y.Length / day, Math.Max(DaysUsed, 3 * daysPerWeek));
        var first = y.Length - (days * day);
        var totals = new double[days];
        for (var d = 0; d < days; d++)
        {
            totals[d] = Statistics.Mean(y.Slice(first + (d * day), day));
        }

        var factors = WeekdayFactors(totals, daysPerWeek);
        var levels = totals.Select((total, d) => Back(total, factors, d, days, daysPerWeek)).ToArray();
        var (alpha, beta) = known ?? Choose(levels, daysPerWeek);
        var (level, slope) = Smooth(levels, alpha, beta, 0, out _);
        return new Fitted(day, daysPerWeek, factors, Shapes(y[first..], totals, day, daysPerWeek), level, slope, alpha, beta);
    }

    /// <summary>Mean ratio of each weekday to its week, the last day's weekday last; all 1 without a week.</summary>
    private static double[] WeekdayFactors(double[] totals, int daysPerWeek)
    {
        var factors = new double[daysPerWeek];
        Array.Fill(factors, 1);
        var weeks = Math.Min(totals.Length / daysPerWeek, 12);
        if (daysPerWeek == 1 || weeks == 0)
        {
            return factors;
        }

        var (sums, weight) = (new double[daysPerWeek], 0.0);
        for (var w = 0; w < weeks; w++)
        {
            var start = totals.Length - ((w + 1) * daysPerWeek);
            var mean = Statistics.Mean(totals.AsSpan(start, daysPerWeek));
            var fading = Math.Pow(0.9, w);
            weight += fading * mean;
            for (var i = 0; i < daysPerWeek; i++)
            {
                sums[i] += fading * totals[start + i];
            }
        }

        for (var i = 0; i < daysPerWeek && Math.Abs(weight) > 0; i++)
        {
            factors[i] = sums[i] / weight;
        }

        return factors;
    }

    private static double Back(double total, double[] factors, int d, int days, int daysPerWeek)
    {
        var factor = factors[(((d - days) % daysPerWeek) + daysPerWeek) % daysPerWeek];
        return Math.Abs(factor) > 0.02 ? total / factor : double.NaN; // a day that hardly opens says nothing about the level
    }

    private static (double Alpha, double Beta) Choose(double[] levels, int daysPerWeek)
    {
        var (best, choice) = (double.PositiveInfinity, (0.2, 0.0));
        foreach (var alpha in Alphas)
        {
            foreach (var beta in Betas)
            {
                Smooth(levels, alpha, beta, Math.Max(daysPerWeek, 2), out var loss);
                if (loss < best)
                {
                    (best, choice) = (loss, (alpha, beta));
                }
            }
        }

        return choice;
    }

    /// <summary>Damped trend smoothing; the loss is the absolute error of forecasts up to <paramref name="ahead"/> days ahead.</summary>
    private static (double Level, double Slope) Smooth(double[] levels, double alpha, double beta, int ahead, out double loss)
    {
        var (level, slope, seen) = (0.0, 0.0, 0);
        loss = 0;
        for (var d = 0; d < levels.Length; d++)
        {
            if (double.IsNaN(levels[d]))
            {
                continue;
            }

            if (seen++ == 0)
            {
                level = levels[d];
            }
            else
            {
                var before = level;
                var trend = level + (Damping * slope);
                // Early on the mean of what there is, a faster start than a fixed α.
                level = trend + (Math.Max(alpha, 1.0 / seen) * (levels[d] - trend));
                slope = (Damping * slope) + (beta * (level - before - (Damping * slope)));
            }

            for (var k = 1; k <= ahead && d + k < levels.Length && seen > 3; k++)
            {
                var error = levels[d + k] - level - (slope * Damping * (1 - Math.Pow(Damping, k)) / (1 - Damping));
                loss += double.IsNaN(error) ? 0 : Math.Abs(error);
            }
        }

        return (level, slope);
    }

    /// <summary>Share of each slot in its day, relative to the mean slot, by weekday.</summary>
    private double[] Shapes(ReadOnlySpan<double> y, double[] totals, int day, int daysPerWeek)
    {
        var shapes = new double[day * daysPerWeek];
        Array.Fill(shapes, 1);
        if (day == 1)
        {
            return shapes;
        }

        var weeks = Math.Min(shapeCycles, totals.Length / daysPerWeek);
        for (var weekday = 0; weekday < daysPerWeek; weekday++)
        {
            var (sums, weight) = (new double[day], 0.0);
            for (var w = 0; w < weeks; w++)
            {
                var d = totals.Length - ((w + 1) * daysPerWeek) + weekday;
                var fading = Math.Pow(0.95, w);
                weight += fading * totals[d];
                for (var i = 0; i < day; i++)
                {
                    sums[i] += fading * y[(d * day) + i];
                }
            }

            for (var i = 0; i < day && Math.Abs(weight) > 0; i++)
            {
                shapes[(weekday * day) + i] = sums[i] / weight;
            }
        }

        return shapes;
    }

    private sealed record Fitted(
        int Day, int DaysPerWeek, double[] Factors, double[] Shapes, double Level, double Slope, double Alpha, double Beta)
        : IFittedModel
    {
        public double[] Parameters => [Alpha, Beta];

        public void Forecast(Span<double> mean)
        {
            var (level, step) = (Level, Slope);
            for (var h = 0; h < mean.Length; h++)
            {
                if (h % Day == 0)
                {
                    step *= Damping;
                    level += step;
                }

                mean[h] = level * Factors[h / Day % DaysPerWeek] * Shapes[h % Shapes.Length];
            }
        }
    }
}
