using NodaTime;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>
/// What is in force, as one function of agent, local day and published rosters. Rosters lie over one another in layers: for an agent's day at a hub the last
/// published roster that covers it decides, a day off included; days that no later roster covers stay as they were.
/// </summary>
/// <remarks>Hubs decide apart: a roster of one takes no shift away that another has given. That nobody works at two at once is seen to when rosters are
/// published.</remarks>
public sealed class InForce
{
    private readonly ILookup<Guid, RosterLayer> _published;
    private readonly List<RosterLayer> _drafts;

    /// <param name="rosters">Of any hubs, in any order.</param>
    public InForce(IEnumerable<RosterLayer> rosters)
    {
        Rosters = [.. rosters];
        _published = Rosters.Where(r => r.Publication is not null).OrderByDescending(r => r.Publication).ToLookup(r => r.HubId);
        _drafts = [.. Rosters.Where(r => r.Publication is null).OrderByDescending(r => r.RosterId)]; // newest first
    }

    /// <summary>The rosters, as given.</summary>
    public IReadOnlyList<RosterLayer> Rosters { get; }

    /// <summary>The published roster that decides about an agent's day at a hub; null when none does.</summary>
    public RosterLayer? Of(Guid hub, Guid agent, LocalDate day) => _published[hub].FirstOrDefault(r => r.Covers(agent, day));

    /// <summary>True when a published roster of any hub decides about the agent's day.</summary>
    public bool IsPublished(Guid agent, LocalDate day) => _published.Any(hub => hub.Any(r => r.Covers(agent, day)));

    /// <summary>The newest draft that covers an agent's day; null when none does, or the day is published.</summary>
    public RosterLayer? DraftOf(Guid agent, LocalDate day) => IsPublished(agent, day) ? null : _drafts.Find(r => r.Covers(agent, day));

    /// <summary>True when the published roster has a day of one of its people on which it decides; when it has none, it is superseded.</summary>
    public bool HasDays(RosterLayer roster)
    {
        var later = _published[roster.HubId].Where(r => r.Publication > roster.Publication).ToList();
        return roster.People.Any(agent => Enumerable.Range(0, roster.Days).Any(d => !later.Exists(r => r.Covers(agent, roster.Start.PlusDays(d)))));
    }
}
