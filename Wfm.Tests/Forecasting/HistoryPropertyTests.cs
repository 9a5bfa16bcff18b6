using System.Globalization;
using Wfm.Forecasting;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting;

/// <summary>Histories of every kind against what a forecast has to be: finite, as wide as it says, not biased, no worse than two simple ways. More seeds
/// are tried with <c>WFM_PROPERTY_SEEDS=100</c>.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HistoryPropertyTests
{
    private static readonly int Seeds = int.Parse(Environment.GetEnvironmentVariable("WFM_PROPERTY_SEEDS") ?? "6", CultureInfo.InvariantCulture);

    private static IEnumerable<TestCaseData> Cases() =>
        from kind in HistoryKind.All
        from slots in kind.Value.IsDaily ? new[] { 1 } : [1, 24]
        select new TestCaseData(kind.Key, slots);

    [TestCaseSource(nameof(Cases))]
    public void Forecast_HistoryOfAKind_IsAsGoodAsItSays(string kind, int slotsPerDay)
    {
        var (inside, count, square, signed, volume, lastWeek, fourWeeks) = (0, 0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var made = HistoryKind.Draw(kind, slotsPerDay, seed);
            var forecast = ForecastEngine.Forecast(made.Known, made.Ahead.Length, new ForecastOptions { Events = made.Events });

            forecast.Mean.Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
            forecast.Quantiles.Zip(forecast.Quantiles.Skip(1)).Should().OnlyContain(p => p.First.Zip(p.Second).All(q => q.First <= q.Second && q.First >= 0));
            forecast.SamplePaths(2, seed).Should().OnlyContain(p => p.All(v => v >= 0 && v == Math.Floor(v)), "these are counts");
            var (low, high, week) = (forecast.Quantile(0.1), forecast.Quantile(0.9), 7 * slotsPerDay);
            for (var h = 0; h < made.Ahead.Length; h++)
            {
                var actual = made.Ahead[h];
                inside += actual >= low[h] && actual <= high[h] ? 1 : 0;
                count++;
                square += Squared(forecast.Mean[h]);
                signed += forecast.Mean[h] - actual;
                volume += actual;
                double Back(int weeks) => made.Known.Values[made.Known.Length - (weeks * week) + (h % week)] is var v and >= 0 ? v : forecast.Mean[h];
                double Squared(double said) => (said - actual) * (said - actual);
                lastWeek += Squared(Back(1));
                fourWeeks += Squared(Enumerable.Range(1, 4).Average(Back));
            }
        }

        var coverage = inside / (double)count;
        TestContext.Out.WriteLine(
            $"{kind} {slotsPerDay}: {coverage:P1} in 80 %, bias {signed / volume:P1}, "
                + $"squared error ÷ that of the last week {square / lastWeek:0.00}, of the mean of four {square / fourWeeks:0.00}");
        coverage.Should().BeGreaterThan(0.7);
        if (volume > 50)
        {
            Math.Abs(signed / volume).Should().BeLessThan(0.1 + (2 / Math.Sqrt(volume)), "beyond what chance brings");
            square.Should().BeLessThan(1.05 * Math.Min(lastWeek, fourWeeks));
        }
    }
}
