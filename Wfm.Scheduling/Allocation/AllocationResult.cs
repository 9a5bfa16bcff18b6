namespace Wfm.Scheduling.Allocation;

/// <summary>Who does which work when, and what it costs; people are counted in fractions.</summary>
/// <param name="Cost">Pay with premiums and the price of what is missing.</param>
/// <param name="Bound">No allocation of these people to this work costs less; with the optimum found it is the cost but for rounding.</param>
/// <param name="Shifts">The shifts to be worked.</param>
/// <param name="Heads">Heads at work by hub and line of work.</param>
/// <param name="Missing">Heads missing by line of work.</param>
/// <param name="MissingPresence">Heads missing below the least presence, by group.</param>
/// <param name="Prices">What one more head costs, by line of work.</param>
/// <param name="Shares">Constant share of each hub in a group's work; empty unless a fixed split was asked for.</param>
/// <param name="Findings">What cannot be had, in words with figures.</param>
/// <param name="Effort">What it took.</param>
public sealed record AllocationResult(
    double Cost, double Bound, IReadOnlyList<AllocatedShift> Shifts, IReadOnlyList<AllocatedHeads> Heads, IReadOnlyList<MissingHeads> Missing,
    IReadOnlyList<MissingHeads> MissingPresence, IReadOnlyList<HeadPrices> Prices, IReadOnlyList<FixedShare> Shares, IReadOnlyList<string> Findings,
    AllocationEffort Effort)
{
    /// <summary>Hours paid.</summary>
    public double PaidHours => Shifts.Sum(s => s.People * s.Offer.PaidHours);

    /// <summary>Of the hours paid, those in the local night.</summary>
    public double NightHours => Shifts.Sum(s => s.People * s.Offer.NightHours);

    /// <summary>Of the hours paid, those on a local weekend.</summary>
    public double WeekendHours => Shifts.Sum(s => s.People * s.Offer.WeekendHours);

    /// <summary>Pay with premiums.</summary>
    public double Pay => Shifts.Sum(s => s.People * s.Offer.Cost);
}

/// <summary>People of a kind on a shift.</summary>
/// <param name="Kind">Whose.</param>
/// <param name="Offer">The shift.</param>
/// <param name="People">How many, fractions allowed.</param>
public sealed record AllocatedShift(AllocationKind Kind, ShiftOffer Offer, double People);

/// <summary>What a hub does of a line of work.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Line">Name of the line.</param>
/// <param name="Heads">Heads at work on it in each interval.</param>
public sealed record AllocatedHeads(string Hub, string Line, double[] Heads);

/// <summary>What is missing.</summary>
/// <param name="Name">Line of work, or group.</param>
/// <param name="Heads">Heads missing in each interval.</param>
public sealed record MissingHeads(string Name, double[] Heads);

/// <summary>Marginal prices of a line of work.</summary>
/// <param name="Line">Name of the line.</param>
/// <param name="Needed">What it costs in all when an interval needs one head more, for an hour.</param>
/// <param name="Hubs">What a hub would ask for it.</param>
public sealed record HeadPrices(string Line, double[] Needed, IReadOnlyList<HubPrices> Hubs);

/// <summary>What a hub would ask.</summary>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Asked">For one head more for an hour in each interval, what its shifts do elsewhere meanwhile taken off; <see cref="double.NaN"/> where it
/// has nobody to offer.</param>
public sealed record HubPrices(string Hub, double[] Asked);

/// <summary>A constant share.</summary>
/// <param name="Group">Skill group.</param>
/// <param name="Hub">Code of the hub.</param>
/// <param name="Share">Of the group's work in every interval, 0 to 1.</param>
public sealed record FixedShare(string Group, string Hub, double Share);

/// <summary>What a solution took.</summary>
/// <param name="Parts">Parts that have nothing to do with each other and were solved apart.</param>
/// <param name="Rows">Rows of all programmes.</param>
/// <param name="Columns">Columns of all programmes in the end.</param>
/// <param name="Rounds">Times that shifts were priced.</param>
/// <param name="Pivots">Pivots.</param>
/// <param name="Refactorizations">Times the factors of a basis were made.</param>
public sealed record AllocationEffort(int Parts, int Rows, int Columns, int Rounds, long Pivots, long Refactorizations)
{
    internal static AllocationEffort Sum(AllocationEffort a, AllocationEffort b) => new(
        a.Parts + b.Parts, a.Rows + b.Rows, a.Columns + b.Columns, a.Rounds + b.Rounds, a.Pivots + b.Pivots, a.Refactorizations + b.Refactorizations);
}
