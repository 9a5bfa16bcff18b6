using NodaTime;
using Wfm.Api.Features.Crises.Outlook;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Crises.Plans;

/// <summary>What the hubs of a crisis could do together, as it was planned at a moment. It refers to their rosters as they were.</summary>
public sealed class CrisisPlan
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid CrisisId { get; init; }

    /// <summary>The job that made it.</summary>
    public Guid JobId { get; init; }
    public Instant MadeAt { get; init; }

    /// <summary>Name of the key.</summary>
    public required string MadeBy { get; init; }

    /// <summary>The moment from which rosters change.</summary>
    public Instant From { get; init; }

    /// <summary>Hours that are planned for.</summary>
    public int Hours { get; init; }
    public List<PlannedSurge> Surges { get; init; } = [];
    public List<PlannedHelp> Hubs { get; init; } = [];

    /// <summary>What it does to service and clocks.</summary>
    public PlannedEffect Effect { get; init; } = new(0, 0, [], []);

    /// <summary>What people answered; the last of a person counts.</summary>
    public List<PlanAnswer> Answers { get; init; } = [];

    /// <summary>Hubs at which it is in force.</summary>
    public List<PlanApplied> Applied { get; init; } = [];
    public int Version { get; init; } = 1;

    /// <summary>Whether somebody has said no.</summary>
    public bool HasDeclined(string agent) => Answers.FindLast(a => a.Agent == agent) is { Accepted: false };
}

/// <summary>Work beyond what is expected, and how far it is met.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Hub">The only hub that may do it; null for every hub that has the group.</param>
/// <param name="Hours">Head-hours of it.</param>
/// <param name="UnmetBefore">Head-hours that nobody would do if nothing changed.</param>
/// <param name="UnmetHours">Head-hours that nobody does as planned.</param>
/// <param name="Heads">Heads needed on top, hour by hour.</param>
/// <param name="Unmet">Heads missing as planned, hour by hour.</param>
public sealed record PlannedSurge(string Group, string? Hub, double Hours, double UnmetBefore, double UnmetHours, double[] Heads, double[] Unmet);

/// <summary>Service and clocks before and after, the rosters put to the same contacts and absences.</summary>
/// <param name="Seed">Seed of paths and chance.</param>
/// <param name="Replications">Fewest replications of any queue; 0 where nothing could be simulated.</param>
/// <param name="Queues">Queues that the crisis is about, queues with a legal clock, and those that the plan changes: legal clocks first.</param>
/// <param name="Notes">What is not known, in words.</param>
public sealed record PlannedEffect(int Seed, int Replications, IReadOnlyList<PlannedService> Queues, IReadOnlyList<string> Notes);

/// <summary>A queue at a hub before and after.</summary>
/// <param name="Hub">Code of the hub where the work arrives.</param>
/// <param name="Queue">Code of the queue.</param>
/// <param name="Group">Skill group.</param>
/// <param name="Language">Language.</param>
/// <param name="IsLegal">Whether a law sets its clock.</param>
/// <param name="IsTouched">Whether the crisis is about it; else it is what the help costs elsewhere.</param>
/// <param name="IsShared">Whether any of the hubs may work it in the plan.</param>
/// <param name="Before">If nothing changed.</param>
/// <param name="After">As planned, everybody saying yes.</param>
public sealed record PlannedService(
    string Hub, string Queue, string Group, string Language, bool IsLegal, bool IsTouched, bool IsShared, ServiceFigures Before, ServiceFigures After);

/// <summary>What a hub does.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="RosterId">The roster in force that it would edit.</param>
/// <param name="RosterVersion">Version of it that was planned with; of another one it cannot be applied.</param>
/// <param name="Shares">Its part of each surge.</param>
/// <param name="Lent">What its other work misses for it.</param>
/// <param name="Moves">Who would do what; the list of people to ask.</param>
public sealed record PlannedHelp(
    string Hub, Guid RosterId, int RosterVersion, IReadOnlyList<PlannedShare> Shares, IReadOnlyList<PlannedLending> Lent, IReadOnlyList<PlannedMove> Moves);

/// <summary>Part of a surge that a hub does.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="HeadHours">Head-hours of it.</param>
/// <param name="Heads">Heads, hour by hour.</param>
public sealed record PlannedShare(string Group, double HeadHours, double[] Heads);

/// <summary>What helping costs other work of a hub.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="MissingBefore">Head-hours of its own work that are missing as published.</param>
/// <param name="MissingAfter">The same as planned.</param>
public sealed record PlannedLending(string Group, double MissingBefore, double MissingAfter);

/// <summary>What somebody is asked to do.</summary>
/// <param name="Day">The day before and after.</param>
/// <param name="NoticeHours">Hours from the start of the plan to the first change.</param>
/// <param name="Why">Why, in words.</param>
public sealed record PlannedMove(EditedDayData Day, double NoticeHours, string Why);

/// <summary>What somebody answered.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="Accepted">Yes or no.</param>
/// <param name="At">When it was told.</param>
/// <param name="By">Name of the key that told it.</param>
public sealed record PlanAnswer(string Agent, bool Accepted, Instant At, string By);

/// <summary>A hub at which a plan was put in force.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Edit">Number of the edit in the history of its roster; null where nothing changed.</param>
/// <param name="People">People whose days changed.</param>
/// <param name="At">When.</param>
/// <param name="By">Name of the key.</param>
public sealed record PlanApplied(string Hub, int? Edit, int People, Instant At, string By);
