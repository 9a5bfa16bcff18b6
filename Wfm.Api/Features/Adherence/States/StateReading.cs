using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Agents;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Adherence;

namespace Wfm.Api.Features.Adherence.States;

/// <summary>Reads the states of people as timelines.</summary>
internal static class StateReading
{
    /// <summary>What states mean: the mapping of the operation, else the usual names.</summary>
    public static async Task<StateMapping> MappingInForce(this WfmDbContext db, CancellationToken cancellationToken) =>
        await db.StateMappings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? StateMapping.Usual;

    /// <summary>Until when the states of a hub are known at a moment; null when nothing ever was.</summary>
    public static async Task<Instant?> FeedAsOf(this WfmDbContext db, Guid hub, Instant at, CancellationToken cancellationToken) =>
        await db.AgentStateFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.HubId == hub, cancellationToken) is { } feed
            ? Instant.Min(feed.AsOf, at) : null;

    /// <summary>The states of people in a span, with the one that lasts into it.</summary>
    /// <param name="people">Identities of agents.</param>
    /// <param name="asOf">Until when they are known; null when nothing is.</param>
    public static async Task<Func<Guid, StateTimeline>> Timelines(
        this WfmDbContext db, IReadOnlyCollection<Guid> people, Instant from, Instant to, Instant? asOf, CancellationToken cancellationToken)
    {
        var meaning = (await db.MappingInForce(cancellationToken)).Reader();
        if (asOf is null)
        {
            return _ => StateTimeline.Of([], null, meaning);
        }

        var (states, agents) = (db.AgentStates.AsNoTracking(), db.Agents.AsNoTracking());
        var before = await agents.Where(a => people.Contains(a.Id)).Select(a => new
        {
            a.Id,
            State = states.Where(s => s.AgentId == a.Id && s.Start <= from).OrderByDescending(s => s.Start).Select(s => s.State).FirstOrDefault(),
            Start = states.Where(s => s.AgentId == a.Id && s.Start <= from).OrderByDescending(s => s.Start).Select(s => (Instant?)s.Start).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        var within = await states.Where(s => people.Contains(s.AgentId) && s.Start > from && s.Start < to)
            .Select(s => new { s.AgentId, s.State, s.Start }).ToListAsync(cancellationToken);
        var changes = within.Select(s => (s.AgentId, Change: new StateChange(s.State, s.Start)))
            .Concat(before.Where(b => b.State is not null).Select(b => (AgentId: b.Id, Change: new StateChange(b.State!, b.Start!.Value))))
            .ToLookup(s => s.AgentId, s => s.Change);
        return person => StateTimeline.Of(changes[person], asOf, meaning);
    }
}
