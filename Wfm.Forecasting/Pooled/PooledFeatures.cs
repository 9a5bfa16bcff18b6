using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>A history seen from its end, in units of its own level: the features pooled models read, step by step.</summary>
/// <remarks>
/// Everything is a ratio or a deviation from the mean of the same slot over the last eight weeks (the profile), so that queues of any size,
/// time zone and opening hours speak one language. Ratios of short stretches are pulled toward 1 by how little they weigh against the noise.
/// </remarks>
internal sealed class PooledFeatures
{
    /// <summary>Weeks of the profile.</summary>
    public const int Weeks = 8;

    /// <summary>Weeks before the origin that are looked at: a year and the eight weeks before.</summary>
    public const int Reach = YearOfWeeks + Weeks;

    private const int Lags = 4; // weeks read one by one
    private const double DayVariance = 0.005; // of the level from day to day, relative: 7 %, an ordinary day of an ordinary queue
    private const double LargestRatio = 3;
    private const int YearOfWeeks = 52;
    private const double FarthestDay = 42; // training goes no farther: beyond it steps are like the last

    private readonly SlotClock _clock;
    private readonly int _origin;
    private readonly double[][] _lags;
    private readonly double[] _profile;
    private readonly double[] _recent;
    private readonly double[] _smooth;
    private readonly double[] _separable;
    private readonly double[] _yesterday;
    private readonly double[] _yearByWeek;
    private readonly double _lastHours;
    private readonly double _lastDay;
    private readonly double _lastWeek;
    private readonly double _lastMonth;

    /// <summary>Looks at a history.</summary>
    /// <param name="y">Complete observations, at least a week.</param>
    /// <param name="firstSlot">Position of <paramref name="y"/>'s first slot on the clock.</param>
    /// <param name="clock">Where slots lie in the local week.</param>
    /// <param name="horizon">Steps that will be asked for.</param>
    public PooledFeatures(ReadOnlySpan<double> y, int firstSlot, SlotClock clock, int horizon)
    {
        var m = clock.Week;
        var weeks = Math.Min(Weeks, y.Length / m);
        (_clock, _origin) = (clock, firstSlot + y.Length);
        Level = LevelOf(y[^(Math.Min(Lags, weeks) * m)..]);
        _lags = new double[Lags][];
        _profile = SlotMeans(y, m, weeks);
        _recent = SlotMeans(y, m, Math.Min(Lags, weeks));
        for (var j = 0; j < Lags; j++)
        {
            _lags[j] = j < weeks ? Scaled(y.Slice(y.Length - ((j + 1) * m), m)) : _profile;
        }

        _smooth = Smoothed(_profile);
        _separable = Separable(_recent);
        Noise = NoiseOf(y, weeks);
        _yesterday = Yesterday(y);
        _lastHours = Ratio(y, Math.Max(1, clock.Day / 8));
        _lastDay = Ratio(y, clock.Day);
        _lastWeek = Ratio(y, m);
        _lastMonth = weeks == Weeks ? Bounded(_recent.Sum(), (2 * _profile.Sum()) - _recent.Sum()) : 0;
        _yearByWeek = YearRatios(y, Math.Max(1, (horizon + m - 1) / m));
    }

    /// <summary>Names of the features, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "profile", "week-1", "week-2", "week-3", "week-4", "four-weeks", "neighbours", "day-times-week",
        "last-hours", "last-day", "last-day-lasting", "last-week", "last-month", "yesterday", "last-year",
        "noise", "day-ahead", "day-sin-1", "day-cos-1", "day-sin-2", "day-cos-2", "week-sin-1", "week-cos-1", "week-sin-2", "week-cos-2",
    ];

    /// <summary>Mean absolute value over the last four weeks: the unit of everything here. 0 for a history of zeros.</summary>
    public double Level { get; }

    /// <summary>Variance of a slot around its mean over the weeks, in squared levels; at least 0.001.</summary>
    public double Noise { get; }

    /// <summary>Mean of the slot over the last eight weeks, in levels: what pooled models add to.</summary>
    /// <param name="step">Step ahead, from 0.</param>
    public double BaseOf(int step) => _profile[step % _profile.Length];

    /// <summary>Variance to expect at a step, in squared levels: it grows with the slot's mean, as that of counts does.</summary>
    /// <param name="step">Step ahead, from 0.</param>
    public double VarianceOf(int step) => Noise * (Math.Abs(_smooth[step % _smooth.Length]) + 0.1);

    /// <summary>Writes the features of a step.</summary>
    /// <param name="step">Step ahead, from 0.</param>
    /// <param name="row">One cell per name.</param>
    public void Write(int step, Span<double> row)
    {
        var i = step % _profile.Length;
        var days = step / (double)_clock.Day;
        var usual = _profile[i];
        row[0] = usual;
        for (var j = 0; j < Lags; j++)
        {
            row[1 + j] = _lags[j][i] - usual;
        }

        row[5] = _recent[i] - usual;
        row[6] = _smooth[i] - usual;
        row[7] = _separable[i] - usual;
        row[8] = _lastHours * usual * Math.Exp(-8 * days);
        row[9] = _lastDay * usual * Math.Exp(-0.5 * days);
        row[10] = _lastDay * usual;
        row[11] = _lastWeek * usual;
        row[12] = _lastMonth * usual;
        row[13] = _yesterday[step % _yesterday.Length] * Math.Exp(-0.5 * days);
        row[14] = _yearByWeek[Math.Min(step / _profile.Length, _yearByWeek.Length - 1)] * usual;
        row[15] = Math.Sqrt(Noise);
        row[16] = Math.Min(days, FarthestDay);
        WriteClock(_origin + step, row[17..]);
    }

    private void WriteClock(int slot, Span<double> row)
    {
        var (day, week) = (2 * Math.PI * _clock.DayFraction(slot), 2 * Math.PI * _clock.WeekFraction(slot));
        (row[0], row[1]) = Math.SinCos(day);
        (row[2], row[3]) = Math.SinCos(2 * day);
        (row[4], row[5]) = Math.SinCos(week);
        (row[6], row[7]) = Math.SinCos(2 * week);
    }

    private static double LevelOf(ReadOnlySpan<double> y)
    {
        var sum = 0.0;
        foreach (var value in y)
        {
            sum += Math.Abs(value);
        }

        return sum / y.Length;
    }

    private double[] Scaled(ReadOnlySpan<double> y)
    {
        var scaled = new double[y.Length];
        for (var i = 0; i < y.Length && Level > 0; i++)
        {
            scaled[i] = y[i] / Level;
        }

        return scaled;
    }

    private double[] SlotMeans(ReadOnlySpan<double> y, int m, int weeks)
    {
        var means = new double[m];
        for (var start = y.Length - (weeks * m); start < y.Length; start += m)
        {
            for (var i = 0; i < m; i++)
            {
                means[i] += y[start + i];
            }
        }

        for (var i = 0; i < m; i++)
        {
            means[i] = Level > 0 ? means[i] / (weeks * Level) : 0;
        }

        return means;
    }

    private static double[] Smoothed(double[] profile)
    {
        var (m, smooth) = (profile.Length, new double[profile.Length]);
        for (var i = 0; i < m; i++)
        {
            smooth[i] = (0.25 * profile[(i + m - 1) % m]) + (0.5 * profile[i]) + (0.25 * profile[(i + 1) % m]);
        }

        return smooth;
    }

    /// <summary>The same profile as weekday × time of day: less to learn from the same weeks.</summary>
    private double[] Separable(double[] profile)
    {
        var (m, day) = (profile.Length, _clock.Day);
        if (!_clock.IsRegular || m == day || day == 1)
        {
            return profile;
        }

        var (times, weekdays, total) = (new double[day], new double[m / day], 0.0);
        for (var i = 0; i < m; i++)
        {
            var phase = _clock.PhaseOf(_origin + i);
            times[phase % day] += profile[i];
            weekdays[phase / day] += profile[i];
            total += profile[i];
        }

        var separable = new double[m];
        for (var i = 0; i < m; i++)
        {
            var phase = _clock.PhaseOf(_origin + i);
            separable[i] = Math.Abs(total) > 1e-9 * m ? times[phase % day] * weekdays[phase / day] / total : profile[i];
        }

        return separable;
    }

    private double NoiseOf(ReadOnlySpan<double> y, int weeks)
    {
        var (m, squares) = (_profile.Length, 0.0);
        if (!(Level > 0))
        {
            return 1e-3;
        }

        if (weeks < 2)
        {
            for (var t = y.Length - m + 1; t < y.Length; t++)
            {
                var change = (y[t] - y[t - 1]) / Level;
                squares += 0.5 * change * change / m;
            }

            return Math.Max(1e-3, squares);
        }

        for (var j = 0; j < weeks; j++)
        {
            var week = y.Slice(y.Length - ((j + 1) * m), m);
            for (var i = 0; i < m; i++)
            {
                var deviation = (week[i] / Level) - _profile[i];
                squares += deviation * deviation / (m * (weeks - 1));
            }
        }

        return Math.Max(1e-3, squares);
    }

    /// <summary>How the last day differed from the profile, slot by slot; zeros where days differ in length.</summary>
    private double[] Yesterday(ReadOnlySpan<double> y)
    {
        var (m, day) = (_profile.Length, _clock.Day);
        var difference = new double[day];
        for (var i = 0; i < day && _clock.IsRegular && Level > 0; i++)
        {
            difference[i] = (y[^(day - i)] / Level) - _profile[(m - day + i) % m];
        }

        return difference;
    }

    /// <summary>How the last slots differed from the profile as a fraction, shrunk by what noise alone would do.</summary>
    private double Ratio(ReadOnlySpan<double> y, int slots)
    {
        var (m, sum, expected) = (_profile.Length, 0.0, 0.0);
        for (var i = 0; i < slots && Level > 0; i++)
        {
            sum += y[^(slots - i)] / Level;
            expected += _profile[(m - slots + i) % m];
        }

        return Bounded(sum, expected, Noise / DayVariance);
    }

    private static double Bounded(double sum, double expected, double doubt = 0)
    {
        var size = Math.Abs(expected) + doubt;
        return size > 0 ? Math.Clamp((sum - expected) / size, -LargestRatio, LargestRatio) : 0;
    }

    /// <summary>How the same weeks of last year differed from the eight before them, by week ahead; zeros without two such stretches.</summary>
    private double[] YearRatios(ReadOnlySpan<double> y, int weeksAhead)
    {
        var (m, ratios) = (_profile.Length, new double[weeksAhead]);
        var then = y.Length - (YearOfWeeks * m);
        if (then < Weeks * m || !(Level > 0))
        {
            return ratios;
        }

        var before = Statistics.Mean(y.Slice(then - (Weeks * m), Weeks * m));
        for (var w = 0; w < weeksAhead; w++)
        {
            var centre = then + ((w % (YearOfWeeks - 3)) * m);
            ratios[w] = Math.Clamp(Bounded(Statistics.Mean(y.Slice(centre - (2 * m), 4 * m)), before), -0.5, 0.5);
        }

        return ratios;
    }
}
