using Wfm.Forecasting.Models;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Models;

public sealed class DoubleSeasonalHoltWintersTests
{
    private const int Year = 52 * 7;

    private static double Rate(int t) => 100 + (20 * Math.Sin(2 * Math.PI * t / Year)) + (t % 7 < 5 ? 10 : -25);

    [Test]
    public void Forecast_TwoYearsOfDays_FollowsTheYear()
    {
        double[] y = [.. Enumerable.Range(0, (2 * Year) + 91).Select(Rate)];

        // No season within the day: the “day” is the week, the “week” four of them.
        var annual = Error(new DoubleSeasonalHoltWinters(logarithm: false).Fit(y, [7, 28, Year]).Forecast(180), y.Length);
        var weekly = Error(new DoubleSeasonalHoltWinters(logarithm: false).Fit(y, [7, 28]).Forecast(180), y.Length);

        annual.Should().BeLessThan(0.25 * weekly).And.BeLessThan(3);
    }

    [Test]
    public void Forecast_LessThanTwoYears_IsThatOfTwoSeasons()
    {
        var y = SyntheticSeries.HourlyCounts(8, 60, 5);

        var three = new DoubleSeasonalHoltWinters(logarithm: false).Fit(y, [24, 168, 8766]);

        three.Forecast(300).Should().Equal(new DoubleSeasonalHoltWinters(logarithm: false).Fit(y, [24, 168]).Forecast(300));
    }

    [Test]
    public void Resume_TriplePassesTheSecondYear_StaysWithTheSeasonsItLearned()
    {
        double[] y = [.. Enumerable.Range(0, (2 * Year) + 10).Select(Rate)];
        var model = new DoubleSeasonalHoltWinters(logarithm: false);
        var early = model.Fit(y.AsSpan(0, (2 * Year) - 10), [7, 28, Year]);

        model.Resume(early.Parameters, y, [7, 28, Year]).Forecast(30).Should().Equal(model.Resume(early.Parameters, y, [7, 28]).Forecast(30));
    }

    private static double Error(double[] forecast, int origin) => forecast.Select((f, h) => Math.Abs(f - Rate(origin + h))).Average();
}
