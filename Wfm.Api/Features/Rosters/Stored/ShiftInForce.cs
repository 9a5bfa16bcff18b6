using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Why a shift counts.</summary>
public enum ShiftState
{
    /// <summary>Of a published roster, in force.</summary>
    Published,

    /// <summary>Worked as an import says, on a day that no published roster covers.</summary>
    Worked,

    /// <summary>Of the newest draft, on a day of which nothing else is known.</summary>
    Draft,
}

/// <summary>A shift that counts for a person, from whatever hub and source.</summary>
/// <param name="Id">Identity of the roster's or the imported shift.</param>
/// <param name="AgentId">Whose shift.</param>
/// <param name="HubId">Where.</param>
/// <param name="State">Why it counts.</param>
/// <param name="Date">Local day at the hub on which it starts.</param>
/// <param name="Template">Code of its template; null when an import named none.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Group">Skill group worked, if known.</param>
/// <param name="Activities">What it consists of; empty when an import did not say.</param>
public sealed record ShiftInForce(
    Guid Id, Guid AgentId, Guid HubId, ShiftState State, LocalDate Date, string? Template, Instant Start, Instant End, int PaidMinutes, string? Group,
    IReadOnlyList<ShiftActivityData> Activities)
{
    /// <summary>A rostered shift as the scheduling library's.</summary>
    /// <param name="agent">Code of the agent.</param>
    public RosterShift ToRosterShift(string agent) => new(
        agent, Date, Template!, Start, End, Duration.FromMinutes(PaidMinutes), [.. Activities.Select(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End))]);
}
