using NodaTime;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>A roster as far as it decides whose shifts hold: which days of which people of a hub it covers, and its place among the others.</summary>
/// <param name="RosterId">The roster.</param>
/// <param name="HubId">Its hub.</param>
/// <param name="Start">First local day.</param>
/// <param name="Days">Length in local days, at least 1.</param>
/// <param name="Publication">Place in the order of publication, later ones higher; null for a draft.</param>
/// <param name="People">Agents it was made for.</param>
public sealed record RosterLayer(Guid RosterId, Guid HubId, LocalDate Start, int Days, int? Publication, IReadOnlySet<Guid> People)
{
    /// <summary>First local day after it.</summary>
    public LocalDate End => Start.PlusDays(Days);

    /// <summary>True when it says what the agent does on the day.</summary>
    public bool Covers(Guid agent, LocalDate day) => Start <= day && day < End && People.Contains(agent);
}
