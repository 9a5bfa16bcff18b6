using System.Net;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Persistence;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Features.Setup.Queues;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class QueueEndpointsTests(StoreKind kind) : ApiFixture(kind)
{
    private static readonly QueueGoal Live = new() { ServiceLevel = 0.8, ThresholdSeconds = 20, MaximumOccupancy = 0.85 };
    private static readonly QueueGoal Later = new() { TurnaroundMinutes = 240, TurnaroundFraction = 0.95 };

    private static QueueRequest Queue(string code) => new()
    {
        Code = code,
        Name = "Chat",
        Channel = "chat",
        Kind = WorkKind.Immediate,
        Language = "en",
        Severity = "S1",
        SkillGroup = "test-live",
        Goal = Live,
        Concurrency = 2,
    };

    [Test]
    public async Task Queue_CreatedReplacedDeleted_RoundTrips()
    {
        var created = (await Client.Post("/api/v1/queues", Queue("queue-trip"))).Is(HttpStatusCode.Created);
        created.Headers.Location!.ToString().Should().Be("/api/v1/queues/queue-trip");
        ((string?)created.Json["kind"]).Should().Be("immediate");
        ((double?)created.Json["goal"]!["serviceLevel"]).Should().Be(0.8);

        var replaced = (
            await Client.Put("/api/v1/queues/queue-trip", Queue("queue-trip") with { Kind = WorkKind.Deferrable, Goal = Later, Concurrency = 1 }, created.ETag)
        ).Is(HttpStatusCode.OK);
        var read = (await Client.Get("/api/v1/queues/queue-trip")).Is(HttpStatusCode.OK);
        read.Text.Should().Be(replaced.Text);
        read.ETag.Should().Be(replaced.ETag);

        (await Client.Delete("/api/v1/queues/queue-trip", created.ETag)).Is(HttpStatusCode.PreconditionFailed);
        (await Client.Delete("/api/v1/queues/queue-trip", read.ETag)).Is(HttpStatusCode.NoContent);
        (await Client.Get("/api/v1/queues/queue-trip")).Is(HttpStatusCode.NotFound);
    }

    [Test]
    public async Task List_Filters_GiveOnlyWhatFits()
    {
        (await Client.Post("/api/v1/queues", Queue("queue-filter-a") with { SkillGroup = "filter-a" })).Is(HttpStatusCode.Created);
        (
            await Client.Post(
                "/api/v1/queues", Queue("queue-filter-b") with
                {
                    SkillGroup = "filter-a",
                    Kind = WorkKind.Deferrable,
                    Goal = Later,
                    Concurrency = 1,
                })
        ).Is(HttpStatusCode.Created);

        (await Codes("skillGroup=filter-a")).Should().Equal("queue-filter-a", "queue-filter-b");
        (await Codes("skillGroup=filter-a&kind=deferrable")).Should().Equal("queue-filter-b");
        (await Codes("skillGroup=filter-none")).Should().BeEmpty();

        var wrong = (await Client.Get("/api/v1/queues?kind=sometimes")).Is(HttpStatusCode.BadRequest);
        wrong.ErrorOf("kind").Should().Contain("immediate, deferrable").And.Contain("sometimes");
    }

    [Test]
    public async Task Queue_HoursClosuresAndEveryPromise_RoundTrip()
    {
        var created = (await Client.Post("/api/v1/queues", Queue("queue-hours") with
        {
            OpeningHours = LocalOperation.Daily(new LocalTime(9, 0), new LocalTime(17, 0)),
            Closures = [new Closure(new LocalDate(2026, 12, 24), new LocalDate(2026, 12, 26), "Christmas")],
            Goal = Live with { MaximumAbandonment = 0.05, PatienceSeconds = 120, ConcurrencySlowdown = 0.3 },
        })).Is(HttpStatusCode.Created).Json;

        created["openingHours"]!.AsArray().Should().HaveCount(7);
        created["closures"]!.ToJsonString().Should().Be("""[{"from":"2026-12-24","to":"2026-12-26","reason":"Christmas"}]""");
        ((double?)created["goal"]!["maximumAbandonment"]).Should().Be(0.05);
        ((double?)created["goal"]!["concurrencySlowdown"]).Should().Be(0.3);
    }

    [Test]
    public async Task Queue_PromiseOfAll_SaysWhatItIsJudgedByAndWhenItIsDone()
    {
        var created = (await Client.Post("/api/v1/queues", Queue("queue-all") with
        {
            Kind = WorkKind.Deferrable,
            Concurrency = 1,
            Goal = new QueueGoal { TurnaroundMinutes = 60, LegalClock = true, JudgedFraction = 0.995, ActionFraction = 0.25 },
        })).Is(HttpStatusCode.Created).Json;

        ((double?)created["goal"]!["judgedFraction"]).Should().Be(0.995);
        ((double?)created["goal"]!["actionFraction"]).Should().Be(0.25);
    }

    [Test]
    public async Task Create_PromisesNobodyCanKeep_NamesThemAll()
    {
        var answer = (
            await Client.Post(
                "/api/v1/queues", Queue("queue-never") with
                {
                    Concurrency = 1,
                    Goal = new QueueGoal
                    {
                        ServiceLevel = 1,
                        ThresholdSeconds = 20,
                        MaximumAbandonment = 1,
                        ConcurrencySlowdown = 0.5,
                        CountsOpenHoursOnly = true,
                    },
                    OpeningHours =
                    [
                        new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(9, 0), new LocalTime(12, 0)),
                        new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(11, 0), new LocalTime(17, 0)),
                    ],
                    Closures = [new Closure(new LocalDate(2026, 12, 26), new LocalDate(2026, 12, 24))],
                })
        ).Is(HttpStatusCode.UnprocessableEntity);

        answer.ErrorFields.Should().BeEquivalentTo(
                "/goal/serviceLevel", "/goal/maximumAbandonment", "/goal/patienceSeconds", "/goal/concurrencySlowdown", "/goal/countsOpenHoursOnly",
                "/openingHours/1", "/closures/0/to");
        answer.ErrorOf("/goal/serviceLevel").Should().Contain("0.99");
    }

    [Test]
    public async Task Create_LegalClockInOpenHours_IsRefused() =>
        (await Client.Post("/api/v1/queues", Queue("queue-legal") with
        {
            Kind = WorkKind.Deferrable,
            Concurrency = 1,
            Goal = new QueueGoal { TurnaroundMinutes = 60, LegalClock = true, CountsOpenHoursOnly = true },
        })).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().Equal("/goal/countsOpenHoursOnly");

    private async Task<string[]> Codes(string query) =>
        [.. (await Client.Get($"/api/v1/queues?{query}")).Is(HttpStatusCode.OK).Json["items"]!.AsArray().Select(q => (string)q!["code"]!)];

    private static readonly TestCaseData[] Unusable =
    [
        new(Queue("queue-bad") with { Goal = new QueueGoal() }, new[] { "/goal" }),
        new(Queue("queue-bad") with { Goal = new QueueGoal { ServiceLevel = 0.8 } }, new[] { "/goal", "/goal/thresholdSeconds" }),
        new(Queue("queue-bad") with { Goal = Live with { ServiceLevel = 1.2 } }, new[] { "/goal/serviceLevel" }),
        new(Queue("queue-bad") with { Goal = Live with { ServiceLevel = 0 } }, new[] { "/goal/serviceLevel" }),
        new(Queue("queue-bad") with { Goal = Live with { MaximumOccupancy = -0.1 } }, new[] { "/goal/maximumOccupancy" }),
        new(Queue("queue-bad") with { Goal = Live with { PatienceSeconds = double.PositiveInfinity } }, new[] { "/goal/patienceSeconds" }),
        new(Queue("queue-bad") with { Goal = Live with { TurnaroundMinutes = 60 } }, new[] { "/goal/turnaroundMinutes" }),
        new(
            Queue("queue-bad") with
            {
                Kind = WorkKind.Deferrable,
                Concurrency = 1,
            },
            new[] { "/goal/turnaroundMinutes", "/goal/serviceLevel", "/goal/thresholdSeconds", "/goal/maximumOccupancy" }),
        new(Queue("queue-bad") with { Kind = WorkKind.Deferrable, Goal = Later }, new[] { "/concurrency" }),
        new(Queue("queue-bad") with { Goal = Live with { LegalClock = true } }, new[] { "/goal/legalClock" }),
        new(
            Queue("queue-bad") with { Goal = Live with { JudgedFraction = 0.99, ActionFraction = 0 } },
            new[] { "/goal/actionFraction", "/goal/judgedFraction" }),
        new(
            Queue("queue-bad") with
            {
                Kind = WorkKind.Deferrable,
                Concurrency = 1,
                Goal = Later with { JudgedFraction = 0.5 },
            },
            new[] { "/goal/judgedFraction" }),
        new(
            Queue("queue-bad") with
            {
                Kind = WorkKind.Deferrable,
                Concurrency = 1,
                Goal = Later with { LegalClock = true },
            },
            new[] { "/goal/turnaroundFraction" }),
    ];

    [TestCaseSource(nameof(Unusable))]
    public async Task Create_GoalThatPromisesNothingOrTooMuch_Is422(object request, string[] fields)
    {
        (await Client.Post("/api/v1/queues", request)).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should().BeEquivalentTo(fields);
    }

    [TestCase("""{"code":"q"}""", "/name", "/channel", "/kind", "/language", "/severity", "/skillGroup")]
    [TestCase("""{"code":"q","name":"n","channel":"chat","kind":"sometimes","language":"en","severity":"S1","skillGroup":"g"}""", "/kind")]
    [TestCase("""{"code":"q","name":"n","channel":"chat","kind":0,"language":"en","severity":"S1","skillGroup":"g"}""", "/kind")]
    [TestCase(
        """{"code":"q","name":"n","channel":"Chat!","kind":"immediate","language":"english","severity":"S9","skillGroup":"G"}""", "/channel", "/language",
        "/severity", "/skillGroup", "/goal")]
    [TestCase("""{"code":"q","goal":{"servicelevle":0.8}}""", "/goal/servicelevle")]
    [TestCase("""{"code":"q","goal":null}""", "/goal")]
    [TestCase("""{"code":"q","priority":"high"}""", "/priority")]
    [TestCase("""{"code":"q","priority":1.5}""", "/priority")]
    public async Task Create_UnreadableBody_Is400NamingTheField(string body, params string[] fields)
    {
        var answer = (await Client.Post("/api/v1/queues", body)).Is(HttpStatusCode.BadRequest);

        answer.ErrorFields.Should().BeEquivalentTo(fields);
        answer.Text.Should().NotContain("Wfm.").And.NotContain("System.");
    }
}
