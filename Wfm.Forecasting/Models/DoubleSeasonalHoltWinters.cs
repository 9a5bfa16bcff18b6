using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Taylor's double seasonal exponential smoothing with an autoregressive error.</summary>
/// <remarks>
/// ŷ(t+h) = ℓ + d(t+h) + w(t+h) + φʰ·e(t); ℓ += λ·e, d += δ·e, w += ω·e. Without a second season the w part is left out. Source: Taylor, “Short-term
/// electricity demand forecasting using double seasonal exponential smoothing”, <i>Journal of the Operational Research Society</i> 54 (2003), additive form
/// with AR(1) adjustment. Parameters by squared one-step errors after a warm-up.
/// </remarks>
/// <param name="logarithm">On logarithms, for positive series.</param>
public sealed class DoubleSeasonalHoltWinters(bool logarithm) : IForecastModel
{
    private const int CyclesUsed = 10;

    /// <inheritdoc/>
    public string Name => logarithm ? "double-seasonal-log" : "double-seasonal";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 4 : 2 * seasonLengths[^1];

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var week = seasonLengths.IsEmpty ? 1 : seasonLengths[^1];
        var day = seasonLengths.IsEmpty ? 1 : seasonLengths[0];
        var used = Math.Min(y.Length, CyclesUsed * week);
        var scale = LogScale.Choose(y[^used..], logarithm);
        var x = scale.Forward(y[^used..]);
        double[] point = [0.05, 0.15, 0.15, 0.7];
        double[] step = [0.1, 0.1, 0.1, 0.15];
        var state = new State(day, week);
        NelderMead.Minimize(p => InBounds(p) ? state.Run(x, p) : double.PositiveInfinity, point, step, 120, 1e-4);
        return Learn(x, day, week, scale, point);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var (day, week) = seasonLengths.IsEmpty ? (1, 1) : (seasonLengths[0], seasonLengths[^1]);
        var scale = LogScale.From(parameters);
        return Learn(scale.Forward(y[^Math.Min(y.Length, CyclesUsed * week)..]), day, week, scale, parameters[LogScale.Length..]);
    }

    private static Fitted Learn(double[] x, int day, int week, LogScale scale, double[] parameters)
    {
        var state = new State(day, week);
        state.Run(x, parameters);
        return new Fitted(scale, parameters, state);
    }

    private static bool InBounds(ReadOnlySpan<double> p) =>
        p[0] is >= 0 and <= 0.99 && p[1] is >= 0 and <= 0.99 && p[2] is >= 0 and <= 0.99 && p[3] is >= -0.5 and <= 0.99;

    /// <summary>Level, two seasons and the last error.</summary>
    private sealed class State(int day, int week)
    {
        private readonly double[] _day = new double[day];
        private readonly double[] _week = new double[week];
        private double _level;
        private double _error;
        private int _length;

        public double Run(double[] x, ReadOnlySpan<double> p)
        {
            Start(x);
            var (lambda, delta, omega, phi) = (p[0], p[1], week > day ? p[2] : 0, p[3]);
            var (level, error, loss) = (_level, 0.0, 0.0);
            int d = 0, w = 0;
            for (var t = 0; t < x.Length; t++)
            {
                var fitted = level + _day[d] + _week[w] + (phi * error);
                var e = x[t] - fitted;
                error = x[t] - level - _day[d] - _week[w];
                loss += t >= week ? e * e : 0;
                level += lambda * e;
                _day[d] += delta * e;
                _week[w] += omega * e;
                d = d + 1 == day ? 0 : d + 1;
                w = w + 1 == week ? 0 : w + 1;
            }

            (_level, _error, _length) = (level, error, x.Length);
            return loss;
        }

        public double Ahead(int h, double phi) =>
            _level + _day[(_length + h) % day] + _week[(_length + h) % week] + (Math.Pow(phi, h + 1) * _error);

        /// <summary>Level: mean of the first two cycles; day: mean by slot of the day; week: what is left of the slot of the week.</summary>
        private void Start(double[] x)
        {
            var head = x.AsSpan(0, Math.Min(x.Length, 2 * week));
            _level = Statistics.Mean(head);
            Array.Clear(_day);
            Array.Clear(_week);
            Spread(head, _day, 1);
            if (week > day)
            {
                Spread(head, _week, 0.7); // two cycles are few: most of what they say, not all
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
                    sum += head[t] - _level - (ReferenceEquals(season, _week) ? _day[t % day] : 0);
                    count++;
                }

                season[phase] = count == 0 ? 0 : share * sum / count;
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
