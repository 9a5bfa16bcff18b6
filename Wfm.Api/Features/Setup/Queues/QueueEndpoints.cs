using Microsoft.AspNetCore.Http.HttpResults;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Queues;

internal sealed class QueueEndpoints() : SetupResource<WorkQueue, QueueRequest, QueueResponse>("queue")
{
    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a queue; the next requirement uses it.",
        Delete: "Deletes a queue that nothing refers to.");

    protected override (QueueRequest New, QueueRequest Known) Examples => (QueueExamples.Billing, QueueExamples.HateSpeech);

    protected override Delegate Listing => List;

    protected override string? HubOf(QueueRequest request) => null;

    protected override string? HubOf(WorkQueue entity) => null;

    protected override QueueResponse Answer(WorkQueue entity) => QueueResponse.From(entity);

    protected override WorkQueue Make(QueueRequest request) => new()
    {
        Code = request.Code,
        Name = request.Name,
        Channel = request.Channel,
        Language = request.Language,
        Severity = request.Severity,
        SkillGroup = request.SkillGroup,
    };

    protected override Task<Action<WorkQueue>> Check(QueueRequest request, WorkQueue? current, SetupCall call, Findings findings)
    {
        QueueRules.Check(request, findings);
        return Task.FromResult<Action<WorkQueue>>(queue => Apply(request, queue));
    }

    /// <param name="kind">Only immediate or only deferrable work.</param>
    /// <param name="skillGroup">Only queues this skill group covers.</param>
    /// <param name="language">Only queues in this language, a BCP 47 tag.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static Task<Ok<Page<QueueResponse>>> List(
        SetupCall call, QueryEnum<WorkKind>? kind = null, string? skillGroup = null, string? language = null, int? limit = null, string? after = null)
    {
        var only = kind?.Value;
        return PageOf(
            call.Db.Queues.Where(q =>
                (only == null || q.Kind == only) && (skillGroup == null || q.SkillGroup == skillGroup) && (language == null || q.Language == language)),
            limit, after, QueueResponse.From, call.Cancelled);
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
        queue.Routing = request.Routing;
        queue.Goal = request.Goal;
        queue.AhtSeconds = request.AhtSeconds;
        queue.Concurrency = request.Concurrency;
        queue.MinimumHeads = request.MinimumHeads;
        queue.OpeningHours = request.OpeningHours;
        queue.Closures = request.Closures;
    }
}
