using FsCheck;
using FsCheck.Fluent;
using Wfm.Forecasting.Hierarchy;

namespace Wfm.Tests.Forecasting.Hierarchy;

/// <summary>A made-up hierarchy with base forecasts and back-test errors that share a common part.</summary>
internal sealed record RandomHierarchy(SummingStructure Structure, double[] Forecasts, double[][] Errors)
{
    public static Arbitrary<RandomHierarchy> Any { get; } = Gen.Choose(0, 1_000_000).Select(Make).ToArbitrary();

    public static RandomHierarchy Make(int seed)
    {
        var random = new Random(seed);
        var bottoms = random.Next(1, 12);
        var levels = Enumerable.Range(0, random.Next(0, 4)).Select(l =>
            new HierarchyLevel($"level {l}", [.. Enumerable.Range(0, bottoms).Select(_ => $"group {random.Next(1 + random.Next(4))}")]));
        var structure = SummingStructure.Grouped([.. Enumerable.Range(0, bottoms).Select(b => $"series {b}")], [HierarchyLevel.Total(bottoms), .. levels]);
        var sizes = structure.Sum([.. Enumerable.Range(0, bottoms).Select(_ => Math.Exp(random.Next(-2, 7)))]);
        var errors = new double[random.Next(3, 30)][];
        for (var t = 0; t < errors.Length; t++)
        {
            var common = random.NextDouble() - 0.5;
            errors[t] = [.. sizes.Select(size => (0.1 * size * common) + (Math.Sqrt(size) * (random.NextDouble() - 0.5)))];
        }

        return new RandomHierarchy(structure, [.. sizes.Select(size => size * (0.3 + random.NextDouble()))], errors);
    }

    public ErrorCovariance[] Covariances() =>
        [ErrorCovariance.Ols(Structure), ErrorCovariance.Structural(Structure), ErrorCovariance.Variance(Errors), ErrorCovariance.Shrunk(Errors)];

    public double Gap(double[] nodes)
    {
        var sums = Structure.Sum(nodes.AsSpan(Structure.AggregateCount));
        return sums.Zip(nodes, (sum, node) => Math.Abs(sum - node) / Math.Max(1, Math.Abs(sum))).Max();
    }
}
