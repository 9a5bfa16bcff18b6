namespace Wfm.Forecasting.Combination;

/// <summary>Weights on the simplex that make the combined back-test error small, held near given weights.</summary>
/// <remarks>
/// Minimises w'Gw + λ·Σ (w − p)²·d over w ≥ 0, Σ w = 1, G the mean products of the models' errors, d their mean diagonal. Errors that models share cannot be
/// averaged away and do not decide; only what one model knows and another does not. Source: Bates &amp; Granger, “The combination of forecasts”,
/// <i>Operational Research Quarterly</i> 20 (1969); Breiman, “Stacked regressions”, <i>Machine Learning</i> 24 (1996).
/// </remarks>
internal static class SimplexStacking
{
    private const int Rounds = 60;

    /// <summary>Solves by projected gradient with exact simplex projection.</summary>
    /// <param name="gram">Mean products of errors, row by row.</param>
    /// <param name="prior">Weights to stay near, on the simplex; a model with weight 0 is left out.</param>
    /// <param name="shrinkage">λ ≥ 0.</param>
    public static double[] Solve(double[] gram, double[] prior, double shrinkage)
    {
        var n = prior.Length;
        var (diagonal, active) = (0.0, 0);
        var least = double.PositiveInfinity;
        for (var i = 0; i < n; i++)
        {
            if (prior[i] > 0)
            {
                diagonal += gram[(i * n) + i];
                least = Math.Min(least, gram[(i * n) + i]);
                active++;
            }
        }

        if (active < 2 || !(diagonal > 0) || !double.IsFinite(diagonal))
        {
            return [.. prior];
        }

        // Measured by the best model's error, not the mean: one bad model must not loosen the hold.
        var pull = shrinkage * Math.Max(least, 1e-12 * diagonal);
        var bound = pull;
        for (var i = 0; i < n; i++)
        {
            var row = 0.0;
            for (var j = 0; j < n; j++)
            {
                row += prior[i] > 0 && prior[j] > 0 ? Math.Abs(gram[(i * n) + j]) : 0;
            }

            bound = Math.Max(bound, row + pull);
        }

        var (w, momentum, next) = ((double[])[.. prior], (double[])[.. prior], new double[n]);
        var pace = 1.0;
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < n; i++)
            {
                if (prior[i] <= 0)
                {
                    continue;
                }

                var gradient = pull * (momentum[i] - prior[i]);
                for (var j = 0; j < n; j++)
                {
                    gradient += gram[(i * n) + j] * momentum[j];
                }

                next[i] = momentum[i] - (gradient / bound);
            }

            Project(next, prior);
            var faster = (1 + Math.Sqrt(1 + (4 * pace * pace))) / 2;
            for (var i = 0; i < n; i++)
            {
                momentum[i] = next[i] + ((pace - 1) / faster * (next[i] - w[i]));
                w[i] = next[i];
            }

            pace = faster;
        }

        return w;
    }

    /// <summary>Nearest point of the simplex, over the models with a prior weight.</summary>
    private static void Project(double[] x, double[] prior)
    {
        Span<double> sorted = x.Length <= 64 ? stackalloc double[x.Length] : new double[x.Length];
        var count = 0;
        for (var i = 0; i < x.Length; i++)
        {
            if (prior[i] <= 0)
            {
                continue;
            }

            var slot = count++;
            for (; slot > 0 && sorted[slot - 1] < x[i]; slot--)
            {
                sorted[slot] = sorted[slot - 1];
            }

            sorted[slot] = x[i];
        }

        var (sum, threshold) = (0.0, 0.0);
        for (var k = 0; k < count; k++)
        {
            sum += sorted[k];
            var candidate = (sum - 1) / (k + 1);
            if (sorted[k] > candidate)
            {
                threshold = candidate;
            }
        }

        for (var i = 0; i < x.Length; i++)
        {
            x[i] = prior[i] > 0 ? Math.Max(0, x[i] - threshold) : 0;
        }
    }
}
