using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Tests.Scheduling.Solving.Pricing;

public sealed class WeekKnapsackTests
{
    private static readonly int[] Works = [0, 300, 480, 600];

    [Test]
    public void Solve_RandomPrices_IsTheCheapestOfAllWeeks([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var days = random.Next(1, 8);
        var prices = Enumerable.Range(0, days * Works.Length)
            .Select(i => i % Works.Length > 0 && random.Next(5) == 0 ? double.PositiveInfinity : random.Next(-60, 20)).ToArray();
        var (minutes, working, weekend, weekendPrice) = (random.Next(-60, 3000), random.Next(-1, 8), random.Next(days + 1), random.Next(30));
        double Cost(int used) => Math.Abs(used - 1500) / 20.0;
        var knapsack = new WeekKnapsack(Works);

        var best = knapsack.Solve(prices, days, minutes, working, weekend, weekendPrice, Cost);

        double Price(int[] week) => Enumerable.Range(0, days).Sum(d => prices[(d * Works.Length) + week[d]])
            + (week.Skip(weekend).Any(w => w > 0) ? weekendPrice : 0) + Cost(week.Sum(w => Works[w]));
        var legal = Weeks(days).Where(w => w.Count(c => c > 0) <= Math.Max(0, working) && w.Sum(c => Works[c]) <= Math.Max(0, minutes));
        best.Should().BeApproximately(legal.Min(Price), 1e-9);
        Price([.. Enumerable.Range(0, days).Select(knapsack.Choice)]).Should().BeApproximately(best, 1e-9, "the choices are those of the least cost");
    }

    private static IEnumerable<int[]> Weeks(int days)
    {
        for (var code = 0; code < 1 << (2 * days); code++)
        {
            yield return [.. Enumerable.Range(0, days).Select(d => (code >> (2 * d)) & 3)];
        }
    }
}
