using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

public sealed class SampleDatesTests
{
    private static readonly SampleOperationFiles Written = SampleOperationFiles.Load();

    [TestCase("2026-11-02", "2024-11-04", 728)]
    [TestCase("2026-11-08", "2024-11-04", 734)]
    [TestCase("2026-11-09", "2024-11-11", 728)]
    [TestCase("2026-10-29", "2024-10-28", 731)]
    public void Dates_OfADay_AreWholeWeeksFromAMondayAndTheDaysSince(string today, string first, int days)
    {
        var dates = new SampleDates(Date(today));

        dates.FirstDay.Should().Be(Date(first));
        dates.DayCount.Should().Be(days);
        dates.FirstDay.PlusDays(days).Should().Be(dates.EndDay).And.Be(Date(today));
    }

    [Test]
    public void On_TheDayItIsWrittenFor_ChangesNothing() => Written.On(SampleDates.Written.EndDay).Should().BeEquivalentTo(Written);

    [Test]
    public void On_LaterWeek_MovesWhatIsMadeUpAndLeavesTheCalendar()
    {
        var moved = Written.On(new LocalDate(2026, 11, 29)); // a Sunday: three weeks and six days

        moved.Events.Should().Contain(e => e.Code == "crisis-all-2026-04-02" && e.StartLocal == new LocalDateTime(2026, 4, 2, 5, 30));
        moved.Events.Single(e => e.Code == "holiday-christmas-dub-2026-12-25").Should().Be(
            Written.Events.Single(e => e.Code == "holiday-christmas-dub-2026-12-25"));
        moved.Events.Should().OnlyHaveUniqueItems(e => e.Code).And.HaveSameCount(Written.Events);
        moved.TimeOff.Zip(Written.TimeOff).Should().OnlyContain(p => Period.DaysBetween(p.Second.StartLocal.Date, p.First.StartLocal.Date) == 21);
    }

    [Test]
    public void Events_OfEveryDayToTheEndOfNextYear_HaveHolidaysAhead()
    {
        foreach (var hub in Written.Hubs)
        {
            for (var today = SampleDates.Written.EndDay; today < new LocalDate(2027, 11, 15); today = today.PlusWeeks(1))
            {
                var until = today.PlusWeeks(17); // from Washington's Birthday to Memorial Day
                Written.Events.Should().Contain(
                    e => e.Hub == hub.Code && e.StartLocal.Date >= today && e.StartLocal.Date < until, "{0} has holidays after {1}", hub.Code, today);
            }
        }
    }

    [Test]
    public void Generate_DaysLater_LeavesWhatWasBefore()
    {
        var series = Written.Series.Single(s => s is { Queue: "reports-ga", Hub: "dub" });
        var monday = new SampleVolumeGenerator(Written).Generate(series).ToList();

        var thursday = new SampleVolumeGenerator(Written.On(new LocalDate(2026, 11, 5))).Generate(series).ToList();
        var saturday = new SampleVolumeGenerator(Written.On(new LocalDate(2026, 11, 7))).Generate(series).ToList();

        thursday.Take(monday.Count).Should().Equal(monday);
        saturday.Take(thursday.Count).Should().Equal(thursday);
        thursday[^1].IntervalStart.InZone(Written.HubsByCode["dub"].Zone).LocalDateTime.Should().Be(new LocalDateTime(2026, 11, 4, 23, 30));
        thursday.Skip(monday.Count).Sum(v => v.Offered).Should().BeGreaterThan(0);
    }

    [Test]
    public void Generate_InSpring_IsTheSameOperationUnderAnotherCalendar()
    {
        var moved = Written.On(new LocalDate(2027, 5, 3));
        var series = Written.Series.Single(s => s is { Queue: "reports-de", Hub: "dub" });
        double LastWeeks(SampleOperationFiles files) => new SampleVolumeGenerator(files).Generate(series).TakeLast(4 * 336).Sum(v => (double)v.Offered);

        (LastWeeks(moved) / LastWeeks(Written)).Should().BeApproximately(1, 0.1); // level, growth and season move along; Easter and May Day do not
    }

    [TestCase("2026-11-29T05:00:00Z", "2026-11-28")] // Austin and São Paulo have not begun the day
    [TestCase("2026-11-29T07:00:00Z", "2026-11-29")]
    [TestCase("2026-11-29T20:00:00Z", "2026-11-29")] // Singapore is a day further
    public void DayAt_Moment_HasBegunEverywhere(string now, string day) =>
        Written.DayAt(NodaTime.Text.InstantPattern.General.Parse(now).Value).Should().Be(Date(day));

    private static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}
