using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Volumes.Storage;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Queues;

internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/queues").WithTags("Queues").WithNotModified();
        group.MapGet("/", List).WithName("ListQueues").WithSummary("Lists queues in order of code.").Requires(Permission.ReadSetup);
        group.MapGet("/{code}", Get).WithName("GetQueue").WithSummary("Reads a queue.").Requires(Permission.ReadSetup).WithExample(path: ("code", "hate-speech-en"));
        group.MapPost("/", Create).WithName("CreateQueue").WithSummary("Creates a queue.").Requires(Permission.WriteSetup).WithExample(QueueExamples.Billing);
        group.MapPut("/{code}", Replace).WithName("ReplaceQueue").WithSummary("Replaces a queue; the next requirement uses it.")
            .Requires(Permission.WriteSetup).WithExample(QueueExamples.HateSpeech, ("code", "hate-speech-en"));
        group.MapDelete("/{code}", Delete).WithName("DeleteQueue").WithSummary("Deletes a queue that nothing refers to.")
            .Requires(Permission.WriteSetup).WithExample(path: ("code", "hate-speech-en"));
    }

    /// <param name="kind">Only immediate or only deferrable work.</param>
    /// <param name="skillGroup">Only queues this skill group covers.</param>
    /// <param name="language">Only queues in this language, a BCP 47 tag.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<QueueResponse>>> List(
        WfmDbContext db, CancellationToken cancellationToken, QueryEnum<WorkKind>? kind = null, string? skillGroup = null, string? language = null,
        int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var only = kind?.Value;
        var queues = db.Queues.Where(q => (only == null || q.Kind == only) && (skillGroup == null || q.SkillGroup == skillGroup) && (language == null || q.Language == language));
        return TypedResults.Ok((await queues.PageByCode(after, take, cancellationToken)).ToPage(take, q => q.Code, QueueResponse.From));
    }

    /// <param name="code">Code of the queue.</param>
    private static async Task<Ok<QueueResponse>> Get(string code, WfmDbContext db, HttpResponse response, CancellationToken cancellationToken)
    {
        var queue = await db.Queues.AsNoTracking().ByCode("queue", code, cancellationToken);
        response.SetETag(queue);
        return TypedResults.Ok(QueueResponse.From(queue));
    }

    private static async Task<Created<QueueResponse>> Create(
        QueueRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        await db.Queues.MustBeFree("queue", request.Code, cancellationToken);
        QueueRules.Check(request);
        var queue = new WorkQueue
        {
            Code = request.Code,
            Name = request.Name,
            Channel = request.Channel,
            Language = request.Language,
            Severity = request.Severity,
            SkillGroup = request.SkillGroup,
            UpdatedAt = clock.GetCurrentInstant(),
        };
        Apply(request, queue);
        db.Queues.Add(queue);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(queue);
        return TypedResults.Created($"/api/v1/queues/{queue.Code}", QueueResponse.From(queue));
    }

    /// <param name="code">Code of the queue.</param>
    private static async Task<Ok<QueueResponse>> Replace(
        string code, QueueRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var queue = await db.Queues.ByCode("queue", code, cancellationToken);
        http.Request.CheckIfMatch(queue);
        Codes.MustMatch(code, request.Code);
        QueueRules.Check(request);
        Apply(request, queue);
        queue.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(queue);
        return TypedResults.Ok(QueueResponse.From(queue));
    }

    /// <param name="code">Code of the queue.</param>
    private static async Task<NoContent> Delete(string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        user.DemandAllHubs();
        var queue = await db.Queues.ByCode("queue", code, cancellationToken);
        http.CheckIfMatch(queue);
        Codes.MustBeUnreferenced(
            $"Queue '{code}'",
            (await db.Series.CountAsync(s => s.QueueId == queue.Id, cancellationToken), "series of volume"),
            (await db.Events.CountAsync(e => e.QueueId == queue.Id, cancellationToken), "events"));
        db.Queues.Remove(queue);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static void Apply(QueueRequest request, WorkQueue queue)
    {
        queue.Name = request.Name;
        queue.Channel = request.Channel;
        queue.Kind = request.Kind!.Value; // validation saw to it
        queue.Language = request.Language;
        queue.Severity = request.Severity;
        queue.Priority = request.Priority;
        queue.SkillGroup = request.SkillGroup;
        queue.ExposureClass = request.ExposureClass;
        queue.Goal = request.Goal;
        queue.AhtSeconds = request.AhtSeconds;
        queue.Concurrency = request.Concurrency;
        queue.MinimumHeads = request.MinimumHeads;
    }
}
