using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Quasi-Poisson regression on the slot of the week, with annual harmonics and an adaptive level.</summary>
/// <remarks>
/// log μ(t) = slot(t) + Σ a·sin + b·cos (year) + level(t). With only factors for the slots the maximum likelihood estimate is the ratio of
/// sums, Σ y ÷ Σ exposure, so the fit alternates between slots in closed form and a few Newton steps for the harmonics on weekly sums; the
/// last eight weeks set the level. Good for small counts, where averages of few weeks are noise. Source: McCullagh &amp; Nelder, <i>Generalized
/// Linear Models</i>, 2nd ed., ch. 6 and 9.
/// </remarks>
/// <param name="yearLength">Observations in a year, for the annual harmonics; 0 for none. Used where the history holds 1.9 years.</param>
public sealed class SlotOfWeekRegression(double yearLength = 0) : IForecastModel
{
    private const int CyclesUsed = 52;
    private const int LevelCycles = 8;
    private const int Pairs = 2;

    /// <inheritdoc/>
    public string Name => "slot-of-week-regression";

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths) => seasonLengths.IsEmpty ? 2 : seasonLengths[^1];

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths.IsEmpty ? 1 : seasonLengths[^1], null);
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        return Learn(y, seasonLengths.IsEmpty ? 1 : seasonLengths[^1], parameters);
    }

    private Fitted Learn(ReadOnlySpan<double> y, int m, double[]? harmonics)
    {
        harmonics ??= yearLength > 0 && y.Length >= 1.9 * yearLength ? Harmonics(y, m) : [];
        var used = Math.Min(y.Length / m, CyclesUsed) * m;
        var first = y.Length - used;

        // Each cycle counts relative to its own level, so that a slot's share is not bent by growth.
        var (sums, exposure) = (new double[m], new double[m]);
        for (var start = first; start < y.Length; start += m)
        {
            var level = Math.Abs(Statistics.Mean(y.Slice(start, m)));
            for (var i = 0; i < m; i++)
            {
                sums[i] += y[start + i];
                exposure[i] += level;
            }
        }

        var shape = new double[m];
        for (var i = 0; i < m; i++)
        {
            shape[i] = exposure[i] > 0 ? sums[i] / exposure[i] : 0;
        }

        var (recent, expected) = (0.0, 0.0);
        for (var t = Math.Max(first, y.Length - (LevelCycles * m)); t < y.Length; t++)
        {
            recent += y[t];
            expected += shape[(t - first) % m] * Annual(harmonics, t);
        }

        return new Fitted(this, m, shape, harmonics, expected != 0 ? recent / expected : Statistics.Mean(y[first..]), y.Length);
    }

    /// <summary>Annual harmonics and a straight trend on the logarithm of the mean of each cycle, by iterated weighted least squares.</summary>
    private double[] Harmonics(ReadOnlySpan<double> y, int m)
    {
        var cycles = y.Length / m;
        var width = 2 + (2 * Pairs);
        var beta = new double[width];
        var rows = new double[cycles * width];
        var means = new double[cycles];
        var overall = 0.0;
        for (var c = 0; c < cycles; c++)
        {
            var start = y.Length - ((c + 1) * m);
            means[c] = Math.Max(0, Statistics.Mean(y.Slice(start, m)));
            overall += means[c] / cycles;
            var row = rows.AsSpan(c * width, width);
            (row[0], row[1]) = (1, c / (double)cycles);
            for (var k = 1; k <= Pairs; k++)
            {
                var angle = 2 * Math.PI * k * (start + (m / 2.0)) / yearLength;
                (row[2 * k], row[(2 * k) + 1]) = (Math.Sin(angle), Math.Cos(angle));
            }
        }

        if (!(overall > 0))
        {
            return [];
        }

        beta[0] = Math.Log(overall);
        for (var round = 0; round < 6; round++)
        {
            var (gram, right) = (new double[width * width], new double[width]);
            for (var c = 0; c < cycles; c++)
            {
                var row = rows.AsSpan(c * width, width);
                var eta = Math.Clamp(Vectors.Dot(row, beta), Math.Log(overall) - 5, Math.Log(overall) + 5);
                var mu = Math.Exp(eta);
                var working = eta + ((means[c] - mu) / mu);
                for (var i = 0; i < width; i++)
                {
                    right[i] += mu * row[i] * working;
                    for (var j = 0; j <= i; j++)
                    {
                        gram[(i * width) + j] += mu * row[i] * row[j];
                    }
                }
            }

            for (var i = 1; i < width; i++)
            {
                gram[(i * width) + i] += 0.5 * overall; // half a cycle's worth of doubt against an annual pattern
            }

            if (!RidgeRegression.Solve(gram, right) || !right.All(double.IsFinite))
            {
                return [];
            }

            beta = right;
        }

        return beta[2..];
    }

    private double Annual(double[] harmonics, int t)
    {
        var log = 0.0;
        for (var k = 1; (2 * k) - 1 < harmonics.Length; k++)
        {
            var angle = 2 * Math.PI * k * t / yearLength;
            log += (harmonics[(2 * k) - 2] * Math.Sin(angle)) + (harmonics[(2 * k) - 1] * Math.Cos(angle));
        }

        return harmonics.Length == 0 ? 1 : Math.Exp(Math.Clamp(log, -3, 3));
    }

    private sealed record Fitted(
        SlotOfWeekRegression Model, int Season, double[] Shape, double[] HarmonicCoefficients, double Level, int Length) : IFittedModel
    {
        public double[] Parameters => HarmonicCoefficients;

        public void Forecast(Span<double> mean)
        {
            for (var h = 0; h < mean.Length; h++)
            {
                mean[h] = Level * Shape[h % Season] * Model.Annual(HarmonicCoefficients, Length + h);
            }
        }
    }
}
