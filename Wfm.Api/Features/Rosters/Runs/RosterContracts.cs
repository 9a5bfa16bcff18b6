using System.ComponentModel.DataAnnotations;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;

namespace Wfm.Api.Features.Rosters.Runs;

/// <summary>Which hub and period to roster.</summary>
public sealed record CreateRosterRequest : SolveLimitsRequest
{
    /// <summary>Code of the hub.</summary>
    /// <example>dub</example>
    [Required]
    public required string Hub { get; init; }

    /// <summary>The requirement to cover; left out for the newest of the hub.</summary>
    public Guid? RequirementId { get; init; }

    /// <summary>First local day; left out for the first Monday after the forecast's cut-off.</summary>
    public LocalDate? Start { get; init; }

    /// <summary>Length in local days, 1 to 84.</summary>
    /// <example>28</example>
    [Range(1, 84)]
    public int Days { get; init; } = 28;

    /// <summary>One of the requirement's risk levels: the probability that the heads rostered for are enough.</summary>
    /// <example>0.8</example>
    [Range(0.0, 1.0)]
    public double RiskLevel { get; init; } = 0.8;

    /// <summary>Days that the search leaves as they are, one for an agent and date. They stay even if they break a rule; the breach is reported.</summary>
    [MaxLength(100_000)]
    public IReadOnlyList<PinRequest> Pins { get; init; } = [];

    /// <summary>False, the default, keeps every day that is published as it is, but for those in <c>pins</c>; true solves published days anew too.</summary>
    public bool Replan { get; init; }
}

/// <summary>A day of an agent that the search leaves as it is.</summary>
public sealed record PinRequest
{
    /// <summary>Code of an active agent of the hub.</summary>
    /// <example>dub-001</example>
    [Required]
    public required string Agent { get; init; }

    /// <summary>Local day, inside the period.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The shift that starts on that day; null pins a day off.</summary>
    public required PinnedShiftRequest? Shift { get; init; }
}

/// <summary>A pinned shift: a template and its start, or all activities.</summary>
public sealed record PinnedShiftRequest
{
    /// <summary>Code of a shift template of the hub.</summary>
    /// <example>dub-day</example>
    [Required]
    public required string Template { get; init; }

    /// <summary>One of the template's local starts; its breaks are put as early as they may be. Left out when activities are given.</summary>
    public LocalTime? Start { get; init; }

    /// <summary>Skill group worked from such a start; that in which the agent is most proficient when left out.</summary>
    public string? Group { get; init; }

    /// <summary>The whole shift in order, without gaps, in whole minutes: work with its group, breaks, or any other activity code (training),
    /// which covers nothing.</summary>
    public IReadOnlyList<ShiftActivityData> Activities { get; init; } = [];

    /// <summary>Paid minutes; when left out, all but breaks that the template does not pay and what its activity code says is unpaid.</summary>
    [Range(0, 1440)]
    public int? PaidMinutes { get; init; }
}

/// <summary>Limits of a roster search that nobody has set others for.</summary>
internal static class RosterDefaults
{
    public const long MaximumMoves = 8_000_000;
}

/// <summary>A roster of a hub over a period.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Start">First local day.</param>
/// <param name="Days">Length in local days.</param>
/// <param name="Revision">Counts the rosters of this hub and period.</param>
/// <param name="State">draft, published or superseded.</param>
/// <param name="RequirementId">The requirement it covers.</param>
/// <param name="RiskLevel">Risk level of the requirement.</param>
/// <param name="Seed">Seed of the search.</param>
/// <param name="MaximumMoves">Work limit of the search.</param>
/// <param name="Summary">The figures a manager asks first.</param>
/// <param name="Violations">Number of violations; see <c>violations</c>.</param>
/// <param name="UncoveredRuns">Number of runs of missing heads or late work; see <c>explanation</c>.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="PublishedAt">When it was published.</param>
/// <param name="Edits">Edits made since it was made; see <c>edits</c>. The figures are those of the roster as it is now.</param>
/// <param name="Service">The simulated service in short, see <c>service</c>; null as long as it has not been checked.</param>
public sealed record RosterResponse(
    Guid Id, string Hub, LocalDate Start, int Days, int Revision, PublicationState State, Guid? RequirementId, double RiskLevel, int Seed, long MaximumMoves,
    RosterSummary Summary, int Violations, int UncoveredRuns, Instant CreatedAt, Instant? PublishedAt, int Edits, ServiceCheckSummary? Service);

/// <summary>Whether a shift of a roster counts.</summary>
public enum RosterShiftState
{
    /// <summary>Of a draft: people are not told of it.</summary>
    Draft,

    /// <summary>In force.</summary>
    Published,

    /// <summary>Leave granted since has taken it away.</summary>
    Freed,

    /// <summary>A roster published later decides about the day.</summary>
    Superseded,
}

/// <summary>One agent's working period.</summary>
/// <param name="Id">Identity.</param>
/// <param name="State">draft, published (in force), freed (leave granted since has taken it away) or superseded (a roster published later decides about the
/// day).</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Date">Local day the shift starts on.</param>
/// <param name="Template">Shift template.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start on the hub's clock, ISO 8601 with offset.</param>
/// <param name="LocalEnd">End on the hub's clock, ISO 8601 with offset.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Activities">The segments of the shift: work with its skill group, meal, breaks, in order, without gaps. Each stretch of work between two breaks
/// may serve another group.</param>
public sealed record ShiftResponse(
    Guid Id, RosterShiftState State, string Agent, string Hub, LocalDate Date, string Template, Instant Start, Instant End, string LocalStart,
    string LocalEnd, int PaidMinutes,
    IReadOnlyList<ShiftActivityData> Activities);

/// <summary>A shift that counts for an agent.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Hub">Code of the hub where it is worked.</param>
/// <param name="State">published (in force), worked (imported, on a day that no published roster covers) or, when asked for, draft (of the newest one, on a
/// day of which nothing else is known).</param>
/// <param name="Date">Local day the shift starts on.</param>
/// <param name="Template">Shift template; null for an imported shift.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start on the hub's clock, ISO 8601 with offset.</param>
/// <param name="LocalEnd">End on the hub's clock, ISO 8601 with offset.</param>
/// <param name="PaidMinutes">Paid minutes.</param>
/// <param name="Activities">Work, meal, breaks, in order, without gaps; empty for an imported shift.</param>
public sealed record AgentShiftResponse(
    Guid Id,
    string Agent,
    string Hub,
    ShiftState State,
    LocalDate Date,
    string? Template,
    Instant Start,
    Instant End,
    string LocalStart,
    string LocalEnd,
    int PaidMinutes,
    IReadOnlyList<ShiftActivityData> Activities)
{
    internal static AgentShiftResponse From(ShiftInForce shift, string agent, Hub hub) =>
        new(
            shift.Id, agent, hub.Code, shift.State, shift.Date, shift.Template, shift.Start, shift.End, Local(shift.Start, hub), Local(shift.End, hub),
            shift.PaidMinutes, shift.Activities);

    internal static string Local(Instant instant, Hub hub) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(hub.Zone).ToOffsetDateTime());
}

/// <summary>Required against scheduled heads of one skill group, and its deferrable work.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Start">Start of the first interval.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Required">Heads required per interval for immediate work; zeros where all work of the group is deferrable.</param>
/// <param name="Scheduled">Heads working per interval, breaks left out, weighted by proficiency.</param>
/// <param name="Coverage">Σ min(scheduled, required) ÷ Σ required; 1 without immediate work.</param>
/// <param name="Deferrable">Deferrable work by queue, most urgent first.</param>
public sealed record CoverageResponse(
    string Group, Instant Start, int IntervalMinutes, double[] Required, double[] Scheduled, double Coverage, IReadOnlyList<DeferrableResponse> Deferrable);

/// <summary>What the roster does to the deferrable work of one queue. Curves are cumulative hours of work by the end of each interval.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="DueHours">Work that must be done by then.</param>
/// <param name="ArrivedHours">Work that can have been done by then, what was open at the start included.</param>
/// <param name="WorkedHours">Work done by then.</param>
/// <param name="LateHours">Hours of work that miss their deadline, however late they are.</param>
/// <param name="UndoneHours">Hours of these given up because they were too late, or overdue at the end.</param>
/// <param name="FirstLate">When work misses its deadline first; null when none does.</param>
public sealed record DeferrableResponse(
    string Queue, double[] DueHours, double[] ArrivedHours, double[] WorkedHours, double LateHours, double UndoneHours, Instant? FirstLate);
