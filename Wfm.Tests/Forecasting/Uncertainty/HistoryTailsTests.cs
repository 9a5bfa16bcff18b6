using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

/// <summary>Days that come a few times a year widen the tails also when no back-test met one.</summary>
public sealed class HistoryTailsTests
{
    private const int Days = 3 * 364;
    private const int Tested = 300; // days that origins of 28 days reach back

    [Test]
    public void Widths_RareDaysBeforeTheBackTest_OuterTailsWiden()
    {
        var widths = Widths(History(rareUntil: Days - Tested));

        widths.Should().NotBeNull();
        widths![0].Should().BeLessThan(1.2, "one day in seventeen does not reach the outer tenth of the errors");
        widths[^1].Should().BeGreaterThan(1.4).And.BeLessThanOrEqualTo(2);
    }

    [Test]
    public void Widths_RareDaysAllAlong_ChangeLittle()
    {
        var widths = Widths(History(rareUntil: Days));

        widths.Should().NotBeNull();
        widths.Should().OnlyContain(w => w >= 1 && w < 1.2);
    }

    [Test]
    public void Widths_SteadyHistory_ChangeLittle()
    {
        var widths = Widths(History(rareUntil: 0));

        widths.Should().NotBeNull();
        widths.Should().OnlyContain(w => w >= 1 && w < 1.1);
    }

    [Test]
    public void Widths_HistoryHardlyLongerThanTheBackTest_Null() => Widths(History(rareUntil: 0)[^(Tested + 100)..]).Should().BeNull();

    [Test]
    public void Forecast_RareDaysBeforeTheBackTest_OnlyTheTailsAreFurtherOut()
    {
        var (rare, steady) = (Forecast(History(rareUntil: Days - Tested)), Forecast(History(rareUntil: 0)));

        (Width(rare, 0.01) / Width(steady, 0.01)).Should().BeGreaterThan(1.05);
        (Width(rare, 0.25) / Width(steady, 0.25)).Should().BeInRange(0.9, 1.1);
    }

    [Test]
    public void WithTails_AnyWidths_WidensAndKeepsTheMiddle([Range(1.0, 2.0, 0.25)] double width)
    {
        var random = new Random(3);
        var errors = Enumerable.Range(0, 2000).Select(i => new BacktestError(i / 100, i % 28, 0, 100, 100 + (10 * Normal(random)), i / 4));
        var plain = ErrorQuantiles.Learn([.. errors], 1);

        var wide = plain.WithTails([0.9, 0.98], [1 + ((width - 1) / 2), width]);

        (wide.Standardised(0.25) - plain.Standardised(0.25)).Should().BeApproximately(0, 0.02 * Math.Abs(plain.Standardised(0.25)));
        (wide.Standardised(0.995) / plain.Standardised(0.995)).Should().BeInRange(0.999, width + 1e-9);
        (wide.Standardised(0.005) / plain.Standardised(0.005)).Should().BeInRange(0.999, width + 1e-9);
        (wide.Standardised(0.975) / plain.Standardised(0.975)).Should().BeGreaterThanOrEqualTo(1 + (0.4 * (width - 1)));
    }

    /// <summary>Poisson days of 300, weekends of 200; one in seventeen, until a day, at 40 %.</summary>
    private static double[] History(int rareUntil)
    {
        var random = new Random(11);
        var days = new double[Days];
        for (var t = 0; t < Days; t++)
        {
            var isRare = t % 17 == 5 && t < rareUntil;
            days[t] = SyntheticSeries.Poisson(random, (t % 7 >= 5 ? 200 : 300) * (isRare ? 0.4 : 1));
        }

        return days;
    }

    /// <summary>Next to normal: a sum of twelve uniform draws has a variance of one.</summary>
    private static double Normal(Random random) => Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;

    private static double[]? Widths(double[] days)
    {
        var prepared = HistoryPreparation.Prepare(Series(days), 28, new ForecastOptions());
        var errors = Enumerable.Range(0, 280).Select(i => new BacktestError(i / 28, i % 28, i % 7, 250, 250 + (i % 3) - 1, i));
        var start = days.Length - Tested;
        return HistoryTails.Widths(prepared, start, ErrorQuantiles.Learn([.. errors], 7), new PhaseOfSlot(prepared.Frame));
    }

    private static TimeSeries Series(double[] days) => new(SyntheticSeries.Monday, SyntheticSeries.Daily(), days);

    private static SeriesForecast Forecast(double[] days) => ForecastEngine.Forecast(Series(days), 28, new ForecastOptions());

    private static double Width(SeriesForecast forecast, double tail)
    {
        var (low, high) = (forecast.Quantile(tail), forecast.Quantile(1 - tail));
        return high.Zip(low, (h, l) => h - l).Sum();
    }
}
