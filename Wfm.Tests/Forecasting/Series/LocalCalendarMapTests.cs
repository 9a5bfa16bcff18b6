using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Series;

public sealed class LocalCalendarMapTests
{
    [TestCase("Europe/London", 60)] // an hour at 01:00 UTC
    [TestCase("America/New_York", 30)] // an hour at 02:00 local
    [TestCase("Australia/Lord_Howe", 30)] // half an hour
    [TestCase("Africa/Cairo", 15)] // an hour at midnight
    [TestCase("Asia/Kolkata", 30)] // half-hour offset, no change
    [TestCase("Pacific/Apia", 60)] // far east of UTC
    public void SlotOfWeek_WholeYear_IsTheLocalClock(string zoneId, int minutes)
    {
        var zone = DateTimeZoneProviders.Tzdb[zoneId];
        var grid = new IntervalGrid(Duration.FromMinutes(minutes), zone);
        var start = Instant.FromUtc(2024, 1, 3, 7, 0);
        var map = new LocalCalendarMap(start, grid, 366 * grid.IntervalsPerDay);

        for (var i = 0; i < map.Length; i++)
        {
            var local = (start + (grid.Interval * i)).InZone(zone).LocalDateTime;
            var slot = (((int)local.DayOfWeek - 1) * grid.IntervalsPerDay) + (((local.Hour * 60) + local.Minute) / minutes);
            if (map.SlotOfWeek(map.CellOf(i)) != slot)
            {
                Assert.Fail($"Interval {i}, local {local}: slot {map.SlotOfWeek(map.CellOf(i))} instead of {slot}.");
            }
        }
    }

    [Test]
    public void SlotOfWeek_HalfHourChangeOnHourlyGrid_StaysWithinACell()
    {
        var zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"];
        var grid = new IntervalGrid(Duration.FromHours(1), zone);
        var start = Instant.FromUtc(2024, 3, 1, 0, 0);
        var map = new LocalCalendarMap(start, grid, 24 * 60);

        for (var i = 0; i < map.Length; i++)
        {
            var local = (start + Duration.FromHours(i)).InZone(zone).LocalDateTime;
            (map.SlotOfWeek(map.CellOf(i)) % 24).Should().Be(local.Hour);
        }
    }

    [Test]
    public void ToLocal_SpringGap_LeavesTheSkippedHourEmpty()
    {
        var grid = new IntervalGrid(Duration.FromHours(1), DateTimeZoneProviders.Tzdb["Europe/London"]);
        var map = new LocalCalendarMap(Instant.FromUtc(2024, 3, 31, 0, 0), grid, 24);

        // 00:00, then 02:00: the clock skips 01:00.
        map.ToLocal([5, 6, 7]).Should().Equal(5, double.NaN, 6, 7);
    }

    [Test]
    public void ToLocal_AutumnOverlap_TakesTheMeanOfTheRepeatedHour()
    {
        var grid = new IntervalGrid(Duration.FromHours(1), DateTimeZoneProviders.Tzdb["Europe/London"]);
        var map = new LocalCalendarMap(Instant.FromUtc(2024, 10, 26, 23, 0), grid, 24);

        // 00:00, 01:00 summer time, 01:00 winter time, 02:00.
        map.ToLocal([4, 5, 7, 8]).Should().Equal(4, 6, 8);
        map.CellOf(1).Should().Be(map.CellOf(2));
    }

    [Test]
    public void ToLocal_MidnightGap_KeepsSundayEmptyOnlyAtMidnight()
    {
        // Cairo, Friday 26 April 2024: 00:00 becomes 01:00.
        var grid = new IntervalGrid(Duration.FromHours(1), DateTimeZoneProviders.Tzdb["Africa/Cairo"]);
        var map = new LocalCalendarMap(Instant.FromUtc(2024, 4, 25, 21, 0), grid, 3); // 23:00, 01:00, 02:00

        map.ToLocal([1, 2, 3]).Should().Equal(1, double.NaN, 2, 3);
        map.SlotOfWeek(map.CellOf(1)).Should().Be((4 * 24) + 1);
    }

    [Test]
    public void Constructor_OverlapAtTheStart_KeepsCellsFromZero()
    {
        var grid = new IntervalGrid(Duration.FromMinutes(30), DateTimeZoneProviders.Tzdb["Europe/London"]);
        var map = new LocalCalendarMap(Instant.FromUtc(2024, 10, 27, 0, 30), grid, 4); // 01:30, then 01:00 again

        Enumerable.Range(0, 4).Select(map.CellOf).Should().Equal(1, 0, 1, 2);
        map.SlotOfWeek(0).Should().Be((6 * 48) + 2);
    }
}
