using System.Text.Json.Serialization;
using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Pooled;

/// <summary>Ridge regression on scaled lags, ratios and the clock, one set of coefficients for all series.</summary>
/// <remarks>
/// β = argmin Σ w·(r − x'β)² + λ·Σ s(j)²·β(j)², s(j)² the weighted mean square of feature j, so that no feature is punished for its unit. The
/// penalty pulls toward the profile alone. λ is the one of a few that does best on rows held back. Source: Hoerl &amp; Kennard, “Ridge
/// regression”, <i>Technometrics</i> 12 (1970).
/// </remarks>
public sealed class PooledRidge : PooledModel
{
    // Weight of the penalty in shares of the training weight.
    private static readonly double[] Penalties = [1e-4, 1e-3, 1e-2, 1e-1, 1];

    /// <summary>Creates a trained model from its coefficients.</summary>
    /// <param name="coefficients">One finite number per feature, as <see cref="Coefficients"/> gave them.</param>
    /// <exception cref="ArgumentException">The number of coefficients is wrong, or one is not finite.</exception>
    [JsonConstructor]
    public PooledRidge(double[] coefficients)
    {
        ArgumentNullException.ThrowIfNull(coefficients);
        if (coefficients.Length != PooledFeatures.Names.Count || !Array.TrueForAll(coefficients, double.IsFinite))
        {
            throw new ArgumentException(
                $"There are {coefficients.Length} coefficients; {PooledFeatures.Names.Count} finite ones are needed, one a feature.", nameof(coefficients));
        }

        Coefficients = [.. coefficients];
    }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Name => "pooled-ridge";

    /// <summary>What training found, one number per feature; all there is to store.</summary>
    public double[] Coefficients { get; }

    internal override double Predict(ReadOnlySpan<double> features) => Vectors.Dot(features, Coefficients);

    /// <summary>Trains on rows; λ is chosen on others, which may be none.</summary>
    internal static PooledRidge Train(PooledSample training, PooledSample heldBack)
    {
        var (rows, targets, weights) = (training.Rows, training.Targets, training.Weights);
        var (gram, right) = Normal(rows, targets, weights);
        var (heldRows, heldTargets, heldWeights) = (heldBack.Rows, heldBack.Targets, heldBack.Weights);
        var (best, choice) = (double.PositiveInfinity, new double[PooledSample.Width]);
        foreach (var penalty in Penalties)
        {
            if (Solve(gram, right, penalty) is not { } beta)
            {
                continue;
            }

            var loss = heldBack.Count == 0 ? 0 : Loss(heldRows, heldTargets, heldWeights, beta);
            if (loss < best || heldBack.Count == 0) // without rows held back the strongest penalty
            {
                (best, choice) = (loss, beta);
            }
        }

        return new PooledRidge(choice);
    }

    /// <summary>Coefficients for one penalty; <see langword="null"/> when the system cannot be solved.</summary>
    internal static double[]? Solve(double[] gram, double[] right, double penalty)
    {
        var n = right.Length;
        var (a, beta) = ((double[])[.. gram], (double[])[.. right]);
        for (var j = 0; j < n; j++)
        {
            var diagonal = gram[(j * n) + j];
            a[(j * n) + j] += diagonal > 0 ? penalty * diagonal : 1; // a feature that is always 0 gets the coefficient 0
        }

        return RidgeRegression.Solve(a, beta) && Array.TrueForAll(beta, double.IsFinite) ? beta : null;
    }

    /// <summary>X'WX, its lower triangle, and X'Wr.</summary>
    internal static (double[] Gram, double[] Right) Normal(double[] rows, double[] targets, double[] weights)
    {
        var n = PooledSample.Width;
        var (gram, right) = (new double[n * n], new double[n]);
        for (var r = 0; r < targets.Length; r++)
        {
            var row = rows.AsSpan(r * n, n);
            for (var i = 0; i < n; i++)
            {
                var weighted = weights[r] * row[i];
                right[i] += weighted * targets[r];
                for (var j = 0; j <= i; j++)
                {
                    gram[(i * n) + j] += weighted * row[j];
                }
            }
        }

        return (gram, right);
    }

    private static double Loss(double[] rows, double[] targets, double[] weights, double[] beta)
    {
        var (n, loss) = (beta.Length, 0.0);
        for (var r = 0; r < targets.Length; r++)
        {
            var error = targets[r] - Vectors.Dot(rows.AsSpan(r * n, n), beta);
            loss += weights[r] * error * error;
        }

        return loss;
    }
}
