using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class TimeSeriesTests
{
    [Test]
    public void Constructor_InfiniteValue_NamesIndexAndTime() => FluentActions
        .Invoking(() => new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [1, double.PositiveInfinity]))
        .Should().Throw<ForecastDataException>().WithMessage("*index 1*2024-01-01T01:00:00Z*");

    [Test]
    public void Constructor_DailyStartNotLocalMidnight_Throws() => FluentActions
        .Invoking(() => new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily("Asia/Tokyo"), [1]))
        .Should().Throw<ArgumentException>().WithMessage("*Asia/Tokyo*");

    [Test]
    public void Constructor_ArrayChangedAfterwards_KeepsItsValues()
    {
        double[] values = [1, 2];
        var series = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), values);

        values[0] = 9;

        series.Values[0].Should().Be(1);
        series.End.Should().Be(SyntheticSeries.Monday + Duration.FromHours(2));
    }
}
