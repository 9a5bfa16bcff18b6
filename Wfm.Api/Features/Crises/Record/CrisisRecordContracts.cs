using NodaTime;
using Wfm.Api.Features.Crises.Plans;
using Wfm.Api.Features.Rosters.Waivers;

namespace Wfm.Api.Features.Crises.Record;

/// <summary>What was decided in a crisis by whom, what it was to change, and what it took.</summary>
/// <param name="Crisis">The crisis, with who was let go when and who is owed rest.</param>
/// <param name="Decisions">In order of time.</param>
/// <param name="Plans">Every plan with its figures before and after, in order of time.</param>
/// <param name="Hubs">What it took at each hub.</param>
/// <param name="WaiverUses">Rules broken under a waiver for it, in order of time.</param>
public sealed record CrisisRecordResponse(
    CrisisResponse Crisis, IReadOnlyList<CrisisDecision> Decisions, IReadOnlyList<CrisisPlanFigures> Plans, IReadOnlyList<CrisisHubFigures> Hubs,
    IReadOnlyList<WaiverUseResponse> WaiverUses);

/// <summary>Something that somebody decided.</summary>
/// <param name="At">When.</param>
/// <param name="By">Name of the key.</param>
/// <param name="What">What, in words.</param>
/// <param name="Reason">Why; null where nobody said.</param>
/// <param name="Hub">Code of the hub; null for all.</param>
/// <param name="Agent">Code of the agent; null for more than one.</param>
public sealed record CrisisDecision(Instant At, string By, string What, string? Reason = null, string? Hub = null, string? Agent = null);

/// <summary>A plan in figures.</summary>
/// <param name="Id">Identity.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="From">From when on rosters were to change.</param>
/// <param name="Hours">Hours that it was for.</param>
/// <param name="PeopleAsked">People whose days it was to change.</param>
/// <param name="Accepted">People who said yes.</param>
/// <param name="Declined">People who said no.</param>
/// <param name="Surges">The work beyond what was expected, and how far it was to be met.</param>
/// <param name="Effect">Clocks and service before and after.</param>
/// <param name="Applied">Hubs at which it was put in force.</param>
public sealed record CrisisPlanFigures(
    Guid Id, Instant MadeAt, Instant From, int Hours, int PeopleAsked, int Accepted, int Declined, IReadOnlyList<PlannedSurge> Surges, PlannedEffect Effect,
    IReadOnlyList<PlanApplied> Applied);

/// <summary>What a crisis took at a hub.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="People">People whose days it changed.</param>
/// <param name="Days">Days that it changed.</param>
/// <param name="GivenBack">Of these, days that were given back.</param>
/// <param name="ExtraHours">Paid hours beyond what was planned, of days that have begun and were not given back.</param>
/// <param name="RestHours">Hours of rest that were put into rosters for it.</param>
/// <param name="RestOwed">Hours of rest that are still owed.</param>
/// <param name="Exposure">Planned minutes by exposure class on these days; null for fewer than five people, of whom nothing is told.</param>
public sealed record CrisisHubFigures(
    string Hub, int People, int Days, int GivenBack, double ExtraHours, double RestHours, double RestOwed, IReadOnlyList<ExposureChange>? Exposure);

/// <summary>Planned work of an exposure class.</summary>
/// <param name="ExposureClass">0 to 4, 4 the hardest: the worst of the queues of a group.</param>
/// <param name="MinutesBefore">Minutes of it before the crisis changed the days.</param>
/// <param name="MinutesAfter">Minutes of it after.</param>
public sealed record ExposureChange(int ExposureClass, double MinutesBefore, double MinutesAfter);
