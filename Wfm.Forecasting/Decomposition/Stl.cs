using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Decomposition;

/// <summary>Parts of a series that add up to it.</summary>
/// <param name="Seasonal">Seasonal component.</param>
/// <param name="Trend">Trend.</param>
/// <param name="Remainder">What is left.</param>
public sealed record StlResult(double[] Seasonal, double[] Trend, double[] Remainder);

/// <summary>Windows of an STL decomposition, each odd; 0 takes the default of R's <c>stl</c>.</summary>
public sealed record StlOptions
{
    /// <summary>Seasons over which the shape of the season may change; at least 7 advised. <see cref="int.MaxValue"/> for a fixed season.</summary>
    public int SeasonalWindow { get; init; } = 11;

    /// <summary>Observations in the trend window; 0 for the least odd number above 1.5·m ÷ (1 − 1.5 ÷ SeasonalWindow).</summary>
    public int TrendWindow { get; init; }

    /// <summary>Observations in the low-pass window; 0 for the least odd number not below m.</summary>
    public int LowPassWindow { get; init; }

    /// <summary>Whether outliers are weighted down: 15 outer rounds of one inner round each, instead of two inner rounds.</summary>
    public bool Robust { get; init; }

    /// <summary>Degree of the local polynomial of the season, 0 or 1; R's default is 0.</summary>
    public int SeasonalDegree { get; init; }

    /// <summary>Rounds in which outliers are weighed, after a first without, for checks against other implementations; R's where not given.</summary>
    internal int? OuterRounds { get; init; }

    /// <summary>Inner rounds, likewise.</summary>
    internal int? InnerRounds { get; init; }

    /// <summary>Jumps of season, trend and low pass, likewise.</summary>
    internal (int Seasonal, int Trend, int LowPass)? Jumps { get; init; }
}

/// <summary>Seasonal-trend decomposition by loess.</summary>
/// <remarks>
/// Source: Cleveland, Cleveland, McRae &amp; Terpenning, “STL: a seasonal-trend decomposition procedure based on loess”, <i>Journal of Official
/// Statistics</i> 6 (1990); degrees 0 for the season and 1 for trend and low pass and the jumps of a tenth of a window are those of R's <c>stl</c>.
/// With the settings of the netlib example (monthly CO2, degree 1, two robust rounds) season and trend agree with the Fortran to 1e-11.
/// </remarks>
public static class Stl
{
    /// <summary>Decomposes a series.</summary>
    /// <param name="y">Finite observations, at least two seasons.</param>
    /// <param name="seasonLength">m ≥ 2.</param>
    /// <param name="options">Windows; defaults when <see langword="null"/>.</param>
    /// <exception cref="ForecastDataException">Fewer than two seasons.</exception>
    public static StlResult Decompose(ReadOnlySpan<double> y, int seasonLength, StlOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seasonLength, 2);
        if (y.Length < 2 * seasonLength)
        {
            throw new ForecastDataException($"STL needs two seasons of {seasonLength}, {2 * seasonLength} observations; the series has {y.Length}.");
        }

        options ??= new StlOptions();
        var windows = Windows.Resolve(options, seasonLength, y.Length);
        var (seasonal, trend) = (new double[y.Length], new double[y.Length]);
        var outer = options.Robust ? new double[y.Length] : [];
        var outerRounds = options.OuterRounds ?? (options.Robust ? 15 : 0);
        var innerRounds = options.InnerRounds ?? (options.Robust ? 1 : 2);
        for (var round = 0; round <= outerRounds; round++)
        {
            for (var inner = 0; inner < innerRounds; inner++)
            {
                InnerLoop(y, seasonLength, windows, round == 0 ? [] : outer, seasonal, trend);
            }

            if (options.Robust)
            {
                BisquareWeights(y, seasonal, trend, outer);
            }
        }

        var remainder = new double[y.Length];
        if (windows.Periodic)
        {
            AverageByPhase(seasonal, seasonLength);
        }

        for (var t = 0; t < y.Length; t++)
        {
            remainder[t] = y[t] - seasonal[t] - trend[t];
        }

        return new StlResult(seasonal, trend, remainder);
    }

    private static void InnerLoop(
        ReadOnlySpan<double> y, int m, Windows windows, ReadOnlySpan<double> outer, double[] seasonal, double[] trend)
    {
        var n = y.Length;
        var detrended = new double[n];
        for (var t = 0; t < n; t++)
        {
            detrended[t] = y[t] - trend[t];
        }

        var cycle = new double[n + (2 * m)];
        SmoothSubseries(detrended, m, windows, outer, cycle);
        var low = LowPass(cycle, m, n, windows);
        for (var t = 0; t < n; t++)
        {
            seasonal[t] = cycle[m + t] - low[t];
            detrended[t] = y[t] - seasonal[t];
        }

        Loess.Smooth(detrended, windows.Trend, 1, windows.TrendJump, outer, trend);
    }

    /// <summary>Smooths each phase of the season over the seasons, and carries it one season out at both ends.</summary>
    private static void SmoothSubseries(ReadOnlySpan<double> y, int m, Windows windows, ReadOnlySpan<double> outer, double[] cycle)
    {
        var longest = ((y.Length - 1) / m) + 1;
        var (sub, smooth, weights) = (new double[longest], new double[longest], new double[longest]);
        var local = new double[Math.Max(longest, Math.Min(windows.Seasonal, longest))];
        for (var phase = 0; phase < m; phase++)
        {
            var k = ((y.Length - 1 - phase) / m) + 1;
            for (var i = 0; i < k; i++)
            {
                sub[i] = y[phase + (i * m)];
                weights[i] = outer.IsEmpty ? 1 : outer[phase + (i * m)];
            }

            var used = outer.IsEmpty ? [] : weights.AsSpan(0, k);
            Loess.Smooth(sub.AsSpan(0, k), windows.Seasonal, windows.Degree, windows.SeasonalJump, used, smooth.AsSpan(0, k));
            var first = Loess.Evaluate(sub.AsSpan(0, k), -1, 0, Math.Min(windows.Seasonal, k) - 1, windows.Seasonal, windows.Degree, used, local);
            var last = Loess.Evaluate(sub.AsSpan(0, k), k, Math.Max(0, k - windows.Seasonal), k - 1, windows.Seasonal, windows.Degree, used, local);
            cycle[phase] = double.IsNaN(first) ? smooth[0] : first;
            for (var i = 0; i < k; i++)
            {
                cycle[phase + ((i + 1) * m)] = smooth[i];
            }

            cycle[phase + ((k + 1) * m)] = double.IsNaN(last) ? smooth[k - 1] : last;
        }
    }

    private static double[] LowPass(double[] cycle, int m, int n, Windows windows)
    {
        var once = MovingAverage(cycle, m);
        var twice = MovingAverage(once, m);
        var thrice = MovingAverage(twice, 3);
        var low = new double[n];
        Loess.Smooth(thrice, windows.LowPass, 1, windows.LowPassJump, [], low);
        return low;
    }

    private static double[] MovingAverage(double[] x, int length)
    {
        var average = new double[x.Length - length + 1];
        var sum = 0.0;
        for (var t = 0; t < x.Length; t++)
        {
            sum += x[t];
            if (t >= length)
            {
                sum -= x[t - length];
            }

            if (t >= length - 1)
            {
                average[t - length + 1] = sum / length;
            }
        }

        return average;
    }

    private static void BisquareWeights(ReadOnlySpan<double> y, double[] seasonal, double[] trend, double[] outer)
    {
        for (var t = 0; t < outer.Length; t++)
        {
            outer[t] = Math.Abs(y[t] - seasonal[t] - trend[t]);
        }

        var bound = 6 * Statistics.Median(outer);
        for (var t = 0; t < outer.Length; t++)
        {
            var u = bound > 0 ? outer[t] / bound : 0;
            outer[t] = u <= 0.001 ? 1 : u <= 0.999 ? (1 - (u * u)) * (1 - (u * u)) : 0;
        }
    }

    private static void AverageByPhase(double[] seasonal, int m)
    {
        for (var phase = 0; phase < m; phase++)
        {
            var (sum, count) = (0.0, 0);
            for (var t = phase; t < seasonal.Length; t += m)
            {
                sum += seasonal[t];
                count++;
            }

            for (var t = phase; t < seasonal.Length; t += m)
            {
                seasonal[t] = sum / count;
            }
        }
    }

    private sealed record Windows(
        int Seasonal, int Degree, int Trend, int LowPass, int SeasonalJump, int TrendJump, int LowPassJump, bool Periodic)
    {
        public static Windows Resolve(StlOptions options, int m, int n)
        {
            var periodic = options.SeasonalWindow == int.MaxValue;
            var seasonal = periodic ? (10 * n) + 1 : Odd(options.SeasonalWindow);
            var trend = options.TrendWindow > 0 ? Odd(options.TrendWindow) : Odd((int)Math.Ceiling(1.5 * m / (1 - (1.5 / seasonal))));
            var low = options.LowPassWindow > 0 ? Odd(options.LowPassWindow) : Odd(m);
            var jumps = options.Jumps ?? (Jump(seasonal), Jump(trend), Jump(low));
            var degree = periodic ? 0 : options.SeasonalDegree;
            return new Windows(seasonal, degree, trend, low, jumps.Seasonal, jumps.Trend, jumps.LowPass, periodic);
        }

        private static int Odd(int window) => Math.Max(3, window % 2 == 0 ? window + 1 : window);

        private static int Jump(int window) => (window + 9) / 10;
    }
}
