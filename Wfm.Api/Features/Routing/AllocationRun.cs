using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Routing;

/// <summary>A computed allocation of globally routed work over hubs. It never changes.</summary>
public sealed class AllocationRun
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Instant Start { get; init; }
    public Instant End { get; init; }
    public int IntervalMinutes { get; init; }

    /// <summary>What was asked for, defaults filled in.</summary>
    public required AllocationQuestion Question { get; init; }

    /// <summary>Codes of the hubs that take part.</summary>
    public required List<string> Hubs { get; init; }

    /// <summary>What came out.</summary>
    public required AllocationData Data { get; init; }

    /// <summary>Name of the key that asked for it.</summary>
    public required string Author { get; init; }
    public Instant CreatedAt { get; init; }
    public Guid JobId { get; init; }
}

/// <summary>How an allocation is computed.</summary>
/// <param name="Hubs">Codes of the hubs that take part.</param>
/// <param name="From">Start.</param>
/// <param name="Days">Days.</param>
/// <param name="IntervalMinutes">Length of an interval.</param>
/// <param name="RiskLevel">Probability that the heads are enough.</param>
/// <param name="Paths">Sample paths of each forecast.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="BreachPrice">Price of an hour of a missing head of priority 5.</param>
/// <param name="NightPremium">What a paid hour in the local night costs more, fraction.</param>
/// <param name="WeekendPremium">What a paid hour on a local weekend costs more, fraction.</param>
/// <param name="HandoverMinutes">Paid time at the start of every shift that covers nothing.</param>
/// <param name="MaximumNightHours">Cap on the night hours of all hubs; null for none.</param>
/// <param name="HubNightHours">Caps by hub.</param>
public sealed record AllocationQuestion(
    IReadOnlyList<string> Hubs, Instant From, int Days, int IntervalMinutes, double RiskLevel, int Paths, int Seed, double BreachPrice, double NightPremium,
    double WeekendPremium, int HandoverMinutes, double? MaximumNightHours, IReadOnlyDictionary<string, double> HubNightHours);

/// <summary>The result of an allocation.</summary>
/// <param name="Allocation">Shared freely in every interval.</param>
/// <param name="FixedSplit">The best with one share of a group for each hub.</param>
/// <param name="Lines">Line by line, with curves of one value an interval.</param>
/// <param name="Shares">Shares of the fixed split.</param>
/// <param name="Global">Codes of the queues that were shared.</param>
/// <param name="Forecasts">The forecasts staffed, by hub.</param>
/// <param name="Findings">What cannot be had, in words with figures.</param>
/// <param name="Skipped">What could not be staffed, with the reason.</param>
public sealed record AllocationData(
    AllocationOutcome Allocation, AllocationOutcome FixedSplit, IReadOnlyList<AllocatedLine> Lines, IReadOnlyList<AllocatedShare> Shares,
    IReadOnlyList<string> Global, IReadOnlyDictionary<string, Guid> Forecasts, IReadOnlyList<string> Findings, IReadOnlyList<string> Skipped);

/// <summary>Figures of an allocation over its whole span. People are counted in fractions.</summary>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="NightHours">Of them in the local night, 23:00 to 06:00.</param>
/// <param name="WeekendHours">Of them on a local weekend.</param>
/// <param name="Pay">Pay with premiums, in the currency of the contracts.</param>
/// <param name="MissingHours">Head-hours missing.</param>
/// <param name="BreachProbability">Mean over lines of work and intervals, by the heads needed, of the probability that the heads are too few: from the
/// requirement at several risk levels, in a straight line between two.</param>
/// <param name="Cost">Pay and the price of what is missing.</param>
/// <param name="Bound">No allocation of these people costs less.</param>
/// <param name="Rows">Rows of the programme.</param>
/// <param name="Columns">Its columns in the end.</param>
/// <param name="Pivots">Pivots it took.</param>
public sealed record AllocationOutcome(
    double PaidHours, double NightHours, double WeekendHours, double Pay, double MissingHours, double BreachProbability, double Cost, double Bound, int Rows,
    int Columns, long Pivots);

/// <summary>A line of work with its curves.</summary>
/// <param name="Line">Its name: the group, with the queue where the work may wait.</param>
/// <param name="Group">Skill group.</param>
/// <param name="Hub">The only hub that does it; null for all.</param>
/// <param name="Needed">Heads that the work of each interval takes.</param>
/// <param name="Missing">Heads missing.</param>
/// <param name="Breach">Probability that the heads are too few.</param>
/// <param name="Price">What the operation pays for one head more for an hour.</param>
/// <param name="Hubs">What each hub does and asks.</param>
public sealed record AllocatedLine(
    string Line, string Group, string? Hub, double[] Needed, double[] Missing, double[] Breach, double[] Price, IReadOnlyList<AllocatedHub> Hubs);

/// <summary>A hub's part of a line of work.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Heads">Heads at work on it.</param>
/// <param name="FixedHeads">Heads at work on it in the fixed split.</param>
/// <param name="Asked">What the hub would ask for one head more for an hour; null where it has nobody to offer.</param>
public sealed record AllocatedHub(string Hub, double[] Heads, double[] FixedHeads, double?[] Asked);

/// <summary>A hub's constant share of a group's work in the fixed split.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Share">0 to 1.</param>
public sealed record AllocatedShare(string Group, string Hub, double Share);
