using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Tests.Api.Features.People.Swaps;
using Wfm.Tests.Support;
using static Wfm.Tests.Api.Features.People.Swaps.SwapBench;

namespace Wfm.Tests.Api.Features.People.Employment;

/// <summary>A personnel system's changes by file: only what is there changes, and what follows is told.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class AgentChangesTests(StoreKind kind)
{
    private const string Path = "/api/v1/agents:changes";

    private SwapBench _bench = null!;

    private HttpClient Client => _bench.Client;

    [OneTimeSetUp]
    public async Task Start()
    {
        _bench = await SwapBench.Start(kind, "hr");
        await Client.Create("hubs", SampleSetup.Hub("hr-other"));
        await Client.Create("contracts", SampleSetup.Contract("hr-part"));
        await Client.Create("contracts", SampleSetup.Contract("hr-night"));
    }

    [OneTimeTearDown]
    public async Task Stop() => await _bench.DisposeAsync();

    private Task<ApiAnswer> Change(string csv, bool dryRun = false) => Client.Post(dryRun ? $"{Path}?dryRun=true" : Path, RowFiles.Csv(csv));

    private async Task<JsonNode> Agent(string code) => (await Client.Get($"/api/v1/agents/{code}")).Is(HttpStatusCode.OK).Json;

    private async Task<string> New(string code, Func<AgentRequest, AgentRequest>? more = null)
    {
        var agent = new AgentRequest
        {
            Code = code,
            Name = "Old Name",
            Hub = "hr",
            Contract = "hr-full",
            EmployedFrom = new LocalDate(2024, 1, 8),
            Skills = [new AgentSkillData("live", 0.9)],
            OptOutGroups = ["review"],
            PreferredTemplates = ["hr-early"],
            PreferredDaysOff = [IsoDayOfWeek.Sunday],
        };
        await Client.Create("agents", more?.Invoke(agent) ?? agent);
        return code;
    }

    [Test]
    public async Task Change_OneColumn_TouchesNothingElse()
    {
        var code = await New("hr-one");
        var before = await Agent(code);

        var answer = await Change($"code,left\n{code},2025-12-31\n");

        answer.Counts().Should().Equal(1, 1, 0, 1, 0, 0);
        answer.Changes().Should().Equal("2 left:  > 2025-12-31");
        var after = await Agent(code);
        ((string?)after["employedTo"]).Should().Be("2025-12-31");
        ((int)after["version"]!).Should().Be((int)before["version"]! + 1);
        foreach (var member in before.AsObject().Select(m => m.Key).Except(["employedTo", "etag", "version", "updatedAt"]))
        {
            after[member]?.ToJsonString().Should().Be(before[member]?.ToJsonString(), member);
        }

        var again = await Change($"code,left\n{code},2025-12-31\n");
        again.Counts().Should().Equal(1, 1, 0, 0, 1, 0);
        again.Changes().Should().BeEmpty();
        ((int)(await Agent(code))["version"]!).Should().Be((int)after["version"]!);
    }

    [Test]
    public async Task Change_EmptyCells_KeepAndTheWordEmpties()
    {
        var code = await New("hr-empty", a => a with { EmployedTo = new LocalDate(2025, 12, 31) });

        (await Change($"code,name,left,skills,contract,contract_from,joined\n{code},,,,,,\n")).Outcomes().Should().Equal("2 duplicate");
        var answer = await Change($"code,name,left,skills\n{code},New Name,#NULL,#NULL\n");

        answer.Changes().Should().Equal("2 name: Old Name > New Name", "2 left: 2025-12-31 > ", "2 skills: live:0.9 > ");
        var after = await Agent(code);
        after["employedTo"].Should().BeNull();
        after["skills"]!.AsArray().Should().BeEmpty();
        (await Change($"code,name,hub\n{code},#NULL,#NULL\n")).Rejections().Should().Equal("2 name unusable", "2 hub unusable");
        var lines = RowFiles.Lines(
            $$"""{"code":"{{code}}","left":"2026-01-31","name":""}""", $$"""{"code":"{{code}}","left":null,"skills":[{"group":"live","proficiency":0.5}]}""");
        (await Client.Post(Path, lines)).Changes().Should().Equal("1 /left:  > 2026-01-31", "2 /left: 2026-01-31 > ", "2 /skills:  > live:0.5");
    }

    [Test]
    public async Task Change_ContractFromADate_IsATermAndLaterOnesStay()
    {
        var code = await New("hr-term", a => a with { Contracts = [new("hr-night", new LocalDate(2026, 6, 1))] });

        var answer = await Change($"code,contract,contract_from\n{code},hr-part,2026-01-01\n");

        answer.Changes().Should().Equal("2 contract: hr-full; hr-night from 2026-06-01 > hr-full; hr-part from 2026-01-01; hr-night from 2026-06-01");
        (await Agent(code))["contracts"]!.ToJsonString().Should().Be(
            """[{"contract":"hr-part","from":"2026-01-01"},{"contract":"hr-night","from":"2026-06-01"}]""");
        (await Change($"code,contract,contract_from\n{code},hr-part,2026-01-01\n")).Outcomes().Should().Equal("2 duplicate");
        (await Change($"code,contract,contract_from\n{code},hr-part,2026-02-01\n")).Outcomes().Should().Equal(["2 duplicate"], "it is in force then");
        (await Change($"code,contract,contract_from\n{code},hr-night,2026-01-01\n")).Changes().Should().Equal(
            "2 contract: hr-full; hr-part from 2026-01-01; hr-night from 2026-06-01 > hr-full; hr-night from 2026-01-01; hr-night from 2026-06-01");
        (await Change($"code,contract,contract_from\n{code},hr-part,2024-01-08\n")).Changes().Should().Equal(
            "2 contract: hr-full; hr-night from 2026-01-01; hr-night from 2026-06-01 > hr-part; hr-night from 2026-01-01; hr-night from 2026-06-01");
    }

    [Test]
    public async Task Change_ContractWithoutItsDate_IsRefusedUnlessItIsThatOfToday()
    {
        var code = await New("hr-when");

        var answer = await Change($"code,contract,contract_from\n{code},hr-full,\n{code},hr-part,\n{code},,2026-01-01\n{code},hr-none,2026-01-01\n");

        answer.Outcomes().Should().Equal("2 duplicate", "3 rejected", "4 rejected", "5 rejected");
        answer.Rejections().Should().Equal("3 contract_from unusable", "4 contract unusable", "5 contract unknown");
        answer.Text.Should().Contain("From when?");
    }

    [Test]
    public async Task Change_SeveralRowsOfOnePerson_CountInOrder()
    {
        var answer = await Change("code,name,hub,joined,contract,contract_from\nhr-steps,Kim New,hr,2025-09-01,hr-full,\nhr-steps,,,,hr-part,2026-01-01\n"
            + "hr-steps,Kim Newer,,,,\n");

        answer.Outcomes().Should().Equal("2 created", "3 updated", "4 updated");
        answer.Changes()[^2..].Should().Equal("3 contract: hr-full > hr-full; hr-part from 2026-01-01", "4 name: Kim New > Kim Newer");
        var agent = await Agent("hr-steps");
        ((string?)agent["name"], (string?)agent["employedFrom"]).Should().Be(("Kim Newer", "2025-09-01"));
        agent["contracts"]!.AsArray().Should().HaveCount(1);
    }

    [Test]
    public async Task Change_UnknownCode_IsNewOnlyWithAllThatIsNeeded()
    {
        var answer = await Change(
            "code,name,hub,joined,contract\nhr-typo,,,,\nhr-half,Half,hr,,hr-full\nhr-whole,Whole,hr,2025-09-01,hr-full\n"
            + "hr-lost,L,nowhere,2025-09-01,hr-full\n");

        answer.Outcomes().Should().Equal("2 rejected", "3 rejected", "4 created", "5 rejected");
        answer.Rejections().Should().Equal(
            "2 name unknown", "2 hub unknown", "2 contract unknown", "2 joined unknown", "3 joined unknown", "5 hub unknown");
        (await Client.Get("/api/v1/agents/hr-half")).Is(HttpStatusCode.NotFound);
        ((string?)(await Agent("hr-whole"))["employedFrom"]).Should().Be("2025-09-01");
    }

    [Test]
    public async Task Change_UnknownColumnOrMember_IsRefusedByName()
    {
        var code = await New("hr-column");

        (await Change($"code,left,salary\n{code},2025-12-31,1\n")).Is(HttpStatusCode.BadRequest).Text.Should().Contain("'salary' is unknown");
        (await Client.Post(Path, RowFiles.Lines($$"""{"code":"{{code}}","salary":""}""", $$"""{"code":"{{code}}","left":"31.12.2025"}""", "7"))).Rejections()
            .Should().Equal("1 /salary unknown", "2 /left unreadable", "3 / unreadable");
        (await Agent(code))["employedTo"].Should().BeNull();
    }

    [Test]
    public async Task Change_WhoHasLeft_LeavesPublishedShiftsThatAreCounted()
    {
        var ann = (await _bench.People(1))[0];
        await _bench.Roster([ann], [(ann, 1, 8), (ann, 2, 8), (ann, 8, 8), (ann, 9, 8)]);
        (await Client.Post($"/api/v1/agents/{ann}/time-off", new { type = "annual", localStart = $"{Day(30)}T00:00", localEnd = $"{Day(33)}T00:00" }))
            .Is(HttpStatusCode.Created);

        var tried = await Change($"code,left\n{ann},{Day(2)}\n", dryRun: true);
        var answer = await Change($"code,left\n{ann},{Day(2)}\n");

        tried.Notes().Should().Equal("2 shiftsAfterLeaving 2", "2 leaveAfterLeaving 1");
        answer.Notes().Should().Equal(tried.Notes());
        answer.Text.Should().Contain($"from {Day(8)} to {Day(9)}");
        (await _bench.Days(ann)).Should().HaveCount(4, "no change of a person takes a shift away");
        (await Change($"code,name\n{ann},Ann Other\n")).Notes().Should().BeEmpty("the row says nothing of employment");
        (await Change($"code,joined,left\n{ann},{Day(2)},#NULL\n")).Notes().Should().Equal("2 shiftsBeforeJoining 1");
        (await Change($"code,active\n{ann},false\n")).Notes().Should().Contain("2 shiftsOfInactive 4");
    }

    [Test]
    public async Task Change_Move_DropsWishesForTemplatesOfTheFormerHub()
    {
        var code = await New("hr-move");
        await _bench.Roster([code], [(code, 3, 8)]);

        var answer = await Change($"code,hub\n{code},hr-other\n");

        answer.Changes().Should().Equal("2 hub: hr > hr-other", "2 preferred_templates: hr-early > ");
        answer.Notes().Should().Equal("2 shiftsAtOtherHub 1");
        ((string?)(await Agent(code))["hub"]).Should().Be("hr-other");
    }

    [Test]
    public async Task Change_WhatWasWrongBefore_RefusesNoRowThatDoesNotTouchIt()
    {
        var code = await New("hr-stale");
        await _bench.WithDb(async db =>
        {
            db.Set<Agent>().Single(a => a.Code == code).Skills = [new AgentSkillData("gone", 1)];
            await db.SaveChangesAsync();
        });

        (await Change($"code,name\n{code},Renamed\n")).Counts().Should().Equal(1, 1, 0, 1, 0, 0);
        (await Change($"code,skills\n{code},gone:1;live:1\n")).Rejections().Should().Equal("2 skills unknown");
    }

    [Test]
    public async Task Change_EmploymentThatEndsBeforeItBegins_IsRefusedWhicheverDateIsGiven()
    {
        var code = await New("hr-order", a => a with { EmployedTo = new LocalDate(2025, 12, 31) });

        (await Change($"code,joined\n{code},2026-01-01\n")).Rejections().Should().Equal("2 left unusable");
        (await Change($"code,left\n{code},2023-01-01\n")).Rejections().Should().Equal("2 left unusable");
        (await Change($"code,joined,left\n{code},2026-01-01,#NULL\n")).Counts().Should().Equal(1, 1, 0, 1, 0, 0);
    }

    [Test]
    public async Task Change_DryRun_StoresNothingAndKnowsEarlierRows()
    {
        var code = await New("hr-dry");

        var answer = await Change(
            $"code,name,hub,joined,contract,left\n{code},Tried,,,,\nhr-dry-new,New,hr,2025-09-01,hr-full,\nhr-dry-new,,,,,2025-10-01\n", dryRun: true);

        answer.Outcomes().Should().Equal("2 updated", "3 created", "4 updated");
        ((string?)(await Agent(code))["name"]).Should().Be("Old Name");
        (await Client.Get("/api/v1/agents/hr-dry-new")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Change_KeyOfOneHub_NeedsBothHubsOfAMove()
    {
        var (ours, theirs) = (await New("hr-ours"), await New("hr-theirs", a => a with { Hub = "hr-other", PreferredTemplates = [] }));
        var key = await Client.Create("api-keys", new { name = "hr of one hub", role = "integration", hubs = new[] { "hr" } });
        using var client = _bench.Server.ClientWith((string)key.Json["key"]!);

        var answer = await client.Post(Path, RowFiles.Csv(
            $"code,name,hub,joined,contract\n{theirs},X,,,\n{ours},,hr-other,,\n{theirs},,hr,,\n{ours},Ours,,,\nhr-foreign,F,hr-other,2025-09-01,hr-full\n"));

        answer.Outcomes().Should().Equal("2 rejected", "3 rejected", "4 rejected", "5 updated", "6 rejected");
        answer.Rejections().Should().Equal("2 code otherHub", "3 hub otherHub", "4 code otherHub", "6 hub otherHub");
    }

    [Test]
    public async Task Change_TenThousandRows_TakesSeconds()
    {
        var rows = new StringBuilder("code,name,hub,joined,contract,skills\n");
        for (var i = 0; i < 10_000; i++)
        {
            rows.Append("hr-many-").Append(i).Append(",A Person,hr,2025-09-01,hr-full,live:0.9;review:1\n");
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        (await Change(rows.ToString())).Counts().Should().Equal(10_000, 10_000, 10_000, 0, 0, 0);
        var made = watch.Elapsed;
        (await Change(rows.ToString().Replace("A Person", "Another Name"))).Counts().Should().Equal(10_000, 10_000, 0, 10_000, 0, 0);

        TestContext.Out.WriteLine($"{kind}: 10,000 new people in {made.TotalSeconds:0.0} s, renamed in {(watch.Elapsed - made).TotalSeconds:0.0} s.");
        watch.Elapsed.TotalSeconds.Should().BeLessThan(90);
    }
}
