using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Nights;

namespace Wfm.Tests.Api.Features.Nights;

public sealed class NightCalendarTests
{
    // zones with daylight saving, negative (Dublin, Casablanca), of half an hour (Lord Howe), at midnight (Cairo, Beirut), and with a day left out (Apia
    // 2011-12-30)
    private static readonly string[] Zones =
    [
        "Europe/Dublin",
        "Africa/Casablanca",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Asia/Beirut",
        "Pacific/Apia",
        "America/Scoresbysund",
        "America/Nuuk",
        "Asia/Kolkata",
        "UTC",
    ];

    [TestCase("Europe/Dublin", "02:30", "2030-10-27", "2030-10-27T02:30:00Z")]
    [TestCase("Europe/Dublin", "01:30", "2030-10-27", "2030-10-27T00:30:00Z")] // twice that night: the earlier
    [TestCase("Europe/Dublin", "01:30", "2030-03-31", "2030-03-31T01:00:00Z")] // not at all that night: when the clocks jump
    [TestCase("Africa/Cairo", "00:30", "2025-04-25", "2025-04-24T22:00:00Z")] // a day that begins at one o'clock
    [TestCase("Europe/Dublin", "23:30", "2025-07-29", "2025-07-28T22:30:00Z")] // the evening before belongs to the night
    [TestCase("Australia/Lord_Howe", "03:15", "2030-06-02", "2030-06-01T16:45:00Z")]
    [TestCase("Asia/Kolkata", "00:00", "2030-06-02", "2030-06-01T18:30:00Z")]
    public void DueOf_Night_IsOneMoment(string zone, string at, string night, string due) =>
        Calendar(zone, at).DueOf(LocalDatePattern.Iso.Parse(night).Value).Should().Be(InstantPattern.ExtendedIso.Parse(due).Value);

    [Test]
    public void DueOf_DayTheZoneLeftOut_IsNone() => Calendar("Pacific/Apia", "02:00").DueOf(new LocalDate(2011, 12, 30)).Should().BeNull();

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public FsCheck.Property LastBefore_EveryHalfHourOfAYear_NamesEveryNightOnceInOrder() =>
        Prop.ForAll(
            (
                from zone in Gen.OneOf(Gen.Elements(Zones), Gen.Elements(DateTimeZoneProviders.Tzdb.Ids.ToArray()))
                from minute in Gen.Choose(0, 1439)
                from year in Gen.Elements(2011, 2018, 2024, 2025)
                select (zone, minute, year)
            ).ToArbitrary(),
            c =>
            {
                var calendar = new NightCalendar(LocalTime.Midnight.PlusMinutes(c.minute), DateTimeZoneProviders.Tzdb[c.zone]);
                var (start, end) = (
                    calendar.Zone.AtStartOfDay(new LocalDate(c.year, 1, 3)).ToInstant(), calendar.Zone.AtStartOfDay(new LocalDate(c.year + 1, 1, 3)).ToInstant()
                );
                var seen = new List<LocalDate>();
                for (var now = start; now < end; now += Duration.FromMinutes(30))
                {
                    var (night, due) = calendar.LastBefore(now);
                    (due <= now && due == calendar.DueOf(night)).Should().BeTrue();
                    var next = calendar.NextAfter(now);
                    (next.Due > now && next == calendar.LastBefore(next.Due)).Should().BeTrue();
                    if (seen.Count == 0 || seen[^1] != night)
                    {
                        seen.Add(night);
                    }
                }

                seen.Should()
                    .Equal(Enumerable.Range(0, Period.DaysBetween(seen[0], seen[^1]) + 1).Select(seen[0].PlusDays).Where(d => calendar.DueOf(d) is not null));
            });

    [Test]
    public void DueOf_TimeMovedAcrossMidnight_NeitherLosesNorDoublesANight()
    {
        var noon = Instant.FromUtc(2025, 7, 29, 11, 0);
        Calendar("Europe/Dublin", "23:30").LastBefore(noon).Date.Should().Be(new LocalDate(2025, 7, 29));
        Calendar("Europe/Dublin", "00:30").LastBefore(noon).Date.Should().Be(new LocalDate(2025, 7, 29));
    }

    private static NightCalendar Calendar(string zone, string at) =>
        new(LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(at).Value, DateTimeZoneProviders.Tzdb[zone]);
}
