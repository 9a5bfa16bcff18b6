using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Contracts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Setup.ShiftTemplates;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

/// <summary>What people are owed and may be given, from the setup over HTTP to the shifts.</summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class PeopleAndHoursTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Monday = SmallOperation.CutOffDate;
    private static readonly IsoDayOfWeek[] MondayToFriday = [.. Enumerable.Range(1, 5).Select(d => (IsoDayOfWeek)d)];

    [TestCase("pe-weekend", "2025-08-02T00:00", "2025-08-04T00:00", 40, 5)] // Saturday and Sunday
    [TestCase("pe-monday", "2025-07-28T09:00", "2025-07-28T17:30", 32, 4)]
    [TestCase("pe-morning", "2025-07-28T09:00", "2025-07-28T13:00", 36, 5)]
    public async Task Roster_WeekWithLeave_GivesTheHoursOfTheOtherDays(string hub, string from, string to, int hours, int shifts)
    {
        var operation = await FullTime(hub);
        await Post($"agents/{operation.Agent(1)}/time-off", new { type = "annual", localStart = from, localEnd = to });

        var roster = await Plan(operation, Monday, 7);

        var worked = await Shifts(roster);
        worked.Sum(s => (int)s["paidMinutes"]!).Should().Be(hours * 60);
        worked.Should().HaveCount(shifts).And.NotContain(s => Date(s).DayOfWeek == IsoDayOfWeek.Saturday || Date(s).DayOfWeek == IsoDayOfWeek.Sunday);
        (await Violations(roster)).Should().BeEmpty();
    }

    [Test]
    public async Task Roster_PeriodThatStartsOnFriday_Owes8Hours()
    {
        var operation = await FullTime("pe-friday", days: MondayToFriday);
        var roster = await Plan(operation, Monday.PlusDays(4), 3);

        (await Shifts(roster)).Should().ContainSingle().Which["paidMinutes"]!.GetValue<int>().Should().Be(480);
        (await Violations(roster)).Should().BeEmpty();
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/conflicts")).Is(HttpStatusCode.OK).Json.AsArray().Should().BeEmpty();
    }

    [Test]
    public async Task Roster_ContractAndEmploymentThatChange_KeepsTheLimitsOfEachSide()
    {
        var operation = await FullTime("pe-terms", days: MondayToFriday);
        await Post("contracts", new ContractRequest
        {
            Code = "pe-terms-half",
            Name = "Half time",
            MinimumWeeklyHours = 20,
            MaximumWeeklyHours = 20,
            MaximumDaysPerWeek = 5,
            WorkingDays = [.. MondayToFriday],
            Templates = ["pe-terms-half"],
        });
        await Put($"agents/{operation.Agent(1)}", Person(operation, 1) with
        {
            Contracts = [new ContractTermData("pe-terms-half", Monday.PlusDays(7))],
            EmployedTo = Monday.PlusDays(9),
            EmployedFrom = Monday.PlusDays(2),
        });

        var shifts = await Shifts(await Plan(operation, Monday, 14));

        shifts.Select(Date).Should()
            .Equal(Monday.PlusDays(2), Monday.PlusDays(3), Monday.PlusDays(4), Monday.PlusDays(7), Monday.PlusDays(8), Monday.PlusDays(9));
        shifts.Select(s => (int)s["paidMinutes"]!).Should().Equal(480, 480, 480, 240, 240, 240);
    }

    [TestCase("pe-spring-wall", true, 7)]
    [TestCase("pe-spring-elapsed", false, 8)]
    public async Task Roster_NightOfTheSpringChange_IsStaffedByWhoCanWorkFromTenToSix(string hub, bool endsOnTheWall, int hours)
    {
        var saturday = new LocalDate(2026, 3, 28); // clocks go forward at 01:00 on the 29th
        var operation = await Nights(hub, endsOnTheWall, saturday);

        var shifts = await Shifts(await Plan(operation, saturday, 1));

        shifts.Should().HaveCount(3).And.OnlyContain(s => Time(s, "end") - Time(s, "start") == Duration.FromHours(hours));
    }

    [Test]
    public async Task Roster_AutumnNightOf25Hours_HasNoHoleWhereTheEndIsKeptOnTheWall()
    {
        var saturday = new LocalDate(2025, 10, 25);
        var operation = await Nights("pe-autumn", endsOnTheWall: true, saturday);

        var shifts = await Shifts(await Plan(operation, saturday, 1));

        shifts.Should().HaveCount(3).And.OnlyContain(s => Time(s, "end") - Time(s, "start") == Duration.FromHours(9));
        ((int)shifts[0]["paidMinutes"]!).Should().Be(540);
    }

    [Test]
    public async Task Roster_FewerSeatsThanPeople_NeverHasMoreAtWork()
    {
        var operation = await FullTime("pe-seats", seats: 2, people: 4);
        var shifts = await Shifts(await Plan(operation, Monday, 7));

        shifts.Should().NotBeEmpty();
        shifts.Should().OnlyContain(s => shifts.Count(o => Time(o, "start") <= Time(s, "start") && Time(s, "start") < Time(o, "end")) <= 2);
    }

    [Test]
    public async Task Setup_NewFields_ComeBackAsTheyWereSent()
    {
        var operation = await FullTime("pe-fields");
        var night = Template(operation, "night", 22) with { LengthMinutes = null, EndsAt = new LocalTime(6, 0), Breaks = [] };
        var split = Template(operation, "split", 8) with { LengthMinutes = 720, Breaks = [new BreakWindow("gap", 240, 240, 240, false)] };

        var answer = await Client.Create("shift-templates", night);
        ((int)answer.Json["lengthMinutes"]!, (string?)answer.Json["endsAt"]).Should().Be((480, "06:00:00"));
        (await Client.Put($"/api/v1/shift-templates/{night.Code}", night with { LengthMinutes = 480 }, "*")).Is(HttpStatusCode.OK);
        ((int)(await Client.Create("shift-templates", split)).Json["paidMinutes"]!).Should().Be(480);
        var person = (await Client.Create("agents", Person(operation, 9) with
        {
            EmployedFrom = Monday,
            Contracts = [new ContractTermData("pe-fields-full", Monday)],
            Skills = [new AgentSkillData("live", 2)],
        })).Json;
        ((string?)person["employedFrom"], (string?)person["contracts"]![0]!["from"]).Should().Be(("2025-07-28", "2025-07-28"));
        (await Client.Get("/api/v1/contracts/pe-fields-full")).Json["workingDays"]!.AsArray().Should().HaveCount(5);
        (await Client.Delete("/api/v1/contracts/pe-fields-full", "*")).Is(HttpStatusCode.Conflict);
    }

    [Test]
    public async Task Setup_NewFieldsThatContradict_AreRefusedAllAtOnce()
    {
        var operation = await FullTime("pe-wrong");
        var template = Template(operation, "wrong", 22) with
        {
            LengthMinutes = 420,
            EndsAt = new LocalTime(6, 0),
            Breaks = [new BreakWindow("gap", 365, 0, 10, true)],
        };
        (await Client.Post("/api/v1/shift-templates", template)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields
            .Should().BeEquivalentTo("/endsAt", "/breaks/0/lengthMinutes", "/breaks/0/paid");
        (await Client.Post("/api/v1/shift-templates", template with { LengthMinutes = null, EndsAt = null })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Contain("/lengthMinutes");
        (
            await Client.Post(
                "/api/v1/agents", Person(operation, 8) with
                {
                    EmployedFrom = Monday,
                    EmployedTo = Monday.PlusDays(-1),
                    Skills = [new AgentSkillData("live", 2.01)],
                    Contracts = [new ContractTermData("pe-wrong-full", Monday), new ContractTermData("pe-nowhere", Monday)],
                }))
            .Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .BeEquivalentTo("/employedTo", "/skills/0/proficiency", "/contracts/1/contract", "/contracts/1/from");
        (
            await Client.Post(
                "/api/v1/contracts", new ContractRequest
                {
                    Code = "pe-wrong-days",
                    Name = "x",
                    MaximumWeeklyHours = 40,
                    MaximumDaysPerWeek = 4,
                    WorkingDays = [.. MondayToFriday],
                })
        ).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/workingDays");
    }

    // A hub where one person is missed at every half-hour, people of 40 hours from Monday to Friday, a shift of a day and one of half a day.
    private async Task<SmallOperation> FullTime(string hub, int seats = 20, int people = 1, IsoDayOfWeek[]? days = null)
    {
        var operation = new SmallOperation(Client, hub);
        await Post("labour-policies", operation.Law());
        await Post("hubs", operation.HubRequest() with { Seats = seats });
        await Post(
            "queues", SmallOperation.Queue(operation.Chat, WorkKind.Immediate, "live") with
            {
                Goal = new QueueGoal
                {
                    ServiceLevel = 0.8,
                    ThresholdSeconds = 30,
                    PatienceSeconds = 180,
                },
                AhtSeconds = 420,
            });
        await Post("shift-templates", Template(operation, "day", 9) with { Days = [.. days ?? []] });
        await Post("shift-templates", Template(operation, "half", 13) with { LengthMinutes = 240, Breaks = [], Days = [.. days ?? []] });
        await Post("contracts", new ContractRequest
        {
            Code = $"{hub}-full",
            Name = "Full time",
            MinimumWeeklyHours = 40,
            MaximumWeeklyHours = 40,
            MaximumDaysPerWeek = 5,
            WorkingDays = [.. MondayToFriday],
        });
        for (var i = 1; i <= people; i++)
        {
            await Post("agents", Person(operation, i));
        }

        await operation.Import(operation.Volumes(operation.Chat, 12, 1, Monday.PlusDays(-14), 14));
        return operation;
    }

    // Three people who can work from 22:00 to 06:00, and a queue that is as busy at night as by day.
    private async Task<SmallOperation> Nights(string hub, bool endsOnTheWall, LocalDate night)
    {
        var operation = new SmallOperation(Client, hub);
        await Post("labour-policies", operation.Law());
        await Post("hubs", operation.HubRequest() with { OpeningHours = [] });
        await Post(
            "queues", SmallOperation.Queue(operation.Chat, WorkKind.Immediate, "live") with
            {
                Goal = new QueueGoal
                {
                    ServiceLevel = 0.8,
                    ThresholdSeconds = 30,
                    PatienceSeconds = 180,
                },
                AhtSeconds = 420,
            });
        await Post(
            "shift-templates", Template(operation, "night", 22) with
            {
                LengthMinutes = 480,
                Breaks = [],
                EndsAt = endsOnTheWall ? new LocalTime(6, 0) : null,
            });
        await Post("contracts", new ContractRequest { Code = $"{hub}-full", Name = "Full time", MaximumWeeklyHours = 40, MaximumDaysPerWeek = 5 });
        for (var i = 1; i <= 3; i++)
        {
            await Post("agents", Person(operation, i) with
            {
                Availability = [.. Enumerable.Range(1, 7).Select(d => new OpeningWindow((IsoDayOfWeek)d, new LocalTime(22, 0), new LocalTime(6, 0)))],
            });
        }

        var rows = new StringBuilder("interval_start,queue,hub,offered,handled,handle_time_seconds\n");
        var first = SmallOperation.Zone.AtStartOfDay(night.PlusDays(-21)).ToInstant();
        var end = SmallOperation.Zone.AtStartOfDay(night.PlusDays(-1)).ToInstant();
        for (var at = first; at < end; at += Duration.FromMinutes(30))
        {
            rows.Append(CultureInfo.InvariantCulture, $"{InstantPattern.ExtendedIso.Format(at)},{operation.Chat},{hub},20,20,8400\n");
        }

        await operation.Import(rows.ToString());
        return operation;
    }

    private static AgentRequest Person(SmallOperation operation, int number) => new()
    {
        Code = operation.Agent(number),
        Name = $"Person {number}",
        Hub = operation.Hub,
        Contract = $"{operation.Hub}-full",
        Skills = [new AgentSkillData("live", 1)],
    };

    // 8 h 30 min with an unpaid meal of half an hour.
    private static ShiftTemplateRequest Template(SmallOperation operation, string code, int hour) => new()
    {
        Code = $"{operation.Hub}-{code}",
        Hub = operation.Hub,
        EarliestStart = new LocalTime(hour, 0),
        LatestStart = new LocalTime(hour, 0),
        LengthMinutes = 510,
        Breaks = [new BreakWindow("meal", 30, 180, 240, false)],
    };

    private static async Task<JsonNode> Plan(SmallOperation operation, LocalDate start, int days)
    {
        await operation.Forecast(new { horizonDays = 16 });
        await operation.Requirement(new { paths = 20 });
        return await operation.Roster(new { start = LocalDatePattern.Iso.Format(start), days });
    }

    private async Task<List<JsonNode>> Shifts(JsonNode roster) =>
        [
            .. (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(s => s!)
                .OrderBy(s => (string?)s["start"], StringComparer.Ordinal),
        ];

    private async Task<JsonArray> Violations(JsonNode roster) =>
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Is(HttpStatusCode.OK).Json.AsArray();

    private async Task Post(string resource, object body) => (await Client.Post($"/api/v1/{resource}", body)).Is(HttpStatusCode.Created);

    private async Task Put(string resource, object body) => (await Client.Put($"/api/v1/{resource}", body, "*")).Is(HttpStatusCode.OK);

    private static LocalDate Date(JsonNode shift) => LocalDatePattern.Iso.Parse((string)shift["date"]!).Value;

    private static Instant Time(JsonNode shift, string field) => InstantPattern.ExtendedIso.Parse((string)shift[field]!).Value;
}
