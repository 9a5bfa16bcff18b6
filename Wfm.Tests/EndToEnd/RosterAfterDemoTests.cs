using NodaTime;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>Rosters made over HTTP after the demo: the same again, and over both clock changes of Dublin.</summary>
public sealed class RosterAfterDemoTests
{
    private ServerOverDemo _server = null!;

    [OneTimeSetUp]
    public async Task Start() => _server = await ServerOverDemo.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task Roster_WithTheSeedOfTheDemo_IsTheSameShiftForShift()
    {
        var night = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == "kul");
        var first = night.Searched;
        var again = await Roll(first, seed: first.Row.Seed);
        var other = await Roll(first, seed: first.Row.Seed + 1);

        again.Row.Revision.Should().Be(night.Roster.Row.Revision + 1);
        Lines(again).Should().Equal(Lines(first));
        Lines(other).Should().NotEqual(Lines(first)); // the comparison sees a difference
        RosterAuditor.Audit(other.Audited).Should().BeEmpty();
    }

    [TestCase("dub")]
    [TestCase("sin")]
    public async Task Roster_AfterTheFirstHalfOfTheDraft_KeepsEveryRuleOverTheSeam(string hub)
    {
        var first = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == hub).Roster;
        var start = first.Audited.Start.PlusDays(14);
        List<AuditedShift> before = [.. first.Audited.Shifts.Where(s => s.Date < start)];
        var next = await _server.Roster(await _server.Run("/api/v1/rosters", new CreateRosterRequest
        {
            Hub = hub,
            RequirementId = first.Row.RequirementRunId,
            Start = start,
            Days = 14,
            MaximumMoves = DemoRun.Moves,
        }));
        var both = first.Audited with { Shifts = [.. before, .. next.Audited.Shifts] };

        next.Audited.Shifts.Should().NotBeEmpty();
        var findings = RosterAuditor.Audit(both).Concat(RosterAuditorCoverage.Audit(next, before)).ToList();
        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    // Clocks go back on 25 October 2026 and forward on 29 March 2026, both at 01:00 UTC.
    [TestCase("2026-10-05T00:00:00Z", "2026-10-19", "2026-10-25T01:00:00Z", 25)]
    [TestCase("2026-03-09T00:00:00Z", "2026-03-23", "2026-03-29T01:00:00Z", 23)]
    public async Task Roster_OverAClockChange_KeepsEveryRuleInElapsedHours(string cutOff, string start, string change, int hoursOfTheDay)
    {
        var monday = NodaTime.Text.LocalDatePattern.Iso.Parse(start).Value;
        var forecast = await _server.Run("/api/v1/forecasts", new CreateForecastRequest
        {
            Hub = "dub",
            HorizonDays = 28,
            Publish = false,
            CutOff = At(cutOff),
        });
        var requirement = await _server.Run(
            "/api/v1/requirements", new CreateRequirementRequest
            {
                Hub = "dub",
                ForecastId = forecast,
                RiskLevels = [0.8],
                Paths = 50,
            });
        var id = await _server.Run("/api/v1/rosters", new CreateRosterRequest
        {
            Hub = "dub",
            RequirementId = requirement,
            Start = monday,
            Days = 14,
            MaximumMoves = 4 * DemoRun.Moves, // as many as it takes until the thin nights are filled
            Replan = true, // the demo has published some of these days
        });
        var stored = await _server.Roster(id);

        Day(stored.Audited, stored.Audited.Local(At(change)).Date).Should().Be(Duration.FromHours(hoursOfTheDay)); // the test is about the right day
        stored.Audited.Shifts.Should().Contain(s => s.Start < At(change) && At(change) < s.End, "somebody must answer at every hour of the night");
        var findings = RosterAuditor.Audit(stored.Audited).Concat(RosterAuditorCoverage.Audit(stored)).ToList();
        findings.Should().BeEmpty(string.Join('\n', findings));
    }

    private async Task<StoredRoster> Roll(StoredRoster like, int seed) => await _server.Roster(await _server.Run("/api/v1/rosters", new CreateRosterRequest
    {
        Hub = like.Audited.Hub,
        RequirementId = like.Row.RequirementRunId,
        Start = like.Row.Start,
        Days = like.Row.Days,
        RiskLevel = like.Row.RiskLevel,
        Seed = seed,
        MaximumMoves = like.Row.MaximumMoves,
    }));

    private static IEnumerable<string> Lines(StoredRoster stored) =>
        stored.Audited.Shifts.Select(s =>
                $"{s.Agent} {s.Date} {s.Template} {s.Start} {s.End} {s.PaidMinutes} "
                    + $"{string.Join(' ', s.Activities.Select(a => $"{a.Kind} {a.Group} {a.Start} {a.End}"))}")
            .Order(StringComparer.Ordinal);

    private static Duration Day(AuditedRoster roster, LocalDate date) => roster.Midnight(date.PlusDays(1)) - roster.Midnight(date);

    private static Instant At(string text) => NodaTime.Text.InstantPattern.General.Parse(text).Value;
}
