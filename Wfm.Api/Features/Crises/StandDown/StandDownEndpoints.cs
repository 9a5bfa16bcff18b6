using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using NodaTime;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Crises.StandDown;

/// <summary>How people are let go after a crisis.</summary>
public sealed record StandDownRequest
{
    /// <summary>Steps in which they go, 1 to 24; who has given most goes first.</summary>
    [Range(1, 24)]
    public int Steps { get; init; } = 3;

    /// <summary>Hours from one step to the next, 0 to 72.</summary>
    [Range(0, 72)]
    public double HoursBetween { get; init; } = 4;

    /// <summary>Why; people read it in the record.</summary>
    [Required, StringLength(500)]
    public string Reason { get; init; } = "";
}

internal static class StandDownEndpoints
{
    public static void MapStandDown(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/crises/{id:guid}").WithTags("Crises");
        routes.MapPost("/api/v1/crises/{id:guid}:stand-down", StandDown).WithTags("Crises").WithName("StandDownCrisis").WithSummary(
                "Begins to let people go: who goes in which step, and how much rest each is owed. The crisis is closing; no roster changes yet, and it can be "
                    + "said again before the first step is done.")
            .Requires(Permission.DeclareCrises).WithExample(new StandDownRequest { Reason = "Reports are back to twice the usual, and falling." })
            .WithMetadata(new NeedsIfMatch());
        group.MapPost("/stand-down/steps/{number}:release", Release).WithName("ReleaseCrisisStep").WithSummary(
                "Lets the people of a step go: gives back the days ahead that the crisis changed, and puts the rest that they are owed into the roster. What "
                    + "a rule stands against is told, and stays owed.")
            .Requires(Permission.DeclareCrises);
    }

    /// <param name="id">Identity of the crisis.</param>
    private static async Task<CrisisResponse> StandDown(
        Guid id, StandDownRequest request, WfmDbContext db, StandDownDesk desk, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        findings.ThrowIfAny();
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        crisis.DemandOpen();
        if (crisis.StandDown?.Steps.FirstOrDefault(s => s.DoneAt is not null) is { } done)
        {
            throw ProblemException.Conflict($"People are on their way: step {done.Number} was done at {done.DoneAt} by {done.DoneBy}.");
        }

        http.Request.CheckIfMatch(ETags.Of(crisis.Id, crisis.Version));
        var by = user.KeyName();
        crisis.StandDown = await desk.Plan(crisis, request.Steps, Duration.FromHours(request.HoursBetween), by, request.Reason, cancellationToken);
        crisis.Enter(clock.GetCurrentInstant(), by, $"Stood down in {crisis.StandDown.Steps.Count} steps.", request.Reason);
        await db.SaveChangesAsync(cancellationToken);
        http.Response.Headers.ETag = ETags.Of(crisis.Id, crisis.Version);
        return CrisisResponse.Of(crisis, clock.GetCurrentInstant());
    }

    /// <param name="id">Identity of the crisis.</param>
    /// <param name="number">Number of the step.</param>
    private static async Task<StandDownStep> Release(
        Guid id, int number, WfmDbContext db, StandDownDesk desk, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var crisis = await db.FindCrisis(id, user, cancellationToken);
        crisis.Hubs.ForEach(h => user.DemandHub(h.Hub!.Code));
        crisis.DemandOpen();
        db.ChangeTracker.Clear();
        return await desk.Release(id, number, user.KeyName(), cancellationToken);
    }
}
