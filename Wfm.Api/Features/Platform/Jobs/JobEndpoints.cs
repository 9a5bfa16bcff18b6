using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Nights;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/jobs").WithTags("Jobs").WithNotModified();
        group.MapGet("/", List).WithName("ListJobs").WithSummary("Lists jobs, newest first.").Requires(Permission.ReadJobs);
        group.MapGet("/{id:guid}", Get).WithName("GetJob").WithSummary("Reads a job with the steps of its chain.").Requires(Permission.ReadJobs);
        group.MapDelete("/{id:guid}", Cancel).WithName("CancelJob").WithSummary("Asks a job to stop: a queued one at once, a running one at its next step.")
            .Requires(Permission.CancelJobs).WithMetadata(new NoIfMatch());
        group.MapGet("/{id:guid}/events", Follow).WithName("FollowJob").WithSummary("Streams the progress of a job as server-sent events until it has ended.")
            .Requires(Permission.ReadJobs).Produces<JobResponse>(StatusCodes.Status200OK, "text/event-stream");
        group.MapNights();
        group.MapPost("/nightly", RunNightly).WithName("RunNightly")
            .WithSummary("Runs the nightly chain of a hub now; answers the one that runs already, if any.").Requires(Permission.WritePlans)
            .WithExample(new NightlyRequest { Hub = "dub" });
    }

    /// <param name="state">Only jobs in this state.</param>
    /// <param name="kind">Only jobs of this kind.</param>
    /// <param name="hub">Only jobs of this hub.</param>
    /// <param name="parent">Only steps of this chain.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<JobResponse>>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, QueryEnum<JobState>? state = null, string? kind = null, string? hub = null,
        Guid? parent = null, int? limit = null, string? after = null)
    {
        var (take, only) = (Paging.Limit(limit), state?.Value);
        var hubs = await db.Hubs.ToDictionaryAsync(h => h.Id, h => h.Code, cancellationToken);
        var jobs = db.Jobs.AsNoTracking()
            .Where(j => (only == null || j.State == only) && (kind == null || j.Kind == kind) && (parent == null || j.ParentId == parent));
        if (hub is not null)
        {
            user.DemandHub(hub);
            var id = (await db.Hubs.AsNoTracking().ByCode("hub", hub, cancellationToken)).Id;
            jobs = jobs.Where(j => j.HubId == id);
        }

        if (user.HubScope() is { } scope)
        {
            var mine = hubs.Where(h => scope.Contains(h.Value)).Select(h => h.Key).ToList();
            jobs = jobs.Where(j => j.HubId == null || mine.Contains(j.HubId.Value));
        }

        if (Paging.Key(after) is { } key)
        {
            var last = Guid.TryParse(key, out var id)
                ? id
                : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
            jobs = jobs.Where(j => j.Id < last);
        }

        var page = await jobs.OrderByDescending(j => j.Id).Take(take + 1).ToListAsync(cancellationToken); // ids are in order of time
        return TypedResults.Ok(page.ToPage(take, j => j.Id.ToString(), j => JobResponse.From(j, HubOf(j, hubs))));
    }

    /// <param name="id">Id of the job.</param>
    private static async Task<Ok<JobDetailResponse>> Get(
        Guid id, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var (job, hub) = await Find(id, db, user, cancellationToken);
        var children = await db.Jobs.AsNoTracking().Where(j => j.ParentId == id).OrderBy(j => j.Id).ToListAsync(cancellationToken);
        var answer = new JobDetailResponse(JobResponse.From(job, hub), [.. children.Select(c => JobResponse.From(c, hub))]);
        response.Headers.ETag = $"\"{HashOf(answer)}\""; // progress is written without counting the version up
        return TypedResults.Ok(answer);
    }

    /// <param name="id">Id of the job.</param>
    private static async Task<Accepted<JobResponse>> Cancel(
        Guid id, WfmDbContext db, JobMessages messages, IClock clock, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var (_, hub) = await Find(id, db, user, cancellationToken);
        if (!await db.Jobs.Where(j => j.Id == id).Cancel(clock.GetCurrentInstant(), cancellationToken))
        {
            var (ended, _) = await Find(id, db, user, cancellationToken);
            throw ProblemException.Conflict($"Job '{id}' has ended already: {ended.State.ToString().ToLowerInvariant()}.");
        }

        var (job, _) = await Find(id, db, user, cancellationToken);
        if (job is { State: JobState.Cancelled, MessageId: { } message })
        {
            messages.Drop(message); // a running one drops its message when it ends
        }

        return TypedResults.Accepted($"/api/v1/jobs/{id}", JobResponse.From(job, hub));
    }

    /// <param name="id">Id of the job.</param>
    private static async Task<ServerSentEventsResult<JobResponse>> Follow(
        Guid id, WfmDbContext db, ClaimsPrincipal user, TimeProvider time, IClock clock, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var (job, hub) = await Find(id, db, user, cancellationToken);
        return TypedResults.ServerSentEvents(
            JobEvents.Follow(
                job, hub, db, time, () => db.StillAllows(user, Permission.ReadJobs, clock.GetCurrentInstant(), cancellationToken),
                lifetime.ApplicationStopping));
    }

    private static async Task<Accepted<JobResponse>> RunNightly(
        NightlyRequest request, WfmDbContext db, JobQueue jobs, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        user.DemandHub(request.Hub);
        var hub = await db.Hubs.AsNoTracking().SingleOrDefaultAsync(h => h.Code == request.Hub, cancellationToken)
            ?? throw ProblemException.Semantic("/hub", $"There is no hub '{request.Hub}'.");
        var running = await db.Jobs.AsNoTracking().Where(j => j.HubId == hub.Id && j.ParentId == null && j.Kind == NightlyChain.Kind)
            .FirstOrDefaultAsync(j => j.State == JobState.Queued || j.State == JobState.Running, cancellationToken); // the night's own, or one asked for before
        var job = running ?? await jobs.Submit<NightlyChain>(new NightlyChainArguments(), hub.Id, JobOwner.Of(user), $"nightly:{hub.Code}", cancellationToken);
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", JobResponse.From(job, hub.Code));
    }

    private static async Task<(Job Job, string? Hub)> Find(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var job =
            await db.Jobs.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id, cancellationToken) ?? throw ProblemException.NotFound("job", id.ToString());
        var hub = job.HubId is { } hubId ? await db.Hubs.Where(h => h.Id == hubId).Select(h => h.Code).SingleOrDefaultAsync(cancellationToken) : null;
        if (hub is not null)
        {
            user.DemandHub(hub);
        }

        return (job, hub);
    }

    private static string? HubOf(Job job, Dictionary<Guid, string> hubs) => job.HubId is { } id ? hubs.GetValueOrDefault(id) : null;

    private static string HashOf(JobDetailResponse answer) =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(answer, RequestJson.Options))
        )[..16];
}
