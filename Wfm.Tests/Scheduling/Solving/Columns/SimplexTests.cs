using Wfm.Scheduling.Solving.Columns;

namespace Wfm.Tests.Scheduling.Solving.Columns;

public sealed class SimplexTests
{
    private static readonly double[] One = [1];

    [Test]
    public void Solve_TextbookExample_FindsOptimumAndMultipliers()
    {
        // Chvátal 1983, p. 13: maximise 5a + 4b + 3c; the optimum is 13 at a = 2, b = 0, c = 1 with multipliers 1, 0, 1.
        var programme = Slacks([5, 11, 8]);
        programme.Add(-5, double.PositiveInfinity, [0, 1, 2], [2, 4, 3]);
        programme.Add(-4, double.PositiveInfinity, [0, 1, 2], [3, 1, 4]);
        programme.Add(-3, double.PositiveInfinity, [0, 1, 2], [1, 2, 2]);

        programme.Solve(100).Should().BeTrue();

        programme.Objective([5, 11, 8]).Should().BeApproximately(-13, 1e-9);
        programme.Duals.Select(y => -y).Should()
            .BeEquivalentTo([1.0, 0, 1], o => o.Using<double>(x => x.Subject.Should().BeApproximately(x.Expectation, 1e-9)).WhenTypeIs<double>());
    }

    [Test]
    public void Solve_BoundedColumns_StopAtTheirBounds()
    {
        // Least cost of −3a − 2b − c with a + b + c at most 4, a at most 1, b at most 2: a 1, b 2, c 1.
        var programme = Slacks([4]);
        programme.Add(-3, 1, [0], One);
        programme.Add(-2, 2, [0], One);
        programme.Add(-1, double.PositiveInfinity, [0], One);

        programme.Solve(100).Should().BeTrue();

        programme.Objective([4]).Should().BeApproximately(-8, 1e-9);
    }

    [Test]
    public void Solve_RandomProgrammes_NoVertexIsBetter([Range(1, 30)] int seed)
    {
        var random = new Random(seed);
        var right = Enumerable.Range(0, 3).Select(_ => 1.0 + random.Next(6)).ToArray();
        var columns = Columns(random, 5, 4);
        var programme = Slacks(right);
        foreach (var (cost, entries) in columns.Take(2))
        {
            programme.Add(cost, double.PositiveInfinity, [0, 1, 2], entries);
        }

        programme.Solve(100).Should().BeTrue();
        foreach (var (cost, entries) in columns.Skip(2))
        {
            programme.Add(cost, double.PositiveInfinity, [0, 1, 2], entries);
        }

        programme.Solve(100).Should().BeTrue("it goes on from the last basis");

        programme.Objective(right).Should().BeApproximately(BestVertex(right, columns), 1e-6);
    }

    [Test]
    public void Bar_BestColumn_IsLeftOut()
    {
        var programme = Slacks([4]);
        var best = programme.Add(-3, double.PositiveInfinity, [0], One);
        programme.Add(-2, double.PositiveInfinity, [0], One);
        programme.Bar(best, isOut: true);
        programme.Solve(100).Should().BeTrue();
        programme.Objective([4]).Should().BeApproximately(-8, 1e-9);

        programme.Bar(best, isOut: false);
        programme.Solve(100).Should().BeTrue();
        programme.Objective([4]).Should().BeApproximately(-12, 1e-9);
    }

    [Test]
    public void Bar_BasicColumn_LeavesByDualPivots()
    {
        var programme = Slacks([4]);
        var best = programme.Add(-3, double.PositiveInfinity, [0], One);
        programme.Add(-2, double.PositiveInfinity, [0], One);
        programme.Solve(100);

        programme.Bar(best, isOut: true);
        programme.Solve(100).Should().BeTrue();

        programme.Objective([4]).Should().BeApproximately(-8, 1e-9);
        programme.Basic(0).Column.Should().NotBe(best);
    }

    [Test]
    public void Bar_ColumnsInAndOutOfTheBasis_LeavesTheBestOfTheOthers([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var right = Enumerable.Range(0, 3).Select(_ => 1.0 + random.Next(6)).ToArray();
        var columns = Columns(random, 6, 1);
        var programme = Slacks(right);
        var ids = columns.Select(c => programme.Add(c.Cost, double.PositiveInfinity, [0, 1, 2], c.Entries)).ToArray();
        programme.Solve(100).Should().BeTrue();
        programme.Remember();
        var copy = new Simplex(programme);
        var barred = Enumerable.Range(0, 6).Where(_ => random.Next(2) == 0).ToArray();

        Bar(isOut: true);
        programme.Solve(100).Should().BeTrue();
        programme.Objective(right).Should().BeApproximately(BestVertex(right, [.. columns.Where((_, i) => !barred.Contains(i))]), 1e-6);
        Bar(isOut: false);
        programme.Recall();
        programme.Objective(right).Should().BeApproximately(BestVertex(right, columns), 1e-6, "the multipliers came back too");
        programme.Solve(100).Should().BeTrue();
        programme.Objective(right).Should().BeApproximately(BestVertex(right, columns), 1e-6);
        copy.Objective(right).Should().BeApproximately(BestVertex(right, columns), 1e-6, "a copy goes its own way");

        void Bar(bool isOut) => Array.ForEach(barred, i => programme.Bar(ids[i], isOut));
    }

    private static (double Cost, double[] Entries)[] Columns(Random random, int count, int dearest) =>
        [
            .. Enumerable.Range(0, count)
                .Select(_ => (Cost: random.Next(-9, dearest) * 1.0, Entries: Enumerable.Range(0, 3).Select(_ => random.Next(1, 5) * 1.0).ToArray())),
        ];

    private static Simplex Slacks(double[] right)
    {
        var programme = new Simplex(right, 1);
        programme.Start([.. right.Select((_, row) => programme.Add(0, double.PositiveInfinity, [row], One))]);
        return programme;
    }

    // Every choice of as many columns as rows, slacks included, solved exactly.
    private static double BestVertex(double[] right, (double Cost, double[] Entries)[] columns)
    {
        var all = columns.Concat(Enumerable.Range(0, 3).Select(row => (Cost: 0.0, Entries: Enumerable.Range(0, 3).Select(i => i == row ? 1.0 : 0).ToArray())))
            .ToArray();
        var best = double.PositiveInfinity;
        for (var a = 0; a < all.Length; a++)
        {
            for (var b = a + 1; b < all.Length; b++)
            {
                for (var c = b + 1; c < all.Length; c++)
                {
                    var matrix = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfColumnArrays(all[a].Entries, all[b].Entries, all[c].Entries);
                    if (Math.Abs(matrix.Determinant()) < 1e-9) continue;
                    var x = matrix.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(right));
                    if (x.Minimum() > -1e-9) best = Math.Min(best, (x[0] * all[a].Cost) + (x[1] * all[b].Cost) + (x[2] * all[c].Cost));
                }
            }
        }

        return best;
    }
}
