namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>That a roster was made for a person: it decides about their days, those without a shift too.</summary>
public sealed class RosterPerson
{
    public Guid RosterId { get; init; }
    public Guid AgentId { get; init; }
}
