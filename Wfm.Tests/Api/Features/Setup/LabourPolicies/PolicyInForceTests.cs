using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>Policies over HTTP, from what a statute says to the shifts it allows.</summary>
[TestFixture(StoreKind.Sqlite)]
public sealed class PolicyInForceTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly LocalDate Monday = SmallOperation.CutOffDate;

    [Test]
    public async Task Roster_VersionFromTheThirdMonday_BindsFromThenOn()
    {
        var operation = await SmallOperation.Create(Client, "pol-month");
        await Client.Create("labour-policies", Weekly(operation, Monday.PlusDays(14), 32));
        await operation.Forecast(new { horizonDays = 29 });
        await operation.Requirement();

        var roster = await operation.Roster(new { days = 28 });

        var weeks = (await Shifts(roster)).GroupBy(s => ((string)s["agent"]!, Week: Period.DaysBetween(Monday, Date(s)) / 7))
            .Select(w => (w.Key.Week, Hours: w.Sum(s => (int)s["paidMinutes"]!) / 60.0)).ToList();
        weeks.Where(w => w.Week >= 2).Should().NotBeEmpty().And.OnlyContain(w => w.Hours <= 32);
        weeks.Where(w => w.Week < 2).Should().Contain(w => w.Hours > 32, "the new version does not bind before its day");
        (await Client.Get($"/api/v1/rosters/{roster["id"]}/violations")).Json.AsArray().Should().NotContain(v => (bool)v!["hard"]!);
    }

    [Test]
    public async Task Roster_SegmentedShifts_ListTheGroupOfEveryBlock()
    {
        var law = new SmallOperation(Client, "pol-segments").Law() with { SegmentedShifts = Wfm.Scheduling.Problem.SegmentedShifts.Always };
        var operation = await SmallOperation.SetUp(Client, "pol-segments", law);
        await operation.AddPeople();
        await operation.ImportHistory();
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement();

        var roster = await operation.Roster(new { days = 7 });

        var shifts = await Shifts(roster);
        var work = shifts.ConvertAll(s => s["activities"]!.AsArray().Where(a => (string?)a!["kind"] == "work").Select(a => (string?)a!["group"]).ToList());
        work.Should().OnlyContain(groups => groups.Count == 4, "a stretch between two breaks serves one group");
        work.Should().Contain(groups => groups.Distinct().Count() == 2);
        work.SelectMany(groups => groups).Distinct().Should().BeEquivalentTo("live", "review");
        foreach (var line in (await Client.Get($"/api/v1/rosters/{roster["id"]}/coverage")).Is(HttpStatusCode.OK).Json.AsArray())
        {
            var minutes = shifts.SelectMany(s => s["activities"]!.AsArray()).Where(a => (string?)a!["group"] == (string?)line!["group"])
                .Sum(a => (At(a!["end"]!) - At(a["start"]!)).TotalMinutes);
            var scheduled = line!["scheduled"]!.AsArray().Sum(s => (double)s!) * (int)line["intervalMinutes"]!;
            scheduled.Should().BePositive().And.BeApproximately(minutes, 1e-6, "everybody is a whole head");
        }

        static Instant At(JsonNode time) => InstantPattern.ExtendedIso.Parse((string)time!).Value;
    }

    [Test]
    public async Task Policy_DaysOfTheWeekAndExposure_AreReadAndSet()
    {
        var policy = SampleSetup.Policy("pol-week", new LocalDate(2020, 1, 1)) with
        {
            FirstDayOfWeek = IsoDayOfWeek.Sunday,
            WeekendDays = [IsoDayOfWeek.Saturday, IsoDayOfWeek.Friday],
            ExposureBasis = Wfm.Scheduling.Problem.ExposureBasis.Expected,
            SegmentedShifts = Wfm.Scheduling.Problem.SegmentedShifts.Never,
        };
        await Client.Create("labour-policies", policy);

        var stored = (await Client.Get("/api/v1/labour-policies/pol-week/2020-01-01")).Is(HttpStatusCode.OK).Json;

        ((string?)stored["firstDayOfWeek"], (string?)stored["exposureBasis"]).Should().Be(("sunday", "expected"));
        ((string?)stored["segmentedShifts"]).Should().Be("never");
        stored["weekendDays"]!.AsArray().Select(d => (string?)d).Should().Equal("friday", "saturday");
        var usual = (await Client.Create("labour-policies", SampleSetup.Policy("pol-usual", new LocalDate(2020, 1, 1)))).Json;
        ((string?)usual["firstDayOfWeek"], (string?)usual["exposureBasis"]).Should().Be(("monday", "worstCase"));
        ((string?)usual["segmentedShifts"]).Should().Be("whereLimited");
        (await Client.Post("/api/v1/labour-policies", policy with { Code = "pol-none", WeekendDays = [] })).Is(HttpStatusCode.UnprocessableEntity)
            .ErrorFields.Should().Equal("/weekendDays");
    }

    private static LabourPolicyRequest Weekly(SmallOperation operation, LocalDate from, double hours)
    {
        var law = operation.Law();
        return law with
        {
            ValidFrom = from,
            Rules =
            [
                .. law.Rules.Select(r => r.Kind == "maximumWeeklyHours" ? r with { Parameters = new Dictionary<string, double> { ["hours"] = hours } } : r),
            ],
        };
    }

    private async Task<List<JsonNode>> Shifts(JsonNode roster) =>
        [.. (await Client.Get($"/api/v1/rosters/{roster["id"]}/shifts?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(s => s!)];

    private static LocalDate Date(JsonNode shift) => LocalDatePattern.Iso.Parse((string)shift["date"]!).Value;
}
