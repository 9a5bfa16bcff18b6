using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Activities;

/// <summary>An activity to place in the shifts of people.</summary>
public sealed record CreateActivityRequest
{
    /// <summary>Activity code of the segments it becomes: a training, meeting, coaching, wellness, cooldown or overtime.</summary>
    [Required, Code]
    public string Code { get; init; } = "";

    /// <summary>What people call it.</summary>
    [Required, StringLength(200)]
    public string Title { get; init; } = "";

    /// <summary>Length of a session, 5 minutes to a day.</summary>
    [Required, Range(5, 1440)]
    public int? Minutes { get; init; }

    /// <summary>Code of the hub.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";

    /// <summary>Codes of the agents who take part; empty when a skill group is given.</summary>
    [MaxLength(1000)]
    public List<string> Agents { get; init; } = [];

    /// <summary>Instead of agents: all active people of the hub with a skill in this group, as they are when it is made.</summary>
    public string? SkillGroup { get; init; }

    /// <summary>together (one session), alone (a session each) or groups (sessions of at most groupSize).</summary>
    public ActivityGrouping Grouping { get; init; }

    /// <summary>Most people of a session, for groups.</summary>
    [Range(2, 1000)]
    public int? GroupSize { get; init; }

    /// <summary>Fewest people of a session; 1 when neither this nor a fraction is given.</summary>
    [Range(1, 1000)]
    public int? Quorum { get; init; }

    /// <summary>Fewest people of a session as a fraction of all that it may have, 0 to 1.</summary>
    [Range(0, 1)]
    public double? QuorumFraction { get; init; }

    /// <summary>Code of an agent of the hub who gives every session and has to be at work then; absent for nobody.</summary>
    public string? Coach { get; init; }

    /// <summary>First local day on which a session may lie.</summary>
    [Required]
    public LocalDate? From { get; init; }

    /// <summary>Last local day, inclusive.</summary>
    [Required]
    public LocalDate? To { get; init; }

    /// <summary>Local time of day from which a session may lie; midnight when left out.</summary>
    public LocalTime? TimeFrom { get; init; }

    /// <summary>Local time of day by which it has to be over, the next day when it is not after timeFrom; midnight when left out.</summary>
    public LocalTime? TimeTo { get; init; }

    /// <summary>Weekdays; empty for all.</summary>
    [MaxLength(7)]
    public List<IsoDayOfWeek> Weekdays { get; init; } = [];

    /// <summary>What comes first where not all find room: higher before lower, 0 to 9.</summary>
    [Range(0, 9)]
    public int Priority { get; init; }

    /// <summary>Whether it comes before everything that need not be.</summary>
    public bool Must { get; init; }
}

/// <summary>Where an activity stands.</summary>
public enum ActivityState
{
    /// <summary>Somebody has no session yet, or none any more.</summary>
    Planned,

    /// <summary>Everybody has a session; of an activity for all together, the session has its quorum.</summary>
    Placed,

    /// <summary>The last session is over.</summary>
    Done,

    /// <summary>It shall not be any more.</summary>
    Cancelled,
}

/// <summary>A session.</summary>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
/// <param name="LocalStart">Start in the time of the hub.</param>
/// <param name="Roster">Identity of the roster it was put into.</param>
/// <param name="InForce">True when it stands in a published roster; false when only in a draft.</param>
/// <param name="Agents">Codes of those who take part and whose shift has it.</param>
/// <param name="Coach">Code of the coach; null for none.</param>
public sealed record ActivitySessionData(
    Instant Start, Instant End, LocalDateTime LocalStart, Guid Roster, bool InForce, IReadOnlyList<string> Agents, string? Coach);

/// <summary>An activity, and where it stands.</summary>
/// <param name="Id">Identity.</param>
/// <param name="State">planned, placed, done or cancelled.</param>
/// <param name="Code">Activity code.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Minutes">Length of a session.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Agents">Codes of those who take part.</param>
/// <param name="Grouping">together, alone or groups.</param>
/// <param name="GroupSize">Most people of a session; null for all together.</param>
/// <param name="Quorum">Fewest people of a session.</param>
/// <param name="Coach">Code of the coach; null for none.</param>
/// <param name="From">First local day.</param>
/// <param name="To">Last local day, inclusive.</param>
/// <param name="TimeFrom">Local time of day from which; null for midnight.</param>
/// <param name="TimeTo">Local time of day by which it is over; null for midnight.</param>
/// <param name="Weekdays">Weekdays; empty for all.</param>
/// <param name="Priority">0 to 9, higher first.</param>
/// <param name="Must">Whether it comes before everything that need not be.</param>
/// <param name="Sessions">Its sessions as shifts have them now.</param>
/// <param name="Missing">Those without a session, and why.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last placed, moved or cancelled.</param>
/// <param name="Etag">ETag of this version, quotes included.</param>
public sealed record ActivityResponse(
    Guid Id, ActivityState State, string Code, string Title, int Minutes, string Hub, IReadOnlyList<string> Agents, ActivityGrouping Grouping, int? GroupSize,
    int Quorum, string? Coach, LocalDate From, LocalDate To, LocalTime? TimeFrom, LocalTime? TimeTo, IReadOnlyList<IsoDayOfWeek> Weekdays, int Priority,
    bool Must, IReadOnlyList<ActivitySessionData> Sessions, IReadOnlyList<MissingPerson> Missing, Instant CreatedAt, Instant UpdatedAt, string Etag);

/// <summary>Which activities to place in a roster.</summary>
public sealed record PlaceActivitiesRequest
{
    /// <summary>Identities of activities; empty for all of the hub that somebody still waits for.</summary>
    [MaxLength(200)]
    public List<Guid> Activities { get; init; } = [];

    /// <summary>Why; people read it in the history of the roster.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>Another time for a session.</summary>
public sealed record MoveActivityRequest
{
    /// <summary>Start of the session to move; may be left out where there is one.</summary>
    public Instant? Session { get; init; }

    /// <summary>The new start; left out, with localStart too, the best time from now on that is left of its windows, on its day before others.</summary>
    public Instant? Start { get; init; }

    /// <summary>The new start in the time of the hub, instead of <c>start</c>.</summary>
    public LocalDateTime? LocalStart { get; init; }

    /// <summary>Why; people read it in the history of the roster.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>Why an activity shall not be.</summary>
public sealed record CancelActivityRequest
{
    /// <summary>Why; people read it in the history of the rosters that have it.</summary>
    [StringLength(500)]
    public string? Reason { get; init; }
}

/// <summary>Sessions that a placement puts into a roster, and who has none.</summary>
/// <param name="Activity">Identity of the activity.</param>
/// <param name="Code">Activity code.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Sessions">New sessions.</param>
/// <param name="Missing">Those without one, and why.</param>
public sealed record ActivityPlacementData(
    Guid Activity, string Code, string Title, IReadOnlyList<ActivitySessionData> Sessions, IReadOnlyList<MissingPerson> Missing);

/// <summary>What a placement does, or would do.</summary>
/// <param name="Roster">Identity of the roster.</param>
/// <param name="Stored">False for a proposal: nothing has changed.</param>
/// <param name="Placed">People who have a session by it.</param>
/// <param name="Missing">People who have none.</param>
/// <param name="Activities">Activity by activity.</param>
/// <param name="Effect">The edit of the roster, with its costs and coverage.</param>
public sealed record ActivitiesPlacedResponse(
    Guid Roster, bool Stored, int Placed, int Missing, IReadOnlyList<ActivityPlacementData> Activities, EditEffectResponse Effect);

/// <summary>Somebody who takes part in an activity or gives it.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Coach">True for who gives it.</param>
/// <param name="Expected">Whether the shift that counts has the session.</param>
/// <param name="Start">Start of the session; null for none.</param>
/// <param name="End">End, exclusive; null for none.</param>
/// <param name="LocalStart">Start in the time of the hub; null for none.</param>
/// <param name="InForce">Whether it stands in a published roster.</param>
/// <param name="Code">Why there is none, in short; null where there is one.</param>
/// <param name="Message">Why there is none, in words; null where there is one.</param>
public sealed record AttendanceRow(
    string Agent, bool Coach, bool Expected, Instant? Start, Instant? End, LocalDateTime? LocalStart, bool InForce, string? Code, string? Message);
