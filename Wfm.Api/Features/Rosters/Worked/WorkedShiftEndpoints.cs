using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Rosters.Worked;

internal static class WorkedShiftEndpoints
{
    private const long MaximumBytes = 100 * 1024 * 1024;

    private static readonly WorkedShiftRequest Example = new()
    {
        Agent = "dub-001",
        Start = "2026-10-05T08:00",
        End = "2026-10-05T16:30",
        PaidMinutes = 480,
    };

    public static void MapWorkedShifts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/worked-shifts:import", Import).WithName("ImportWorkedShifts").WithTags("Rosters").WithSummary(
                "Stores shifts worked before rosters were published here, from JSON, NDJSON or CSV, with a report row by row; sending it again changes nothing."
            )
            .Requires(Permission.WritePeople).Accepts<List<WorkedShiftRequest>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes)).WithExample(new[] { Example }).WithTextExample(ImportRows.Csv, WorkedShiftRows.Example)
            .WithTextExample(ImportRows.LineJson, System.Text.Json.JsonSerializer.Serialize(Example, RequestJson.Options) + "\n");
        var group = routes.MapGroup("/api/v1/worked-shifts").WithTags("Rosters");
        group.MapGet("", List).WithName("ListWorkedShifts")
            .WithSummary("Imported shifts in order of start; they count where no published roster covers the day.").Requires(Permission.ReadRosters);
        group.MapDelete("/{id:guid}", Delete).WithName("DeleteWorkedShift").WithSummary("Deletes an imported shift.").Requires(Permission.WritePeople)
            .WithMetadata(new NoIfMatch());
    }

    private static async Task<Ok<ImportReport>> Import(WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await new WorkedShiftImport(db, user).Run(ImportRows.Read(request, WorkedShiftRows.Csv, cancellationToken), cancellationToken));

    /// <param name="hub">Only shifts worked at this hub.</param>
    /// <param name="agent">Only those of this agent.</param>
    /// <param name="from">First local day.</param>
    /// <param name="to">Last local day, inclusive.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Page<WorkedShiftResponse>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, string? agent = null, QueryDate? from = null,
        QueryDate? to = null, int? limit = null, string? after = null)
    {
        var take = Paging.Limit(limit);
        var hubs = await db.HubsFor(hub, user, cancellationToken);
        if (agent is not null && !await db.Agents.AnyAsync(a => a.Code == agent, cancellationToken))
        {
            throw ProblemException.Semantic("agent", $"There is no agent '{agent}'.");
        }

        var ids = hubs.Keys.ToArray();
        var (onwards, earlier, lastId) = StartCursor.Read(after) is { } cursor ? (true, cursor.Start, cursor.Id) : (false, default(Instant), default(Guid));
        LocalDate? first = from?.Value,
            last = to?.Value;
        var found = await db.WorkedShifts.AsNoTracking().Include(s => s.Agent).Where(s =>
                ids.Contains(s.HubId) && (agent == null || s.Agent!.Code == agent) && (first == null || s.Date >= first) && (last == null || s.Date <= last))
            .Where(s => !onwards || s.Start > earlier || (s.Start == earlier && s.Id > lastId)).OrderBy(s => s.Start).ThenBy(s => s.Id).Take(take + 1)
            .ToListAsync(cancellationToken);
        return found.ToPage(take, s => StartCursor.Key(s.Start, s.Id), s => WorkedShiftResponse.From(s, hubs[s.HubId].Code));
    }

    /// <param name="id">Identity of the imported shift.</param>
    private static async Task<NoContent> Delete(Guid id, WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var shift =
            await db.WorkedShifts.SingleOrDefaultAsync(s => s.Id == id, cancellationToken) ?? throw ProblemException.NotFound("worked shift", id.ToString());
        await db.HubOf(shift.HubId, user, cancellationToken);
        db.WorkedShifts.Remove(shift);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }
}
