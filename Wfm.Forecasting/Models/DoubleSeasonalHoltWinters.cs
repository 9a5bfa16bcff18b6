using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Taylor's double and triple seasonal exponential smoothing with an autoregressive error.</summary>
/// <remarks>
/// ŷ(t+h) = ℓ + d(t+h) + w(t+h) + a(t+h) + φʰ·e(t); ℓ += λ·e, d += δ·e, w += ω·e, a += υ·e: day, week and year. Without a second season the w part is
/// left out, without a third of which the history holds two cycles the a part. Sources: Taylor, “Short-term electricity demand
/// forecasting using double seasonal exponential smoothing”, <i>Journal of the Operational Research Society</i> 54 (2003), additive form with AR(1)
/// adjustment; Taylor, “Triple seasonal methods for short-term electricity demand forecasting”, <i>European Journal of Operational
/// Research</i> 204 (2010). Parameters by squared one-step errors after a warm-up.
/// </remarks>
/// <param name="logarithm">On logarithms, for positive series.</param>
public sealed class DoubleSeasonalHoltWinters(bool logarithm) : IForecastModel
{
    private const int WeeksUsed = 10;
    private const int YearsUsed = 3;

    /// <inheritdoc/>
    public string Name => logarithm ? "double-seasonal-log" : "double-seasonal";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 4 : 2 * seasonLengths[Math.Min(1, seasonLengths.Length - 1)];

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var cycles = Cycles.Of(seasonLengths, seasonLengths.Length > 2 && y.Length >= 2 * seasonLengths[2]);
        var used = cycles.Used(y.Length);
        var scale = LogScale.Choose(y[^used..], logarithm);
        var x = scale.Forward(y[^used..]);
        double[] point = [0.05, 0.15, 0.15, 0.7, .. cycles.Year > 1 ? [0.1] : Array.Empty<double>()];
        double[] step = [0.1, 0.1, 0.1, 0.15, .. cycles.Year > 1 ? [0.1] : Array.Empty<double>()];
        var state = new State(cycles);
        NelderMead.Minimize(p => InBounds(p) ? state.Run(x, p) : double.PositiveInfinity, point, step, 120, 1e-4);
        return Learn(x, cycles, scale, point);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var smoothing = parameters[LogScale.Length..];
        var cycles = Cycles.Of(seasonLengths, smoothing.Length > 4 && seasonLengths.Length > 2 && y.Length >= 2 * seasonLengths[2]);
        var scale = LogScale.From(parameters);
        return Learn(scale.Forward(y[^cycles.Used(y.Length)..]), cycles, scale, smoothing);
    }

    private static Fitted Learn(double[] x, Cycles cycles, LogScale scale, double[] parameters)
    {
        var state = new State(cycles);
        state.Run(x, parameters);
        return new Fitted(scale, parameters, state);
    }

    private static bool InBounds(ReadOnlySpan<double> p) =>
        p[0] is >= 0 and <= 0.99 && p[1] is >= 0 and <= 0.99 && p[2] is >= 0 and <= 0.99 && p[3] is >= -0.5 and <= 0.99
        && (p.Length == 4 || p[4] is >= 0 and <= 0.99);

    /// <summary>Observations in a day, a week and a year; 1 where there is none.</summary>
    private readonly record struct Cycles(int Day, int Week, int Year)
    {
        public static Cycles Of(ReadOnlySpan<int> seasonLengths, bool annual) => seasonLengths.IsEmpty
            ? new(1, 1, 1) : new(seasonLengths[0], seasonLengths[Math.Min(1, seasonLengths.Length - 1)], annual ? seasonLengths[2] : 1);

        public int Used(int length) => Math.Min(length, Year > 1 ? YearsUsed * Year : WeeksUsed * Week);
    }

    /// <summary>Level, seasons and the last error.</summary>
    private sealed class State(Cycles cycles)
    {
        private readonly double[] _day = new double[cycles.Day];
        private readonly double[] _week = new double[cycles.Week];
        private readonly double[] _year = new double[cycles.Year];
        private double[] _sums = [];
        private double _level;
        private double _error;
        private int _length;

        public double Run(double[] x, ReadOnlySpan<double> p)
        {
            Start(x);
            var (day, week, year) = cycles;
            var (lambda, delta, omega, phi, upsilon) = (p[0], p[1], week > day ? p[2] : 0, p[3], year > 1 ? p[4] : 0);
            var (level, error, loss, warm) = (_level, 0.0, 0.0, Math.Max(week, year));
            int d = 0, w = 0, a = 0;
            for (var t = 0; t < x.Length; t++)
            {
                var fitted = level + _day[d] + _week[w] + _year[a] + (phi * error);
                var e = x[t] - fitted;
                error = x[t] - level - _day[d] - _week[w] - _year[a];
                loss += t >= warm ? e * e : 0;
                level += lambda * e;
                _day[d] += delta * e;
                _week[w] += omega * e;
                _year[a] += upsilon * e;
                d = d + 1 == day ? 0 : d + 1;
                w = w + 1 == week ? 0 : w + 1;
                a = a + 1 == year ? 0 : a + 1;
            }

            (_level, _error, _length) = (level, error, x.Length);
            return loss;
        }

        public double Ahead(int h, double phi) => _level + _day[(_length + h) % cycles.Day] + _week[(_length + h) % cycles.Week]
            + _year[(_length + h) % cycles.Year] + (Math.Pow(phi, h + 1) * _error);

        /// <summary>Level: mean of the first two longest cycles; day: mean by slot of the day; week and year: what is left by their slots.</summary>
        private void Start(double[] x)
        {
            var head = x.AsSpan(0, Math.Min(x.Length, 2 * Math.Max(cycles.Week, cycles.Year)));
            _level = Statistics.Mean(head);
            Array.Clear(_day);
            Array.Clear(_week);
            Array.Clear(_year);
            Spread(head, _day, 1);
            if (cycles.Week > cycles.Day)
            {
                Spread(head, _week, cycles.Year > 1 ? 1 : 0.7); // two cycles are few: most of what they say, not all
            }

            if (cycles.Year > 1)
            {
                SpreadYear(head);
            }
        }

        private void Spread(ReadOnlySpan<double> head, double[] season, double share)
        {
            if (season.Length == 1)
            {
                return;
            }

            for (var phase = 0; phase < season.Length; phase++)
            {
                var (sum, count) = (0.0, 0);
                for (var t = phase; t < head.Length; t += season.Length)
                {
                    sum += head[t] - _level - (ReferenceEquals(season, _week) ? _day[t % cycles.Day] : 0);
                    count++;
                }

                season[phase] = count == 0 ? 0 : share * sum / count;
            }
        }

        /// <summary>A slot of the year is seen twice, which is noise: it starts from the mean of the week around it.</summary>
        private void SpreadYear(ReadOnlySpan<double> head)
        {
            _sums = _sums.Length > head.Length ? _sums : new double[head.Length + 1]; // kept: a search starts a hundred times
            var sums = _sums;
            for (var t = 0; t < head.Length; t++)
            {
                sums[t + 1] = sums[t] + head[t] - _level - _day[t % cycles.Day] - _week[t % cycles.Week];
            }

            for (var t = 0; t < head.Length; t++)
            {
                var (from, to) = (Math.Max(0, t - (cycles.Week / 2)), Math.Min(head.Length, t + (cycles.Week / 2) + 1));
                _year[t % cycles.Year] += (sums[to] - sums[from]) / (to - from) / 2;
            }
        }
    }

    private sealed record Fitted(LogScale Scale, double[] Smoothing, State State) : IFittedModel
    {
        public double[] Parameters => [.. Scale.ToArray(), .. Smoothing];

        public void Forecast(Span<double> mean)
        {
            var (low, high) = Scale.Bounds;
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Scale.Back(Math.Clamp(State.Ahead(h, Smoothing[3]), low, high));
            }
        }
    }
}
