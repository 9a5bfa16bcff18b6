using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.People.Me;
using Wfm.Api.Features.People.TimeOff.Balances;
using Wfm.Api.Features.People.TimeOff.Requests;
using Wfm.Api.Http;
using Wfm.Api.Jobs;
using Wfm.Api.OpenApi;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.TimeOff;

/// <summary>One's own requests for leave and balances.</summary>
internal static class MyLeave
{
    private const string Path = "/api/v1/me/time-off-requests";

    public static void MapMyLeave(this IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/v1/me").WithTags("Me");
        me.MapGet("/balances", Balances).WithName("ListMyBalances").WithSummary("One's own balances of leave on a date, in order of type.")
            .Requires(Permission.UseMe);
        me.MapGet("/time-off-requests", List).WithName("ListMyTimeOffRequests").WithSummary("One's own requests for leave, newest first.")
            .Requires(Permission.UseMe);
        me.MapGet("/time-off-requests/{id:guid}", Get).WithName("GetMyTimeOffRequest").WithSummary("Reads one of one's own requests for leave.")
            .Requires(Permission.UseMe);
        me.MapPost("/time-off-requests", Ask).WithName("CreateMyTimeOffRequest").WithSummary(
                "Asks for leave for oneself; the answer says which rule decided, with its numbers.")
            .Requires(Permission.UseMe).WithDatedExample(today => new OperationExample(
                new AskLeaveRequest { Type = "annual", From = today.PlusDays(90), Note = "A birthday." }, []));
        me.MapPost("/time-off-requests/{id:guid}:withdraw", Withdraw).WithName("WithdrawMyTimeOffRequest")
            .WithSummary("Takes back one's own request that is not decided.").Requires(Permission.UseMe)
            .WithExample(new TakeBackLeaveRequest { Reason = "Plans have changed." });
        me.MapPost("/time-off-requests/{id:guid}:cancel", Cancel).WithName("CancelMyTimeOffRequest")
            .WithSummary("Gives one's own granted leave back, all of it before it begins or its days from a date on.").Requires(Permission.UseMe)
            .WithExample(new TakeBackLeaveRequest { Reason = "Plans have changed." });
    }

    /// <param name="on">Local date; today when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<BalanceResponse>>> Balances(
        MeCall me, BalanceBook book, IClock clock, QueryDate? on = null, int? limit = null, string? after = null) => TypedResults.Ok(
        await BalanceEndpoints.PageOf(me.Person, hidden: true, me.Db, book, clock, on?.Value, limit, after, me.Cancelled));

    /// <param name="state">Only requests in this state.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<LeaveRequestResponse>>> List(
        MeCall me, LeaveReading reading, QueryEnum<LeaveState>? state = null, int? limit = null, string? after = null) => TypedResults.Ok(
        await LeaveRequestEndpoints.OfAgent(me.Person, seesReasons: true, me.Db, reading, state?.Value, limit, after, me.Cancelled));

    private static Task<Created<LeaveRequestResponse>> Ask(
        AskLeaveRequest request, MeCall me, LeaveDesk desk, LeaveReading reading, IClock clock, HttpResponse response, Findings findings) =>
        LeaveRequestEndpoints.AskFor(me.Person, request, Path, me.User, me.Db, desk, reading, clock, response, findings, me.Cancelled);

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Get(Guid id, MeCall me, LeaveReading reading, HttpResponse response)
    {
        await Demand(id, me);
        var request = await me.Db.LeaveRequests.AsNoTracking().SingleAsync(r => r.Id == id, me.Cancelled);
        return await LeaveRequestEndpoints.Answer(request, reading, seesReasons: true, response, me.Cancelled);
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Withdraw(
        Guid id, TakeBackLeaveRequest request, MeCall me, LeaveDesk desk, LeaveReading reading, HttpResponse response, Findings findings)
    {
        await Demand(id, me);
        findings.Require(request.From is null, "/from", request.From, "A request is withdrawn whole; only granted leave is cancelled in part.");
        findings.ThrowIfAny();
        var withdrawn = await desk.Withdraw(id, request.Reason, JobOwner.Of(me.User), me.Cancelled);
        return await LeaveRequestEndpoints.Answer(withdrawn, reading, seesReasons: true, response, me.Cancelled);
    }

    /// <param name="id">Id of the request.</param>
    private static async Task<Ok<LeaveRequestResponse>> Cancel(
        Guid id, TakeBackLeaveRequest request, MeCall me, LeaveDesk desk, LeaveReading reading, HttpResponse response)
    {
        await Demand(id, me);
        var cancelled = await desk.Cancel(id, request.From, request.Reason, JobOwner.Of(me.User), me.Cancelled);
        return await LeaveRequestEndpoints.Answer(cancelled, reading, seesReasons: true, response, me.Cancelled);
    }

    /// <summary>404 for what is not one's own: nobody learns what others have asked for.</summary>
    private static async Task Demand(Guid id, MeCall me)
    {
        if (!await me.Db.LeaveRequests.AnyAsync(r => r.Id == id && r.AgentId == me.Person.Id, me.Cancelled))
        {
            throw ProblemException.NotFound("request for leave of yours with id", id.ToString());
        }
    }
}
