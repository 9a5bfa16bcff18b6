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
        var grid = IntervalGrid.Of(minutes, DateTimeZone.Utc);

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
        var (grid, start) = (IntervalGrid.Of(30, DateTimeZone.Utc), Instant.FromUtc(2026, 11, 2, 0, 0));

        grid.StepsUntil(start, start + Duration.FromMinutes(minutes)).Should().Be(steps);
    }

    [TestCase("Europe/Dublin", 60, 2026, 3, 29, 23)]
    [TestCase("Europe/Dublin", 30, 2026, 10, 25, 50)]
    [TestCase("Australia/Lord_Howe", 60, 2026, 4, 5, 25)] // 24.5 hours: the last one is cut to half an hour
    [TestCase("Australia/Lord_Howe", 60, 2026, 10, 4, 24)] // 23.5 hours: the same
    [TestCase("Australia/Lord_Howe", 30, 2026, 4, 5, 49)]
    [TestCase("Australia/Lord_Howe", 15, 2026, 10, 4, 94)]
    [TestCase("Asia/Kolkata", 60, 2026, 11, 2, 24)]
    [TestCase("Asia/Kathmandu", 30, 2026, 11, 2, 48)]
    [TestCase("Australia/Adelaide", 60, 2026, 4, 5, 25)]
    [TestCase("Africa/Cairo", 60, 2025, 4, 25, 23)] // from 01:00, midnight is skipped
    [TestCase("America/Havana", 60, 2024, 11, 3, 25)] // midnight comes twice
    public void SlotsOf_DaysOfManyLengths_CountElapsedTimeFromMidnight(string zone, int minutes, int year, int month, int day, int count)
    {
        var grid = IntervalGrid.Of(minutes, DateTimeZoneProviders.Tzdb[zone]);
        var (date, (first, slots)) = (new LocalDate(year, month, day), SlotsOf(grid, new LocalDate(year, month, day)));

        slots.Should().Be(count);
        grid.StartOf(first).Should().Be(grid.StartOfDay(date));
        grid.StartOf(first + slots).Should().Be(grid.StartOfDay(date.PlusDays(1)), "the next day begins a fresh count");
    }

    [TestCase("Asia/Kolkata", "00:00")]
    [TestCase("Asia/Kathmandu", "00:00")]
    [TestCase("Australia/Adelaide", "00:00")]
    [TestCase("Africa/Cairo", "01:00")] // 2025-04-25 begins at one
    public void StartOf_HoursOfALocalDay_AreLocalHours(string zone, string first)
    {
        var grid = IntervalGrid.Of(60, DateTimeZoneProviders.Tzdb[zone]);
        var (slot, count) = SlotsOf(grid, new LocalDate(2025, 4, 25));

        var times = Enumerable.Range(0, count).Select(i => grid.StartOf(slot + i).InZone(grid.Zone).TimeOfDay).ToList();
        times[0].ToString("HH:mm", null).Should().Be(first);
        times.Should().OnlyContain(time => time.Minute == 0).And.BeInAscendingOrder();
    }

    [Test]
    public void DateOf_ClocksGoBackOverMidnight_TheDayThatHasBegunGoesOn()
    {
        var grid = SyntheticSeries.Daily("America/Goose_Bay"); // at 00:01 on 7 November 2010 it became 23:01 of the 6th
        var midnight = grid.StartOfDay(new LocalDate(2010, 11, 7));

        (grid.StartOfDay(new LocalDate(2010, 11, 8)) - midnight).Should().Be(Duration.FromHours(25));
        grid.DateOf(midnight + Duration.FromMinutes(30)).Should().Be(new LocalDate(2010, 11, 7));
    }

    [Test]
    public void StartOf_DateThatAZoneSkips_IsThatOfTheNext()
    {
        var grid = SyntheticSeries.Daily("Pacific/Apia"); // went from 29 to 31 December 2011

        grid.StartOfDay(new LocalDate(2011, 12, 30)).Should().Be(grid.StartOfDay(new LocalDate(2011, 12, 31)));
    }

    [TestCase("2026-11-02T00:00", null, 2026, 11, 2)]
    [TestCase("2026-11-02T00:30", null, 2026, 11, 3)]
    [TestCase("2026-11-02T00:00", IsoDayOfWeek.Monday, 2026, 11, 2)]
    [TestCase("2026-11-02T00:30", IsoDayOfWeek.Monday, 2026, 11, 9)]
    [TestCase("2026-11-01T23:30", IsoDayOfWeek.Monday, 2026, 11, 2)]
    public void FirstDayFrom_LocalTimes_IsTheFirstWholeDay(string local, IsoDayOfWeek? dayOfWeek, int year, int month, int day)
    {
        var grid = SyntheticSeries.HalfHourly("America/New_York");
        var at = NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(local).Value.InZoneStrictly(grid.Zone).ToInstant();

        grid.FirstDayFrom(at, dayOfWeek).Should().Be(new LocalDate(year, month, day));
    }

    /// <summary>Every zone of the database, around its own clock changes and on days between, since 2000.</summary>
    [TestCase(5)]
    [TestCase(20)]
    [TestCase(30)]
    [TestCase(60)]
    [TestCase(1440)]
    [TestCase(10080)]
    public void SlotOf_EveryZone_IsTheInverseOfStartOf(int minutes)
    {
        foreach (var (grid, instant) in Samples(minutes))
        {
            var slot = grid.SlotOf(instant);
            var (start, end) = (grid.StartOf(slot), grid.StartOf(slot + 1));
            var context = $"{instant} in {grid.Zone.Id}";

            (start <= instant && instant < end).Should().BeTrue("{0}: {1} to {2}", context, start, end);
            grid.SlotOf(start).Should().Be(slot, context);
            grid.SlotOf(end - Duration.Epsilon).Should().Be(slot, context);
            grid.EndOf(instant).Should().Be(end, context);
            grid.Ceiling(start).Should().Be(start, context);
            grid.Ceiling(start + Duration.FromSeconds(1)).Should().Be(end, context);
            (end - start).Should().BeLessThanOrEqualTo(grid.Interval + Duration.FromHours(24), context);
        }
    }

    [TestCase(15)]
    [TestCase(60)]
    public void SlotsOf_EveryZone_FollowOneAnotherAndStartAtMidnight(int minutes)
    {
        foreach (var (grid, instant) in Samples(minutes))
        {
            var date = grid.DateOf(instant);
            var (first, count) = SlotsOf(grid, date);
            var context = $"{date} in {grid.Zone.Id}";

            grid.StartOf(first).Should().Be(grid.StartOfDay(date), context);
            SlotsOf(grid, date.PlusDays(1)).First.Should().Be(first + count, context);
            count.Should().Be((int)Math.Ceiling((grid.StartOfDay(date.PlusDays(1)) - grid.StartOfDay(date)) / grid.Interval), context);
            for (var i = 1; i < count; i++)
            {
                (grid.StartOf(first + i) - grid.StartOf(first + i - 1)).Should().Be(grid.Interval, context);
            }
        }
    }

    [Test]
    public void StepsUntil_FarApart_CountsWhatTheStepsCount()
    {
        var grid = IntervalGrid.Of(60, DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"]);
        var (start, end) = (grid.StartOfDay(new LocalDate(2024, 1, 1)), grid.StartOfDay(new LocalDate(2026, 1, 1)));

        var steps = Enumerable.Range(0, 731).Sum(day => SlotsOf(grid, new LocalDate(2024, 1, 1).PlusDays(day)).Count);
        grid.StepsUntil(start, end).Should().Be(steps).And.Be((731 * 24) + 2, "each of two autumns has a day of 24 hours and a half");
        grid.InstantAt(start, steps).Should().Be(end);
    }

    private static (long First, int Count) SlotsOf(IntervalGrid grid, LocalDate date) =>
        (grid.SlotOf(grid.StartOfDay(date)), grid.StepsUntil(grid.StartOfDay(date), grid.StartOfDay(date.PlusDays(1))));

    private static IEnumerable<(IntervalGrid Grid, Instant Instant)> Samples(int minutes)
    {
        var random = new Random(minutes);
        var (from, to) = (Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0));
        foreach (var id in DateTimeZoneProviders.Tzdb.Ids)
        {
            var zone = DateTimeZoneProviders.Tzdb[id];
            var grid = IntervalGrid.Of(minutes, zone);
            var changes = zone.GetZoneIntervals(from, to).Where(period => period.HasStart && period.Start > from).Select(period => period.Start).ToList();
            for (var i = 0; i < 4 && changes.Count > 0; i++)
            {
                yield return (grid, changes[random.Next(changes.Count)] + Duration.FromMinutes(random.Next(-1500, 1500)));
            }

            yield return (
                grid, zone.AtStartOfDay(new LocalDate(2000, 1, 2).PlusDays(random.Next(14_000))).ToInstant() + Duration.FromMinutes(random.Next(1440)));
        }
    }
}
