using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.LeaveTypes;
using Wfm.Api.Features.Setup;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Leave;

namespace Wfm.Api.Features.People.TimeOff.Limits;

internal sealed class LeaveAllowanceEndpoints()
    : SetupResource<LeaveAllowance, LeaveAllowanceRequest, LeaveAllowanceResponse>("leave allowance")
{
    private static readonly LeaveAllowanceRequest Weekdays = new()
    {
        Code = "dub-weekdays",
        Hub = "dub",
        Days = [.. Enumerable.Range(1, 5).Select(day => (IsoDayOfWeek)day)],
        Measure = AllowanceMeasure.Heads,
        Limit = 8,
    };

    protected override Permission Reading => Permission.ReadPeople;

    protected override Permission Writing => LeavePermissions.Deciding;

    protected override SetupSummaries Summaries => new(
        Replace: "Replaces an allowance; leave that is granted stays.",
        Delete: "Deletes an allowance; its days are limited by coverage alone, or by the allowances left.");

    protected override (LeaveAllowanceRequest New, LeaveAllowanceRequest Known) Examples => (Weekdays, Weekdays);

    protected override Delegate Listing => List;

    protected override IQueryable<LeaveAllowance> All(WfmDbContext db) => db.LeaveAllowances.Include(a => a.Hub);

    protected override string HubOf(LeaveAllowanceRequest request) => request.Hub;

    protected override string HubOf(LeaveAllowance entity) => entity.Hub!.Code;

    protected override LeaveAllowanceResponse Answer(LeaveAllowance entity) => LeaveAllowanceResponse.Of(entity);

    protected override LeaveAllowance Make(LeaveAllowanceRequest request) => new() { Code = request.Code };

    protected override async Task<Action<LeaveAllowance>> Check(LeaveAllowanceRequest request, LeaveAllowance? current, SetupCall call, Findings findings)
    {
        var hub = await call.Db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, call.Cancelled);
        findings.Require(hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        findings.Require(
            request.Group is null || await call.Db.Queues.AnyAsync(q => q.SkillGroup == request.Group, call.Cancelled), "/group", request.Group,
            $"No queue has the skill group '{request.Group}'.");
        findings.Require(
            !(request.To < request.From), "/to", request.To, $"The last date {request.To:uuuu-MM-dd} is before the first {request.From:uuuu-MM-dd}.");
        findings.Require(
            request.Measure is null or AllowanceMeasure.Coverage || request.Limit is not null, "/limit", null, "Hours and heads need a limit.");
        findings.Require(
            request.Measure != AllowanceMeasure.Coverage || request.Limit is null, "/limit", request.Limit, "Coverage sets no number; leave the limit out.");
        ReferenceLists.CheckDistinct(findings, "/days", request.Days);
        var types = await call.Db.LeaveTypes.Select(t => t.Code).ToListAsync(call.Cancelled);
        ReferenceLists.CheckKnown(findings, "/types", request.Types, types, "leave type");
        return allowance =>
        {
            (allowance.HubId, allowance.Group, allowance.From, allowance.To) = (hub!.Id, request.Group, request.From, request.To);
            (allowance.Days, allowance.Measure, allowance.Limit) = (request.Days, request.Measure!.Value, request.Limit ?? 0);
            allowance.Types = request.Types;
        };
    }

    /// <param name="hub">Only allowances of this hub.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private Task<Ok<Page<LeaveAllowanceResponse>>> List(SetupCall call, string? hub = null, int? limit = null, string? after = null) =>
        PageOf(All(call.Db).Where(a => hub == null || a.Hub!.Code == hub), limit, after, LeaveAllowanceResponse.Of, call.Cancelled);
}
