using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Pipeline;

public sealed class OpenTimesTests
{
    private static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
    private static readonly LocalDate Friday = new(2026, 10, 23); // clocks go back on Sunday, the 25th

    [TestCase(8, 30, 60, new[] { 8, 9 })]
    [TestCase(9, 0, 60, new[] { 9 })]
    [TestCase(8, 30, 30, new[] { 8, 9, 9 })]
    public void Over_OpeningInsideAnInterval_OpensIt(int hour, int minute, int interval, int[] hours)
    {
        var grid = IntervalGrid.Of(interval, Dublin);
        var span = GridSpan.Between(grid, grid.StartOfDay(Friday), grid.StartOfDay(Friday.PlusDays(1)));

        var open = Times([new OpeningWindow(IsoDayOfWeek.Friday, new LocalTime(hour, minute), new LocalTime(10, 0))]).Over(span);

        Enumerable.Range(0, span.Count).Where(i => open[i]).Select(i => span.StartOf(i).InZone(Dublin).Hour).Should().Equal(hours);
    }

    [Test]
    public void Hours_WindowOverAClockChange_FollowsTheWallClock()
    {
        var times = Times(LocalOperation.Daily(new LocalTime(22, 0), new LocalTime(6, 0)));
        double Of(LocalDate night) => times.Hours(At(night, 12), At(night.PlusDays(1), 12));

        Of(Friday).Should().Be(8);
        Of(Friday.PlusDays(1)).Should().Be(9, "the night in which clocks go back");
    }

    [Test]
    public void Over_ClosedSaturday_LeavesFridayItsNight()
    {
        var times = Times(LocalOperation.Daily(new LocalTime(18, 0), new LocalTime(2, 0)), [new DateInterval(Friday.PlusDays(1), Friday.PlusDays(1))]);

        times.Hours(At(Friday, 12), At(Friday.PlusDays(1), 12)).Should().Be(8);
        times.Hours(At(Friday.PlusDays(1), 12), At(Friday.PlusDays(2), 12)).Should().Be(0);
        times.IsAlways.Should().BeFalse();
    }

    [Test]
    public void Over_NoWindowsButAClosure_ClosesThatLocalDay()
    {
        var grid = IntervalGrid.Of(30, Dublin);
        var span = GridSpan.Between(grid, grid.StartOfDay(Friday), grid.StartOfDay(Friday.PlusDays(3)));

        var open = Times([], [new DateInterval(Friday.PlusDays(2), Friday.PlusDays(2))]).Over(span);

        open.Count(o => o).Should().Be(96);
        open.Skip(96).Should().HaveCount(50).And.OnlyContain(o => !o, "the 25 hours of Sunday");
    }

    [Test]
    public void Over_ClocksSkipTheOpening_OpensWhenTheyAreThrough()
    {
        var grid = IntervalGrid.Of(30, Dublin);
        var spring = new LocalDate(2026, 3, 29); // 01:00 becomes 02:00

        Times([new OpeningWindow(IsoDayOfWeek.Sunday, new LocalTime(1, 30), new LocalTime(3, 0))])
            .Hours(grid.StartOfDay(spring), grid.StartOfDay(spring.PlusDays(1))).Should().Be(1);
    }

    [Test]
    public void Week_DailyGridOpenPastMidnight_CountsTheDayItRunsInto() =>
        Times([new OpeningWindow(IsoDayOfWeek.Sunday, new LocalTime(18, 0), new LocalTime(2, 0))])
            .Week(History(1440, 7, _ => 0), arrivesWhileClosed: false).Should().Equal(true, false, false, false, false, false, true);

    [Test]
    public void Week_WindowPastMidnightAtTheEndOfTheWeek_ReachesIntoMonday()
    {
        var week = Times([new OpeningWindow(IsoDayOfWeek.Sunday, new LocalTime(22, 0), new LocalTime(6, 0))])
            .Week(History(60, 24, _ => 0), arrivesWhileClosed: false)!;

        week.Index().Where(f => f.Item).Select(f => f.Index).Should().Equal(0, 1, 2, 3, 4, 5, 166, 167);
    }

    [Test]
    public void Week_NoWindows_IsLeftToTheHistory() => Times([]).Week(History(60, 24, _ => 0), arrivesWhileClosed: false).Should().BeNull();

    [Test]
    public void Week_WorkThatWaits_KeepsWhatCameWhileClosed()
    {
        var times = Times([new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(9, 0), new LocalTime(10, 0))]);
        var history = History(60, 24, hour => hour == 3 ? 5 : 0);

        Enumerable.Range(0, 168).Where(h => times.Week(history, arrivesWhileClosed: true)![h]).Should().Equal(3, 9);
        Enumerable.Range(0, 168).Where(h => times.Week(history, arrivesWhileClosed: false)![h]).Should().Equal(9);
    }

    [TestCase("08:30", 60, 30)]
    [TestCase("08:15", 60, 15)]
    [TestCase("08:00", 60, 60)]
    [TestCase("08:10", 30, 10)]
    [TestCase("08:07", 30, 5)]
    public void LongestIntervalUpTo_OpeningTime_DividesBoth(string from, int minutes, int longest) => Times(
        [new OpeningWindow(IsoDayOfWeek.Monday, NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(from).Value, new LocalTime(12, 0))])
        .LongestIntervalUpTo(minutes).Should().Be(longest);

    private static TimeSeries History(int minutes, int count, Func<int, double> value)
    {
        var grid = IntervalGrid.Of(minutes, Dublin);
        return new TimeSeries(grid.StartOfDay(new LocalDate(2026, 6, 1)), grid, [.. Enumerable.Range(0, count).Select(value)]); // a Monday
    }

    private static OpenTimes Times(List<OpeningWindow> windows, List<DateInterval>? closures = null) => windows.ToOpenHours().In(Dublin, closures ?? []);

    private static Instant At(LocalDate date, int hour) => date.At(new LocalTime(hour, 0)).InZoneStrictly(Dublin).ToInstant();
}
