using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Today;

/// <summary>Monday in Dublin at noon: 11:00 in UTC.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class TodayEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Noon = "2025-07-28T11:00:00Z";
    private static readonly double[] Morning = [6, 8, 7, 9, 8, 10, 9, 11]; // chats from 08:00 to 12:00
    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.Create(Client, "today");
        await _operation.Forecast();
        await _operation.Import(_operation.Rows(_operation.Chat, SmallOperation.CutOffDate, Morning));
        await Post("served", "hub,queue,interval_start,answered,answered_in_time,abandoned\n"
            + string.Concat(Morning.Select((v, i) => $"today,today-chat,{Local(8 * 60 + (30 * i))},{v - 1},{v - 2},1\n")));
        await Post(
            "backlog",
            $"hub,queue,at,youngest_minutes,oldest_minutes,contacts\ntoday,today-review,{Local(700)},0,60,12\ntoday,today-review,{Local(700)},1380,1480,10\n"
                + $"today,today-review,{Local(600)},0,600,99\n"); // older: not the last
        await _operation.Put(
            Server, [.. Enumerable.Range(1, 6).Select(_operation.Agent)],
            [.. Enumerable.Range(1, 5).Select(i => (_operation.Agent(i), 0, 8)), (_operation.Agent(6), 0, 11)], isDraft: false, days: 7, from: 0);
        await SmallOperation.SetUp(Client, "today-other");
    }

    private static string Local(int minutes) => (SmallOperation.CutOffDate.AtMidnight().PlusMinutes(minutes)).ToString("uuuu-MM-dd'T'HH:mm", null);

    private async Task Post(string feed, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var report = (await Client.Post($"/api/v1/{feed}:import", content)).Is(HttpStatusCode.OK);
        ((int)report.Json["rejectedRows"]!).Should().Be(0, report.Text);
    }

    private async Task<JsonNode> At(string at) => (await Client.Get($"/api/v1/today?hub=today&at={at}")).Is(HttpStatusCode.OK).Json;

    private static JsonNode Queue(JsonNode answer, string queue) => answer["queues"]!.AsArray().Single(q => (string)q!["queue"]! == queue)!;

    [Test]
    public async Task Get_AtNoon_TellsWhatCameAndWhatWasAnswered()
    {
        var answer = await At(Noon);
        var chat = Queue(answer, "today-chat");

        ((string?)answer["date"]).Should().Be("2025-07-28");
        ((string?)answer["dayStart"]).Should().Be("2025-07-27T23:00:00Z");
        ((bool?)chat["isOpen"]).Should().BeTrue();
        var volume = chat["volume"]!;
        ((string?)volume["asOf"]).Should().Be(Noon);
        ((double)volume["observed"]!).Should().Be(68, "6 + 8 + 7 + 9 + 8 + 10 + 9 + 11");
        ((double)volume["percentile"]!).Should().BeInRange(0, 1);
        Band(volume["expected"]!).Should().BeInAscendingOrder();
        Band(volume["restOfDay"]!).Should().BeInAscendingOrder();
        ((double)volume["dayTotal"]!["mean"]!).Should().BeApproximately(68 + (double)volume["restOfDay"]!["mean"]!, 1e-6);
        volume["items"]!.AsArray().Sum(i => (double)i!["mean"]!).Should().BeApproximately((double)volume["restOfDay"]!["mean"]!, 1e-6);

        var service = chat["service"]!;
        ((string?)service["asOf"]).Should().Be(Noon);
        ((double)service["offered"]!).Should().Be(68, "what the volumes say came");
        ((double)service["answered"]!).Should().Be(60, "one less in each of eight");
        ((double)service["inTime"]!).Should().Be(52, "two less in each of eight");
        ((double)service["share"]!).Should().BeApproximately(52 / 68.0, 1e-12);
        var projected = service["projected"]!;
        ((double)projected["probabilityGoalMet"]!).Should().BeInRange((double)projected["probabilityLow"]!, (double)projected["probabilityHigh"]!);
        new[] { "p10", "p50", "p90" }.Select(p => (double)projected[p]!).Should().BeInAscendingOrder();
        ((int)projected["replications"]!).Should().BeGreaterThanOrEqualTo(40);
    }

    [Test]
    public async Task Get_AtNoon_TellsTheLastBacklogByAge()
    {
        // Counted at 11:40, a day is promised: of ten between 23 h and 24 h 40 min old (1385, 1395 … 1475 minutes) those of 1425 and more would be overdue at
        // noon, 20 minutes later: 1420 ≤ age, six of ten.
        var review = Queue(await At(Noon), "today-review");
        var backlog = review["backlog"]!;

        ((string?)backlog["asOf"]).Should().Be("2025-07-28T10:40:00Z");
        ((double)backlog["ageMinutes"]!).Should().Be(20);
        ((bool?)backlog["isStale"]).Should().BeFalse();
        ((int)backlog["contacts"]!).Should().Be(22);
        ((double)backlog["oldestAgeMinutes"]!).Should().Be(1480);
        ((int)backlog["overdue"]!).Should().Be(6);
        ((string?)backlog["ages"]![1]!["firstDue"]).Should().Be("2025-07-28T10:00:00Z", "11:40 − 1480 + 1440 minutes, in UTC");
        ((string?)backlog["ages"]![1]!["lastDue"]).Should().Be("2025-07-28T11:40:00Z");
        ((string?)backlog["ages"]![0]!["lastDue"]).Should().Be("2025-07-29T10:40:00Z");
    }

    [Test]
    public async Task Get_NobodyOnTheQueueWithADeadline_TellsTheClockAtRisk()
    {
        var answer = await At(Noon);
        var clock = Queue(answer, "today-review")["clock"]!;

        ((double)clock["probability"]!).Should().Be(1, "the shifts are all of live work");
        ((string?)clock["earliest"]).Should().Be("2025-07-28T11:05:00Z", "1415 minutes old at 11:40 local, due 25 minutes later");
        ((string?)clock["earliest"]).Should().Be((string?)clock["median"]);
        ((bool?)clock["isLegal"]).Should().BeFalse();
        ((string?)answer["projectedFrom"]).Should().Be("2025-07-28T10:40:00Z", "the earlier of what was answered and what was counted");
    }

    [Test]
    public async Task Get_AtNoon_TellsHeadsOfEachGroup()
    {
        var answer = await At(Noon);
        var live = answer["groups"]!.AsArray().Single(g => (string)g!["group"]! == "live")!["items"]!.AsArray();

        ((int)answer["intervalMinutes"]!).Should().Be(30);
        live.Should().HaveCount(24, "from noon to midnight");
        live.Select(i => (double)i!["scheduled"]!).Should().Equal(
            [.. Enumerable.Repeat(6.0, 8), .. Enumerable.Repeat(1.0, 6), .. Enumerable.Repeat(0.0, 10)], "five until 16:00, one from 11:00 to 19:00");
        live.Should().OnlyContain(i => Math.Abs((double)i!["gap"]! - ((double)i["required"]! - (double)i["scheduled"]!)) < 1e-9);
        live.Should().OnlyContain(i => Math.Abs((double)i!["requiredPresent"]! - (0.95 * (double)i["required"]!)) < 1e-9, "one shift in twenty is missed");
        live.Take(16).Should().OnlyContain(i => (double)i!["required"]! >= 1, "somebody must be there while it is open");
    }

    [Test]
    public async Task Get_AtNoon_TellsWhatPeopleDoNowAndNext()
    {
        var people = (await At("2025-07-28T07:30:00Z"))["people"]!.AsArray(); // half past eight

        people.Select(p => (string?)p!["agent"]).Should().Equal(Enumerable.Range(1, 6).Select(_operation.Agent));
        ((string?)people[0]!["now"]!["group"]).Should().Be("live");
        ((string?)people[0]!["now"]!["end"]).Should().Be("2025-07-28T15:00:00Z");
        people[0]!["next"].Should().BeNull();
        people[5]!["now"].Should().BeNull();
        ((string?)people[5]!["next"]!["start"]).Should().Be("2025-07-28T10:00:00Z");
        people.Should().OnlyContain(p => p!["state"] == null && p["adherence"] == null, "nobody tells what people do");
    }

    [Test]
    public async Task Get_FeedsThatStop_OnlyGrowOlder()
    {
        var (then, later) = (Queue(await At(Noon), "today-chat"), Queue(await At("2025-07-28T14:00:00Z"), "today-chat"));

        foreach (var figure in new[] { "observed", "percentile", "forecastTotal" })
        {
            ((double)later["volume"]![figure]!).Should().Be((double)then["volume"]![figure]!, figure);
        }

        later["volume"]!["restOfDay"]!.ToJsonString().Should().Be(then["volume"]!["restOfDay"]!.ToJsonString(), "what is late is still to come");
        later["service"]!["share"]!.ToJsonString().Should().Be(then["service"]!["share"]!.ToJsonString());
        ((string?)later["service"]!["asOf"]).Should().Be(Noon);
        ((double)later["volume"]!["ageMinutes"]!).Should().Be(180);
        ((bool?)then["volume"]!["isStale"]).Should().BeFalse();
        ((bool?)later["volume"]!["isStale"]).Should().BeTrue();
        ((bool?)later["service"]!["isStale"]).Should().BeTrue();
    }

    [Test]
    public async Task Get_ChangedInputs_TellAnotherStampAndTheSameOneOtherwise()
    {
        string Stamp(JsonNode answer) => (string)answer["stamp"]!;
        var (one, again) = (await At("2025-07-28T12:00:00Z"), await At("2025-07-28T12:00:00Z"));
        again.ToJsonString().Should().Be(one.ToJsonString(), "the same seed and inputs");

        await Post("backlog", $"hub,queue,at,oldest_minutes,contacts\ntoday,today-review,{Local(420)},60,1\n");

        Stamp(await At("2025-07-28T12:00:00Z")).Should().NotBe(Stamp(one));
    }

    [Test]
    public async Task Get_SomebodyFallsIll_IsAbsentAndNoLongerPresent()
    {
        var operation = await SmallOperation.Create(Client, "today-ill");
        await operation.Forecast();
        await operation.Put(Server, [operation.Agent(1), operation.Agent(2)], [(operation.Agent(1), 0, 12), (operation.Agent(2), 0, 12)], false, 7, 0);
        var before = (await Client.Get($"/api/v1/today?hub=today-ill&at={Noon}")).Is(HttpStatusCode.OK).Json;

        await Leave(operation.Agent(1), "2025-07-28T10:30:00Z", "2025-07-29T12:00:00Z");
        var answer = (await Client.Get($"/api/v1/today?hub=today-ill&at={Noon}")).Is(HttpStatusCode.OK).Json;

        var people = answer["people"]!.AsArray();
        people.Select(p => (bool)p!["isAbsent"]!).Should().Equal(true, false);
        people[0]!["now"].Should().BeNull();
        double First(JsonNode from, string figure) => (double)from["groups"]!.AsArray().Single(g => (string)g!["group"]! == "live")!["items"]![0]![figure]!;
        (First(before, "scheduled"), First(before, "present")).Should().Be((2, 2));
        (First(answer, "scheduled"), First(answer, "present")).Should().Be((2, 1));
        double Share(JsonNode from) => (double)Queue(from, "today-ill-chat")["service"]!["projected"]!["share"]!;
        Share(answer).Should().BeLessThan(Share(before));
    }

    /// <summary>Leave as another system grants it on the day, which takes the shift away.</summary>
    private async Task Leave(string agent, string from, string to)
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var id = await db.Set<Agent>().Where(a => a.Code == agent).Select(a => a.Id).SingleAsync();
        var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse(from).Value;
        db.Add(new TimeOffEntry
        {
            AgentId = id,
            Start = start,
            End = NodaTime.Text.InstantPattern.ExtendedIso.Parse(to).Value,
            Type = "sick",
            GrantedAt = start,
        });
        await db.SaveChangesAsync();
    }

    [Test]
    public async Task Get_HubWithoutForecast_HasNoQueues()
    {
        var answer = (await Client.Get($"/api/v1/today?hub=today-other&at={Noon}")).Is(HttpStatusCode.OK).Json;

        answer["forecastId"].Should().BeNull();
        answer["queues"]!.AsArray().Should().BeEmpty();
        answer["inputs"]!.AsArray().Should().HaveCount(4).And.OnlyContain(i => (bool)i!["isStale"]!);
    }

    [Test]
    public async Task Get_QueueOfWhichNothingIsTold_SaysSo()
    {
        var review = Queue((await Client.Get("/api/v1/today?hub=today&at=2025-07-30T11:00:00Z")).Is(HttpStatusCode.OK).Json, "today-review");

        review["notes"]!.AsArray().Select(n => (string?)n!["code"]).Should().Contain(["noBacklog", "noVolumes"]);
        review["backlog"].Should().BeNull();
    }

    [Test]
    public async Task Get_DayOfAClockChange_IsAsLongAsItIs()
    {
        // Chile goes to summer time on 7 September 2025 at midnight: the day begins at 01:00 and has 23 hours, 46 half-hours.
        var operation = await SmallOperation.SetUp(Client, "today-scl", zone: DateTimeZoneProviders.Tzdb["America/Santiago"]);
        await operation.AddPeople(2);
        await operation.ImportHistory();
        await operation.Forecast(new { horizonDays = 43 });

        var answer = (await Client.Get("/api/v1/today?hub=today-scl&at=2025-09-07T04:00:00Z")).Is(HttpStatusCode.OK).Json;

        ((string?)answer["date"]).Should().Be("2025-09-07");
        ((string?)answer["dayStart"]).Should().Be("2025-09-07T04:00:00Z");
        ((string?)answer["dayEnd"]).Should().Be("2025-09-08T03:00:00Z");
        answer["groups"]!.AsArray().Should().NotBeEmpty(answer["queues"]!.ToJsonString()).And.OnlyContain(g => g!["items"]!.AsArray().Count == 46);
        Queue(answer, "today-scl-chat")["volume"]!["items"]!.AsArray().Should().HaveCount(46);
    }

    [TestCase("hub=nowhere", HttpStatusCode.UnprocessableEntity, "hub")]
    [TestCase("hub=today&riskLevel=1", HttpStatusCode.UnprocessableEntity, "riskLevel")]
    [TestCase("hub=today&at=noon", HttpStatusCode.BadRequest, "at")]
    public async Task Get_WhatCannotBe_NamesTheParameter(string query, HttpStatusCode status, string field) =>
        (await Client.Get($"/api/v1/today?{query}")).Is(status).ErrorFields.Should().Equal(field);

    [Test]
    public async Task KeyOfAnotherHub_SeesNeitherTheDayNorItsEvents()
    {
        var made = await Client.Create("api-keys", new { name = "today scope", role = "hub-manager", hubs = new[] { "today-other" } });
        using var manager = Server.ClientWith((string)made.Json["key"]!);

        (await manager.Get($"/api/v1/today?hub=today&at={Noon}")).Is(HttpStatusCode.Forbidden);
        (await manager.Get("/api/v1/today/events?hub=today")).Is(HttpStatusCode.Forbidden);
        (await manager.Get($"/api/v1/today?hub=today-other&at={Noon}")).Is(HttpStatusCode.OK);
    }

    private static double[] Band(JsonNode band) => [.. new[] { "p10", "p50", "p90" }.Select(p => (double)band[p]!)];
}
