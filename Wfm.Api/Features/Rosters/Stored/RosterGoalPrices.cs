using NodaTime;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>What the soft goals of a hub cost on the days of a roster. The searches have the same seed and limits and end near the best, so small differences
/// are noise.</summary>
/// <param name="All">The roster solved with every goal.</param>
/// <param name="Goals">Goal by goal.</param>
/// <param name="None">Without any of them.</param>
/// <param name="Seed">Seed of the searches.</param>
/// <param name="MaximumMoves">Work limit of each.</param>
/// <param name="PricedAt">When.</param>
public sealed record RosterGoalPrices(
    RosterWithGoals All, IReadOnlyList<RosterGoalPrice> Goals, RosterWithGoals None, int Seed, long MaximumMoves, Instant PricedAt)
{
    internal static RosterGoalPrices From(GoalPriceList prices, SolveLimits limits, Instant now)
    {
        var all = RosterWithGoals.From(prices.All);
        return new RosterGoalPrices(
            all,
            [
                .. prices.Goals.Select(g =>
                {
                    var without = RosterWithGoals.From(g.Without);
                    return new RosterGoalPrice(
                        g.Goal, g.Weight, Math.Round(all.UnderHours - without.UnderHours, 6), Math.Round(all.PaidHours - without.PaidHours, 6), without);
                }),
            ],
            RosterWithGoals.From(prices.None), limits.Seed, limits.MaximumMoves, now);
    }
}

/// <summary>One goal and the roster without it.</summary>
/// <param name="Goal">loneDayOff, splitWeekend, loneNight, startChange, backwardRotation, nightFairness, weekendFairness, holidayFairness or preferences: a
/// field of the hub's rosterGoals.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="MissingHours">Head-hours that are missing more with it than without; below 0 when fewer.</param>
/// <param name="PaidHours">Hours that are paid more with it than without.</param>
/// <param name="Without">The roster in which every other goal weighs what it does.</param>
public sealed record RosterGoalPrice(string Goal, double Weight, double MissingHours, double PaidHours, RosterWithGoals Without);

/// <summary>The figures of a roster that its goals move.</summary>
/// <param name="Coverage">1 − head-hours missing ÷ head-hours required.</param>
/// <param name="UnderHours">Head-hours missing.</param>
/// <param name="LateHours">Hours of deferrable work that miss their deadline.</param>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="Ergonomics">How it can be lived with.</param>
public sealed record RosterWithGoals(double Coverage, double UnderHours, double LateHours, double PaidHours, ErgonomicFigures Ergonomics)
{
    internal static RosterWithGoals From(Scorecard card) =>
        new(card.Coverage.Coverage, card.Coverage.MissingHours, card.LateHours, card.PaidHours, card.Ergonomics);
}
