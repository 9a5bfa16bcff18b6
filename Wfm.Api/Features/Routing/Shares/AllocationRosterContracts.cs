using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;

namespace Wfm.Api.Features.Routing.Shares;

/// <summary>What hubs were given by an allocation, and what their rosters make of it.</summary>
/// <param name="Id">Identity of the allocation.</param>
/// <param name="Hubs">Hub by hub, those that the key may see.</param>
/// <param name="AllocatedHours">Head-hours given to hubs that have a roster, over the days of their rosters.</param>
/// <param name="ScheduledHours">Head-hours on the same groups that the rosters schedule.</param>
/// <param name="ShortHours">Head-hours that rosters miss of what was given, interval by interval of the allocation.</param>
/// <param name="KeptShare">Share of the head-hours given that the rosters keep; null while there is no roster.</param>
/// <param name="Text">The same in words.</param>
public sealed record AllocationRostersResponse(
    Guid Id, IReadOnlyList<AllocationRosterGap> Hubs, double AllocatedHours, double ScheduledHours, double ShortHours, double? KeptShare, string Text);

/// <summary>A hub's roster against its share.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Requirement">The requirement that is its share; goes into requirementId of a roster. Null before one was made.</param>
/// <param name="Roster">The newest roster made for it, a published one first; null for none.</param>
/// <param name="State">State of the roster.</param>
/// <param name="Start">First local day of the roster.</param>
/// <param name="Days">Local days of the roster.</param>
/// <param name="PaidHours">Hours that the roster pays.</param>
/// <param name="AllocatedHours">Head-hours given, over the days of the roster; over the span where there is none.</param>
/// <param name="ScheduledHours">Head-hours on the same groups that the roster schedules.</param>
/// <param name="ShortHours">Head-hours missing of what was given.</param>
/// <param name="OverHours">Head-hours beyond what was given.</param>
/// <param name="Groups">Group by group.</param>
public sealed record AllocationRosterGap(
    string Hub, Guid? Requirement, Guid? Roster, PublicationState? State, LocalDate? Start, int? Days, double? PaidHours, double AllocatedHours,
    double? ScheduledHours, double? ShortHours, double? OverHours, IReadOnlyList<AllocationGroupGap> Groups);

/// <summary>A group of a hub's roster against its share.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="AllocatedHours">Head-hours given.</param>
/// <param name="ScheduledHours">Head-hours scheduled.</param>
/// <param name="ShortHours">Head-hours missing of what was given.</param>
/// <param name="OverHours">Head-hours beyond what was given.</param>
public sealed record AllocationGroupGap(string Group, double AllocatedHours, double? ScheduledHours, double? ShortHours, double? OverHours);
