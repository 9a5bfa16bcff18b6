using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Today.Feeds;

/// <summary>What other systems tell of the floor during the day.</summary>
internal static class FeedEndpoints
{
    private static readonly BacklogRow Open = new() { Hub = "dub", Queue = "hate-speech-en", At = "2026-10-05T11:45", OldestMinutes = 60, Contacts = 42 };

    private static readonly ServedRow Served = new()
    {
        Hub = "dub",
        Queue = "creator-chat-en",
        IntervalStart = "2026-10-05T11:00",
        Answered = 118,
        AnsweredInTime = 101,
        Abandoned = 4,
    };

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/backlog:import", ImportBacklog).WithName("ImportBacklog").WithTags("Today").WithSummary(
                "Stores snapshots of open contacts by queue and age, from JSON, NDJSON or CSV, with a report row by row; late and repeated rows are welcome, "
                    + "sending it again changes nothing. Deleted after Wfm:Keep:FloorDays.")
            .Requires(Permission.WriteVolumes).Accepts<List<BacklogRow>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(ImportRows.MaximumBytes)).WithExample(new[] { Open })
            .WithTextExample(ImportRows.Csv, BacklogImport.Example).WithTextExample(ImportRows.LineJson, Line(Open));
        routes.MapPost("/api/v1/served:import", ImportServed).WithName("ImportServed").WithTags("Today").WithSummary(
                "Stores contacts answered, and answered in time, by queue and interval, from JSON, NDJSON or CSV, with a report row by row; late and repeated "
                    + "rows are welcome, sending it again changes nothing. Deleted after Wfm:Keep:FloorDays.")
            .Requires(Permission.WriteVolumes).Accepts<List<ServedRow>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(ImportRows.MaximumBytes)).WithExample(new[] { Served })
            .WithTextExample(ImportRows.Csv, ServedImport.Example).WithTextExample(ImportRows.LineJson, Line(Served));
    }

    private static async Task<Ok<ImportReport>> ImportBacklog(
        WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await new BacklogImport(db, user).Run(ImportRows.Read(request, BacklogImport.Csv, cancellationToken), cancellationToken));

    private static async Task<Ok<ImportReport>> ImportServed(
        WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await new ServedImport(db, user).Run(ImportRows.Read(request, ServedImport.Csv, cancellationToken), cancellationToken));

    private static string Line<T>(T row) => JsonSerializer.Serialize(row, RequestJson.Options) + "\n";
}
