using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Hierarchy;

/// <summary>The nearest forecasts that add up, with some bottom series held at zero: minimum trace on the constraint side.</summary>
/// <remarks>
/// Constraints are U·y = 0 (adding up) and y = 0 for the held series; ỹ = ŷ − W·U′·ν with (U·W·U′)·ν = U·ŷ. A held series wants to be let go
/// when its multiplier pulls upwards. Which ones are held is found by block principal pivoting (Júdice &amp; Pires, “A block principal pivoting
/// algorithm for large-scale strictly monotone linear complementarity problems”, <i>Computers &amp; Operations Research</i> 21, 1994): all that are
/// wrong change sides at once, and one at a time where that does not lessen their number, which ends after finitely many changes.
/// </remarks>
internal sealed class NonNegativeProjection
{
    private const int FullExchanges = 3;
    private readonly SummingStructure _structure;
    private readonly ErrorCovariance _covariance;
    private readonly Held _free;

    public NonNegativeProjection(SummingStructure structure, ErrorCovariance covariance)
    {
        (_structure, _covariance) = (structure, covariance);
        _free = Factor([]);
    }

    /// <summary>Bottom series without a sign constraint.</summary>
    public double[] Unconstrained(double[] forecasts) => Project(forecasts, _free).Bottoms;

    /// <summary>Bottom series at 0 or above.</summary>
    /// <param name="forecasts">Base forecasts of all nodes.</param>
    /// <param name="start">The unconstrained solution.</param>
    public double[] Solve(double[] forecasts, double[] start)
    {
        var tolerance = 1e-10 * forecasts.Max(Math.Abs);
        var held = Array.ConvertAll(start, b => b < 0);
        var (best, patience) = (int.MaxValue, FullExchanges);
        for (var round = 0; round < 50 + (10 * start.Length); round++)
        {
            var set = Factor([.. Enumerable.Range(0, held.Length).Where(b => held[b])]);
            var (bottoms, pulls) = Project(forecasts, set);
            int[] wrong = [.. Enumerable.Range(0, held.Length).Where(b => held[b] ? pulls[b] > 0 : bottoms[b] < -tolerance)];
            if (wrong.Length == 0)
            {
                return Array.ConvertAll(bottoms, b => Math.Max(0, b));
            }

            patience = wrong.Length < best ? FullExchanges : patience - 1;
            best = Math.Min(best, wrong.Length);
            foreach (var b in patience >= 0 ? wrong : wrong[^1..])
            {
                held[b] = !held[b];
            }
        }

        return Array.ConvertAll(start, b => Math.Max(0, b)); // rounding can make the exchange circle: adding up holds all the same
    }

    private (double[] Bottoms, double[] Pulls) Project(double[] forecasts, Held held)
    {
        var (aggregates, n) = (_structure.AggregateCount, _structure.BottomCount);
        var multipliers = new double[held.Rows.Length];
        for (var row = 0; row < multipliers.Length; row++)
        {
            multipliers[row] = Constrain(row, held.Series, forecasts);
        }

        held.System?.Solve(multipliers);
        var bottoms = new double[n];
        for (var b = 0; b < n; b++)
        {
            var change = 0.0;
            for (var row = 0; row < multipliers.Length; row++)
            {
                change += held.Rows[row][aggregates + b] * multipliers[row];
            }

            bottoms[b] = forecasts[aggregates + b] - change;
        }

        var pulls = new double[n];
        for (var k = 0; k < held.Series.Length; k++)
        {
            pulls[held.Series[k]] = multipliers[aggregates + k];
            bottoms[held.Series[k]] = 0;
        }

        return (bottoms, pulls);
    }

    /// <summary>Rows W·u of the constraints and the factor of U·W·U′.</summary>
    private Held Factor(int[] series)
    {
        var count = _structure.AggregateCount + series.Length;
        var rows = new double[count][];
        for (var row = 0; row < count; row++)
        {
            rows[row] = Weighted(row, series);
        }

        var system = new double[count * count];
        var ridge = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                system[(i * count) + j] = Constrain(i, series, rows[j]);
            }

            ridge = Math.Max(ridge, 1e-9 * system[(i * count) + i]);
        }

        var copy = system.ToArray();
        if (count == 0 || ridge == 0)
        {
            return new Held(series, rows, null); // nothing to reconcile, or no doubt anywhere
        }

        if (Cholesky.Factor(system, count) is { } factor)
        {
            return new Held(series, rows, factor);
        }

        for (var i = 0; i < count; i++)
        {
            copy[(i * count) + i] += ridge; // constraints between nodes without doubt bind nobody
        }

        return new Held(series, rows, Cholesky.Factor(copy, count));
    }

    /// <summary>u′·v: the node less its bottom series, or a held series.</summary>
    private double Constrain(int row, int[] series, double[] values)
    {
        var aggregates = _structure.AggregateCount;
        if (row >= aggregates)
        {
            return values[aggregates + series[row - aggregates]];
        }

        var sum = values[row];
        foreach (var b in _structure.Members(row))
        {
            sum -= values[aggregates + b];
        }

        return sum;
    }

    private double[] Weighted(int row, int[] series)
    {
        var (m, aggregates) = (_covariance.Count, _structure.AggregateCount);
        var weighted = new double[m];
        if (row >= aggregates)
        {
            AddColumn(weighted, aggregates + series[row - aggregates], 1);
            return weighted;
        }

        AddColumn(weighted, row, 1);
        foreach (var b in _structure.Members(row))
        {
            AddColumn(weighted, aggregates + b, -1);
        }

        return weighted;
    }

    private void AddColumn(double[] weighted, int node, double sign)
    {
        if (_covariance.Full is not { } full)
        {
            weighted[node] += sign * _covariance.Variances[node];
            return;
        }

        var column = full.AsSpan(node * weighted.Length, weighted.Length); // symmetric: its row
        for (var i = 0; i < weighted.Length; i++)
        {
            weighted[i] += sign * column[i];
        }
    }

    private sealed record Held(int[] Series, double[][] Rows, Cholesky? System);
}
