using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.LabourPolicies;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Rosters.Conflicts;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class RosterConflictEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    [Test]
    public async Task Conflicts_LawAllowsLessThanTheContractOwes_NameBothAndStandBehindTheViolations()
    {
        var operation = new SmallOperation(Client, "co-hours");
        var law = operation.Law();
        law.Rules.Add(
            new LabourRuleData(
                "maximumWeeklyHours", new Dictionary<string, double> { ["hours"] = 20 }, "At most 20 hours a week.", "Test Act, section 7",
                new LocalDate(2025, 1, 1)));
        await SmallOperation.SetUp(Client, "co-hours", law);
        await operation.AddPeople(1);
        await operation.Import(operation.Volumes(operation.Chat, 5, 1, SmallOperation.CutOffDate.PlusDays(-14), 14));
        await operation.Forecast(new { horizonDays = 8 });
        await operation.Requirement(new { paths = 20 });
        var path = $"/api/v1/rosters/{(await operation.Roster(new { days = 7 }))["id"]}";

        var conflicts = (await Client.Get($"{path}/conflicts")).Is(HttpStatusCode.OK).Json.AsArray();

        var hours = conflicts.Single(c => (string?)c!["kind"] == "hours")!;
        hours["facts"]!.AsArray().Select(f => (string?)f!["kind"]).Should().Equal("contractMinimumHours", "rule");
        ((string?)hours["facts"]![1]!["source"]).Should().Be("Test Act, section 7");
        ((string?)hours["message"]).Should().Contain(operation.Agent(1)).And.Contain("at most").And.Contain("At most 20 hours a week");
        ((bool)hours["smallest"]!).Should().BeTrue();
        ((double)hours["shortfallHours"]!).Should().BePositive();
        var violations = (await Client.Get($"{path}/violations")).Is(HttpStatusCode.OK).Json.AsArray();
        violations.Single(v => (string?)v!["rule"] == "contractMinimumHours")!["conflict"]!.ToJsonString().Should().Be(hours.ToJsonString());
        var alone = violations.Where(v => (string?)v!["rule"] == "minimumPresence").ToList(); // one person cannot be there twelve hours a day
        alone.Should().NotBeEmpty().And.OnlyContain(v => !(bool)v!["hard"]! && (string?)v["group"] == "live")
            .And.Contain(v => v!["conflict"] != null).And.OnlyContain(v => v!["conflict"] == null || (string?)v["conflict"]!["group"] == "live");
    }

    [Test]
    public async Task Conflicts_UnknownRoster_Is404() =>
        (await Client.Get($"/api/v1/rosters/{Guid.CreateVersion7()}/conflicts")).Is(HttpStatusCode.NotFound);
}
