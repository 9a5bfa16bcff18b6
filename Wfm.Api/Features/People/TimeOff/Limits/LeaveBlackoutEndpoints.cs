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

namespace Wfm.Api.Features.People.TimeOff.Limits;

internal sealed class LeaveBlackoutEndpoints() : SetupResource<LeaveBlackout, LeaveBlackoutRequest, LeaveBlackoutResponse>("leave blackout")
{
    private static readonly LeaveBlackoutRequest Election = new()
    {
        Code = "dub-election-2029",
        Hub = "dub",
        From = new LocalDate(2029, 6, 4),
        To = new LocalDate(2029, 6, 10),
        Reason = "European elections: everybody is needed.",
    };

    protected override Permission Reading => Permission.ReadPeople;

    protected override Permission Writing => LeavePermissions.Deciding;

    protected override SetupSummaries Summaries => new(
        Replace: "Replaces a blackout; leave that is granted stays.",
        Delete: "Deletes a blackout.");

    protected override (LeaveBlackoutRequest New, LeaveBlackoutRequest Known) Examples => (Election, Election);

    protected override Delegate Listing => List;

    protected override IQueryable<LeaveBlackout> All(WfmDbContext db) => db.LeaveBlackouts.Include(b => b.Hub);

    protected override string? HubOf(LeaveBlackoutRequest request) => request.Hub;

    protected override string? HubOf(LeaveBlackout entity) => entity.Hub?.Code;

    protected override LeaveBlackoutResponse Answer(LeaveBlackout entity) => LeaveBlackoutResponse.Of(entity);

    protected override LeaveBlackout Make(LeaveBlackoutRequest request) => new() { Code = request.Code, Reason = request.Reason };

    protected override async Task<Action<LeaveBlackout>> Check(LeaveBlackoutRequest request, LeaveBlackout? current, SetupCall call, Findings findings)
    {
        var hub = await call.Db.Hubs.SingleOrDefaultAsync(h => h.Code == request.Hub, call.Cancelled);
        findings.Require(request.Hub is null || hub is not null, "/hub", request.Hub, $"There is no hub '{request.Hub}'.");
        findings.Require(
            !(request.To < request.From), "/to", request.To, $"The last date {request.To:uuuu-MM-dd} is before the first {request.From:uuuu-MM-dd}.");
        var groups = await call.Db.Queues.Select(q => q.SkillGroup).Distinct().ToListAsync(call.Cancelled);
        ReferenceLists.CheckKnown(findings, "/groups", request.Groups, groups, "skill group");
        var types = await call.Db.LeaveTypes.Select(t => t.Code).ToListAsync(call.Cancelled);
        ReferenceLists.CheckKnown(findings, "/types", request.Types, types, "leave type");
        return blackout =>
        {
            (blackout.HubId, blackout.Groups, blackout.From, blackout.To) = (hub?.Id, request.Groups, request.From!.Value, request.To!.Value);
            (blackout.Reason, blackout.Types) = (request.Reason, request.Types);
        };
    }

    /// <param name="hub">Only what this hub keeps: its own and those of every hub.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private Task<Ok<Page<LeaveBlackoutResponse>>> List(SetupCall call, string? hub = null, int? limit = null, string? after = null) =>
        PageOf(All(call.Db).Where(b => hub == null || b.HubId == null || b.Hub!.Code == hub), limit, after, LeaveBlackoutResponse.Of, call.Cancelled);
}
