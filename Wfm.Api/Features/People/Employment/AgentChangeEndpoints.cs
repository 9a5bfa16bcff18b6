using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.People.Employment;

internal static class AgentChangeEndpoints
{
    public static void MapAgentChanges(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/agents:changes", Change).WithName("ChangeAgents").WithTags("Agents")
            .WithSummary("Takes over a file of changes of a personnel system: who joined, left, moved, has another contract from a date; JSON, NDJSON or CSV.")
            .WithDescription(
                "Only columns that are there change anything, and of those only cells that are filled; #NULL (in JSON null) empties joined, left, skills and "
                    + "availability. The report has every row with what was before and after, and published shifts that a change leaves behind. At most "
                    + "20,000 rows; with dryRun=true nothing is stored.")
            .Requires(Permission.WritePeople).WithRows<AgentChangeRequest>(Example, AgentChange.ExampleText);

    /// <summary>Members that are null would empty something: what is not said is left out.</summary>
    private static object Example(LocalDate today) => new { code = "dub-001", contract = "dub-part", contractFrom = today.PlusDays(60) };

    /// <param name="dryRun">True tries the rows and stores nothing.</param>
    private static async Task<Ok<RowReport>> Change(
        WfmDbContext db, ShiftsInForce inForce, ClaimsPrincipal user, IClock clock, HttpRequest request, CancellationToken cancellationToken,
        bool dryRun = false)
    {
        var rows = await ImportRows.Whole(request, AgentChange.Csv, cancellationToken);
        return TypedResults.Ok(await new AgentChanges(db, inForce, user, clock).Run(rows, dryRun, cancellationToken));
    }
}
