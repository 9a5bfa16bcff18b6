using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Volumes;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Crises.Record;

internal static class CrisisRecordEndpoints
{
    public static void MapCrisisRecord(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/crises/{id:guid}/record", Get).WithTags("Crises").WithName("GetCrisisRecord").WithSummary(
                "The record of a crisis: decisions with time and person, figures before and after, exposure, waivers, rest owed. JSON, or the decisions as "
                    + "CSV. A key of some hubs sees theirs.")
            .Requires(Permission.ReadRosters);

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="format">json or csv; by Accept when left out.</param>
    private static async Task<Results<Ok<CrisisRecordResponse>, CrisisRecordCsv>> Get(
        Guid id, WfmDbContext db, CrisisRecords records, ClaimsPrincipal user, IClock clock, HttpRequest request, CancellationToken cancellationToken,
        string? format = null)
    {
        var wantsCsv = VolumeEndpoints.WantsCsv(format, request);
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        var hubs = crisis.Hubs.Select(h => h.Hub!.Code).Where(user.MayTouch).ToHashSet(StringComparer.Ordinal);
        var record = await records.Of(crisis, hubs, clock.GetCurrentInstant(), cancellationToken);
        return wantsCsv ? new CrisisRecordCsv(record.Decisions) : TypedResults.Ok(record);
    }
}
