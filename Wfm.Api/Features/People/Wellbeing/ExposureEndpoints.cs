using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.People.Wellbeing;

internal static class ExposureEndpoints
{
    private const long MaximumBytes = 100 * 1024 * 1024;

    private static readonly ExposureRequest Example = new()
    {
        Agent = "dub-001",
        Queue = "child-safety",
        Start = "2026-10-05T09:00",
        End = "2026-10-05T09:30",
        Minutes = 22.5,
    };

    public static void MapExposure(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/exposure:import", Import).WithName("ImportExposure").WithTags("Wellbeing").WithSummary(
                "Stores time that people spent on the content of queues, from JSON, NDJSON or CSV, with a report row by row; sending it again changes nothing. "
                    + "It is deleted after Wfm:Keep:ExposureDays.")
            .Requires(Permission.WritePeople).Accepts<List<ExposureRequest>>(ImportRows.Json, ImportRows.LineJson, ImportRows.Csv)
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes)).WithExample(new[] { Example }).WithTextExample(ImportRows.Csv, ExposureRows.Example)
            .WithTextExample(ImportRows.LineJson, System.Text.Json.JsonSerializer.Serialize(Example, RequestJson.Options) + "\n");
        var group = routes.MapGroup("/api/v1/exposure").WithTags("Wellbeing");
        group.MapGet("/people", People).WithName("ListExposureOfPeople").WithSummary(
                "What persons of a hub are planned to be exposed to and were, against each limit in force, by code. Each read is an event in the log.")
            .Requires(Permission.ReadWellbeing).WithExample(path: ("hub", "dub"));
        group.MapGet("/groups", Groups).WithName("GetExposureOfGroups")
            .WithSummary("Mean exposure of groups of at least five people with the same skills; smaller ones are kept back.")
            .Requires(Permission.ReadPeople).WithExample(path: ("hub", "dub"));
    }

    private static async Task<Ok<ImportReport>> Import(WfmDbContext db, ClaimsPrincipal user, HttpRequest request, CancellationToken cancellationToken) =>
        TypedResults.Ok(await new ExposureImport(db, user).Run(ImportRows.Read(request, ExposureRows.Csv, cancellationToken), cancellationToken));

    /// <param name="hub">Code of the hub.</param>
    /// <param name="agent">Only this agent.</param>
    /// <param name="asOf">The local day to which it is told; today when absent.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Page<PersonExposureResponse>> People(
        string hub, WfmDbContext db, ExposureBooks books, ExposureLog log, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken,
        string? agent = null, QueryDate? asOf = null, int? limit = null, string? after = null)
    {
        var (take, key) = (Paging.Limit(limit), Paging.Key(after));
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var people = (await PeopleOf(db, found, cancellationToken)).FindAll(a => agent is null || a.Code == agent);
        if (agent is not null && people.Count == 0)
        {
            throw ProblemException.Semantic("agent", $"There is no agent '{agent}' at hub '{hub}'.");
        }

        var page = people.OrderBy(a => a.Code, StringComparer.Ordinal).Where(a => key is null || string.CompareOrdinal(a.Code, key) > 0).Take(take + 1)
            .ToList();
        var told = page.Take(take).ToList();
        log.Read(user, found.Code, told.ConvertAll(a => a.Id));
        var exposure = await books.Of(found, told, Day(asOf, found, clock), cancellationToken);
        return new Page<PersonExposureResponse>(exposure, page.Count > take ? Paging.Cursor(told[^1].Code) : null);
    }

    /// <param name="hub">Code of the hub.</param>
    /// <param name="asOf">The local day to which it is told; today when absent.</param>
    private static async Task<GroupExposureResponse> Groups(
        string hub, WfmDbContext db, ExposureBooks books, ClaimsPrincipal user, IClock clock, CancellationToken cancellationToken, QueryDate? asOf = null)
    {
        var found = (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        var people = await PeopleOf(db, found, cancellationToken);
        var day = Day(asOf, found, clock);
        var groups = people.GroupBy(a => string.Join('+', a.Skills.Select(s => s.Group).Order(StringComparer.Ordinal)))
            .ToDictionary(g => g.Key, g => g.Select(a => a.Code).ToHashSet(), StringComparer.Ordinal);
        var kept = SmallGroups.KeptBack(groups.ToDictionary(g => g.Key, g => g.Value.Count));
        var told = people.FindAll(a => !kept.Any(g => groups[g].Contains(a.Code)));
        var exposure = (await books.Of(found, told, day, cancellationToken)).ToDictionary(e => e.Agent);
        return new GroupExposureResponse(
            found.Code, day, SmallGroups.FewestPeople, people.Count - told.Count,
            [
                .. groups.Where(g => !kept.Contains(g.Key)).OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => Figures(g.Key, [.. g.Value.Select(code => exposure[code])])),
            ]);
    }

    // A mean over those of whom something is known would tell of the few whom it is known of.
    private static GroupExposureFigures Figures(string group, IReadOnlyList<PersonExposureResponse> people) => new(
        group, people.Count, ExposurePeriods.Mean([.. people.Select(p => p.Planned)]),
        people.All(p => p.Actual is not null) ? ExposurePeriods.Mean([.. people.Select(p => p.Actual!)]) : null);

    private static Task<List<Agent>> PeopleOf(WfmDbContext db, Hub hub, CancellationToken cancellationToken) => db.Agents.AsNoTracking()
        .Include(a => a.Contract).Include(a => a.TimeOff).Where(a => a.HubId == hub.Id && a.Active).OrderBy(a => a.Code).AsSplitQuery()
        .ToListAsync(cancellationToken);

    private static LocalDate Day(QueryDate? asOf, Hub hub, IClock clock) => asOf?.Value ?? clock.GetCurrentInstant().InZone(hub.Zone).Date;
}
