using Wfm.Scheduling.Allocation.Linear;

namespace Wfm.Tests.Scheduling.Allocation.Linear;

public sealed class SparseSimplexTests
{
    private const double Missing = 100; // price of the columns that begin in the basis

    // Least 2x + 3y with x + y = 4 and x ≤ 3: x = 3, y = 1, cost 9. The multiplier of the row is y's cost, 3, and x is worth 1 more than it costs.
    [Test]
    public void Solve_BoundedColumn_IsAtItsBound()
    {
        var simplex = new SparseSimplex([4.0]);
        simplex.Start([simplex.Add(Missing, double.PositiveInfinity, [0], [1])]);
        var x = simplex.Add(2, 3, [0], [1]);
        var y = simplex.Add(3, double.PositiveInfinity, [0], [1]);

        simplex.Solve(CancellationToken.None);

        simplex.Values()[x].Should().BeApproximately(3, 1e-9);
        simplex.Values()[y].Should().BeApproximately(1, 1e-9);
        simplex.Duals[0].Should().BeApproximately(3, 1e-9);
        simplex.Bound([4], simplex.Duals, simplex.Columns).Should().BeApproximately(9, 1e-9);
    }

    [Test]
    public void Solve_AddedColumns_GoesOnFromTheBasis()
    {
        var simplex = new SparseSimplex([4.0]);
        simplex.Start([simplex.Add(Missing, double.PositiveInfinity, [0], [1])]);
        simplex.Solve(CancellationToken.None);
        var before = simplex.Cost();
        simplex.Add(5, double.PositiveInfinity, [0], [2]); // two for 5: 2.5 each

        simplex.Solve(CancellationToken.None);

        (before, simplex.Cost()).Should().Be((400.0, 10.0));
    }

    [Test]
    public void Bound_ColumnWorthHaving_ProvesNothing()
    {
        var simplex = new SparseSimplex([4.0]);
        simplex.Start([simplex.Add(1, double.PositiveInfinity, [0], [1])]);

        simplex.Bound([4], [2], simplex.Columns).Should().Be(double.NegativeInfinity);
    }

    // Every basis of a small programme is tried: the least cost of a feasible one is the optimum. Bounds are rows here, so the enumeration shares nothing
    // with the rule for bounded columns.
    [TestCaseSource(nameof(Seeds))]
    public void Solve_SmallProgramme_IsTheBestOfAllBases(int seed)
    {
        var programme = Programme.Random(seed);

        var (simplex, count) = programme.Solved();

        simplex.Cost().Should().BeApproximately(programme.BestOfAllBases(), 1e-6);
        simplex.Bound(programme.Right, simplex.Duals, count).Should().BeApproximately(simplex.Cost(), 1e-6, "the multipliers prove it");
        programme.Residual(simplex.Values()).Should().BeLessThan(1e-7, "every row holds");
    }

    [Test]
    public void Solve_ManyTies_Ends()
    {
        const int size = 60; // an assignment of equal costs: every basis is degenerate
        var right = Enumerable.Repeat(1.0, 2 * size).ToArray();
        var simplex = new SparseSimplex(right);
        var basis = Enumerable.Range(0, 2 * size).Select(row => simplex.Add(Missing, double.PositiveInfinity, [row], [1])).ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                simplex.Add(1, double.PositiveInfinity, [i, size + j], [1, 1]);
            }
        }

        simplex.Start(basis);
        simplex.Solve(CancellationToken.None);

        simplex.Cost().Should().BeApproximately(size, 1e-6);
        simplex.Pivots.Should().BeGreaterThan(size - 1).And.BeLessThan(5_000);
    }

    private static IEnumerable<int> Seeds() => Enumerable.Range(1, 60);

    private sealed record Programme(double[] Right, double[] Costs, double[] Bounds, double[][] Entries)
    {
        private int Rows => Right.Length;

        public static Programme Random(int seed)
        {
            var random = new Random(seed);
            var (rows, columns) = (random.Next(1, 4), random.Next(2, 6));
            return new Programme(
                [.. Enumerable.Range(0, rows).Select(_ => (double)random.Next(0, 9))],
                [.. Enumerable.Range(0, columns).Select(_ => (double)random.Next(-3, 12))],
                [.. Enumerable.Range(0, columns).Select(_ => (double)random.Next(1, 5))],
                [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => (double)random.Next(-2, 4)).ToArray())]);
        }

        public (SparseSimplex Simplex, int Columns) Solved()
        {
            var simplex = new SparseSimplex([.. Right]);
            var basis = Enumerable.Range(0, Rows).Select(row => simplex.Add(Missing, double.PositiveInfinity, [row], [1])).ToArray();
            for (var j = 0; j < Costs.Length; j++)
            {
                int[] rows = [.. Enumerable.Range(0, Rows).Where(row => Entries[j][row] != 0)];
                simplex.Add(Costs[j], Bounds[j], rows, [.. rows.Select(row => Entries[j][row])]);
            }

            simplex.Start(basis);
            simplex.Solve(CancellationToken.None);
            return (simplex, simplex.Columns);
        }

        public double Residual(double[] values) => Enumerable.Range(0, Rows).Max(row =>
            Math.Abs(values[row] + Enumerable.Range(0, Costs.Length).Sum(j => values[Rows + j] * Entries[j][row]) - Right[row]));

        // Equality form: missing columns, columns, slacks of the bounds.
        public double BestOfAllBases()
        {
            var (columns, size) = (Costs.Length, Rows + Costs.Length);
            var all = Rows + columns + columns;
            var matrix = new double[size, all];
            for (var row = 0; row < Rows; row++)
            {
                matrix[row, row] = 1;
                for (var j = 0; j < columns; j++)
                {
                    matrix[row, Rows + j] = Entries[j][row];
                }
            }

            for (var j = 0; j < columns; j++)
            {
                (matrix[Rows + j, Rows + j], matrix[Rows + j, Rows + columns + j]) = (1, 1);
            }

            double[] right = [.. Right, .. Bounds];
            double[] costs = [.. Enumerable.Repeat(Missing, Rows), .. Costs, .. new double[columns]];
            return Subsets(all, size).Select(basis => Cost(matrix, right, costs, basis)).Min();
        }

        private static double Cost(double[,] matrix, double[] right, double[] costs, int[] basis)
        {
            var size = right.Length;
            var rows = new double[size][];
            for (var i = 0; i < size; i++)
            {
                rows[i] = [.. basis.Select(column => matrix[i, column]), right[i]];
            }

            for (var k = 0; k < size; k++)
            {
                var best = Enumerable.Range(k, size - k).MaxBy(i => Math.Abs(rows[i][k]));
                if (Math.Abs(rows[best][k]) < 1e-9) return double.PositiveInfinity;
                (rows[k], rows[best]) = (rows[best], rows[k]);
                for (var i = 0; i < size; i++)
                {
                    if (i == k) continue;
                    var share = rows[i][k] / rows[k][k];
                    for (var j = k; j <= size; j++)
                    {
                        rows[i][j] -= share * rows[k][j];
                    }
                }
            }

            var values = rows.Select((row, k) => row[size] / row[k]).ToArray();
            return values.Any(v => v < -1e-9) ? double.PositiveInfinity : values.Select((v, k) => v * costs[basis[k]]).Sum();
        }

        private static IEnumerable<int[]> Subsets(int all, int size)
        {
            var chosen = Enumerable.Range(0, size).ToArray();
            while (true)
            {
                yield return [.. chosen];
                var at = size - 1;
                while (at >= 0 && chosen[at] == all - size + at)
                {
                    at--;
                }

                if (at < 0) yield break;
                chosen[at]++;
                for (var i = at + 1; i < size; i++)
                {
                    chosen[i] = chosen[i - 1] + 1;
                }
            }
        }
    }
}
