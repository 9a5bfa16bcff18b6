using System.ComponentModel.DataAnnotations;
using NodaTime;

namespace Wfm.Api.Features.Routing;

/// <summary>What to allocate, and at what prices. The queues are those whose routing is global; the others stay at their hubs and compete for the same
/// people.</summary>
public sealed record CreateAllocationRequest
{
    /// <summary>Codes of the hubs that share the work; every hub that the key may touch when left out.</summary>
    [MaxLength(200)]
    public List<string> Hubs { get; init; } = [];

    /// <summary>Start, a full hour; midnight UTC of the Monday after now when left out. The forecasts in force must reach from here to the end.</summary>
    public Instant? From { get; init; }

    /// <summary>Days, 1 to 14. What reaches beyond the end counts at the beginning, as in a week that repeats itself.</summary>
    [Range(1, 14)]
    public int Days { get; init; } = 7;

    /// <summary>Minutes of an interval: 60, 120, 180, 240 or 360; a day is whole numbers of it.</summary>
    [Range(60, 360)]
    public int IntervalMinutes { get; init; } = 240;

    /// <summary>Probability that the heads are enough, above 0 and below 1.</summary>
    public double RiskLevel { get; init; } = 0.8;

    /// <summary>Sample paths drawn from each forecast, 20 to 1000.</summary>
    [Range(20, 1000)]
    public int Paths { get; init; } = 100;

    /// <summary>Seed of the paths.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Price of an hour of a missing head of priority 5, in the currency of the contracts; priority 1 costs three times as much.</summary>
    [Range(1.0, 100_000.0)]
    public double BreachPrice { get; init; } = 200;

    /// <summary>What a paid hour in the local night (23:00 to 06:00) costs more, as a fraction.</summary>
    [Range(0.0, 10.0)]
    public double NightPremium { get; init; } = 0.25;

    /// <summary>What a paid hour on a local weekend costs more, as a fraction.</summary>
    [Range(0.0, 10.0)]
    public double WeekendPremium { get; init; } = 0.25;

    /// <summary>Minutes at the start of every shift that are paid and cover nothing, because work is handed over.</summary>
    [Range(0, 120)]
    public int HandoverMinutes { get; init; } = 15;

    /// <summary>Cap on the paid night hours of all hubs together in the span; left out for none.</summary>
    [Range(0.0, 1_000_000.0)]
    public double? MaximumNightHours { get; init; }

    /// <summary>Caps on the paid night hours of hubs in the span, by code.</summary>
    public Dictionary<string, double> HubNightHours { get; init; } = [];
}

/// <summary>An allocation in figures, beside the best fixed split of the same work among the same people.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Start">Start of its first interval.</param>
/// <param name="End">End of its last.</param>
/// <param name="Question">What was asked for, defaults filled in.</param>
/// <param name="Hubs">Hubs that take part.</param>
/// <param name="GlobalQueues">Queues that were shared.</param>
/// <param name="Allocation">Shared freely in every interval.</param>
/// <param name="FixedSplit">With one share of a group for each hub in every interval.</param>
/// <param name="FixedShares">These shares.</param>
/// <param name="Findings">What cannot be had, in words with figures.</param>
/// <param name="Skipped">What could not be staffed, with the reason.</param>
/// <param name="Forecasts">The forecasts staffed, by hub.</param>
/// <param name="Author">Name of the key that asked for it.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record AllocationResponse(
    Guid Id, Instant Start, Instant End, AllocationQuestion Question, IReadOnlyList<string> Hubs, IReadOnlyList<string> GlobalQueues,
    AllocationOutcome Allocation, AllocationOutcome FixedSplit, IReadOnlyList<AllocatedShare> FixedShares, IReadOnlyList<string> Findings,
    IReadOnlyList<string> Skipped, IReadOnlyDictionary<string, Guid> Forecasts, string Author, Instant CreatedAt)
{
    internal static AllocationResponse Of(AllocationRun run) => new(
        run.Id, run.Start, run.End, run.Question, run.Hubs, run.Data.Global, run.Data.Allocation, run.Data.FixedSplit, run.Data.Shares, run.Data.Findings,
        run.Data.Skipped, run.Data.Forecasts, run.Author, run.CreatedAt);
}

/// <summary>What hubs do of a line of work in an interval.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="Line">The line of work: its group, with the queue where the work may wait.</param>
/// <param name="Group">Skill group.</param>
/// <param name="NeededHeads">Scheduled heads that the work of the interval takes; what may wait may be done later.</param>
/// <param name="MissingHeads">Heads missing.</param>
/// <param name="BreachProbability">Probability that the heads are too few.</param>
/// <param name="Hubs">Hub by hub.</param>
public sealed record AllocationInterval(
    Instant Start, string Line, string Group, double NeededHeads, double MissingHeads, double BreachProbability, IReadOnlyList<HubShare> Hubs);

/// <summary>A hub's part of an interval.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Heads">Scheduled heads at work.</param>
/// <param name="Share">Of all heads at work on it, 0 to 1; null when there are none.</param>
/// <param name="FixedHeads">Heads at work in the fixed split.</param>
public sealed record HubShare(string Hub, double Heads, double? Share, double FixedHeads);

/// <summary>What one more head on a line of work costs in an interval.</summary>
/// <param name="Start">Start of the interval.</param>
/// <param name="Line">The line of work.</param>
/// <param name="Group">Skill group.</param>
/// <param name="Price">What the operation would pay in all for an hour of it; 0 where somebody is free anyway.</param>
/// <param name="Hubs">What each hub would ask, the cheapest first; hubs with nobody to offer are left out.</param>
/// <param name="Text">The cheapest hub in words.</param>
public sealed record AllocationPrice(Instant Start, string Line, string Group, double Price, IReadOnlyList<HubPrice> Hubs, string Text);

/// <summary>A hub's price.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Price">For one head more for an hour: its shift, less what the shift does elsewhere meanwhile.</param>
public sealed record HubPrice(string Hub, double Price);
