using NodaTime;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.People.Wellbeing;

/// <summary>What the limits on harmful content cost on the days of a roster.</summary>
public sealed class LimitPriceList
{
    public Guid Id { get; init; } = SequentialId.Next();
    public Guid RosterId { get; init; }
    public required LimitPriceData Data { get; init; }
    public Instant PricedAt { get; init; }
    public Guid JobId { get; init; }
}

/// <summary>The prices.</summary>
/// <param name="AsItIs">The roster solved with every limit.</param>
/// <param name="Limits">Limit by limit.</param>
/// <param name="FteWeeklyHours">Paid hours a week that are one full-time equivalent.</param>
/// <param name="Method">How it was computed.</param>
/// <param name="Seed">Seed of every search and simulation.</param>
/// <param name="MaximumMoves">Work limit of each search.</param>
public sealed record LimitPriceData(
    LimitOutcome AsItIs, IReadOnlyList<LimitPrice> Limits, double FteWeeklyHours, string Method, int Seed, long MaximumMoves);

/// <summary>One limit.</summary>
/// <param name="Rule">Its kind.</param>
/// <param name="Text">The limit in words.</param>
/// <param name="Source">Who decided it.</param>
/// <param name="Now">Its numbers.</param>
/// <param name="LoosenedTo">Its numbers loosened by a step; null when a step less is none.</param>
/// <param name="Loosened">What that changes; null when a step less is none.</param>
/// <param name="Removed">What it changes to have no such limit.</param>
public sealed record LimitPrice(string Rule, string Text, string Source, string Now, string? LoosenedTo, LimitDifference? Loosened, LimitDifference Removed);

/// <summary>A roster under some limits.</summary>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="Fte">Hours paid a week as full-time equivalents.</param>
/// <param name="MissingHours">Head-hours of work missing: of immediate work by the interval, of deferrable work what misses its deadline.</param>
/// <param name="Cost">The soft cost of the roster in head-hours.</param>
/// <param name="Coverage">1 − head-hours missing ÷ head-hours required.</param>
/// <param name="ProbabilityEveryGoalMet">Share of the simulated periods in which every queue met its goal; null where the service cannot be simulated.</param>
/// <param name="ProbabilityGoalMet">The mean over queues of the share in which the queue met its goal; null likewise.</param>
public sealed record LimitOutcome(
    double PaidHours, double Fte, double MissingHours, double Cost, double Coverage, double? ProbabilityEveryGoalMet, double? ProbabilityGoalMet);

/// <summary>What changes against the roster with every limit.</summary>
/// <param name="PaidHours">Hours paid more; below 0 for fewer.</param>
/// <param name="Fte">Full-time equivalents paid more.</param>
/// <param name="MissingHours">Head-hours missing more; below 0 for fewer.</param>
/// <param name="MissingFte">The same as full-time equivalents.</param>
/// <param name="Cost">Soft cost more.</param>
/// <param name="ProbabilityEveryGoalMet">Change of the probability that every goal is met.</param>
/// <param name="ProbabilityGoalMet">Change of the mean probability of a goal.</param>
/// <param name="Outcome">The roster itself.</param>
public sealed record LimitDifference(
    double PaidHours, double Fte, double MissingHours, double MissingFte, double Cost, double? ProbabilityEveryGoalMet, double? ProbabilityGoalMet,
    LimitOutcome Outcome)
{
    internal static LimitDifference Of(LimitOutcome now, LimitOutcome then, double hoursOfAnFte) => new(
        Math.Round(then.PaidHours - now.PaidHours, 3), Math.Round(then.Fte - now.Fte, 3), Math.Round(then.MissingHours - now.MissingHours, 3),
        Math.Round((then.MissingHours - now.MissingHours) / hoursOfAnFte, 3), Math.Round(then.Cost - now.Cost, 3),
        then.ProbabilityEveryGoalMet - now.ProbabilityEveryGoalMet, then.ProbabilityGoalMet - now.ProbabilityGoalMet, then);
}
