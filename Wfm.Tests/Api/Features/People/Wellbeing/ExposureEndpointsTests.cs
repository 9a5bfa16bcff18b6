using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.People.Wellbeing;
using Wfm.Api.Features.Retention;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.Wellbeing;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class ExposureEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Import = "/api/v1/exposure:import";
    private const string Header = "agent,queue,start,end,minutes,source\n";

    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        var law = new SmallOperation(Client, "well").Law();
        law.Rules.Add(Rule("maximumExposure", ("minutes", 240), ("days", 7), ("minimumExposureClass", 3)));
        law.Rules.Add(Rule("noExposureAtEnd", ("minutes", 60), ("minimumExposureClass", 3)));
        law.Rules.Add(Rule("peopleTogether", ("people", 2), ("nightFromHour", 22), ("nightToHour", 6), ("minimumExposureClass", 3)));
        _operation = await SmallOperation.SetUp(Client, "well", law);
        await _operation.AddPeople(6);
        await Expose(_operation, "E3");
    }

    [Test]
    public async Task Import_SentTwiceAndChanged_StoresOnceAndCountsAgainstTheLimits()
    {
        const string Rows = Header + "well-01,well-review,2025-07-21T09:00,2025-07-21T09:30,22.5,routed\n"
            + "well-01,well-review,2025-07-22T09:00,,60,routed\n" // no end
            + "well-01,well-review,2025-07-22T09:00,2025-07-22T12:00,,state\n" // told by routing already
            + "well-01,well-chat,2025-07-22T13:00,2025-07-22T14:00,,\n";
        Counts(await Client.Post(Import, Csv(Rows))).Should().Equal(4, 4, 4, 0, 0, 0);
        Counts(await Client.Post(Import, Csv(Rows))).Should().Equal(4, 4, 0, 0, 4, 0);
        Counts(await Client.Post(Import, Csv(Rows.Replace("22.5", "25")))).Should().Equal(4, 4, 0, 1, 3, 0);
        Counts(await Client.Post(Import, """[{"agent":"well-01","queue":"well-review","start":"2025-07-22T09:00","minutes":60}]""")).Should()
            .Equal(1, 1, 0, 0, 1, 0);

        var person = (await Client.Get("/api/v1/exposure/people?hub=well&agent=well-01&asOf=2025-07-22")).Is(HttpStatusCode.OK).Json["items"]![0]!;

        Minutes(person["actual"]!["day"]!).Should().Be((60, 60, 180), "an hour of class E3 and one of none");
        Minutes(person["actual"]!["sevenDays"]!).Should().Be((60, 85, 255));
        var limits = person["limits"]!.AsArray();
        limits.Select(l => ((string)l!["rule"]!, (double)l["limit"]!, (double)l["actual"]!, (double)l["actualHeadroom"]!)).Should().Equal(
            ("maximumExposure", 240, 85, 155), ("noExposureAtEnd", 0, 0, 0));
        ((string)limits[0]!["source"]!).Should().Be("house rule, wellbeing lead");
    }

    [TestCase("well-99,well-review,2025-07-21T09:00,,10,routed", "agent")]
    [TestCase("well-01,nowhere,2025-07-21T09:00,,10,routed", "queue")]
    [TestCase("well-01,well-review,yesterday,,10,routed", "start")]
    [TestCase("well-01,well-review,2025-07-21T09:00,2025-07-21T09:30,31,routed", "minutes")]
    [TestCase("well-01,well-review,2025-07-21T09:00,2025-07-21T08:30,,routed", "end")]
    [TestCase("well-01,well-review,2025-07-21T09:00,,,routed", "minutes")]
    [TestCase("well-01,well-review,2025-07-21T09:00,,ten,routed", "minutes")]
    [TestCase("well-01,well-review,2025-07-21T09:00,,10,felt", "source")]
    public async Task Import_WhatCannotBe_NamesTheFieldOfTheRow(string row, string field)
    {
        var report = (await Client.Post(Import, Csv(Header + row + "\n"))).Is(HttpStatusCode.OK).Json;

        ((int)report["rejectedRows"]!).Should().Be(1);
        report["rejected"]!.AsArray().Select(e => (string?)e!["field"]).Should().Contain(field);
    }

    [Test]
    public async Task Groups_OfFewerThanFive_AreKeptBack()
    {
        var groups = (await Client.Get("/api/v1/exposure/groups?hub=well&asOf=2025-07-22")).Is(HttpStatusCode.OK).Json;
        var told = groups["groups"]!.AsArray().Sum(g => (int)g!["people"]!);

        groups["groups"]!.AsArray().Should().OnlyContain(g => (int)g!["people"]! >= 5);
        (told + (int)groups["keptBack"]!).Should().Be(6);
        ((int)groups["keptBack"]!).Should().Match(k => k == 0 || k >= 5, "nobody is to be had as the rest");
        groups.ToJsonString().Should().NotContain("well-01");
    }

    [Test]
    public async Task Planned_PublishedRoster_LeavesTheHeadroomThatItsShiftsLeave()
    {
        var law = new SmallOperation(Client, "well-planned").Law();
        law.Rules.Add(Rule("maximumExposure", ("minutes", 900), ("days", 7), ("minimumExposureClass", 3)));
        var operation = await SmallOperation.SetUp(Client, "well-planned", law);
        await operation.AddPeople();
        await Expose(operation, "E3");
        await operation.ImportHistory();
        await operation.Forecast();
        await operation.Requirement();
        var roster = await operation.Roster();
        (await Client.Call(HttpMethod.Post, $"/api/v1/rosters/{roster["id"]}:publish")).Is(HttpStatusCode.OK);
        var last = SmallOperation.CutOffDate.PlusDays(6);

        var people = (await Client.Get($"/api/v1/exposure/people?hub=well-planned&asOf={last:uuuu-MM-dd}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();
        var shifts = (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Json["items"]!.AsArray();

        people.Should().Contain(p => (double)p!["planned"]!["sevenDays"]!["e3"]! > 0);
        foreach (var person in people)
        {
            var severe = shifts.Where(s => (string)s!["agent"]! == (string)person!["agent"]!)
                .Where(s => string.CompareOrdinal((string)s!["date"]!, $"{last:uuuu-MM-dd}") <= 0)
                .SelectMany(s => s!["activities"]!.AsArray()).Where(a => (string?)a!["group"] == "review")
                .Sum(a => (DateTimeOffset.Parse((string)a!["end"]!) - DateTimeOffset.Parse((string)a["start"]!)).TotalMinutes);
            ((double)person!["planned"]!["sevenDays"]!["e3"]!).Should().Be(severe);
            ((double)person["limits"]![0]!["plannedHeadroom"]!).Should().Be(900 - severe).And.BeGreaterThanOrEqualTo(0);
            person["actual"].Should().BeNull();
        }

        await PriceLimits(roster, operation);
    }

    [Test]
    public async Task Retention_OldExposure_IsDeleted()
    {
        await Client.Post(Import, Csv(Header + "well-02,well-review,2025-06-01T09:00,,60,routed\nwell-02,well-review,2025-07-27T09:00,,60,routed\n"));
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var limits = new RetentionLimits(Instant.FromUtc(2025, 8, 20, 0, 0), new RetentionPeriods { ExposureDays = 28 }, new HashSet<Guid>());

        await new ExposureRetention(db).Remove(limits, default);

        (await db.ExposureEntries.Include(e => e.Agent).Where(e => e.Agent!.Code == "well-02").Select(e => e.Start).ToListAsync())
            .Should().Equal(Instant.FromUtc(2025, 7, 27, 8, 0));
    }

    private async Task PriceLimits(JsonNode roster, SmallOperation operation)
    {
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/limit-prices")).Is(HttpStatusCode.NotFound);
        (await Client.Post($"/api/v1/rosters/{roster["id"]}:price-limits", """{"replications":5}""")).Is(HttpStatusCode.UnprocessableEntity);
        var job = await Client.Finish(await Client.Post($"/api/v1/rosters/{roster["id"]}:price-limits", """{"maximumMoves":20000,"replications":10}"""));
        ((string)job["state"]!).Should().Be("succeeded", job.ToJsonString());

        var prices = (await Client.Get((string)job["result"]!)).Is(HttpStatusCode.OK).Json["prices"]!;
        var limit = prices["limits"]!.AsArray().Single()!;
        ((string)limit["now"]!, (string)limit["loosenedTo"]!).Should().Be(
            ("days 7, minimumExposureClass 3, minutes 900", "days 7, minimumExposureClass 3, minutes 1035"));
        foreach (var change in new[] { "loosened", "removed" })
        {
            ((double)limit[change]!["missingHours"]!).Should().BeApproximately(
                (double)limit[change]!["outcome"]!["missingHours"]! - (double)prices["asItIs"]!["missingHours"]!, 1e-3);
            ((double)limit[change]!["outcome"]!["probabilityGoalMet"]!).Should().BeInRange(0, 1);
        }
    }

    private static async Task Expose(SmallOperation operation, string exposureClass)
    {
        var queue = (await operation.Client.Get($"/api/v1/queues/{operation.Review}")).Json;
        var (etag, request) = ((string)queue["etag"]!, queue.DeepClone().AsObject());
        foreach (var name in new[] { "etag", "version", "updatedAt" })
        {
            request.Remove(name);
        }

        request["exposureClass"] = exposureClass;
        (await operation.Client.Call(HttpMethod.Put, $"/api/v1/queues/{operation.Review}", request.ToJsonString(), etag)).Is(HttpStatusCode.OK);
    }

    private static LabourRuleData Rule(string kind, params (string Name, double Value)[] parameters) => new(
        kind, parameters.ToDictionary(p => p.Name, p => p.Value), $"The limit {kind}.", "house rule, wellbeing lead", new LocalDate(2025, 1, 1));

    private static (double E0, double E3, double Weighted) Minutes(JsonNode minutes) =>
        ((double)minutes["e0"]!, (double)minutes["e3"]!, (double)minutes["weighted"]!);

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static IEnumerable<int> Counts(ApiAnswer answer)
    {
        var json = answer.Is(HttpStatusCode.OK).Json;
        return new[] { "rows", "accepted", "created", "updated", "unchanged", "rejectedRows" }.Select(name => (int)json[name]!);
    }
}
