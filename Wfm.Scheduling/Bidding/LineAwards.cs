using NodaTime;

namespace Wfm.Scheduling.Bidding;

/// <summary>Gives lines of shifts to those who bid for them, one line to a person at most.</summary>
/// <remarks>
/// By rank it is the serial dictatorship: nobody gains by hiding what they like, and no two could change lines and both like it better (A. Abdulkadiroğlu and
/// T. Sönmez, “Random serial dictatorship and the core from random endowments in house allocation problems”, Econometrica 66, 1998). By points the highest
/// offer wins and pays what it offered: whoever lost a line lost it to an offer as high at least, or could not work it, or has a line that was worth as many
/// points to them.
/// </remarks>
public static class LineAwards
{
    /// <summary>The order of turns and of ties: the longest there first, then who has more points, then by id.</summary>
    /// <param name="bidders">The people.</param>
    public static IReadOnlyList<LineBidder> Order(IReadOnlyCollection<LineBidder> bidders) =>
        [.. bidders.OrderBy(b => b.Since ?? LocalDate.MaxIsoValue).ThenByDescending(b => b.Points).ThenBy(b => b.Id, StringComparer.Ordinal)];

    /// <summary>One after the other, everybody takes the best liked line that is left and may be worked.</summary>
    /// <param name="lines">Codes of the lines.</param>
    /// <param name="bidders">The people.</param>
    /// <param name="stop">The rule that stops a person from working a line; <see langword="null"/> for none.</param>
    /// <returns>One entry a person, in the order of turns.</returns>
    /// <exception cref="SchedulingDataException">Somebody bids for a line that there is not.</exception>
    public static IReadOnlyList<LineAward> ByRank(
        IReadOnlyCollection<string> lines, IReadOnlyCollection<LineBidder> bidders, Func<string, string, string?> stop)
    {
        var order = Checked(lines, bidders, stop);
        var (takenBy, got) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<LineAward>());
        foreach (var (i, bidder) in order.Index())
        {
            var passed = new List<PassedLine>();
            var line = bidder.Bids.Select(b => b.Line).FirstOrDefault(l => IsFree(bidder.Id, l, passed));
            if (line is not null) takenBy.Add(line, bidder.Id);
            got.Add(new LineAward(bidder.Id, line, line is null ? 0 : passed.Count + 1, 0, i + 1, passed));
        }

        return got;

        bool IsFree(string bidder, string line, List<PassedLine> passed)
        {
            var other = takenBy.GetValueOrDefault(line);
            var rule = other is null ? stop(bidder, line) : null;
            if (other is null && rule is null) return true;
            passed.Add(new PassedLine(line, passed.Count + 1, other, rule));
            return false;
        }
    }

    /// <summary>The highest offer of points comes first; the same offers come in the order of turns, those of one person as they like the lines.</summary>
    /// <inheritdoc cref="ByRank"/>
    public static IReadOnlyList<LineAward> ByPoints(
        IReadOnlyCollection<string> lines, IReadOnlyCollection<LineBidder> bidders, Func<string, string, string?> stop)
    {
        var order = Checked(lines, bidders, stop);
        var takenBy = new Dictionary<string, string>(StringComparer.Ordinal);
        var won = new Dictionary<string, LineBid>(StringComparer.Ordinal);
        var stops = new Dictionary<(string, string), string>();
        var offers = order.SelectMany((b, turn) => b.Bids.Select((bid, rank) => (Bidder: b, Bid: bid, Turn: turn, Rank: rank)))
            .OrderByDescending(o => o.Bid.Points).ThenBy(o => o.Turn).ThenBy(o => o.Rank);
        foreach (var (bidder, bid, _, _) in offers)
        {
            if (won.ContainsKey(bidder.Id) || takenBy.ContainsKey(bid.Line)) continue;
            var rule = bid.Points > bidder.Points ? $"{bid.Points} points were offered, {bidder.Points} are there" : stop(bidder.Id, bid.Line);
            if (rule is not null)
            {
                stops[(bidder.Id, bid.Line)] = rule;
                continue;
            }

            takenBy.Add(bid.Line, bidder.Id);
            won.Add(bidder.Id, bid);
        }

        return [.. order.Select((b, turn) => Award(b, turn))];

        LineAward Award(LineBidder bidder, int turn)
        {
            var bid = won.GetValueOrDefault(bidder.Id);
            var rank = bid is null ? bidder.Bids.Count : bidder.Bids.TakeWhile(b => b != bid).Count();
            return new LineAward(
                bidder.Id, bid?.Line, bid is null ? 0 : rank + 1, bid?.Points ?? 0, turn + 1,
                [.. bidder.Bids.Take(rank).Select((b, i) => Passed(bidder, b, i))]);
        }

        // A line that is liked better but was worth fewer points may be free: the person won another before.
        PassedLine Passed(LineBidder bidder, LineBid bid, int place) => new(
            bid.Line, place + 1, stops.ContainsKey((bidder.Id, bid.Line)) ? null : takenBy.GetValueOrDefault(bid.Line),
            stops.GetValueOrDefault((bidder.Id, bid.Line)) ?? (takenBy.ContainsKey(bid.Line) ? null : "a line with a higher offer was won first"));
    }

    private static IReadOnlyList<LineBidder> Checked(
        IReadOnlyCollection<string> lines, IReadOnlyCollection<LineBidder> bidders, Func<string, string, string?> stop)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(bidders);
        ArgumentNullException.ThrowIfNull(stop);
        var known = lines.ToHashSet(StringComparer.Ordinal);
        foreach (var bidder in bidders)
        {
            if (bidder.Bids.FirstOrDefault(b => !known.Contains(b.Line)) is { } bid)
                throw new SchedulingDataException($"bidder '{bidder.Id}' bids for line '{bid.Line}', which there is not.");
        }

        return Order(bidders);
    }
}
