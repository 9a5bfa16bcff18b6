using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Volumes;

/// <summary>From the rows of a file to the roster, in the local time of the hub.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LocalTimeTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Monday = new(2025, 6, 2);

    [TestCase("Asia/Kolkata", 60)]
    [TestCase("Australia/Adelaide", 60)]
    [TestCase("Asia/Kathmandu", 30)]
    public async Task Plan_RowsOfAZoneBesideTheHour_AreForecastStaffedAndRostered(string zone, int minutes)
    {
        var hub = await LocalOperation.Create(
            Client, $"beside-{zone[(zone.IndexOf('/') + 1)..].ToLowerInvariant()}", zone, LocalOperation.Daily(new LocalTime(9, 0), new LocalTime(18, 0)));
        await hub.AddQueue(hub.Chat());
        await hub.AddPeople(6, new LocalTime(9, 0), new LocalTime(10, 0));
        await hub.Import($"{hub.Hub}-chat", minutes, Monday, 28, t => t.Hour is >= 9 and < 18 ? t.Hour * minutes / 60 : null);

        var forecast = await hub.Forecast(8); // the rest of Sunday, on which the data end at closing time, and a week
        var requirement = await hub.Requirement();
        var roster = await hub.Roster();

        var curve = await hub.Intervals($"forecasts/{forecast["id"]}/intervals", $"{hub.Hub}-chat");
        curve.Should().OnlyContain(i => i.Local.Minute % minutes == 0);
        curve.Where(i => i.Local.Hour is >= 9 and < 18).Should().OnlyContain(i => (double)i.Item["mean"]! > 1);
        var heads = await hub.Intervals($"requirements/{requirement["id"]}/intervals", $"{hub.Hub}-chat");
        heads.Should().OnlyContain(i => (double)i.Item["waterfall"]!["heads"]! > 0 == (i.Local.Hour >= 9 && i.Local.Hour < 18));
        ((string?)roster["start"]).Should().Be("2025-06-30");
        ((double)roster["summary"]!["coverage"]!).Should().BeGreaterThan(0.5);
    }

    [Test]
    public async Task Requirement_OpeningAtHalfPastWithHourlyRows_KeepsTheWorkOfTheFirstHour()
    {
        var hub = await LocalOperation.Create(Client, "half-past", "Europe/Dublin", LocalOperation.Daily(new LocalTime(8, 30), new LocalTime(16, 0)));
        await hub.AddQueue(hub.Chat());
        await hub.Import($"{hub.Hub}-chat", 60, Monday, 28, t => t.Hour is >= 8 and < 16 ? 12 : null);

        var forecast = await hub.Forecast(8);
        var requirement = await hub.Requirement();

        var first = (await hub.Intervals($"forecasts/{forecast["id"]}/intervals", $"{hub.Hub}-chat")).Where(i => i.Local.Hour == 8).ToList();
        first.Should().HaveCount(7).And.OnlyContain(i => Math.Abs((double)i.Item["mean"]! - 12) < 1);
        var staffed = await hub.Intervals($"requirements/{requirement["id"]}/intervals", $"{hub.Hub}-chat");
        staffed.Where(i => i.Local is { Hour: 8, Minute: 0 }).Should().OnlyContain(i => Heads(i.Item) == 0);
        staffed.Where(i => i.Local is { Hour: 8, Minute: 30 }).Should().HaveCount(7)
            .And.OnlyContain(i => Math.Abs(Volume(i.Item) - 12) < 2 && Heads(i.Item) > 0, "all twelve come in the half-hour");
        staffed.Where(i => i.Local is { Hour: 9, Minute: 30 }).Should().OnlyContain(i => Math.Abs(Volume(i.Item) - 6) < 1.5);
    }

    [Test]
    public async Task Requirement_OpenPastMidnightWithDailyTotals_KeepsTheTotalOfEachDay()
    {
        var hub = await LocalOperation.Create(
            Client, "past-midnight", "Europe/Dublin",
            LocalOperation.Daily(new LocalTime(18, 0), new LocalTime(2, 0), IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday));
        await hub.AddQueue(hub.Chat());
        await hub.AddQueue(hub.Mail());
        double? Total(LocalDateTime t) => t.DayOfWeek switch { IsoDayOfWeek.Friday => 60, IsoDayOfWeek.Saturday => 90, IsoDayOfWeek.Sunday => 24, _ => null };
        await hub.Import($"{hub.Hub}-chat", 1440, Monday, 63, Total);
        await hub.Import($"{hub.Hub}-mail", 1440, Monday, 63, Total);

        await hub.Forecast();
        var requirement = await hub.Requirement();

        foreach (var queue in new[] { "chat", "mail" })
        {
            var staffed = await hub.Intervals($"requirements/{requirement["id"]}/intervals", $"{hub.Hub}-{queue}");
            var days = staffed.GroupBy(i => i.Local.DayOfWeek).ToDictionary(g => g.Key, g => g.Sum(i => Volume(i.Item)));
            days[IsoDayOfWeek.Friday].Should().BeApproximately(60, 15, queue);
            days[IsoDayOfWeek.Saturday].Should().BeApproximately(90, 20, queue);
            days[IsoDayOfWeek.Sunday].Should().BeApproximately(24, 6, queue);
            staffed.Where(i => i.Local.DayOfWeek == IsoDayOfWeek.Sunday && Heads(i.Item) > 0).Should().NotBeEmpty()
                .And.OnlyContain(i => i.Local.Hour < 2, queue);
        }
    }

    [TestCase("spring-day", 2025, 3, 30)]
    [TestCase("autumn-day", 2025, 10, 26)]
    public async Task Forecast_DailySeriesThatEndsOnAClockChange_HasSevenDays(string code, int year, int month, int day)
    {
        var last = new LocalDate(year, month, day);
        var hub = await LocalOperation.Create(Client, code, "Europe/Dublin", []);
        await hub.AddQueue(hub.Mail());
        await hub.Import($"{hub.Hub}-mail", 1440, last.PlusDays(-62), 63, t => 40 + (10 * (int)t.DayOfWeek));

        var forecast = await hub.Forecast(7);

        var days = await hub.Intervals($"forecasts/{forecast["id"]}/intervals", $"{hub.Hub}-mail");
        days.Select(d => d.Local).Should().Equal(Enumerable.Range(1, 7).Select(d => last.PlusDays(d).AtMidnight()));
        ((string?)forecast["cutOff"]).Should().Be(InstantPattern.ExtendedIso.Format(hub.Zone.AtStartOfDay(last.PlusDays(1)).ToInstant()));
    }

    [Test]
    public async Task Roster_DataReachPastMidnight_StartsOnTheNextMondayInsideTheHorizon()
    {
        var hub = await LocalOperation.Create(Client, "after-midnight", "Europe/Dublin", []);
        await hub.AddQueue(hub.Chat());
        await hub.AddPeople(5, new LocalTime(0, 0), new LocalTime(16, 0));
        var end = new LocalDateTime(2025, 6, 30, 2, 30).InZoneStrictly(hub.Zone).ToInstant(); // a Monday night
        await hub.Import($"{hub.Hub}-chat", 30, Monday, 29, _ => 2, end);

        var forecast = await hub.Forecast(14);
        await hub.Requirement();
        var roster = await hub.Roster();

        ((string?)forecast["cutOff"]).Should().Be("2025-06-30T01:30:00Z");
        ((string?)forecast["end"]).Should().Be("2025-07-13T23:00:00Z", "fourteen days from the one the data end in");
        ((string?)roster["start"]).Should().Be("2025-07-07");
    }

    private static double Heads(JsonNode item) => (double)item["waterfall"]!["heads"]!;

    private static double Volume(JsonNode item) => (double)item["waterfall"]!["volume"]!;
}
