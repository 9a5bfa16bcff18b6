using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Activities;

/// <summary>Who is in a session.</summary>
public enum ActivityGrouping
{
    /// <summary>All in one session.</summary>
    Together,

    /// <summary>Each in a session of one's own.</summary>
    Alone,

    /// <summary>In sessions of at most so many.</summary>
    Groups,
}

/// <summary>Something that people of a hub shall do beside their work: a training, a team meeting, coaching.</summary>
public sealed class PlannedActivity
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid HubId { get; init; }
    public Hub? Hub { get; init; }

    /// <summary>Code of the segments it becomes.</summary>
    public required string Code { get; init; }
    public required string Title { get; init; }
    public int Minutes { get; init; }

    /// <summary>Codes of those who take part.</summary>
    public List<string> Agents { get; init; } = [];
    public ActivityGrouping Grouping { get; init; }

    /// <summary>Most people of a session; null for all together.</summary>
    public int? GroupSize { get; init; }

    /// <summary>Fewest people of a session.</summary>
    public int Quorum { get; init; } = 1;
    public string? Coach { get; init; }
    public LocalDate From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public LocalDate To { get; init; }
    public LocalTime? TimeFrom { get; init; }
    public LocalTime? TimeTo { get; init; }

    /// <summary>Empty for all.</summary>
    public List<IsoDayOfWeek> Weekdays { get; init; } = [];
    public int Priority { get; init; }
    public bool Must { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant UpdatedAt { get; set; }
    public Instant? CancelledAt { get; set; }

    /// <summary>Why people had no place when it was last tried.</summary>
    public List<MissingPerson> Reasons { get; set; } = [];
    public int Version { get; set; } = 1;
    public List<ActivitySession> Sessions { get; init; } = [];

    /// <summary>Its windows in time that lie after a moment.</summary>
    public IEnumerable<(Instant Start, Instant End)> Windows(DateTimeZone zone, Instant after)
    {
        for (var date = From; date <= To; date = date.PlusDays(1))
        {
            if (Weekdays.Count > 0 && !Weekdays.Contains(date.DayOfWeek))
            {
                continue;
            }

            var from = TimeFrom ?? LocalTime.Midnight;
            var to = TimeTo ?? LocalTime.Midnight;
            var start = Instant.Max(Http.TimeRanges.InstantOf(zone, date + from), after);
            var end = Http.TimeRanges.InstantOf(zone, (to > from ? date : date.PlusDays(1)) + to);
            if (end > start)
            {
                yield return (start, end);
            }
        }
    }
}

/// <summary>A session of an activity as it was put into a roster; whether it still stands is told by the shifts.</summary>
public sealed class ActivitySession
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid ActivityId { get; init; }
    public Guid RosterId { get; init; }
    public Instant Start { get; init; }
    public Instant End { get; init; }

    /// <summary>Code of the coach, who is among the people too.</summary>
    public string? Coach { get; init; }
    public List<SessionPerson> People { get; init; } = [];
}

/// <summary>Somebody in a session.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Date">Local day of the shift.</param>
/// <param name="Replaced">The work that the session took, to be given back.</param>
public sealed record SessionPerson(string Agent, LocalDate Date, IReadOnlyList<ReplacedWork> Replaced);

/// <summary>Work that a session took.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Start">Start.</param>
/// <param name="End">End, exclusive.</param>
public sealed record ReplacedWork(string Group, Instant Start, Instant End);

/// <summary>Somebody of an activity who is in none of its sessions.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Code">Why, in short: notTried, lost (the session was taken away since), notRostered, noWindow, noShift, lockedDay, tooLong, busy, rule,
/// coachAway, quorum or awayThen.</param>
/// <param name="Rule">The rule that forbids it, when it is one.</param>
/// <param name="Message">The reason in words, with the numbers.</param>
public sealed record MissingPerson(string Agent, string Code, string? Rule, string Message);
