using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Idempotency;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Tests.Support;

namespace Wfm.Tests.Api.Idempotency;

[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class IdempotencyTests(StoreKind kind) : ApiFixture(kind)
{
    private Task<ApiAnswer> Post(string path, object body, string key) => Client.Call(HttpMethod.Post, path, body, null, (IdempotencyMiddleware.Header, key));

    [Test]
    public async Task Repeat_SameKeyAndBody_GetsTheFirstAnswer()
    {
        var first = (await Post("/api/v1/hubs", SampleSetup.Hub("ide-repeat"), "repeat")).Is(HttpStatusCode.Created);
        var second = (await Post("/api/v1/hubs", SampleSetup.Hub("ide-repeat"), "repeat")).Is(HttpStatusCode.Created);

        second.Text.Should().Be(first.Text);
        second.ETag.Should().Be(first.ETag);
        second.Headers.Location.Should().Be(first.Headers.Location);
        second.ContentHeaders.ContentType.Should().Be(first.ContentHeaders.ContentType);
        second.Headers.GetValues(IdempotencyMiddleware.ReplayedHeader).Should().Equal("true");
        first.Headers.Contains(IdempotencyMiddleware.ReplayedHeader).Should().BeFalse();
    }

    [Test]
    public async Task Repeat_OtherBodyOrPath_Is422()
    {
        (await Post("/api/v1/hubs", SampleSetup.Hub("ide-other"), "other")).Is(HttpStatusCode.Created);

        (await Post("/api/v1/hubs", SampleSetup.Hub("ide-other-2"), "other")).Is(HttpStatusCode.UnprocessableEntity).ErrorFields.Should()
            .Equal(IdempotencyMiddleware.Header);
        (await Post("/api/v1/contracts", SampleSetup.Hub("ide-other"), "other")).Is(HttpStatusCode.UnprocessableEntity);
        (await Post("/api/v1/hubs", SampleSetup.Hub("ide-other"), new string('k', 201))).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Repeat_LargeBodiesOfEqualLength_AreToldApart()
    {
        var pad = new string(' ', 2_000_000);
        (await Post("/api/v1/hubs", $$"""{"code":"ide-large-1","name":"n","timeZone":"Europe/Dublin","country":"IE"{{pad}}}""", "large")).Is(
            HttpStatusCode.Created);
        (await Post("/api/v1/hubs", $$"""{"code":"ide-large-2","name":"n","timeZone":"Europe/Dublin","country":"IE"{{pad}}}""", "large")).Is(
            HttpStatusCode.UnprocessableEntity);
    }

    [Test]
    public async Task Repeat_OfAnotherKeyHolder_IsNotMixedUp()
    {
        var made = await Client.Create("api-keys", new { name = "ide", role = "planner" });
        using var other = Server.ClientWith((string)made.Json["key"]!);
        (await Post("/api/v1/hubs", SampleSetup.Hub("ide-mine"), "shared-word")).Is(HttpStatusCode.Created);

        (await other.Call(HttpMethod.Post, "/api/v1/hubs", SampleSetup.Hub("ide-theirs"), null, (IdempotencyMiddleware.Header, "shared-word"))).Is(
            HttpStatusCode.Created);
    }

    [Test]
    public async Task Failure_IsForgotten_AndRunsAgain()
    {
        var contract = SampleSetup.Contract("ide-later") with { Templates = ["ide-template"] };
        (await Post("/api/v1/contracts", contract, "later")).Is(HttpStatusCode.UnprocessableEntity);
        await Client.Create("hubs", SampleSetup.Hub("ide-hub"));
        await Client.Create("shift-templates", SampleSetup.Template("ide-template", "ide-hub"));

        (await Post("/api/v1/contracts", contract, "later")).Is(HttpStatusCode.Created).Headers.Contains(IdempotencyMiddleware.ReplayedHeader).Should()
            .BeFalse();
    }

    [Test]
    public async Task AtOnce_SameKey_OneRuns()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Post("/api/v1/hubs", SampleSetup.Hub("ide-race"), "race")));

        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created || a.Status == HttpStatusCode.Conflict);
        answers.Count(a => a.Status == HttpStatusCode.Created && !a.Headers.Contains(IdempotencyMiddleware.ReplayedHeader)).Should().Be(1);
        answers.Should().OnlyContain(a => a.Status == HttpStatusCode.Created || a.Text.Contains("being worked on")); // how many came too early is chance
    }

    [Test]
    public async Task Secret_IsNeitherStoredNorReplayed()
    {
        var body = new { name = "secret", role = "planner" };
        var first = (await Post("/api/v1/api-keys", body, "secret")).Is(HttpStatusCode.Created);

        (await Post("/api/v1/api-keys", body, "secret")).Is(HttpStatusCode.Conflict).Text.Should().Contain(first.Headers.Location!.ToString());
        await using var scope = Server.Services.CreateAsyncScope();
        var record = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().IdempotencyRecords.SingleAsync(r => r.Key == "secret");
        record.Status.Should().Be(201);
        record.Body.Should().BeNull();
    }

    [TestCase(9, HttpStatusCode.Conflict)] // its process may still be at work
    [TestCase(11, HttpStatusCode.Created)] // its process was killed
    public async Task RecordWithoutAnswer_IsTakenOverAfterTenMinutes(int minutes, HttpStatusCode status)
    {
        var (key, body) = ($"killed {minutes}", System.Text.Json.JsonSerializer.Serialize(SampleSetup.Hub($"ide-killed-{minutes}"), RequestJson.Options));
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        db.IdempotencyRecords.Add(new IdempotencyRecord
        {
            Key = key,
            ApiKeyId = await AdminId(db),
            RequestHash = await IdempotencyMiddleware.HashOf(Request("/api/v1/hubs", body).Request, CancellationToken.None),
            CreatedAt = Now() - Duration.FromMinutes(minutes),
        });
        await db.SaveChangesAsync();

        (await Post("/api/v1/hubs", body, key)).Is(status);
    }

    [Test]
    public async Task Handler_ThatBreaks_LeavesNoRecord()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        foreach (var (key, handler) in new (string, RequestDelegate)[]
        {
            ("throws", _ => throw new InvalidOperationException("broken")),
            ("answers 503", context =>
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            }),
        })
        {
            var context = Request("/api/v1/hubs", "{}");
            context.Request.Headers[IdempotencyMiddleware.Header] = key;
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ApiKeyAuthentication.KeyId, (await AdminId(db)).ToString())]));
            try
            {
                await new IdempotencyMiddleware(handler).Invoke(context, db, scope.ServiceProvider.GetRequiredService<IClock>());
            }
            catch (InvalidOperationException)
            {
                // the exception handler of the host would answer it
            }

            (await db.IdempotencyRecords.AnyAsync(r => r.Key == key)).Should().BeFalse(key);
        }
    }

    [Test]
    public async Task Body_HoweverLarge_IsHashedAsItIsReadAndNotKept()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var (key, body, temporary) = ($"large {Kind}", new string('x', 3_000_000), TemporaryFiles());
        var context = Request("/api/v1/volumes:import", body);
        context.Request.Headers[IdempotencyMiddleware.Header] = key;
        context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ApiKeyAuthentication.KeyId, (await AdminId(db)).ToString())]));

        await new IdempotencyMiddleware(async c =>
        {
            await c.Request.Body.ReadExactlyAsync(new byte[1_000_000]); // the rest is left unread
            TemporaryFiles().Should().BeSubsetOf(temporary);
        }).Invoke(context, db, scope.ServiceProvider.GetRequiredService<IClock>());

        var record = await db.IdempotencyRecords.AsNoTracking().SingleAsync(r => r.Key == key);
        record.RequestHash.Should().Be(await IdempotencyMiddleware.HashOf(Request("/api/v1/volumes:import", body).Request, CancellationToken.None));

        static string[] TemporaryFiles() => Directory.GetFiles(Path.GetTempPath(), "ASPNETCORE_*");
    }

    [Test]
    public async Task Sweep_ForgetsWhatIsOlderThanTwoDays()
    {
        await using var scope = Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        foreach (var hours in new[] { 47, 49 })
        {
            db.IdempotencyRecords.Add(new IdempotencyRecord
            {
                Key = $"old {hours}",
                ApiKeyId = Guid.CreateVersion7(),
                RequestHash = "x",
                Status = 201,
                CreatedAt = Now() - Duration.FromHours(hours),
            });
        }

        await db.SaveChangesAsync();
        var sweeper = Server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<IdempotencySweeper>().Single();

        (await sweeper.Sweep(CancellationToken.None)).Should().Be(1);

        (await db.IdempotencyRecords.Where(r => r.Key.StartsWith("old ")).Select(r => r.Key).ToListAsync()).Should().Equal("old 47");
    }

    private static DefaultHttpContext Request(string path, string body) => new()
    {
        Request = { Method = "POST", Path = path, ContentType = "application/json; charset=utf-8", Body = new MemoryStream(Encoding.UTF8.GetBytes(body)) },
    };

    private Instant Now() => Server.Services.GetRequiredService<IClock>().GetCurrentInstant();

    private static async Task<Guid> AdminId(WfmDbContext db)
    {
        var hash = ApiKeys.Hash(WfmServer.AdminKey);
        return await db.ApiKeys.Where(k => k.Hash == hash).Select(k => k.Id).SingleAsync();
    }
}
