using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing.Deferrable;

public sealed class TautStringTests
{
    [Test]
    public void Path_RoomEverywhere_IsStraight() => TautString.Path([0, 1, 2, 4], [0, 0, 0, 8], [0, 9, 9, 8]).Should().Equal(0, 2, 4, 8);

    [Test] // held down by the arrivals until 2, then pulled up by nothing: bends only at the upper post
    public void Path_LateArrivals_WaitsForThem() => TautString.Path([0, 1, 2, 3], [0, 0, 0, 7], [0, 1, 2, 7]).Should().Equal(0, 1, 2, 7);

    [Test]
    public void Path_EarlyDeadline_BendsThere() => TautString.Path([0, 1, 2, 3], [0, 5, 5, 7], [0, 9, 9, 7]).Should().Equal(0, 5, 6, 7);

    // The optimum of a convex cost of the slopes: in the band, and the slope rises only where the string lies on the upper curve, falls only on the lower.
    // These are the Karush–Kuhn–Tucker conditions, so nothing is cheaper.
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Path_AnyBand_MeetsTheOptimalityConditions() => Prop.ForAll(Bands(40), band =>
    {
        var path = TautString.Path(band.Position, band.Lower, band.Upper);
        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] < band.Lower[i] - 1e-9 || path[i] > band.Upper[i] + 1e-9) return false;
            if (i == path.Length - 1) continue;
            var bend = Slope(i) - Slope(i - 1);
            if (bend > 1e-9 && path[i] < band.Upper[i] - 1e-9) return false;
            if (bend < -1e-9 && path[i] > band.Lower[i] + 1e-9) return false;

            double Slope(int k) => (path[k + 1] - path[k]) / (band.Position[k + 1] - band.Position[k]);
        }
        return path[0] == band.Lower[0] && path[^1] == band.Lower[^1];
    });

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Path_AnyBand_HasTheLowestPossiblePeak() => Prop.ForAll(Bands(12), band =>
    {
        var path = TautString.Path(band.Position, band.Lower, band.Upper);
        var n = path.Length;
        var peak = Enumerable.Range(1, n - 1).Max(i => (path[i] - path[i - 1]) / (band.Position[i] - band.Position[i - 1]));
        var needed = double.NegativeInfinity; // between any two posts the string must climb from at most the upper to at least the lower
        for (var s = 0; s < n; s++)
        {
            for (var t = s + 1; t < n; t++) needed = Math.Max(needed, (band.Lower[t] - band.Upper[s]) / (band.Position[t] - band.Position[s]));
        }
        return Math.Abs(peak - needed) < 1e-9;
    });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Path_SmallBand_NoWholeNumberPathIsCheaper() => Prop.ForAll(Bands(6), band =>
    {
        var path = TautString.Path(band.Position, band.Lower, band.Upper);
        var cost = Enumerable.Range(1, path.Length - 1).Sum(i => Cost(i, path[i - 1], path[i]));
        return cost <= Cheapest(0, band.Lower[0]) + 1e-9;

        double Cost(int i, double from, double to) => (to - from) * (to - from) / (band.Position[i] - band.Position[i - 1]);

        double Cheapest(int i, double at)
        {
            if (i == path.Length - 1) return 0;
            var best = double.PositiveInfinity;
            for (var next = band.Lower[i + 1]; next <= band.Upper[i + 1]; next++) best = Math.Min(best, Cost(i + 1, at, next) + Cheapest(i + 1, next));
            return best;
        }
    });

    [Test]
    public void Path_BadBand_NamesTheGate()
    {
        Refused([0, 1, 1], [0, 0, 1], [0, 1, 1], "position[2]");
        Refused([0, 1, double.NaN], [0, 0, 1], [0, 1, 1], "position[2]");
        Refused([0, 1, 2], [0, 2, 1], [0, 1, 1], "lower[1]");
        Refused([0, 1, 2], [0, double.NaN, 1], [0, 1, 1], "lower[1]");
        Refused([0, 1, 2], [0, 0, 1], [0, 1, 2], "upper[2]");
        Refused([0, 1, 2], [0, 0, 1], [1, 1, 1], "upper[0]");
        Refused([0], [0], [0], "position");
        Refused([], [], [], "position");
        Refused([0, 1], [0, 0], [0], "upper");
    }

    private static void Refused(double[] position, double[] lower, double[] upper, string name) =>
        FluentActions.Invoking(() => TautString.Path(position, lower, upper)).Should().Throw<ArgumentException>().WithParameterName(name);

    private static Arbitrary<Band> Bands(int longest) => (
        from n in Gen.Choose(1, longest)
        from steps in Gen.Choose(1, 3).ArrayOf(n)
        from lower in Gen.Choose(0, 4).ArrayOf(n)
        from room in Gen.Choose(0, 4).ArrayOf(n)
        select Make(steps, lower, room)).ToArbitrary();

    private static Band Make(int[] steps, int[] rises, int[] room)
    {
        var n = steps.Length;
        var (position, lower, upper) = (new double[n + 1], new double[n + 1], new double[n + 1]);
        for (var i = 0; i < n; i++)
        {
            position[i + 1] = position[i] + steps[i];
            lower[i + 1] = lower[i] + rises[i];
            upper[i + 1] = Math.Max(upper[i], lower[i + 1] + (i == n - 1 ? 0 : room[i]));
        }
        (lower[n], upper[n]) = (upper[n], upper[n]);
        return new Band(position, lower, upper);
    }

    private sealed record Band(double[] Position, double[] Lower, double[] Upper);
}
