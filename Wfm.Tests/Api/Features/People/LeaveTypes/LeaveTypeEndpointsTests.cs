using System.Net;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.People.LeaveTypes;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class LeaveTypeEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static LeaveTypeRequest Type(string code) => new() { Code = code, Name = code, Treatment = LeaveKind.Other };

    [Test]
    public async Task List_NewStore_HasATypeForEachTreatment()
    {
        var types = (await Client.Get("/api/v1/leave-types?limit=1000")).Is(HttpStatusCode.OK).Json["items"]!.AsArray();

        types.Select(t => (string)t!["code"]!).Should().Contain(["annual", "other", "parental", "sick", "training", "unpaid"]);
        ((bool)types.Single(t => (string?)t!["code"] == "unpaid")!["paid"]!).Should().BeFalse();
        ((bool)types.Single(t => (string?)t!["code"] == "sick")!["told"]!).Should().BeTrue();
    }

    [Test]
    public async Task Create_OwnBalance_NeedsTermsAndOthersMayTakeFromIt()
    {
        (await Client.Post("/api/v1/leave-types", Type("lt-own") with { Balance = "lt-own" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/terms");
        (await Client.Post("/api/v1/leave-types", Type("lt-half") with { Balance = "lt-own" })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal("/balance");
        await Client.Create("leave-types", Type("lt-own") with { Balance = "lt-own", Terms = new BalanceTerms { HoursPerMonth = 8 } });
        await Client.Create("leave-types", Type("lt-half") with { Balance = "lt-own" });
        (await Client.Put("/api/v1/leave-types/lt-own", Type("lt-own"), "*")).Is(HttpStatusCode.UnprocessableEntity).ErrorOf("/balance").Should()
            .Contain("lt-half");
        (await Client.Delete("/api/v1/leave-types/lt-own", "*")).Is(HttpStatusCode.Conflict).Text.Should().Contain("1 types that take hours");
        (await Client.Delete("/api/v1/leave-types/lt-half", "*")).Is(HttpStatusCode.NoContent);
        (await Client.Delete("/api/v1/leave-types/lt-own", "*")).Is(HttpStatusCode.NoContent);
    }

    [Test]
    public async Task Create_ToldWithWhatIsForAsking_IsRefused() => (await Client.Post("/api/v1/leave-types", Type("lt-told") with
    {
        Told = true,
        NoticeDays = 3,
        NeedsApproval = true,
    })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo("/noticeDays", "/needsApproval");

    [Test]
    public async Task Create_TermsOutOfRange_NamesTheField() => (await Client.Post("/api/v1/leave-types", Type("lt-range") with
    {
        Balance = "lt-range",
        Terms = new BalanceTerms { YearStartsInMonth = 13, HoursPerMonth = -1 },
    })).Is(HttpStatusCode.BadRequest).ErrorFields.Should().BeEquivalentTo("/terms/yearStartsInMonth", "/terms/hoursPerMonth");
}
