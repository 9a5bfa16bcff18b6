using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing.Deferrable;

/// <summary>
/// The plan against the true optimum of the linear programme, found without bands, windows or an order of work: the work of hour i with a turnaround of d hours
/// may be done in the open ones of hours i … i + d, and a staffing suffices exactly when every set of hours has room for all the work that can be done
/// nowhere else (Hall's condition, that is max-flow = min-cut).
/// </summary>
public sealed class DeferrableOptimumTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [FsCheck.NUnit.Property(MaxTest = 150)]
    public Property SmoothPeak_OpenHours_IsTheOptimumOverAllSetsOfHours() => Prop.ForAll(Instances(9), x =>
    {
        var optimum = 0.0;
        for (var set = 1; set < 1 << x.Hours; set++)
        {
            if ((set & x.OpenSet) == set) optimum = Math.Max(optimum, (double)x.Confined[set] / int.PopCount(set));
        }
        return Math.Abs(DeferrableStaffing.Smooth(x.Classes, Hour, x.Open).Peak - optimum) < 1e-7;
    });

    // Whole hours of work make the cheapest plan a whole-number plan, so trying all of those finds the optimum itself, not a bound.
    [FsCheck.NUnit.Property(MaxTest = 40)]
    public Property Smooth_OpenHoursRaisedToAMinimum_CostsTheBruteForceOptimum() => Prop.ForAll(Instances(5), Gen.Choose(0, 4).ToArbitrary(), (x, minimum) =>
    {
        var plan = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open);
        var cost = plan.Agents.Where((_, i) => x.Open[i]).Sum(a => Math.Max(a, minimum));
        var best = x.WholePlans(minimum, most: 12).Min(agents => agents.Where((_, i) => x.Open[i]).Sum());
        return Math.Abs(cost - best) < 1e-7;
    });

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public Property Smooth_OpenHours_NoWholePlanHasLowerPeakOrSquares() => Prop.ForAll(Instances(5), x =>
    {
        var plan = DeferrableStaffing.Smooth(x.Classes, Hour, x.Open);
        return x.WholePlans(0, most: 12).All(agents => agents.Max() >= plan.Peak - 1e-7 && agents.Sum(a => a * a) >= plan.Agents.Sum(a => a * a) - 1e-7)
            && x.Suffices([.. plan.Agents]);
    });

    private static Arbitrary<Instance> Instances(int longest) => (
        from hours in Gen.Choose(1, longest)
        from closed in Gen.Choose(0, 2).ArrayOf(hours)
        from turnarounds in Gen.Choose(1, 4).ArrayOf(2)
        from work in Gen.Choose(0, 2).ArrayOf(2 * hours)
        select new Instance([.. closed.Select(c => c > 0)], turnarounds, work)).ToArbitrary();

    private sealed class Instance
    {
        public Instance(bool[] open, int[] turnarounds, int[] work)
        {
            (Open, Hours) = (open, open.Length);
            OpenSet = Enumerable.Range(0, Hours).Where(i => open[i]).Sum(i => 1 << i);
            var pieces = new List<(int Hours, int Amount)>(); // where it may be done, due within the horizon
            Classes = [.. turnarounds.Select((turnaround, k) => new DeferrableClass($"class {k}", [.. Enumerable.Range(0, Hours).Select(i =>
            {
                var amount = work[k * Hours + i];
                var reach = Enumerable.Range(i, turnaround + 1).Where(j => j < Hours).Sum(j => 1 << j) & OpenSet;
                if (i + turnaround + 1 > Hours) return amount;
                if (reach == 0) return 0.0; // no plan can do it: not the question here
                pieces.Add((reach, amount));
                return amount;
            })], turnaround * Hour))];
            Confined = [.. Enumerable.Range(0, 1 << Hours).Select(set => pieces.Where(p => (p.Hours & ~set) == 0).Sum(p => p.Amount))];
        }

        public bool[] Open { get; }

        public int Hours { get; }

        public int OpenSet { get; }

        public DeferrableClass[] Classes { get; }

        /// <summary>Work that can be done in a set of hours only.</summary>
        public int[] Confined { get; }

        public bool Suffices(double[] agents)
        {
            for (var set = 1; set < Confined.Length; set++)
            {
                var room = Enumerable.Range(0, Hours).Where(i => (set >> i & 1) == 1).Sum(i => agents[i]);
                if (Confined[set] > room + 1e-7) return false;
            }
            return true;
        }

        /// <summary>Every sufficient whole-number plan with at least the minimum in the open hours.</summary>
        public IEnumerable<double[]> WholePlans(int minimum, int most)
        {
            var agents = new double[Hours];
            return From(0);

            IEnumerable<double[]> From(int hour)
            {
                if (hour == Hours)
                {
                    if (Suffices(agents)) yield return [.. agents];
                    yield break;
                }
                var highest = Open[hour] ? Math.Max(minimum, Math.Min(most, Confined[^1])) : 0;
                for (var a = Open[hour] ? minimum : 0; a <= highest; a++)
                {
                    agents[hour] = a;
                    if (!SufficesUpTo(hour)) continue;
                    foreach (var plan in From(hour + 1)) yield return plan;
                }
            }

            bool SufficesUpTo(int hour) => Confined[(1 << hour + 1) - 1] <= agents.Take(hour + 1).Sum() + 1e-7;
        }
    }
}
