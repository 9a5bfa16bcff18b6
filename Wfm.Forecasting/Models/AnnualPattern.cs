using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Annual harmonics and a trend on the logarithm of the means of cycles; time is in cycles, 0 at the end of the history.</summary>
/// <param name="YearCycles">Cycles in a year.</param>
/// <param name="Trend">Growth per cycle, up to the end of the history only: afterwards the level stays.</param>
/// <param name="Harmonics">Coefficients of sine and cosine of each pair; none without an annual pattern.</param>
internal sealed record AnnualPattern(double YearCycles, double Trend, double[] Harmonics)
{
    private const int Pairs = 3;
    private const double Bound = 3; // of the logarithm, either way: a factor of twenty

    /// <summary>Fits by iterated weighted least squares; an empty pattern where the history holds less than two years.</summary>
    /// <param name="means">Mean of each cycle, none below zero.</param>
    /// <param name="cycle">Observations in a cycle.</param>
    /// <param name="yearLength">Observations in a year; 0 for none.</param>
    public static AnnualPattern Fit(double[] means, int cycle, double yearLength)
    {
        var none = new AnnualPattern(1, 0, []);
        var year = yearLength / cycle;
        var overall = Statistics.Mean(means);
        if (year < 4 * Pairs || means.Length < 1.98 * year || !(overall > 0))
        {
            return none;
        }

        const int width = 2 + (2 * Pairs);
        var rows = new double[means.Length * width];
        for (var c = 0; c < means.Length; c++)
        {
            var row = rows.AsSpan(c * width, width);
            var time = c - means.Length + 0.5;
            (row[0], row[1]) = (1, time / means.Length);
            for (var k = 1; k <= Pairs; k++)
            {
                (row[2 * k], row[(2 * k) + 1]) = Math.SinCos(2 * Math.PI * k * time / year);
            }
        }

        var beta = new double[width];
        beta[0] = Math.Log(overall);
        for (var round = 0; round < 6; round++)
        {
            var (gram, right) = (new double[width * width], new double[width]);
            for (var c = 0; c < means.Length; c++)
            {
                var row = rows.AsSpan(c * width, width);
                var eta = Math.Clamp(Vectors.Dot(row, beta), Math.Log(overall) - 5, Math.Log(overall) + 5);
                var mu = Math.Exp(eta) / overall;
                var working = eta + (((means[c] / overall) - mu) / mu);
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
                gram[(i * width) + i] += 0.5; // half a cycle's worth of doubt against an annual pattern
            }

            if (!RidgeRegression.Solve(gram, right) || !right.All(double.IsFinite))
            {
                return none;
            }

            beta = right;
        }

        return new AnnualPattern(year, beta[1] / means.Length, beta[2..]);
    }

    /// <summary>Factor at a time, relative to the level.</summary>
    /// <param name="time">Cycles after the end of the history, 0.5 for the middle of the next; negative within the history.</param>
    public double Factor(double time)
    {
        if (Harmonics.Length == 0)
        {
            return 1;
        }

        var log = Trend * Math.Min(0, time);
        for (var k = 1; 2 * k <= Harmonics.Length; k++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * k * time / YearCycles);
            log += (Harmonics[(2 * k) - 2] * sine) + (Harmonics[(2 * k) - 1] * cosine);
        }

        return Math.Exp(Math.Clamp(log, -Bound, Bound));
    }
}
