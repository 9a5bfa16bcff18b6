using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;
using Wfm.Scheduling.Adherence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Adherence.States;

internal static class StateEndpoints
{
    private static readonly StateMappingRequest Example = new()
    {
        States =
        [
            new MappedState { State = "On a chat", Use = StateUse.Handling, Group = "live-en" },
            new MappedState { State = "Ready", Use = StateUse.Available },
            new MappedState { State = "Break", Use = StateUse.Activity, Kind = ActivityKind.Break },
            new MappedState { State = "Laptop broken", Use = StateUse.Unplanned },
            new MappedState { State = "Offline", Use = StateUse.Off },
        ],
    };

    public static void MapAgentStates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/agent-states:import", Import).WithName("ImportAgentStates").WithTags("Adherence").WithSummary(
                "Stores when people went over into which state, from JSON, NDJSON or CSV, with a report by rows. Rows may come late, twice and in any order; "
                    + "sending them again changes nothing. They are deleted after Wfm:Keep:AgentStateDays.")
            .Requires(Permission.WritePeople).WithRows<AgentStateRequest>(
                today => new AgentStateRequest { Agent = "dub-001", State = "available", Start = $"{today.PlusDays(-1):uuuu-MM-dd}T09:00:00Z" },
                today => $"agent,state,start\ndub-001,available,{today.PlusDays(-1):uuuu-MM-dd}T09:00:00Z\n");
        var mapping = routes.MapGroup("/api/v1/agent-state-mapping").WithTags("Adherence");
        mapping.MapGet("/", Get).WithName("GetAgentStateMapping")
            .WithSummary("What the states of the feed mean; the usual names at version 0 while nobody has set others.").Requires(Permission.ReadSetup);
        mapping.MapPut("/", Replace).WithName("ReplaceAgentStateMapping")
            .WithSummary("Sets what the states of the feed mean, all at once; figures of the past are told by it too.").Requires(Permission.WriteSetup)
            .WithExample(Example);
    }

    /// <param name="hub">Code of a hub whose feed is known until asOf though no row is of it.</param>
    /// <param name="asOf">Until when the feed is complete, for the hubs of the rows and the hub; the last start of rows when absent.</param>
    private static async Task<Ok<AgentStateReport>> Import(
        WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpRequest request, CancellationToken cancellationToken,
        string? hub = null, QueryInstant? asOf = null)
    {
        var found = hub is null ? null : (await db.HubsFor(hub, user, cancellationToken)).Values.Single();
        return TypedResults.Ok(await new AgentStateImport(db, user, clock).Run(
            ImportRows.Read(request, AgentStateRows.Csv, cancellationToken), found, asOf?.Value, cancellationToken));
    }

    private static async Task<StateMappingResponse> Get(WfmDbContext db, HttpResponse response, CancellationToken cancellationToken) =>
        Answer(await db.MappingInForce(cancellationToken), response);

    private static async Task<StateMappingResponse> Replace(
        StateMappingRequest request, WfmDbContext db, ClaimsPrincipal user, IClock clock, HttpContext http, Findings findings,
        CancellationToken cancellationToken)
    {
        Check(request, findings);
        findings.ThrowIfAny();
        user.DemandAllHubs();
        var mapping = await db.StateMappings.SingleOrDefaultAsync(cancellationToken);
        http.Request.CheckIfMatch(ETags.Of(StateMapping.Only, mapping?.Version ?? 0));
        if (mapping is null)
        {
            db.StateMappings.Add(mapping = new StateMapping());
        }

        (mapping.States, mapping.UpdatedAt) = (request.States, clock.GetCurrentInstant());
        mapping.Version++;
        await db.SaveChangesAsync(cancellationToken);
        return Answer(mapping, http.Response);
    }

    private static void Check(StateMappingRequest request, Findings findings)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, state) in request.States.Index())
        {
            if (state is null)
            {
                findings.Add($"/states/{i}", null, "A state with its use is needed, not null.");
                continue;
            }

            findings.Storable(state.State, $"/states/{i}/state");
            findings.Require(
                seen.Add(state.State), $"/states/{i}/state", state.State, $"State '{state.State}' stands there twice; capitals make no difference.");
            if (state.Use is { } use && StateMeaning.WhyNot(use, state.Kind, state.Group) is { } reason)
            {
                findings.Add(use == StateUse.Activity || state.Kind is not null ? $"/states/{i}/kind" : $"/states/{i}/group", state.Kind, reason);
            }
        }
    }

    private static StateMappingResponse Answer(StateMapping mapping, HttpResponse response)
    {
        var answer = StateMappingResponse.From(mapping);
        response.Headers.ETag = answer.Etag;
        return answer;
    }
}
