namespace Wfm.Forecasting.Hierarchy;

/// <summary>How far the base forecasts of the nodes can be trusted, and how their errors hang together: the W of a reconciliation.</summary>
/// <remarks>
/// Source: Wickramasuriya, Athanasopoulos &amp; Hyndman, “Optimal forecast reconciliation for hierarchical and grouped time series through trace
/// minimization”, <i>Journal of the American Statistical Association</i> 114 (2019). Only ratios count: W and 2·W reconcile alike.
/// </remarks>
public sealed class ErrorCovariance
{
    private readonly double[]? _full;

    private ErrorCovariance(double[] variances, double[]? full, double shrinkage) => (Variances, _full, Shrinkage) = (variances, full, shrinkage);

    /// <summary>Variance per node.</summary>
    public IReadOnlyList<double> Variances { get; }

    /// <summary>Weight of the diagonal in a shrunk covariance, 0 to 1; 1 for a diagonal one.</summary>
    public double Shrinkage { get; }

    /// <summary>Number of nodes.</summary>
    public int Count => Variances.Count;

    /// <summary>Covariances row by row; <see langword="null"/> when the matrix is diagonal.</summary>
    internal double[]? Full => _full;

    /// <summary>All nodes alike: ordinary least squares.</summary>
    public static ErrorCovariance Ols(SummingStructure structure) => Diagonal([.. Checked(structure).Nodes.Select(_ => 1.0)]);

    /// <summary>Variance in proportion to the number of bottom series: weighted least squares by structure.</summary>
    public static ErrorCovariance Structural(SummingStructure structure) => Diagonal([.. Checked(structure).Nodes.Select(node => (double)node.Bottoms.Count)]);

    /// <summary>Given variances, no covariances.</summary>
    /// <param name="variances">One per node, finite, at least 0; a node of variance 0 keeps its forecast.</param>
    /// <exception cref="ArgumentException">A variance is negative or not finite.</exception>
    public static ErrorCovariance Diagonal(double[] variances)
    {
        ArgumentNullException.ThrowIfNull(variances);
        var wrong = Array.FindIndex(variances, v => !(v >= 0) || double.IsInfinity(v));
        return wrong < 0 ? new ErrorCovariance([.. variances], null, 1)
            : throw new ArgumentException($"The variance of node {wrong} is {variances[wrong]}; it must be finite and not negative.", nameof(variances));
    }

    /// <summary>Mean squares of back-test errors: weighted least squares by variance.</summary>
    /// <param name="errors">By sample and node; samples with a NaN are left out.</param>
    /// <exception cref="ForecastDataException">Fewer than 2 complete samples.</exception>
    public static ErrorCovariance Variance(IReadOnlyList<double[]> errors)
    {
        var complete = Complete(errors);
        var variances = new double[complete[0].Length];
        for (var i = 0; i < variances.Length; i++)
        {
            variances[i] = complete.Sum(e => e[i] * e[i]) / complete.Count;
        }

        return Diagonal(variances);
    }

    /// <summary>Mean products of back-test errors, correlations shrunk towards 0: minimum trace with shrinkage (MinT).</summary>
    /// <param name="errors">By sample and node; samples with a NaN are left out. Not centred: a bias is an error too.</param>
    /// <exception cref="ForecastDataException">Fewer than 2 complete samples.</exception>
    /// <remarks>
    /// Intensity λ = Σ Var(r) ÷ Σ r² over the correlations r off the diagonal, in [0, 1]. Source: Schäfer &amp; Strimmer, “A shrinkage approach to
    /// large-scale covariance matrix estimation”, <i>Statistical Applications in Genetics and Molecular Biology</i> 4 (2005). O(samples·nodes²).
    /// </remarks>
    public static ErrorCovariance Shrunk(IReadOnlyList<double[]> errors)
    {
        var complete = Complete(errors);
        var (n, samples) = (complete[0].Length, complete.Count);
        var deviations = new double[n];
        for (var i = 0; i < n; i++)
        {
            deviations[i] = Math.Sqrt(complete.Sum(e => e[i] * e[i]) / samples);
        }

        var standardised = Transposed(complete, deviations);
        var correlations = new double[n * n];
        var (spread, squares) = (0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (sum, sumOfSquares) = (0.0, 0.0);
                for (var s = 0; s < samples; s++)
                {
                    var product = standardised[i][s] * standardised[j][s];
                    sum += product;
                    sumOfSquares += product * product;
                }

                var r = sum / samples;
                correlations[(i * n) + j] = r;
                squares += r * r;
                spread += (sumOfSquares - (samples * r * r)) / (samples * (samples - 1.0));
            }
        }

        var lambda = squares > 0 ? Math.Clamp(spread / squares, 0, 1) : 1;
        return FromCorrelations(deviations, correlations, lambda);
    }

    /// <summary>The same with other variances for some nodes, which then hang together with no other node's errors.</summary>
    /// <param name="replacement">New variance per node; NaN keeps the node as it is.</param>
    /// <param name="atLeast">Least variance per node.</param>
    internal ErrorCovariance With(ReadOnlySpan<double> replacement, ReadOnlySpan<double> atLeast)
    {
        var (n, diagonal, full) = (Count, Variances.ToArray(), _full?.ToArray());
        for (var i = 0; i < n; i++)
        {
            var replaced = !double.IsNaN(replacement[i]);
            diagonal[i] = Math.Max(atLeast[i], replaced ? replacement[i] : diagonal[i]);
            for (var j = 0; full is not null && replaced && j < n; j++)
            {
                (full[(i * n) + j], full[(j * n) + i]) = (0, 0);
            }

            if (full is not null)
            {
                full[(i * n) + i] = diagonal[i];
            }
        }

        return new ErrorCovariance(diagonal, full, Shrinkage);
    }

    private static ErrorCovariance FromCorrelations(double[] deviations, double[] correlations, double lambda)
    {
        var n = deviations.Length;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var covariance = (1 - lambda) * correlations[(i * n) + j] * deviations[i] * deviations[j];
                (correlations[(i * n) + j], correlations[(j * n) + i]) = (covariance, covariance);
            }

            correlations[(i * n) + i] = deviations[i] * deviations[i];
        }

        return new ErrorCovariance([.. deviations.Select(d => d * d)], correlations, lambda);
    }

    private static double[][] Transposed(List<double[]> samples, double[] deviations)
    {
        var rows = new double[deviations.Length][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [.. samples.Select(e => deviations[i] > 0 ? e[i] / deviations[i] : 0)];
        }

        return rows;
    }

    private static List<double[]> Complete(IReadOnlyList<double[]> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (errors.Count > 0 && errors.Any(e => e.Length != errors[0].Length))
        {
            throw new ArgumentException("The samples of errors are not of one length.", nameof(errors));
        }

        var complete = errors.Where(e => Array.TrueForAll(e, double.IsFinite)).ToList();
        return complete.Count >= 2 ? complete
            : throw new ForecastDataException($"Of {errors.Count} back-test errors {complete.Count} are complete; reconciling by their variance needs 2.");
    }

    private static SummingStructure Checked(SummingStructure structure)
    {
        ArgumentNullException.ThrowIfNull(structure);
        return structure;
    }
}
