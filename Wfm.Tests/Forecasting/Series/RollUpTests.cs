using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class RollUpTests
{
    [Test]
    public void To_QuartersToHours_SumsAndKeepsMissing()
    {
        var quarters = new TimeSeries(SyntheticSeries.Monday, new IntervalGrid(Duration.FromMinutes(15), DateTimeZone.Utc),
            [1, 2, 3, 4, 5, double.NaN, 7, 8, 0, 0, 0, 0, 9]);

        var hours = RollUp.To(quarters, Duration.FromHours(1));

        hours.Values.ToArray().Should().Equal(10, double.NaN, 0); // the thirteenth quarter fills no hour
    }

    [Test]
    public void To_DayOverClockChanges_Has23And25Hours()
    {
        var start = Instant.FromUtc(2024, 3, 30, 0, 0);
        var hours = new TimeSeries(start, SyntheticSeries.Hourly("Europe/London"), [.. Enumerable.Repeat(1.0, 24 * 230)]);

        var days = RollUp.To(hours, Duration.FromDays(1)).Values.ToArray();

        days[1].Should().Be(23); // 31 March 2024
        days[211].Should().Be(25); // 27 October 2024
        days.Sum().Should().Be(days.Length * 24); // one hour less, one more
    }

    [Test]
    public void To_StartInTheMiddle_BeginsWithTheFirstWholeDay()
    {
        var start = Instant.FromUtc(2024, 1, 1, 5, 0);
        var hours = new TimeSeries(start, SyntheticSeries.Hourly(), [.. Enumerable.Repeat(2.0, 48)]);

        var days = RollUp.To(hours, Duration.FromDays(1));

        days.Start.Should().Be(Instant.FromUtc(2024, 1, 2, 0, 0));
        days.Values.ToArray().Should().Equal(48);
    }

    [Test]
    public void To_StepByStep_EqualsAtOnce()
    {
        var values = SyntheticSeries.HourlyCounts(2, 20, 7);
        var series = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.HalfHourly(), values);

        var stepwise = RollUp.To(RollUp.To(series, Duration.FromHours(1)), Duration.FromDays(1));

        stepwise.Values.ToArray().Should().Equal(RollUp.To(series, Duration.FromDays(1)).Values.ToArray());
    }

    [Test]
    public void To_ShorterInterval_Throws() => FluentActions
        .Invoking(() => RollUp.To(SyntheticSeries.HourlySeries(1, 5, 1), Duration.FromMinutes(30)))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*whole multiple*");
}
