using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Features.Rosters.Problems;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Worked;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class WorkedShiftTests(StoreKind kind) : ApiFixture(kind)
{
    private const string Import = "/api/v1/worked-shifts:import";
    private const string Header = "agent,start,end,paid_minutes,group,hub\n";

    private SmallOperation _operation = null!;

    protected override async Task Prepare()
    {
        _operation = await SmallOperation.SetUp(Client, "wk");
        await _operation.AddPeople(6);
    }

    [Test]
    public async Task Import_CsvSentTwice_StoresOnceAndListsByStart()
    {
        const string Rows = Header + "wk-01,2025-07-21T08:00,2025-07-21T16:30,480,live,\nwk-01,2025-07-22T07:00:00Z,2025-07-22T15:00:00Z,,,\n";

        Counts(await Client.Post(Import, Csv(Rows))).Should().Equal(2, 2, 2, 0, 0, 0);
        Counts(await Client.Post(Import, Csv(Rows))).Should().Equal(2, 2, 0, 0, 2, 0);
        Counts(await Client.Post(Import, Csv(Rows.Replace(",480,", ",450,")))).Should().Equal(2, 2, 0, 1, 1, 0);

        var listed = (await Client.Get("/api/v1/worked-shifts?agent=wk-01&limit=1")).Is(HttpStatusCode.OK).Json;
        listed["items"]!.AsArray().Select(s => $"{s!["date"]} {s["start"]} {s["end"]} {s["paidMinutes"]} {s["group"]} {s["hub"]}").Should().Equal(
            "2025-07-21 2025-07-21T07:00:00Z 2025-07-21T15:30:00Z 450 live wk");
        (await Client.Get($"/api/v1/worked-shifts?agent=wk-01&after={listed["next"]}")).Json["items"]!.AsArray()
            .Select(s => $"{s!["date"]} {s["paidMinutes"]}").Should().Equal("2025-07-22 480");
        (await Client.Get("/api/v1/worked-shifts?agent=wk-01&from=2025-07-22&to=2025-07-22")).Json["items"]!.AsArray().Should().HaveCount(1);
        var shown = (await Client.Get("/api/v1/agents/wk-01/shifts")).Json.AsArray();
        shown.Select(s => $"{s!["date"]} {s["state"]}").Should().Equal("2025-07-21 worked", "2025-07-22 worked");
    }

    [Test]
    public async Task Import_SemicolonsJsonAndLines_ReadTheSame()
    {
        Counts(await Client.Post(Import, Csv("agent;start;end\nwk-02;2025-07-21T08:00;2025-07-21T16:00\n"))).Should().Equal(1, 1, 1, 0, 0, 0);
        Counts(await Client.Post(Import, """[{"agent":"wk-02","start":"2025-07-21T08:00","end":"2025-07-21T16:00"}]""")).Should().Equal(1, 1, 0, 0, 1, 0);
        using var lines = new StringContent(
            """{"agent":"wk-02","start":"2025-07-21T08:00","end":"2025-07-21T16:00"}""" + "\n", Encoding.UTF8, "application/x-ndjson");
        Counts(await Client.Post(Import, lines)).Should().Equal(1, 1, 0, 0, 1, 0);
    }

    [Test]
    public async Task Import_WrongRows_AreReportedByLineAndLoseNothingElse()
    {
        var answer = await Client.Post(Import, Csv(Header
            + "nobody,2025-07-21T08:00,2025-07-21T16:00,,,\n"
            + "wk-03,21.07.2025 08:00,2025-07-21T16:00,,,\n"
            + "wk-03,2025-07-21T08:00,2025-07-21T07:00,,,\n"
            + "wk-03,2025-07-21T08:00,2025-07-21T16:00,600,,\n"
            + "wk-03,2025-07-21T08:00,2025-07-21T16:00,,opera,\n"
            + "wk-03,2025-07-21T08:00,2025-07-21T16:00,,,nowhere\n"
            + "wk-03,2025-07-21T08:00,2025-07-21T16:00,,,\n"
            + "wk-03,2025-07-21T15:00,2025-07-21T18:00,,,\n"));

        Counts(answer).Should().Equal(8, 1, 1, 0, 0, 7);
        answer.Json["rejected"]!.AsArray().Select(r => $"{r!["row"]} {r["field"]}").Should().Equal(
            "2 agent", "3 start", "4 end", "5 paid_minutes", "6 group", "7 hub", "9 start");
    }

    [Test]
    public async Task Delete_ImportedShift_IsGone()
    {
        await Client.Post(Import, Csv("agent,start,end\nwk-04,2025-07-21T08:00,2025-07-21T16:00\n"));
        var id = (string)(await Client.Get("/api/v1/worked-shifts?agent=wk-04")).Json["items"]![0]!["id"]!;

        (await Client.Delete($"/api/v1/worked-shifts/{id}")).Is(HttpStatusCode.NoContent);

        (await Client.Get("/api/v1/worked-shifts?agent=wk-04")).Json["items"]!.AsArray().Should().BeEmpty();
        (await Client.Delete($"/api/v1/worked-shifts/{id}")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task List_UnknownAgentOrHub_Is422()
    {
        (await Client.Get("/api/v1/worked-shifts?agent=nobody")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("agent");
        (await Client.Get("/api/v1/worked-shifts?hub=nowhere")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("hub");
    }

    [Test]
    public async Task Build_WorkedNightsAndWeekends_AreInTheLedger()
    {
        var rows = new StringBuilder("agent,start,end\n");
        foreach (var saturday in new[] { 5, 12, 19 })
        {
            rows.Append(CultureInfo.InvariantCulture, $"wk-05,2025-07-{saturday:00}T08:00,2025-07-{saturday:00}T16:00\n")
                .Append(CultureInfo.InvariantCulture, $"wk-05,2025-07-{saturday + 1:00}T22:00,2025-07-{saturday + 2:00}T06:00\n");
        }

        rows.Append("wk-05,2024-07-06T22:00,2024-07-07T06:00\n"); // a year ago
        Counts(await Client.Post(Import, Csv(rows.ToString()))).Should().Equal(7, 7, 7, 0, 0, 0);
        await using var scope = Server.Services.CreateAsyncScope();
        var hub = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Hubs.AsNoTracking().SingleAsync(h => h.Code == "wk");

        var problem = await scope.ServiceProvider.GetRequiredService<RosterProblemBuilder>().Build(hub, SmallOperation.CutOffDate, 14, null, 0.8, default);

        problem.Agents.Single(a => a.Id == "wk-05").Ledger.Should().BeEquivalentTo(new { Nights = 3, Weekends = 3 });
        problem.Agents.Single(a => a.Id == "wk-06").Ledger.Should().BeEquivalentTo(new { Nights = 0, Weekends = 0 });
    }

    [Test]
    public async Task Create_AverageOver17WeeksAfter12WeeksOf60Hours_LeavesAtMost96Hours()
    {
        var law = new SmallOperation(Client, "wk-average").Law();
        law.Rules.RemoveAll(r => r.Kind == "maximumWeeklyHours");
        law.Rules.Add(
            new LabourRuleData(
                "maximumAverageWeeklyHours", new Dictionary<string, double> { ["hours"] = 48, ["weeks"] = 17 }, "48 hours a week on average of 17 weeks.",
                "House", new LocalDate(2025, 1, 1)));
        var operation = await SmallOperation.SetUp(Client, "wk-average", law);
        await operation.AddPeople(1);
        await operation.Import(operation.Volumes(operation.Chat, 8, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 36 });
        await operation.Requirement(new { paths = 20 });
        var rows = new StringBuilder("agent,start,end\n");
        for (var day = SmallOperation.CutOffDate.PlusWeeks(-12); day < SmallOperation.CutOffDate; day = day.PlusDays(1))
        {
            if (day.DayOfWeek <= IsoDayOfWeek.Friday)
                rows.Append(CultureInfo.InvariantCulture, $"{operation.Agent(1)},{day:uuuu-MM-dd}T08:00,{day:uuuu-MM-dd}T20:00\n");
        }

        Counts(await Client.Post(Import, Csv(rows.ToString()))).Should().Equal(60, 60, 60, 0, 0, 0);

        var roster = await operation.Roster(new { days = 35 });

        ((double)roster["summary"]!["paidHours"]!).Should().BeInRange(60, 96, "17 × 48 − 12 × 60, and there is work for more");
    }

    [TestCase("annual", 0, 20)] // of three known weeks of 30 hours two are leave: 30 + 30 − 40 are left
    [TestCase("unpaid", 30, 80)] // weeks without work: 4 × 30 − 40
    public async Task Create_LeaveInTheWeeksBeforeThePeriod_IsLeftOutOfTheAverageWhenItIsNeutral(string kind, double least, double most)
    {
        var name = $"wk-leave-{kind}";
        var law = new SmallOperation(Client, name).Law();
        law.Rules.Add(
            new LabourRuleData(
                "maximumAverageWeeklyHours", new Dictionary<string, double> { ["hours"] = 30, ["weeks"] = 4 }, "30 hours a week on average of 4 weeks.",
                "House", new LocalDate(2025, 1, 1)));
        var operation = await SmallOperation.SetUp(Client, name, law);
        await operation.AddPeople(1);
        await operation.Import(operation.Volumes(operation.Chat, 8, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
        var agent = operation.Agent(1);
        var rows = string.Concat(Enumerable.Range(7, 5).Select(d => $"{agent},2025-07-{d:00}T08:00,2025-07-{d:00}T16:00\n"));
        Counts(await Client.Post(Import, Csv("agent,start,end\n" + rows))).Should().Equal(5, 5, 5, 0, 0, 0);
        (await Client.Post($"/api/v1/agents/{agent}/time-off", new { type = kind, localStart = "2025-07-14T00:00:00", localEnd = "2025-07-28T00:00:00" }))
            .Is(HttpStatusCode.Created);

        var roster = await operation.Roster(new { days = 7 });

        ((double)roster["summary"]!["paidHours"]!).Should().BeInRange(least, most);
    }

    [TestCase("E3", true)]
    [TestCase("E1", false)]
    public async Task Create_AfterAWeekOnHarmfulWorkOfAnotherHub_CountsItsExposure(string exposureClass, bool isBroken)
    {
        var name = $"wk-{exposureClass.ToLowerInvariant()}";
        var law = new SmallOperation(Client, name).Law();
        law.Rules.Add(new LabourRuleData(
            "maximumExposure", new Dictionary<string, double> { ["minutes"] = 900, ["days"] = 7, ["minimumExposureClass"] = 3 }, "15 hours in seven days.",
            "House", new LocalDate(2025, 1, 1)));
        var operation = await SmallOperation.SetUp(Client, name, law);
        await operation.AddPeople(2);
        await operation.ImportHistory();
        await Client.Create("hubs", SampleSetup.Hub($"{name}-far"));
        await Client.Create("queues", SmallOperation.Queue($"{name}-grim", WorkKind.Deferrable, $"{name}-grim") with
        {
            Goal = new QueueGoal { TurnaroundMinutes = 1440 },
            AhtSeconds = 240,
            ExposureClass = exposureClass,
        });
        var rows = string.Concat(
            Enumerable.Range(24, 3).Select(d => $"{operation.Agent(1)},2025-07-{d}T08:00,2025-07-{d}T16:00,,{name}-grim,{name}-far\n"));
        Counts(await Client.Post(Import, Csv(Header + rows))).Should().Equal(3, 3, 3, 0, 0, 0);
        await operation.Forecast();
        await operation.Requirement();

        var roster = await operation.Roster(new { days = 7, maximumMoves = 2_000 });

        var violations = (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Is(HttpStatusCode.OK).Json.AsArray();
        violations.Any(v => (string)v!["rule"]! == "maximumExposure" && (string)v["agent"]! == operation.Agent(1)).Should().Be(isBroken);
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/coverage")).Is(HttpStatusCode.OK).Json.AsArray().Select(c => (string)c!["group"]!)
            .Should().BeEquivalentTo("live", "review");
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static int[] Counts(ApiAnswer answer) =>
        [.. new[] { "rows", "accepted", "created", "updated", "unchanged", "rejectedRows" }.Select(name => (int)answer.Is(HttpStatusCode.OK).Json[name]!)];
}
