using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Auditing;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Platform.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1").WithTags("Audit");
        group.MapGet("/audit", List).WithName("ListAudit").WithSummary("Rows of the audit, newest first; looking is written down too.")
            .Requires(Permission.ReadAudit);
        group.MapGet("/audit:export", Export).WithName("ExportAudit")
            .WithSummary("Rows of the audit as a file, oldest first, with all that their hashes are made of.")
            .Requires(Permission.ReadAudit).WithExample(path: ("format", "ndjson"));
    }

    /// <param name="from">No row before this instant.</param>
    /// <param name="to">No row at or after this instant.</param>
    /// <param name="key">Only what this key, or person of a token, did.</param>
    /// <param name="kind">Only rows that tell this.</param>
    /// <param name="operation">Only this operation, as this document names it.</param>
    /// <param name="trace">Only the request with this trace.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<AuditResponse>>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, QueryInstant? from = null, QueryInstant? to = null, Guid? key = null,
        QueryEnum<AuditKind>? kind = null, string? operation = null, string? trace = null, int? limit = null, string? after = null)
    {
        user.DemandAllHubs("read what was done at all hubs");
        var take = Paging.Limit(limit);
        var rows = Within(db, from, to, key);
        if (kind is { Value: var asked })
        {
            rows = rows.Where(e => e.Kind == asked);
        }

        if (operation is not null)
        {
            rows = rows.Where(e => e.Operation == operation);
        }

        if (trace is not null)
        {
            rows = rows.Where(e => e.TraceId == trace);
        }

        if (Paging.Key(after) is { } cursor)
        {
            var last = long.TryParse(cursor, out var number) ? number
                : throw ProblemException.Semantic("after", $"after must be the next of an earlier page, '{after}' is not.");
            rows = rows.Where(e => e.Number < last);
        }

        var page = await rows.OrderByDescending(e => e.Number).Take(take + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage(take, e => e.Number.ToString(), AuditResponse.From));
    }

    /// <param name="format">CSV or a JSON object a line.</param>
    /// <param name="from">No row before this instant.</param>
    /// <param name="to">No row at or after this instant.</param>
    /// <param name="key">Only what this key, or person of a token, did.</param>
    private static AuditExport Export(
        WfmDbContext db, ClaimsPrincipal user, QueryEnum<AuditFormat> format, QueryInstant? from = null, QueryInstant? to = null, Guid? key = null)
    {
        user.DemandAllHubs("read what was done at all hubs");
        return new AuditExport(Within(db, from, to, key).OrderBy(e => e.Number).AsAsyncEnumerable(), format.Value);
    }

    private static IQueryable<AuditEntry> Within(WfmDbContext db, QueryInstant? from, QueryInstant? to, Guid? key)
    {
        var rows = db.AuditEntries.AsNoTracking();
        if (from is { Value: var first })
        {
            rows = rows.Where(e => e.At >= first);
        }

        if (to is { Value: var end })
        {
            rows = rows.Where(e => e.At < end);
        }

        return key is null ? rows : rows.Where(e => e.KeyId == key);
    }
}
