using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Autoregression on near and seasonal lags by ridge regression, iterated ahead.</summary>
/// <remarks>
/// y(t) = c + Σ φ(j)·y(t−j), j over the last steps, the day before and around it, and the weeks before. The ridge pulls toward the mean of
/// the same interval a day and a week before, not toward zero, so little data means a seasonal naive and not a flat line.
/// Source: Hoerl &amp; Kennard, “Ridge regression”, <i>Technometrics</i> 12 (1970); Box, Jenkins &amp; Reinsel, <i>Time Series Analysis</i>, ch. 9.
/// </remarks>
/// <param name="dense">Every lag up to the short season, instead of the nearest few.</param>
/// <param name="logarithm">On logarithms, for positive series; otherwise as it is.</param>
public sealed class AutoregressiveRidge(bool dense, bool logarithm) : IForecastModel
{
    private const double CoefficientDeviation = 0.2; // of a coefficient from its prior
    private const int CyclesUsed = 13; // of the longest season: older dynamics tell little about the next weeks

    /// <inheritdoc/>
    public string Name => $"autoregressive-ridge{(dense ? "-dense" : "")}{(logarithm ? "-log" : "")}";

    /// <inheritdoc/>
    public bool IsRefitted => true;

    /// <inheritdoc/>
    public int MinimumLength(ReadOnlySpan<int> seasonLengths)
    {
        var deepest = seasonLengths.IsEmpty ? 2 : seasonLengths[^1] + 2;
        return deepest + Math.Max(8, deepest / 4);
    }

    /// <inheritdoc/>
    public IFittedModel Fit(ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var used = seasonLengths.IsEmpty ? y.Length : Math.Min(y.Length, (CyclesUsed + 2) * seasonLengths[^1]);
        var scale = LogScale.Choose(y[^used..], logarithm);
        var x = scale.Forward(y[^used..]);
        var lags = Lags(x.Length, seasonLengths);
        return new Fitted(scale, lags, Estimate(x, lags, seasonLengths, out var intercept), intercept, Tail(x, lags[^1]));
    }

    /// <inheritdoc/>
    public IFittedModel Resume(double[] parameters, ReadOnlySpan<double> y, ReadOnlySpan<int> seasonLengths)
    {
        ModelGuard.Check(this, y, seasonLengths);
        var scale = LogScale.From(parameters);
        var terms = (parameters.Length - LogScale.Length - 1) / 2;
        int[] lags = [.. parameters.AsSpan(LogScale.Length + 1, terms).ToArray().Select(lag => (int)lag)];
        return new Fitted(scale, lags, parameters[^terms..], parameters[LogScale.Length], scale.Forward(y[^lags[^1]..]));
    }

    private int[] Lags(int length, ReadOnlySpan<int> seasonLengths)
    {
        var lags = new SortedSet<int> { 1, 2, 3 };
        for (var s = 0; s < seasonLengths.Length; s++)
        {
            var m = seasonLengths[s];
            lags.UnionWith([m - 1, m, m + 1]);
            if (s == 0)
            {
                lags.UnionWith(Enumerable.Range(1, dense ? Math.Min(m + 1, 50) : 3));
                lags.UnionWith(dense || seasonLengths.Length > 1 ? [2 * m, 3 * m] : [2 * m]);
            }
            else if (length > 3 * m)
            {
                lags.UnionWith([2 * m]);
            }
        }

        lags.RemoveWhere(lag => lag < 1 || lag + 8 > length);
        return [.. lags];
    }

    private static double[] Estimate(double[] x, int[] lags, ReadOnlySpan<int> seasonLengths, out double intercept)
    {
        var (p, deepest) = (lags.Length, lags[^1]);
        var rows = x.Length - deepest;
        var prior = Prior(lags, seasonLengths);

        // What the prior leaves unexplained is regressed on the lags, all centred.
        var target = new double[rows];
        for (var t = 0; t < rows; t++)
        {
            target[t] = x[deepest + t];
            for (var j = 0; j < p; j++)
            {
                target[t] -= prior[j] == 0 ? 0 : prior[j] * x[deepest + t - lags[j]];
            }
        }

        var means = new double[p];
        for (var j = 0; j < p; j++)
        {
            means[j] = Statistics.Mean(x.AsSpan(deepest - lags[j], rows));
        }

        var targetMean = Statistics.Mean(target);
        var gram = new double[p * p];
        var beta = new double[p];
        for (var i = 0; i < p; i++)
        {
            var column = x.AsSpan(deepest - lags[i], rows);
            for (var j = 0; j <= i; j++)
            {
                gram[(i * p) + j] = Vectors.Dot(column, x.AsSpan(deepest - lags[j], rows)) - (rows * means[i] * means[j]);
            }

            beta[i] = Vectors.Dot(column, target) - (rows * means[i] * targetMean);
        }

        // Bayes: the innovation's variance over the prior variance of a coefficient. Noisy series stay near the prior, clean ones leave it.
        var innovation = Math.Max(0, Vectors.Dot(target, target) - (rows * targetMean * targetMean)) / rows;
        var trace = 0.0;
        for (var i = 0; i < p; i++)
        {
            trace += gram[(i * p) + i];
        }

        var ridge = (innovation / (CoefficientDeviation * CoefficientDeviation)) + (1e-9 * (1 + trace));
        for (var i = 0; i < p; i++)
        {
            gram[(i * p) + i] += ridge;
        }

        if (!RidgeRegression.Solve(gram, beta))
        {
            Array.Clear(beta);
        }

        intercept = targetMean;
        for (var j = 0; j < p; j++)
        {
            intercept -= beta[j] * means[j];
            beta[j] += prior[j];
        }

        return beta;
    }

    /// <summary>Equal weights on one cycle of each season; on the last step where there is no season.</summary>
    private static double[] Prior(int[] lags, ReadOnlySpan<int> seasonLengths)
    {
        var prior = new double[lags.Length];
        foreach (var m in seasonLengths)
        {
            var index = Array.IndexOf(lags, m);
            if (index >= 0)
            {
                prior[index] = 1;
            }
        }

        if (prior.Sum() == 0)
        {
            prior[0] = 1;
        }

        var sum = prior.Sum();
        return [.. prior.Select(w => w / sum)];
    }

    private static double[] Tail(double[] x, int deepest) => x[^Math.Min(deepest, x.Length)..];

    private sealed record Fitted(LogScale Scale, int[] Lags, double[] Beta, double Intercept, double[] Tail) : IFittedModel
    {
        public void Forecast(Span<double> mean)
        {
            var deepest = Tail.Length;
            var path = new double[deepest + mean.Length];
            Tail.CopyTo(path, 0);
            var (low, high) = Scale.Bounds;
            for (var t = deepest; t < path.Length; t++)
            {
                var value = Intercept;
                for (var j = 0; j < Lags.Length; j++)
                {
                    value += Beta[j] * path[t - Lags[j]];
                }

                path[t] = Math.Clamp(value, low, high); // an unstable root runs into the bounds, and into the gate of the back-test
                mean[t - deepest] = Scale.Back(path[t]);
            }
        }

        public double[] Parameters => [.. Scale.ToArray(), Intercept, .. Lags.Select(lag => (double)lag), .. Beta];
    }
}
