using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class IntervalGridTests
{
    [TestCase(5, 288, 2016)]
    [TestCase(15, 96, 672)]
    [TestCase(30, 48, 336)]
    [TestCase(60, 24, 168)]
    [TestCase(1440, 1, 7)]
    [TestCase(10080, 1, 1)]
    public void IntervalsPerDayAndWeek_EachGrid_Counts(int minutes, int perDay, int perWeek)
    {
        var grid = new IntervalGrid(Duration.FromMinutes(minutes), DateTimeZone.Utc);

        (grid.IntervalsPerDay, grid.IntervalsPerWeek).Should().Be((perDay, perWeek));
    }

    [Test]
    public void Constructor_SevenMinutes_SaysWhatIsPossible() => FluentActions.Invoking(() => new IntervalGrid(Duration.FromMinutes(7), DateTimeZone.Utc))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*5, 10, 15, 20, 30 or 60 minutes*");

    [Test]
    public void InstantAt_DailyGridOverSpringGap_FollowsLocalMidnight()
    {
        var grid = SyntheticSeries.Daily("Europe/London");

        // 31 March 2024 has 23 hours in London.
        var start = Instant.FromUtc(2024, 3, 30, 0, 0);
        (grid.InstantAt(start, 2) - start).Should().Be(Duration.FromHours(47));
    }

    [TestCase(0, 0)]
    [TestCase(-30, 0)]
    [TestCase(60, 2)]
    [TestCase(61, 3)]
    public void StepsUntil_HalfHours_CountsACutOne(int minutes, int steps)
    {
        var (grid, start) = (new IntervalGrid(Duration.FromMinutes(30), DateTimeZone.Utc), Instant.FromUtc(2026, 11, 2, 0, 0));

        grid.StepsUntil(start, start + Duration.FromMinutes(minutes)).Should().Be(steps);
    }
}
