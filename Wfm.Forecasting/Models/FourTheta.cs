using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>4Theta: the Theta method with a linear or exponential trend and an additive or multiplicative theta line, the best of the four.</summary>
/// <remarks>
/// Theta line: additive θ·y + (1−θ)·trend, multiplicative y^θ·trend^(1−θ), smoothed exponentially, combined with the trend the other way round. Curve,
/// line and θ in [1, 3] are chosen by absolute one-step errors; series with values not above zero have the linear additive member only. Seasons as
/// in <see cref="Theta"/>. Source: Spiliotis, Assimakopoulos &amp; Makridakis, “Generalizing the Theta method for automatic forecasting”,
/// <i>European Journal of Operational Research</i> 284 (2020); their entry “4Theta” in the M4 competition.
/// </remarks>
public sealed class FourTheta : IForecastModel
{
    private const int ObservationsUsed = 3000; // as in Theta: the line is local
    private static readonly double[] Thetas = [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3];

    /// <inheritdoc/>
    public string Name => "4theta";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => 4;

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
        return Learn(y, seasonLengths, new Member(parameters[0] != 0, parameters[1] != 0, parameters[2], parameters[3]));
    }

    private static Fitted Learn(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths, Member? known)
    {
        var m = ModelGuard.LongestSeason(Math.Min(y.Length, ObservationsUsed), seasonLengths, 2);
        var used = y.Length <= ObservationsUsed ? y.Length : ObservationsUsed / m * m;
        var season = SeasonalAdjustment.Of(y[^used..], m);
        var adjusted = season.Adjust(y[^used..]);
        var scale = LogScale.Choose(adjusted, logarithm: false);
        var x = scale.Forward(adjusted);
        var member = known ?? Choose(x);
        if (Trend.Fit(x, member.Exponential) is not { } trend || (member.Multiplicative && !trend.IsPositive(x.Length)))
        {
            // Later observations may bar the member that was chosen.
            member = member with { Exponential = false, Multiplicative = false };
            trend = Trend.Linear(x);
        }

        var level = Smooth(Line(x, trend, member.Multiplicative, member.Theta), member.Alpha, []);
        return new Fitted(season, scale, member, trend, level, x.Length);
    }

    private static Member Choose(double[] x)
    {
        var (best, choice) = (double.PositiveInfinity, new Member(false, false, 2, 0.5));
        var fitted = new double[x.Length];
        foreach (var exponential in new[] { false, true })
        {
            if (Trend.Fit(x, exponential) is not { } trend)
            {
                continue;
            }

            foreach (var multiplicative in trend.IsPositive(x.Length) && x.All(v => v > 0) ? new[] { false, true } : [false])
            {
                foreach (var theta in Thetas)
                {
                    var line = Line(x, trend, multiplicative, theta);
                    var alpha = ChooseAlpha(line);
                    Smooth(line, alpha, fitted);
                    var loss = Loss(x, fitted, trend, multiplicative, theta);
                    if (loss < best)
                    {
                        (best, choice) = (loss, new Member(exponential, multiplicative, theta, alpha));
                    }
                }
            }
        }

        return choice;
    }

    private static double[] Line(double[] x, Trend trend, bool multiplicative, double theta)
    {
        var line = new double[x.Length];
        for (var t = 0; t < x.Length; t++)
        {
            var at = trend.At(t + 1);
            line[t] = multiplicative ? Math.Pow(Math.Max(x[t], 1e-9) / at, theta) * at : (theta * x[t]) + ((1 - theta) * at);
        }

        return line;
    }

    private static double ChooseAlpha(double[] line)
    {
        var (best, choice) = (double.PositiveInfinity, 0.5);
        for (var step = 1; step <= 19; step++)
        {
            var (level, loss, alpha) = (line[0], 0.0, step * 0.05);
            foreach (var value in line)
            {
                var error = value - level;
                loss += error * error;
                level += alpha * error;
            }

            if (loss < best)
            {
                (best, choice) = (loss, alpha);
            }
        }

        return choice;
    }

    /// <summary>Level after the last value; the one-step forecasts where there is room for them.</summary>
    private static double Smooth(double[] line, double alpha, Span<double> fitted)
    {
        var level = line[0];
        for (var t = 0; t < line.Length; t++)
        {
            if (t < fitted.Length)
            {
                fitted[t] = level;
            }

            level += alpha * (line[t] - level);
        }

        return level;
    }

    private static double Loss(double[] x, double[] fitted, Trend trend, bool multiplicative, double theta)
    {
        var loss = 0.0;
        for (var t = 1; t < x.Length; t++)
        {
            loss += Math.Abs(x[t] - Combine(fitted[t], trend.At(t + 1), multiplicative, theta));
        }

        return loss;
    }

    private static double Combine(double level, double trend, bool multiplicative, double theta) =>
        multiplicative ? Math.Pow(level / trend, 1 / theta) * trend : (level / theta) + ((1 - (1 / theta)) * trend);

    private sealed record Member(bool Exponential, bool Multiplicative, double Theta, double Alpha);

    /// <summary>intercept + slope·t, or the exponential of it.</summary>
    private readonly record struct Trend(bool Exponential, double Intercept, double Slope)
    {
        public static Trend Linear(double[] x)
        {
            var (intercept, slope) = LinearTrend.Fit(x);
            return new Trend(false, intercept, slope);
        }

        public static Trend? Fit(double[] x, bool exponential)
        {
            if (!exponential)
            {
                return Linear(x);
            }

            if (x.Any(v => !(v > 1e-6)))
            {
                return null; // next to zero the logarithms of a few values would be the whole trend
            }

            var (intercept, slope) = LinearTrend.Fit([.. x.Select(v => Math.Log(v))]);
            return new Trend(true, intercept, slope);
        }

        public double At(double t)
        {
            var value = Intercept + (Slope * t);
            return Exponential ? Math.Exp(Math.Clamp(value, -50, 50)) : value;
        }

        public bool IsPositive(int length) => Exponential || (At(1) > 1e-6 && At(length) > 1e-6);
    }

    private sealed record Fitted(SeasonalAdjustment Season, LogScale Scale, Member Member, Trend Trend, double Level, int Length) : IFittedModel
    {
        public double[] Parameters => [Member.Exponential ? 1 : 0, Member.Multiplicative ? 1 : 0, Member.Theta, Member.Alpha];

        public void Forecast(Span<double> mean)
        {
            var (low, high) = Scale.Bounds;
            for (var h = 0; h < mean.Length; h++)
            {
                var trend = Trend.At(Length + h + 1);
                trend = Member.Multiplicative ? Math.Max(trend, 1e-6) : trend; // a falling line ends at zero
                var value = Combine(Level, trend, Member.Multiplicative, Member.Theta);
                mean[h] = Season.Restore(Scale.Back(Math.Clamp(value, low, high)), Length + h);
            }
        }
    }
}
