using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Wfm.Api.Http;
using Wfm.Api.Persistence;
using Wfm.Api.Security;

namespace Wfm.Api.Features.Setup.Agents;

internal sealed class AgentEndpoints() : SetupResource<Agent, AgentRequest, AgentResponse>("agent")
{
    private const int Batch = 500;

    protected override Permission Reading => Permission.ReadPeople;

    protected override Permission Writing => Permission.WritePeople;

    protected override bool IsReadByHub => true;

    protected override string InsteadOfDeleting => "set active to false instead";

    protected override SetupSummaries Summaries => new(
        List: "Lists agents in order of code; a key limited to hubs sees those only.",
        Replace: "Replaces an agent; the next roster uses it.",
        Delete: "Deletes an agent with time off; one who has shifts is set to not active instead.");

    protected override (AgentRequest New, AgentRequest Known) Examples => (AgentExamples.New, AgentExamples.Known);

    protected override Delegate Listing => List;

    public override RouteGroupBuilder Map(IEndpointRouteBuilder routes)
    {
        var group = base.Map(routes);
        routes.MapAgentImport();
        return group;
    }

    /// <summary>The agent, if there is one and the key may touch its hub.</summary>
    internal static async Task<Agent> Find(IQueryable<Agent> agents, string code, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var agent = await agents.Include(a => a.Hub).Include(a => a.Contract).ByCode("agent", code, cancellationToken);
        user.DemandHub(agent.Hub!.Code);
        return agent;
    }

    protected override IQueryable<Agent> All(WfmDbContext db) => db.Agents.Include(a => a.Hub).Include(a => a.Contract);

    protected override string HubOf(AgentRequest request) => request.Hub;

    protected override string HubOf(Agent entity) => entity.Hub!.Code;

    protected override AgentResponse Answer(Agent entity) => AgentResponse.From(entity);

    protected override Agent Make(AgentRequest request) => new() { Code = request.Code, Name = request.Name };

    protected override async Task<Action<Agent>> Check(AgentRequest request, Agent? current, SetupCall call, Findings findings)
    {
        var references = await AgentReferences.Load(call.Db, call.Cancelled);
        references.Check(request, findings);
        return agent => references.Apply(request, agent);
    }

    /// <param name="hub">Only agents of this hub.</param>
    /// <param name="skillGroup">Only agents with a skill in this group.</param>
    /// <param name="active">Only those who are rostered, or only those who are not.</param>
    /// <param name="limit">Items on a page, 1 to 1000; 100 when absent.</param>
    /// <param name="after">The <c>next</c> of the page before.</param>
    private async Task<Ok<Page<AgentResponse>>> List(
        SetupCall call, string? hub = null, string? skillGroup = null, bool? active = null, int? limit = null, string? after = null)
    {
        if (hub is not null)
        {
            call.User.DemandHub(hub);
        }

        var (take, scope) = (Paging.Limit(limit), call.User.HubScope());
        var agents = All(call.Db).Where(a => (hub == null || a.Hub!.Code == hub) && (active == null || a.Active == active));
        if (scope is not null)
        {
            agents = agents.Where(a => scope.Contains(a.Hub!.Code));
        }

        var page = skillGroup is null ? await agents.PageByCode(after, take, call.Cancelled) : await WithSkill(agents, skillGroup, after, take, call.Cancelled);
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
}
