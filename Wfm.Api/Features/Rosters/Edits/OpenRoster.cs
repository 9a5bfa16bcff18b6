using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Edits;

/// <summary>A stored roster opened as a document.</summary>
/// <param name="Roster">The roster.</param>
/// <param name="Hub">Its hub.</param>
/// <param name="Document">Its days, rules and goals.</param>
/// <param name="AgentIds">Identities by code of everybody in it.</param>
/// <param name="Covered">Identities of those for whom the roster was made; others join with their first shift.</param>
public sealed record OpenRoster(Roster Roster, Hub Hub, RosterDocument Document, IReadOnlyDictionary<string, Guid> AgentIds, HashSet<Guid> Covered)
{
    /// <summary>Codes by identity.</summary>
    public IReadOnlyDictionary<Guid, string> Codes { get; } = AgentIds.ToDictionary(a => a.Value, a => a.Key);

    /// <summary>The shift template of a code.</summary>
    internal ShiftTemplate? Template(string code) => Document.Problem.Templates.FirstOrDefault(t => t.Code == code);

    /// <summary>First moment of its first day.</summary>
    internal Instant Origin => Document.Problem.Origin;
}
