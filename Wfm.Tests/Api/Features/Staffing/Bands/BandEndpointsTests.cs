using System.Net;
using System.Text.Json.Nodes;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Staffing.Bands;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class BandEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private const int OpenIntervals = 24; // half-hours from 08:00 to 20:00
    private PlannedOperation _planned = null!;

    private string Path => $"/api/v1/requirements/{_planned.Requirement["id"]}";

    private string Review => _planned.Operation.Review;

    protected override async Task Prepare() => _planned = await PlannedOperations.Get(Kind, Client);

    [Test]
    public async Task Band_Deferrable_HoldsThePlanBetweenDueAndArrived()
    {
        var band = (await Client.Get($"{Path}/band?queue={Review}&riskLevel=0.8&limit=1000")).Is(HttpStatusCode.OK).Json;
        var items = band["items"]!.AsArray();

        ((double)band["turnaroundMinutes"]!).Should().Be(1440);
        ((double)band["fraction"]!).Should().Be(1);
        ((bool)band["legalClock"]!).Should().BeFalse();
        items.Should()
            .OnlyContain(i => (double)i!["dueHours"]! <= (double)i["plannedHours"]! + 1e-6 && (double)i["plannedHours"]! <= (double)i["arrivedHours"]! + 1e-6);
        items.Select(i => (double)i!["plannedHours"]!).Should().BeInAscendingOrder();
        ((double)items[^1]!["dueHours"]!).Should().BePositive();
    }

    [Test]
    public async Task Band_Pages_FollowOneAnother()
    {
        var first = (await Client.Get($"{Path}/band?queue={Review}&limit=2")).Json;
        var second = (await Client.Get($"{Path}/band?queue={Review}&limit=2&after={first["next"]}")).Json;

        first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(i => (string?)i!["start"]).Should().Equal(
            "2025-07-27T19:00:00Z", "2025-07-27T19:30:00Z", "2025-07-27T20:00:00Z", "2025-07-27T20:30:00Z");
    }

    [TestCase("queue=planned-chat", "queue")]
    [TestCase("queue=planned-fax", "queue")]
    [TestCase("queue=planned-review&riskLevel=0.7", "riskLevel")]
    [TestCase("queue=planned-review&limit=0", "limit")]
    public async Task Band_UnusableValue_Is422NamingIt(string query, string field) =>
        (await Client.Get($"{Path}/band?{query}")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [Test]
    public async Task Band_UnknownRequirement_Is404() => (await Client.Get($"/api/v1/requirements/{Guid.Empty}/band?queue=x")).Is(HttpStatusCode.NotFound);

    [Test]
    public async Task Breaches_NobodyWorks_EveryPathMissesItsDeadlineADayAfterTheFirstArrival()
    {
        var answer = await Ask(new { queue = Review, heads = Days(3, 0), paths = 20 });

        ((double)answer["probabilityOfBreach"]!).Should().Be(1);
        ((double)answer["classes"]![0]!["meanAttainment"]!).Should().Be(0);
        ((string?)answer["firstBreach"]!["reason"]).Should().Be("notEnoughStaff");
        ((string?)answer["firstBreach"]!["earliest"]).Should().Be("2025-07-29T07:30:00Z", "the first half-hour of Monday is due when the one of Tuesday ends");
        var days = answer["days"]!.AsArray();
        days.Where(d => (double)d!["backlogHoursP50"]! > 0).Should().NotBeEmpty()
            .And.OnlyContain(d => d!["backlogDaysP50"] == null, "nobody is there to work it off");
        days.Select(d => (double)d!["backlogHoursP50"]!).Should().BeInAscendingOrder();
    }

    [Test]
    public async Task Breaches_MoreHeads_NeverMeanMoreRisk()
    {
        var answers = new List<JsonNode>();
        foreach (var heads in new[] { 1.0, 2, 3, 40 })
        {
            answers.Add(await Ask(new { group = "review", heads = Days(4, heads), paths = 30 }));
        }

        answers.Select(a => (double)a["probabilityOfBreach"]!).Should().BeInDescendingOrder();
        answers.Select(a => (double)a["classes"]![0]!["meanAttainment"]!).Should().BeInAscendingOrder();
        ((double)answers[3]["probabilityOfBreach"]!).Should().Be(0, "40 people do in half an hour what comes in a day");
        answers[3]["firstBreach"].Should().BeNull();
        ((double)answers[0]["staffedHours"]!).Should().BeApproximately(4 * 12 * 0.9 * 0.95, 1e-6, "shrinkage is taken off");
    }

    [Test]
    public async Task Breaches_OverdueBacklog_IsTold()
    {
        var answer = await Ask(
            new
            {
                queue = Review,
                heads = Days(2, 40),
                paths = 20,
                openingBacklog = new[]
                {
                    new
                    {
                        queue = Review,
                        contacts = 10,
                        oldestHours = 30,
                        youngestHours = 26,
                    },
                },
            });

        ((double)answer["probabilityOfBreach"]!).Should().Be(1);
        ((string?)answer["firstBreach"]!["reason"]).Should().Be("overdueAtStart");
        ((string?)answer["firstBreach"]!["p50"]).Should().Be((string?)answer["from"]);
    }

    [Test]
    public async Task Breaches_Roster_IsProjectedOverItsDays()
    {
        var answer = await Ask(new { group = "review", rosterId = (string?)_planned.Roster["id"], paths = 20 });

        answer["days"]!.AsArray().Select(d => (string?)d!["date"]).Should().HaveCount(14).And.StartWith("2025-07-28").And.BeInAscendingOrder();
        ((double)answer["staffedHours"]!).Should().BePositive();
        ((string?)answer["classes"]![0]!["queue"]).Should().Be(Review);
    }

    [Test]
    public async Task Breaches_SameSeed_IsTheSame()
    {
        var request = new { queue = Review, heads = Days(2, 2.5), paths = 20, seed = 7 };

        (await Ask(request)).ToJsonString().Should().Be((await Ask(request)).ToJsonString());
    }

    [TestCase("""{"heads":[1]}""", "/queue")]
    [TestCase("""{"queue":"planned-review","group":"review","heads":[1]}""", "/queue")]
    [TestCase("""{"queue":"planned-review"}""", "/heads")]
    [TestCase("""{"queue":"planned-fax","heads":[0]}""", "/queue")]
    [TestCase("""{"queue":"planned-chat","heads":[0]}""", "/queue")]
    [TestCase("""{"group":"live","heads":[0]}""", "/group")]
    [TestCase("""{"queue":"planned-review","heads":[]}""", "/heads")]
    [TestCase("""{"queue":"planned-review","heads":[-1]}""", "/heads/0")]
    [TestCase("""{"queue":"planned-review","heads":[0,"NaN"]}""", "/heads/1")]
    [TestCase("""{"queue":"planned-review","heads":[0,1]}""", "/heads/1")]
    [TestCase("""{"queue":"planned-review","heads":[0],"start":"2025-07-28T07:10:00Z"}""", "/start")]
    [TestCase("""{"queue":"planned-review","heads":[0],"start":"2035-01-01T00:00:00Z"}""", "/start")]
    [TestCase("""{"group":"review","rosterId":"00000000-0000-0000-0000-000000000000"}""", "/rosterId")]
    [TestCase("""{"queue":"planned-review","heads":[0],"openingBacklog":[null]}""", "/openingBacklog/0")]
    [TestCase("""{"queue":"planned-review","heads":[0],"openingBacklog":[{"queue":"planned-chat","contacts":1,"oldestHours":1}]}""", "/openingBacklog/0/queue")]
    [TestCase(
        """{"queue":"planned-review","heads":[0],"openingBacklog":[{"queue":"planned-review","contacts":-1,"oldestHours":1}]}""", "/openingBacklog/0/contacts"
    )]
    [TestCase(
        """{"queue":"planned-review","heads":[0],"openingBacklog":[{"queue":"planned-review","contacts":1,"oldestHours":1,"youngestHours":2}]}""",
        "/openingBacklog/0/youngestHours")]
    public async Task Breaches_UnusableValue_Is422NamingIt(string body, string field) =>
        (await Client.Post($"{Path}/breaches", body)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal(field);

    [TestCase("""{"queue":"planned-review","heads":[0],"paths":19}""", "/paths")]
    [TestCase("""{"queue":"planned-review","heads":["two"]}""", "/heads/0")]
    public async Task Breaches_UnreadableValue_Is400NamingIt(string body, string field) =>
        (await Client.Post($"{Path}/breaches", body)).Is(HttpStatusCode.BadRequest).ErrorFields.Should().Equal(field);

    /// <summary>Heads from the cut-off on Sunday evening through some open days: closed hours empty.</summary>
    private static double[] Days(int days, double heads) =>
        [
            .. Enumerable.Repeat(0.0, 24),
            .. Enumerable.Range(0, days).SelectMany(_ => Enumerable.Repeat(heads, OpenIntervals).Concat(Enumerable.Repeat(0.0, 48 - OpenIntervals))),
        ];

    private async Task<JsonNode> Ask(object body) => (await Client.Post($"{Path}/breaches", body)).Is(HttpStatusCode.OK).Json;
}
