using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Scheduling.Wellbeing;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>Time that an agent spent on the content of a queue. Of an agent, queue, source and start there is one row: sent again, it replaces the one
/// before.</summary>
public sealed record ExposureRequest
{
    /// <summary>Code of the agent.</summary>
    /// <example>dub-001</example>
    [Required, Code]
    public required string Agent { get; init; }

    /// <summary>Code of the queue.</summary>
    /// <example>child-safety</example>
    [Required, Code]
    public required string Queue { get; init; }

    /// <summary>Start, a whole minute: with Z or an offset an instant, without one the local time of the agent's hub.</summary>
    /// <example>2026-10-05T09:00</example>
    [Required]
    public required string Start { get; init; }

    /// <summary>End, exclusive, at most 24 hours after the start, written as the start is; start and minutes say it when left out.</summary>
    /// <example>2026-10-05T09:30</example>
    public string? End { get; init; }

    /// <summary>Minutes on content between start and end; all of them when left out.</summary>
    /// <example>22.5</example>
    [Range(0.0, 1440.0)]
    public double? Minutes { get; init; }

    /// <summary>routed: contacts that were routed to the agent; state: a state of the agent that names the queue. On a day with routed rows rows by state do
    /// not count, so that no time is told twice.</summary>
    /// <example>routed</example>
    public ExposureSource Source { get; init; }
}

/// <summary>Minutes on harmful content.</summary>
/// <param name="E0">Minutes to be expected on content of class E0.</param>
/// <param name="E1">On E1.</param>
/// <param name="E2">On E2.</param>
/// <param name="E3">On E3.</param>
/// <param name="E4">On E4.</param>
/// <param name="Weighted">Minutes as often as their class, as the policy of the hub counts them.</param>
public sealed record ExposureMinutes(double E0, double E1, double E2, double E3, double E4, double Weighted)
{
    internal static ExposureMinutes From(ExposureSum sum) => new(
        Math.Round(sum.ByClass[0], 2), Math.Round(sum.ByClass[1], 2), Math.Round(sum.ByClass[2], 2), Math.Round(sum.ByClass[3], 2),
        Math.Round(sum.ByClass[4], 2), Math.Round(sum.Weighted, 2));

    internal static ExposureMinutes Mean(IReadOnlyList<ExposureMinutes> of) => new(
        Math.Round(of.Average(m => m.E0), 2), Math.Round(of.Average(m => m.E1), 2), Math.Round(of.Average(m => m.E2), 2),
        Math.Round(of.Average(m => m.E3), 2), Math.Round(of.Average(m => m.E4), 2), Math.Round(of.Average(m => m.Weighted), 2));
}

/// <summary>Exposure up to a day.</summary>
/// <param name="Day">Of the shift of the day.</param>
/// <param name="SevenDays">Of the seven days to it.</param>
/// <param name="TwentyEightDays">Of the 28 days to it.</param>
public sealed record ExposurePeriods(ExposureMinutes Day, ExposureMinutes SevenDays, ExposureMinutes TwentyEightDays)
{
    internal static ExposurePeriods Mean(IReadOnlyList<ExposurePeriods> of) => new(
        ExposureMinutes.Mean([.. of.Select(p => p.Day)]), ExposureMinutes.Mean([.. of.Select(p => p.SevenDays)]),
        ExposureMinutes.Mean([.. of.Select(p => p.TwentyEightDays)]));
}

/// <summary>A limit and what is left of it.</summary>
/// <param name="Rule">Its kind.</param>
/// <param name="Text">In words.</param>
/// <param name="Source">Who decided it.</param>
/// <param name="Unit">minutes, weighted minutes or days.</param>
/// <param name="Limit">What is allowed; 0 for what must not be, such as minutes in the last hour or minutes missing to a cool-down.</param>
/// <param name="Planned">What rosters use of it.</param>
/// <param name="PlannedHeadroom">What they leave; below 0 where it is broken.</param>
/// <param name="Actual">What was used of it; null where nothing is known of the day.</param>
/// <param name="ActualHeadroom">What was left; null likewise.</param>
/// <param name="Tightest">The day of the last 28 on which least was left, of what is planned.</param>
/// <param name="TightestHeadroom">What was left then.</param>
public sealed record LimitHeadroom(
    string Rule, string Text, string Source, string Unit, double Limit, double Planned, double PlannedHeadroom, double? Actual, double? ActualHeadroom,
    LocalDate Tightest, double TightestHeadroom);

/// <summary>What a person is, was and may be exposed to. It is working time on classes of content, no statement about the person.</summary>
/// <param name="Agent">Code of the agent.</param>
/// <param name="AsOf">The local day to which it is told.</param>
/// <param name="Planned">From the shifts in force.</param>
/// <param name="Actual">From imported exposure, and where a day has none from imported worked shifts with their groups; null where there is none of
/// either.</param>
/// <param name="Limits">The limits in force on the day.</param>
public sealed record PersonExposureResponse(
    string Agent, LocalDate AsOf, ExposurePeriods Planned, ExposurePeriods? Actual, IReadOnlyList<LimitHeadroom> Limits);

/// <summary>Mean exposure of a group of at least five people.</summary>
/// <param name="Group">Their skills.</param>
/// <param name="People">People in it.</param>
/// <param name="Planned">Mean over people, from the shifts in force.</param>
/// <param name="Actual">Mean over people, from what was worked; null where less than all of at least five people have any.</param>
public sealed record GroupExposureFigures(string Group, int People, ExposurePeriods Planned, ExposurePeriods? Actual);

/// <summary>Exposure of a hub by groups.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="AsOf">The local day to which it is told.</param>
/// <param name="FewestPeople">Smaller groups are kept back, and so many others that none can be worked out.</param>
/// <param name="KeptBack">People in the groups that are kept back; 0 for none.</param>
/// <param name="Groups">The groups told, by name.</param>
public sealed record GroupExposureResponse(string Hub, LocalDate AsOf, int FewestPeople, int KeptBack, IReadOnlyList<GroupExposureFigures> Groups);
