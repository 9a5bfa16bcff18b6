using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Http;
using Wfm.Api.Security;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.People.Me;

/// <summary>Leave that one was granted.</summary>
/// <param name="Id">Id of the entry.</param>
/// <param name="Type">Code of the type of leave.</param>
/// <param name="Treatment">What it is to pay and to averages of working time.</param>
/// <param name="Start">Start, inclusive.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start on the hub's clock, ISO 8601 with offset.</param>
/// <param name="LocalEnd">End on the hub's clock, ISO 8601 with offset.</param>
/// <param name="GrantedAt">When it was granted.</param>
/// <param name="Note">What the system that granted it added; null for nothing.</param>
public sealed record MyTimeOffResponse(
    Guid Id, string Type, LeaveKind Treatment, Instant Start, Instant End, string LocalStart, string LocalEnd, Instant GrantedAt, string? Note);

internal static class MyTimeOff
{
    public static void MapMyTimeOff(this RouteGroupBuilder me) =>
        me.MapGet("/time-off", List).WithName("ListMyTimeOff").WithSummary("Leave that one was granted, in order of start.").Requires(Permission.UseMe);

    /// <param name="from">Only what ends after this instant.</param>
    /// <param name="to">Only what starts before this instant.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<MyTimeOffResponse>>> List(
        MeCall me, QueryInstant? from = null, QueryInstant? to = null, int? limit = null, string? after = null)
    {
        var (take, cursor) = (Paging.Limit(limit), StartCursor.Read(after));
        var entries = me.Db.TimeOff.AsNoTracking().Where(t => t.AgentId == me.Person.Id);
        if (from?.Value is { } start)
        {
            entries = entries.Where(t => t.End > start);
        }

        if (to?.Value is { } end)
        {
            entries = entries.Where(t => t.Start < end);
        }

        if (cursor is { } last)
        {
            entries = entries.Where(t => t.Start > last.Start || (t.Start == last.Start && t.Id > last.Id));
        }

        var page = await entries.OrderBy(t => t.Start).ThenBy(t => t.Id).Take(take + 1).ToListAsync(me.Cancelled);
        return TypedResults.Ok(page.ToPage(take, t => StartCursor.Key(t.Start, t.Id), t => new MyTimeOffResponse(
            t.Id, t.Type, t.Kind, t.Start, t.End, Clocks.Local(t.Start, me.Hub), Clocks.Local(t.End, me.Hub), t.GrantedAt, t.Note)));
    }
}
