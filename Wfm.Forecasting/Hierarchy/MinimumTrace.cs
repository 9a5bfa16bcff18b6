using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Hierarchy;

/// <summary>Minimum trace reconciliation: the forecasts that add up and are nearest to the base forecasts, measured by their error covariance.</summary>
/// <remarks>
/// ỹ = ŷ − W·U′·(U·W·U′)⁻¹·U·ŷ with U = [I, −C], the same as S·(S′W⁻¹S)⁻¹·S′W⁻¹·ŷ but without the inverse of W, so a node of variance 0 is
/// allowed and the matrix that is factored has one row per aggregate. A diagonal W with fewer bottom series than aggregates is solved on the
/// bottom side. Source: Wickramasuriya, Athanasopoulos &amp; Hyndman (2019). With unbiased base forecasts the result is unbiased.
/// </remarks>
public sealed class MinimumTrace
{
    private readonly SummingStructure _structure;
    private readonly ErrorCovariance _covariance;
    private readonly Func<double[], double[]> _bottoms;
    private readonly NonNegativeProjection _nonNegative;

    /// <summary>Prepares the reconciliation; O(aggregates²·nodes) once, O(nodes·aggregates) per vector after that.</summary>
    /// <param name="structure">What adds up to what.</param>
    /// <param name="covariance">Trust in the base forecasts, one row per node.</param>
    /// <exception cref="ArgumentException">The covariance has another number of nodes.</exception>
    public MinimumTrace(SummingStructure structure, ErrorCovariance covariance)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(covariance);
        if (covariance.Count != structure.Nodes.Count)
        {
            throw new ArgumentException($"The covariance has {covariance.Count} nodes, the hierarchy {structure.Nodes.Count}.", nameof(covariance));
        }

        (_structure, _covariance) = (structure, covariance);
        _nonNegative = new NonNegativeProjection(structure, covariance);
        _bottoms =
            covariance.Full is null && structure.BottomCount < structure.AggregateCount && covariance.Variances.All(v => v > 0)
                ? OnBottoms()
                : _nonNegative.Unconstrained;
    }

    /// <summary>Reconciles the forecasts of one step.</summary>
    /// <param name="forecasts">Base forecast per node, in the order of <see cref="SummingStructure.Nodes"/>, finite.</param>
    /// <param name="nonNegative">True keeps every node at 0 or above: the nearest such forecasts, not a cut.</param>
    /// <returns>One value per node; every aggregate is the sum of its bottom series.</returns>
    /// <exception cref="ArgumentException">Another number of forecasts, or one that is not finite.</exception>
    /// <remarks>Source of the constrained version: Wickramasuriya, Turlach &amp; Hyndman, “Optimal non-negative forecast reconciliation”,
    /// <i>Statistics and Computing</i> 30 (2020).</remarks>
    public double[] Reconcile(double[] forecasts, bool nonNegative = true)
    {
        ArgumentNullException.ThrowIfNull(forecasts);
        if (forecasts.Length != _covariance.Count)
        {
            throw new ArgumentException($"There are {forecasts.Length} forecasts; the hierarchy has {_covariance.Count} nodes.", nameof(forecasts));
        }

        var wrong = Array.FindIndex(forecasts, f => !double.IsFinite(f));
        if (wrong >= 0)
        {
            throw new ArgumentException($"The forecast of '{_structure.Nodes[wrong].Key}' is {forecasts[wrong]}; a number is needed.", nameof(forecasts));
        }

        var bottoms = _bottoms(forecasts);
        if (nonNegative && Array.Exists(bottoms, b => b < 0))
        {
            bottoms = _nonNegative.Solve(forecasts, bottoms);
        }

        return _structure.Sum(bottoms);
    }

    /// <summary>(S′W⁻¹S)·b = S′W⁻¹·ŷ for a diagonal W, one row per bottom series.</summary>
    private Func<double[], double[]> OnBottoms()
    {
        var (n, aggregates) = (_structure.BottomCount, _structure.AggregateCount);
        var normal = new double[n * n];
        for (var b = 0; b < n; b++)
        {
            normal[(b * n) + b] = 1 / _covariance.Variances[aggregates + b];
        }

        for (var a = 0; a < aggregates; a++)
        {
            var weight = 1 / _covariance.Variances[a];
            foreach (var i in _structure.Members(a))
            {
                foreach (var j in _structure.Members(a))
                {
                    normal[(i * n) + j] += weight;
                }
            }
        }

        return Cholesky.Factor(normal, n) is { } factor ? forecasts => BottomsOf(forecasts, factor) : _nonNegative.Unconstrained;
    }

    private double[] BottomsOf(double[] forecasts, Cholesky factor)
    {
        var aggregates = _structure.AggregateCount;
        var bottoms = new double[_structure.BottomCount];
        for (var b = 0; b < bottoms.Length; b++)
        {
            bottoms[b] = forecasts[aggregates + b] / _covariance.Variances[aggregates + b];
        }

        for (var a = 0; a < aggregates; a++)
        {
            foreach (var b in _structure.Members(a))
            {
                bottoms[b] += forecasts[a] / _covariance.Variances[a];
            }
        }

        factor.Solve(bottoms);
        return bottoms;
    }
}
