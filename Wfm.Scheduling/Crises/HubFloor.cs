using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Crises;

/// <summary>The work of a hub, and what its people can do.</summary>
/// <param name="Code">Code of the hub.</param>
/// <param name="Queues">Its queues over the same intervals as those of every other hub; names unique over all hubs.</param>
/// <param name="Skills">What each person works, by id, without groups opted out of; ids unique over all hubs.</param>
/// <param name="Planned">Share of working time away from work, at least 0 and less than 1.</param>
/// <param name="Unplanned">Share of shifts that are missed, at least 0 and less than 1.</param>
public sealed record HubFloor(
    string Code, IReadOnlyList<FloorQueue> Queues, IReadOnlyDictionary<string, IReadOnlyList<AgentSkill>> Skills, double Planned, double Unplanned);
