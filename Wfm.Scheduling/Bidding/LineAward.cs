using NodaTime;

namespace Wfm.Scheduling.Bidding;

/// <summary>What somebody bids for one line.</summary>
/// <param name="Line">Code of the line.</param>
/// <param name="Points">Points offered, ≥ 0; not read where lines go by rank.</param>
public sealed record LineBid(string Line, int Points = 0);

/// <summary>Somebody who bids.</summary>
/// <param name="Id">The person.</param>
/// <param name="Since">Date from which seniority counts; <see langword="null"/> for none, after everybody with one.</param>
/// <param name="Points">Points that the person has.</param>
/// <param name="Bids">The lines wanted, the best liked first, each once.</param>
/// <exception cref="SchedulingDataException">A line twice, or a negative offer.</exception>
public sealed record LineBidder(string Id, LocalDate? Since, int Points, IReadOnlyList<LineBid> Bids)
{
    /// <summary>The lines wanted, the best liked first.</summary>
    public IReadOnlyList<LineBid> Bids { get; } = Checked(Id, Bids);

    private static IReadOnlyList<LineBid> Checked(string id, IReadOnlyList<LineBid> bids)
    {
        ArgumentNullException.ThrowIfNull(bids);
        if (bids.GroupBy(b => b.Line, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new SchedulingDataException($"bidder '{id}' names line '{twice.Key}' twice.");
        return bids.FirstOrDefault(b => b.Points < 0) is { } negative
            ? throw new SchedulingDataException($"bidder '{id}' offers {negative.Points} points for line '{negative.Line}'; 0 or more serve.") : bids;
    }
}

/// <summary>Why a better liked line was not had.</summary>
/// <param name="Line">Code of the line.</param>
/// <param name="Rank">Its place in the person's list, from 1.</param>
/// <param name="TakenBy">Who got it; <see langword="null"/> when it was not that.</param>
/// <param name="Stop">The rule that stops the person, or what it lacked in points; <see langword="null"/> when it was not that.</param>
public sealed record PassedLine(string Line, int Rank, string? TakenBy, string? Stop);

/// <summary>What somebody got.</summary>
/// <param name="Bidder">The person.</param>
/// <param name="Line">The line; <see langword="null"/> for none.</param>
/// <param name="Rank">Its place in the person's list, from 1; 0 for none.</param>
/// <param name="Paid">Points paid.</param>
/// <param name="Turn">When the person had a say, from 1: the place in the order by which ties are broken.</param>
/// <param name="Passed">The better liked lines, and why they were not had; all of the list for somebody who got none.</param>
public sealed record LineAward(string Bidder, string? Line, int Rank, int Paid, int Turn, IReadOnlyList<PassedLine> Passed);
