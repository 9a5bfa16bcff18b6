using Wfm.Api.Features.Rosters.Stored;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Hosting;
using Wfm.Api.Http;
using Wfm.Api.OpenApi;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Agents;

internal static class AgentEndpoints
{
    private const int Batch = 500;

    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/agents").WithTags("Agents").WithNotModified();
        group.MapGet("/", List).WithName("ListAgents").WithSummary("Lists agents in order of code; a key limited to hubs sees those only.").Requires(Permission.ReadPeople);
        group.MapGet("/{code}", Get).WithName("GetAgent").WithSummary("Reads an agent.").Requires(Permission.ReadPeople).WithExample(path: ("code", "dub-001"));
        group.MapPost("/", Create).WithName("CreateAgent").WithSummary("Creates an agent.").Requires(Permission.WritePeople).WithExample(AgentExamples.New);
        group.MapPut("/{code}", Replace).WithName("ReplaceAgent").WithSummary("Replaces an agent; the next roster uses it.")
            .Requires(Permission.WritePeople).WithExample(AgentExamples.Known, ("code", "dub-001"));
        group.MapDelete("/{code}", Delete).WithName("DeleteAgent").WithSummary("Deletes an agent with time off; one who has shifts is set to not active instead.")
            .Requires(Permission.WritePeople).WithExample(path: ("code", "dub-001"));
        group.MapTimeOff();
        routes.MapAgentImport();
    }

    /// <param name="hub">Only agents of this hub.</param>
    /// <param name="skillGroup">Only agents with a skill in this group.</param>
    /// <param name="active">Only those who are rostered, or only those who are not.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private static async Task<Ok<Page<AgentResponse>>> List(
        WfmDbContext db, ClaimsPrincipal user, CancellationToken cancellationToken, string? hub = null, string? skillGroup = null, bool? active = null,
        int? limit = null, string? after = null)
    {
        if (hub is not null)
        {
            user.DemandHub(hub);
        }

        var (take, scope) = (Paging.Limit(limit), user.HubScope());
        var agents = db.Agents.Include(a => a.Hub).Include(a => a.Contract)
            .Where(a => (hub == null || a.Hub!.Code == hub) && (active == null || a.Active == active));
        if (scope is not null)
        {
            agents = agents.Where(a => scope.Contains(a.Hub!.Code));
        }

        var page = skillGroup is null ? await agents.PageByCode(after, take, cancellationToken) : await WithSkill(agents, skillGroup, after, take, cancellationToken);
        return TypedResults.Ok(page.ToPage(take, a => a.Code, AgentResponse.From));
    }

    /// <summary>Skills are JSON in the store, so they are looked at here, batch by batch.</summary>
    private static async Task<List<Agent>> WithSkill(IQueryable<Agent> agents, string group, string? after, int take, CancellationToken cancellationToken)
    {
        var found = new List<Agent>();
        List<Agent> batch;
        do
        {
            batch = await agents.PageByCode(after, Batch, cancellationToken);
            found.AddRange(batch.Take(Batch).Where(a => a.Skills.Exists(s => s.Group == group)));
            after = batch.Count > Batch ? Paging.Cursor(batch[Batch - 1].Code) : null;
        }
        while (after is not null && found.Count <= take);

        return [.. found.Take(take + 1)];
    }

    /// <param name="code">Code of the agent.</param>
    private static async Task<Ok<AgentResponse>> Get(string code, WfmDbContext db, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        var agent = await Find(db.Agents.AsNoTracking(), code, user, cancellationToken);
        response.SetETag(agent);
        return TypedResults.Ok(AgentResponse.From(agent));
    }

    private static async Task<Created<AgentResponse>> Create(
        AgentRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpResponse response, CancellationToken cancellationToken)
    {
        user.DemandHub(request.Hub);
        await db.Agents.MustBeFree("agent", request.Code, cancellationToken);
        var references = await Check(request, db, cancellationToken);
        var agent = new Agent { Code = request.Code, Name = request.Name, UpdatedAt = clock.GetCurrentInstant() };
        references.Apply(request, agent);
        db.Agents.Add(agent);
        await db.SaveChangesAsync(cancellationToken);
        response.SetETag(agent);
        return TypedResults.Created($"/api/v1/agents/{agent.Code}", AgentResponse.From(agent, request.Hub, request.Contract));
    }

    /// <param name="code">Code of the agent.</param>
    private static async Task<Ok<AgentResponse>> Replace(
        string code, AgentRequest request, WfmDbContext db, IClock clock, ClaimsPrincipal user, HttpContext http, CancellationToken cancellationToken)
    {
        var agent = await Find(db.Agents, code, user, cancellationToken);
        http.Request.CheckIfMatch(agent);
        Codes.MustMatch(code, request.Code);
        user.DemandHub(request.Hub); // moving somebody needs both hubs
        var references = await Check(request, db, cancellationToken);
        references.Apply(request, agent);
        agent.Touch(clock.GetCurrentInstant());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.SetETag(agent);
        return TypedResults.Ok(AgentResponse.From(agent, request.Hub, request.Contract));
    }

    /// <param name="code">Code of the agent.</param>
    private static async Task<NoContent> Delete(string code, WfmDbContext db, ClaimsPrincipal user, HttpRequest http, CancellationToken cancellationToken)
    {
        var agent = await Find(db.Agents, code, user, cancellationToken);
        http.CheckIfMatch(agent);
        Codes.MustBeUnreferenced(
            $"Agent '{code}'", (await db.Shifts.CountAsync(s => s.AgentId == agent.Id, cancellationToken), "shifts of rosters (set active to false instead)"));
        db.Agents.Remove(agent);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>The agent, if there is one and the key may touch its hub.</summary>
    internal static async Task<Agent> Find(IQueryable<Agent> agents, string code, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var agent = await agents.Include(a => a.Hub).Include(a => a.Contract).ByCode("agent", code, cancellationToken);
        user.DemandHub(agent.Hub!.Code);
        return agent;
    }

    private static async Task<AgentReferences> Check(AgentRequest request, WfmDbContext db, CancellationToken cancellationToken)
    {
        var (references, findings) = (await AgentReferences.Load(db, cancellationToken), new Findings());
        references.Check(request, findings);
        findings.ThrowIfAny();
        return references;
    }
}
