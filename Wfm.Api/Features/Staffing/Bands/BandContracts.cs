using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Bands;

/// <summary>Room to plan deferrable work in, one interval; hours are hours of handle time since the start of the requirement.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="DueHours">Hours that must have been worked by the end of the interval.</param>
/// <param name="ArrivedHours">Hours that can have been worked by then.</param>
/// <param name="PlannedHours">Hours worked by then under the requirement: the smoothest staffing between the two.</param>
public sealed record BandInterval(Instant Start, double DueHours, double ArrivedHours, double PlannedHours);

/// <summary>The band of a deferrable queue at one risk level, a page at a time.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="RiskLevel">Probability, moment by moment, that no more than this is due.</param>
/// <param name="TurnaroundMinutes">Time from arrival to the deadline, minutes.</param>
/// <param name="Fraction">Share due within it; the rest is due after twice the time.</param>
/// <param name="LegalClock">True when a law sets the turnaround.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="Breach">A promise no staffing can keep, in words; null when there is none.</param>
/// <param name="Items">The intervals, ascending.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record BandResponse(
    string Queue, double RiskLevel, double TurnaroundMinutes, double Fraction, bool LegalClock, int IntervalMinutes, string? Breach,
    IReadOnlyList<BandInterval> Items, string? Next);

/// <summary>Which work meets which staffing: one queue or one skill group, heads by interval or a roster.</summary>
public sealed record BreachRequest
{
    /// <summary>Code of a deferrable queue; left out for all deferrable queues of a group.</summary>
    public string? Queue { get; init; }

    /// <summary>Skill group; its deferrable queues share the staffing, earliest deadline first.</summary>
    public string? Group { get; init; }

    /// <summary>Scheduled heads by interval of the requirement from <c>start</c> on, 0 or more; the hub's shrinkage is taken off.</summary>
    public double[]? Heads { get; init; }

    /// <summary>Start of the first of the heads, the start of an interval; the start of the requirement when left out.</summary>
    public Instant? Start { get; init; }

    /// <summary>A roster of the hub instead of heads: what it schedules for the group.</summary>
    public Guid? RosterId { get; init; }

    /// <summary>Work that is open at the start; when left out what the requirement starts with, from its own first interval on.</summary>
    public IReadOnlyList<OpenWork>? OpeningBacklog { get; init; }

    /// <summary>Sample paths of volume, 20 to 500.</summary>
    [Range(20, 500)]
    public int Paths { get; init; } = 100;

    /// <summary>Seed of the paths.</summary>
    public int Seed { get; init; } = 1;
}

/// <summary>Contacts of one queue open at the start, evenly spread between two ages.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Contacts">Contacts, 0 or more.</param>
/// <param name="OldestHours">Age of the oldest in hours, 0 or more.</param>
/// <param name="YoungestHours">Age of the youngest in hours, at most the oldest.</param>
public sealed record OpenWork(string Queue, double Contacts, double OldestHours, double YoungestHours = 0);

/// <summary>What a staffing does to deferrable work over the sample paths.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="From">Start of the projection.</param>
/// <param name="To">End, exclusive.</param>
/// <param name="IntervalMinutes">Length of an interval; deadlines count at the end of theirs.</param>
/// <param name="Paths">Sample paths.</param>
/// <param name="StaffedHours">Hours worked on contacts that the staffing has in it, shrinkage taken off.</param>
/// <param name="ProbabilityOfBreach">Share of the paths on which any deadline is missed.</param>
/// <param name="FirstBreach">When the first deadline of any class is missed; null when none ever is.</param>
/// <param name="Classes">By deadline class.</param>
/// <param name="Days">The backlog at the end of each local day.</param>
public sealed record BreachResponse(
    string Group, Instant From, Instant To, int IntervalMinutes, int Paths, double StaffedHours, double ProbabilityOfBreach, BreachTimes? FirstBreach,
    IReadOnlyList<ClassBreach> Classes, IReadOnlyList<BacklogDay> Days);

/// <summary>When a first deadline is missed. A quantile is the moment by which that share of all paths has missed one; null when fewer ever do.</summary>
/// <param name="Expected">Mean over the paths that miss one.</param>
/// <param name="Earliest">Earliest of all paths.</param>
/// <param name="P10">By then one path in ten.</param>
/// <param name="P50">By then every second path.</param>
/// <param name="P90">By then nine paths in ten.</param>
/// <param name="Reason">Why, on most of these paths: notEnoughStaff, dueWhileClosed (no staffing of the open hours can meet it) or overdueAtStart.</param>
public sealed record BreachTimes(Instant Expected, Instant Earliest, Instant? P10, Instant? P50, Instant? P90, BreachReason Reason);

/// <summary>One deadline class: the share of a queue that is due within its turnaround, or the rest.</summary>
/// <param name="Queue">Code of the queue.</param>
/// <param name="DeadlineMinutes">Time from arrival to the deadline, minutes.</param>
/// <param name="Share">Share of the queue's contacts in the class.</param>
/// <param name="LegalClock">True when a law sets the deadline.</param>
/// <param name="ProbabilityOfBreach">Share of the paths on which a deadline of the class is missed.</param>
/// <param name="MeanBreachedHours">Hours of work that miss their deadline, mean over the paths.</param>
/// <param name="MeanAttainment">Share of the due work done in time, mean over the paths.</param>
/// <param name="FirstBreach">When the first is missed; null when none ever is.</param>
public sealed record ClassBreach(
    string Queue, double DeadlineMinutes, double Share, bool LegalClock, double ProbabilityOfBreach, double MeanBreachedHours, double MeanAttainment,
    BreachTimes? FirstBreach);

/// <summary>The backlog of all classes at the end of a local day; quantiles over the paths.</summary>
/// <param name="Date">The day.</param>
/// <param name="BacklogHoursP50">Hours of handle time open, median.</param>
/// <param name="BacklogHoursP90">Hours that nine paths in ten stay at or below.</param>
/// <param name="BacklogDaysP50">The same in days of the mean staffing, median; null when nobody is staffed.</param>
/// <param name="BacklogDaysP90">Nine paths in ten; null when nobody is staffed.</param>
/// <param name="OldestAgeHoursP50">Age of the oldest open contact in hours, median.</param>
/// <param name="OldestAgeHoursP90">Nine paths in ten.</param>
public sealed record BacklogDay(
    LocalDate Date, double BacklogHoursP50, double BacklogHoursP90, double? BacklogDaysP50, double? BacklogDaysP90, double OldestAgeHoursP50,
    double OldestAgeHoursP90);
