using NodaTime;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>The season of the year of a series of weeks, by date: what a week is worth that holds a date, relative to the level.</summary>
/// <remarks>
/// 25 December lies 52 or 53 weeks apart from year to year, so no season of a fixed number of weeks meets it. Ratios to a level (a centred year at first,
/// then what is left without the season) are described by harmonics of the exact date, kept by the share that years left out confirm, and by what the weeks
/// of past years that held a date lay above or below them. A week holds seven dates and so may be known by any of them: each is weighed by how well the past
/// years that held it agree. A departure is kept as far as it is beyond chance (1 − 4 ÷ z²); a date that was silent in every year is silent.
/// Source: Cleveland &amp; Devlin, “Calendar effects in monthly time series”, <i>JASA</i> 77 (1982); Findley et al., “New capabilities and methods of the
/// X-12-ARIMA seasonal-adjustment program”, <i>JBES</i> 16 (1998) (ratios to a moving level, twice); Breiman, <i>Technometrics</i> 37 (1995) (the garrote).
/// </remarks>
internal sealed class YearByDate
{
    /// <summary>Fewest weeks: two years.</summary>
    public const int FewestWeeks = 104;

    private const int WeeksPerYear = 52;
    private const double ExactYear = 365.2425;
    private const int YearsUsed = 8;
    private const int YearsAhead = 3; // a forecast reaches two, and begins inside one
    private const int Pairs = 3;
    private const double Significance = 4; // of z²: two standard errors
    private const double LeastNoise = 0.01; // of a ratio squared: years that differ by a tenth agree
    private const double FeastPrior = 1000; // to one: weeks about Christmas and New Year are known by those days unless the years say otherwise
    public const double Quiet = 0.1; // of a usual week: less says nothing about the level
    private const double FirmLevel = 4; // usual weeks that a level is read from at least
    private static readonly int[] LevelWindows = [6, 13, 26, WeeksPerYear];

    private readonly LocalDate _first;
    private readonly double[] _ratios; // NaN where there is no level
    private readonly int _from;
    private readonly double[] _harmonics;
    private readonly double _noise;

    private YearByDate(LocalDate first, double[] ratios, int from, double[] harmonics)
    {
        (_first, _ratios, _from, _harmonics) = (first, ratios, from, harmonics);
        _noise = Noise();
    }

    /// <summary>Level of each week of the history; empty without a season.</summary>
    public double[] Level { get; private init; } = [];

    /// <summary>Standard deviation of a week from what its date is worth, as a share of that, where it is worth anything; 0 where no two years tell.</summary>
    public double Spread()
    {
        var departures = new List<double>(_ratios.Length);
        for (var t = _from; t < _ratios.Length; t++)
        {
            var usual = At(t);
            if (usual > Quiet && !double.IsNaN(_ratios[t]))
            {
                departures.Add((_ratios[t] - usual) / usual);
            }
        }

        return departures.Count < 2 ? 0 : Statistics.RobustDeviation([.. departures], 0);
    }

    /// <summary>Learns the season.</summary>
    /// <param name="y">Weeks, complete.</param>
    /// <param name="first">Monday of the first.</param>
    public static YearByDate Of(ReadOnlySpan<double> y, LocalDate first)
    {
        if (y.Length < FewestWeeks || !(Statistics.Mean(y) > 0) || y.ContainsAnyInRange(double.NegativeInfinity, -double.Epsilon))
        {
            return new YearByDate(first, [], 0, []);
        }

        var from = Math.Max(0, y.Length - (YearsUsed * (WeeksPerYear + 1)));
        var level = CentredYear(y);
        var season = Learn(y, level, first, from);
        level = LevelWithout(y, season);
        return Learn(y, level, first, from);
    }

    /// <summary>Factor of a week, relative to the level; 1 where no season is known.</summary>
    /// <param name="week">Week, 0 for the first of the history.</param>
    public double At(int week)
    {
        if (_ratios.Length == 0)
        {
            return 1;
        }

        var smooth = Smooth(week);
        var (sum, weights) = (0.0, 0.0);
        for (var day = 0; day < 7; day++)
        {
            var date = _first.PlusDays((7 * week) + day);
            var (mean, squares, years) = YearsThatHeld(date);
            if (years == 0)
            {
                continue;
            }

            var noise = Math.Max(_noise, LeastNoise * mean * mean);
            var weight = (IsFeast(date) ? FeastPrior : 1) * Math.Pow(noise / (noise + (squares / years)), 0.5 * (years - 1));
            var departure = mean - smooth;
            var chance = Significance * _noise / years;
            var kept = years > 1 && mean == 0 ? 1 : departure * departure > chance ? 1 - (chance / (departure * departure)) : 0;
            sum += weight * Math.Max(0, smooth + (kept * departure));
            weights += weight;
        }

        return weights > 0 ? sum / weights : smooth;
    }

    private static YearByDate Learn(ReadOnlySpan<double> y, double[] level, LocalDate first, int from)
    {
        var ratios = new double[y.Length];
        for (var t = 0; t < ratios.Length; t++)
        {
            ratios[t] = level[t] > 0 ? y[t] / level[t] : double.NaN;
        }

        return new YearByDate(first, ratios, from, Harmonics(ratios, first, from)) { Level = level };
    }

    private double Smooth(int week)
    {
        Span<double> row = stackalloc double[1 + (2 * Pairs)];
        Row(_first, week, row);
        return Math.Max(0, Vectors.Dot(row, _harmonics));
    }

    /// <summary>Mean of the ratios of the weeks of other years that held the same date, and their squares about it.</summary>
    private (double Mean, double Squares, int Years) YearsThatHeld(LocalDate date)
    {
        var (sum, squares, years) = (0.0, 0.0, 0);
        for (var k = -YearsUsed - YearsAhead; k <= YearsUsed; k++)
        {
            var week = Period.DaysBetween(_first, date.PlusYears(k));
            var index = week < 0 ? -1 : week / 7;
            if (index >= _from && index < _ratios.Length && !double.IsNaN(_ratios[index]))
            {
                sum += _ratios[index];
                squares += _ratios[index] * _ratios[index];
                years++;
            }
        }

        var mean = years > 0 ? sum / years : 0;
        return (mean, Math.Max(0, squares - (years * mean * mean)), years);
    }

    /// <summary>Variance of the ratios of the same dates from year to year.</summary>
    private double Noise()
    {
        var changes = new List<double>(_ratios.Length);
        for (var t = _from; t < _ratios.Length; t++)
        {
            var days = Period.DaysBetween(_first, _first.PlusDays((7 * t) + 3).PlusYears(-1));
            if (days >= 7 * _from && !double.IsNaN(_ratios[t] - _ratios[days / 7]))
            {
                changes.Add(_ratios[t] - _ratios[days / 7]);
            }
        }

        var deviation = changes.Count == 0 ? 0 : Statistics.RobustDeviation([.. changes], 0);
        return Math.Max(1e-8, deviation * deviation / 2);
    }

    private static bool IsFeast(LocalDate date)
    {
        var days = Period.DaysBetween(new LocalDate(date.Month > 6 ? date.Year : date.Year - 1, 12, 25), date);
        return days is >= -14 and <= 14 && days % 7 == 0;
    }

    /// <summary>Means of a year about each week; at the ends carried on by the growth between the two years there.</summary>
    private static double[] CentredYear(ReadOnlySpan<double> y)
    {
        const int half = WeeksPerYear / 2;
        var level = new double[y.Length];
        for (var t = half; t < y.Length - half; t++)
        {
            level[t] = (Statistics.Mean(y.Slice(t - half, WeeksPerYear)) + Statistics.Mean(y.Slice(t - half + 1, WeeksPerYear))) / 2;
        }

        var early = Growth(y[..WeeksPerYear], y[WeeksPerYear..(2 * WeeksPerYear)]);
        var late = Growth(y[^(2 * WeeksPerYear)..^WeeksPerYear], y[^WeeksPerYear..]);
        for (var k = 1; k <= half; k++)
        {
            level[half - k] = level[half] * Math.Exp(-early * k);
            level[y.Length - half - 1 + k] = level[y.Length - half - 1] * Math.Exp(late * k);
        }

        return level;
    }

    /// <summary>Growth a week from one year to the next.</summary>
    private static double Growth(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var (a, b) = (Statistics.Mean(before), Statistics.Mean(after));
        return a > 0 && b > 0 ? Math.Clamp(Math.Log(b / a) / WeeksPerYear, -0.05, 0.05) : 0;
    }

    /// <summary>Level about each week without the season: a ratio of sums over as many weeks as it takes to be firm.</summary>
    private static double[] LevelWithout(ReadOnlySpan<double> y, YearByDate season)
    {
        var (sums, usual) = (new double[y.Length + 1], new double[y.Length + 1]);
        for (var t = 0; t < y.Length; t++)
        {
            sums[t + 1] = sums[t] + y[t];
            usual[t + 1] = usual[t] + season.At(t);
        }

        var level = new double[y.Length];
        for (var t = 0; t < y.Length; t++)
        {
            foreach (var window in LevelWindows)
            {
                var (low, high) = (Math.Max(0, t - window), Math.Min(y.Length, t + window + 1));
                var expected = usual[high] - usual[low];
                level[t] = expected > 0 ? (sums[high] - sums[low]) / expected : 0;
                if (expected >= FirmLevel)
                {
                    break;
                }
            }
        }

        return level;
    }

    /// <summary>Harmonics of the date, kept by the share that holds in years left out.</summary>
    private static double[] Harmonics(double[] ratios, LocalDate first, int from)
    {
        const int width = 1 + (2 * Pairs);
        var years = Math.Max(2, (int)Math.Round((ratios.Length - from) / (ExactYear / 7)));
        var length = (ratios.Length - from + years - 1) / years;
        var rows = new double[ratios.Length * width];
        for (var t = from; t < ratios.Length; t++)
        {
            Row(first, t, rows.AsSpan(t * width, width));
        }

        var (top, bottom) = (0.0, 0.0);
        for (var year = 0; year < years; year++)
        {
            var (low, high) = (from + (year * length), Math.Min(ratios.Length, from + ((year + 1) * length)));
            var others = Solve(ratios, rows, width, from, low, high);
            for (var t = low; t < high; t++)
            {
                if (!double.IsNaN(ratios[t]))
                {
                    var said = Vectors.Dot(rows.AsSpan(t * width, width), others) - 1;
                    top += (ratios[t] - 1) * said;
                    bottom += said * said;
                }
            }
        }

        var harmonics = Solve(ratios, rows, width, from, 0, 0);
        var share = bottom > 0 ? Math.Clamp(top / bottom, 0, 1) : 0;
        harmonics[0] = 1 + (share * (harmonics[0] - 1));
        for (var i = 1; i < width; i++)
        {
            harmonics[i] *= share;
        }

        return harmonics;
    }

    private static double[] Solve(double[] ratios, double[] rows, int width, int from, int leftOutLow, int leftOutHigh)
    {
        var (gram, right) = (new double[width * width], new double[width]);
        for (var t = from; t < ratios.Length; t++)
        {
            if ((t >= leftOutLow && t < leftOutHigh) || double.IsNaN(ratios[t]))
            {
                continue;
            }

            var row = rows.AsSpan(t * width, width);
            for (var i = 0; i < width; i++)
            {
                right[i] += row[i] * ratios[t];
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * width) + j] += row[i] * row[j];
                }
            }
        }

        for (var i = 0; i < width; i++)
        {
            gram[(i * width) + i] += i == 0 ? 1e-9 : 0.5; // half a week's worth of doubt against a season
        }

        if (RidgeRegression.Solve(gram, right) && right.All(double.IsFinite))
        {
            return right;
        }

        var flat = new double[width];
        flat[0] = 1;
        return flat;
    }

    private static void Row(LocalDate first, int week, Span<double> row)
    {
        row[0] = 1;
        var turns = (Period.DaysBetween(new LocalDate(1970, 1, 1), first) + (7 * week) + 3) / ExactYear;
        for (var k = 1; k <= Pairs; k++)
        {
            (row[(2 * k) - 1], row[2 * k]) = Math.SinCos(2 * Math.PI * k * turns);
        }
    }
}
