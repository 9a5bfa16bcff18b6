using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Today.States;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Adherence;

namespace Wfm.Api.Features.Adherence.Figures;

/// <summary>Tells the running day what people are doing.</summary>
internal sealed class AdherenceStates(WfmDbContext db, PresentStates present) : IActualStates
{
    public async Task<ActualStates> Of(
        Hub hub, IReadOnlyCollection<Guid> agents, Instant dayStart, Instant at, CancellationToken cancellationToken)
    {
        if (!await db.AgentStateFeeds.AnyAsync(f => f.HubId == hub.Id, cancellationToken))
        {
            return ActualStates.Unknown; // nobody tells states of this hub
        }

        var people = await present.Of(hub, at, cancellationToken);
        var codes = people.People.Select(p => p.Agent).ToList();
        var ids = await db.Agents.Where(a => codes.Contains(a.Code)).ToDictionaryAsync(a => a.Code, a => a.Id, StringComparer.Ordinal, cancellationToken);
        return new ActualStates(
            people.AsOf,
            people.People.Where(p => p.State is not null && agents.Contains(ids[p.Agent])).DistinctBy(p => p.Agent).ToDictionary(p => ids[p.Agent], State));
    }

    public async Task<string> Stamp(Guid hubId, Instant since, CancellationToken cancellationToken)
    {
        var asOf = await db.AgentStateFeeds.Where(f => f.HubId == hubId).Select(f => (Instant?)f.AsOf).SingleOrDefaultAsync(cancellationToken);
        if (asOf is null)
        {
            return "";
        }

        var agents = db.Agents;
        var states = db.AgentStates.Where(s => s.Start >= since && agents.Any(a => a.Id == s.AgentId && a.HubId == hubId));
        var told = await states.Stamp(cancellationToken); // a state that is corrected keeps its start
        var mapping = await db.StateMappings.Select(m => (int?)m.Version).SingleOrDefaultAsync(cancellationToken);
        return $"{asOf}.{told}.{mapping}";
    }

    private static ActualState State(PresentPerson person) => new(
        person.State!,
        person.Use switch
        {
            StateUse.Handling or StateUse.Available => "work",
            StateUse.Activity => person.Kind?.ToString().ToLowerInvariant(),
            _ => null,
        },
        person.Since!.Value, person.Use is { } use ? use is StateUse.Handling or StateUse.Available : null, person.Adherence.Value);
}
