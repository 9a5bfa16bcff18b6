using Wfm.Scheduling.Allocation.Linear;

namespace Wfm.Scheduling.Allocation.Programme;

/// <summary>One part of a problem as a linear programme whose columns are shifts with their work, made when they are worth having (Dantzig and Wolfe
/// 1960).</summary>
/// <remarks>
/// Rows: heads by line and interval, with what is missing at its price and what may wait as a flow into the next interval; least presence by group; hours,
/// shifts and moments of each kind; seats and night hours where they are limited. In a fixed split every line that several hubs can do has rows by hub, and
/// the share of a hub is one column with the whole curve.
/// </remarks>
internal sealed class AllocationMaster
{
    private const double Worthwhile = -1e-6;
    private const double Steadiness = 0.6; // weight of the best multipliers yet in those at which shifts are priced

    private readonly AllocationProblem _problem;
    private readonly AllocationRows _rows;
    private readonly bool _isSplit;
    private readonly SparseSimplex _simplex;
    private readonly Dictionary<int, AllocationColumn> _columns = [];
    private readonly Dictionary<int, (int Line, int Interval)> _missing = [];
    private readonly Dictionary<int, (string Group, int Interval)> _missingPresence = [];
    private readonly Dictionary<int, (string Group, string Hub)> _shares = [];
    private readonly OfferPricing[] _pricings;
    private readonly Dictionary<int, int> _position;
    private readonly int[] _basis;
    private readonly int _given;
    private readonly double _gap;
    private int _rounds;

    /// <param name="problem">The problem.</param>
    /// <param name="part">What of it.</param>
    /// <param name="seats">Hubs whose seats are watched.</param>
    /// <param name="isSplit">Whether every hub has a constant share.</param>
    /// <param name="gap">Share of the cost within which the optimum is near enough.</param>
    /// <param name="known">Shifts with their work to begin with.</param>
    public AllocationMaster(
        AllocationProblem problem, AllocationPart part, IReadOnlyCollection<string> seats, bool isSplit, double gap, IEnumerable<AllocationColumn> known)
    {
        (_problem, _isSplit, _gap) = (problem, isSplit, gap);
        _rows = new AllocationRows(problem, part, seats, isSplit);
        var groups = isSplit
            ? part.Lines.Where(l => part.HubsOf(l, isSplit: true) is not [""]).GroupBy(l => problem.Lines[l].Group, StringComparer.Ordinal).ToList()
            : [];
        var equal = groups.ConvertAll(_ => _rows.AddEqual(1));
        var waits = part.Lines.Where(l => problem.Lines[l].MayWait is not null && groups.Exists(g => g.Contains(l)))
            .ToDictionary(l => l, l => part.HubsOf(l, isSplit: true).ToDictionary(h => h, _ => AddLimits(), StringComparer.Ordinal));
        _simplex = new SparseSimplex(_rows.Shifted);
        _basis = new int[_rows.Count];
        AddNeeds();
        foreach (var line in part.Lines)
        {
            foreach (var hub in part.HubsOf(line, isSplit))
            {
                AddWaiting(line, hub, hub.Length > 0 && waits.TryGetValue(line, out var limits) ? limits[hub] : null);
            }
        }

        foreach (var limit in _rows.Limits)
        {
            _basis[limit] = _simplex.Add(0, double.PositiveInfinity, [limit], [1]);
        }

        for (var g = 0; g < groups.Count; g++)
        {
            AddShares(groups[g].Key, [.. groups[g]], equal[g], waits);
        }

        _pricings = [.. part.Kinds.Select(k => new OfferPricing(problem, _rows, k))];
        _position = part.Kinds.Index().ToDictionary(k => k.Item, k => k.Index);
        _given = _simplex.Columns;
        foreach (var column in known)
        {
            Add(_pricings[_position[column.Kind]].Again(column));
        }

        _simplex.Start(_basis);

        int AddLimits()
        {
            var first = _rows.AddLimit(0);
            for (var t = 1; t < problem.Span.Count; t++)
            {
                _rows.AddLimit(0);
            }

            return first;
        }
    }

    /// <summary>Solves until the multipliers prove that no allocation costs less than the gap leaves.</summary>
    /// <remarks>Shifts are priced between the multipliers of the programme and the best yet, which keeps both from jumping about (Wentges 1997).</remarks>
    public AllocationOptimum Solve(CancellationToken cancellationToken)
    {
        var (best, center) = (double.NegativeInfinity, (double[]?)null);
        while (true)
        {
            _simplex.Solve(cancellationToken);
            var duals = _simplex.Duals;
            var added = 0;
            if (center is not null)
            {
                double[] between = [.. center.Zip(duals, (c, d) => (Steadiness * c) + ((1 - Steadiness) * d))];
                added = Look(between);
            }

            if (added == 0 && !IsNear()) added = Look([.. duals]);
            if (added == 0 || IsNear()) return Optimum(best);
        }

        bool IsNear() => double.IsFinite(best) && _simplex.Cost() - best <= _gap * Math.Abs(best);

        int Look(double[] at)
        {
            var (columns, bound) = AddColumns(at);
            if (bound > best) (best, center) = (bound, at);
            return columns;
        }
    }

    // The best shift of every kind on every day at some multipliers, as far as it is worth having at those of the programme; and what they prove.
    private (int Added, double Bound) AddColumns(double[] duals)
    {
        _rounds++;
        var (added, bound) = (0, _simplex.Bound(_rows.Right, duals, _given));
        for (var p = 0; p < _pricings.Length; p++)
        {
            var (pricing, kind) = (_pricings[p], _problem.Kinds[_rows.Part.Kinds[p]]);
            pricing.Look(duals);
            foreach (var (offer, reduced) in Best(pricing, kind))
            {
                if (reduced >= 0) continue;
                bound += reduced * kind.Moments.DefaultIfEmpty().Max(); // nobody starts twice on a day
                var column = pricing.Column(offer);
                if (reduced >= Worthwhile || Reduced(column, kind.Offers[offer].Cost) >= Worthwhile) continue;
                Add(column);
                added++;
            }
        }

        return (added, bound);
    }

    private void Add(AllocationColumn column) => _columns.Add(
        _simplex.Add(_problem.Kinds[column.Kind].Offers[column.Offer].Cost, double.PositiveInfinity, column.Rows, column.Entries), column);

    private double Reduced(AllocationColumn column, double cost)
    {
        for (var i = 0; i < column.Rows.Length; i++)
        {
            cost -= _simplex.Duals[column.Rows[i]] * column.Entries[i];
        }

        return cost;
    }

    private static Dictionary<NodaTime.LocalDate, (int Offer, double Reduced)>.ValueCollection Best(OfferPricing pricing, AllocationKind kind)
    {
        var best = new Dictionary<NodaTime.LocalDate, (int Offer, double Reduced)>();
        foreach (var offer in pricing.Offers)
        {
            var (date, reduced) = (kind.Offers[offer].Date, pricing.Reduced(offer));
            if (!best.TryGetValue(date, out var known) || reduced < known.Reduced) best[date] = (offer, reduced);
        }

        return best.Values;
    }

    private AllocationOptimum Optimum(double bound)
    {
        var values = _simplex.Values();
        foreach (var pricing in _pricings)
        {
            pricing.Look(_simplex.Duals);
        }

        return new AllocationOptimum(
            _rows, _simplex.Cost(), bound, [.. _columns.Where(c => values[c.Key] > 1e-9).Select(c => (c.Value, values[c.Key]))],
            [.. _missing.Where(m => values[m.Key] > 1e-4).Select(m => (m.Value.Line, m.Value.Interval, values[m.Key]))],
            [.. _missingPresence.Where(m => values[m.Key] > 1e-4).Select(m => (m.Value.Group, m.Value.Interval, values[m.Key]))],
            [.. _shares.Select(s => new FixedShare(s.Value.Group, s.Value.Hub, values[s.Key]))], [.. _simplex.Duals], _pricings,
            new AllocationEffort(1, _rows.Count, _simplex.Columns, _rounds, _simplex.Pivots, _simplex.Refactorizations));
    }

    private void AddNeeds()
    {
        var hours = _problem.Span.Interval.TotalHours;
        foreach (var ((line, _), first) in _rows.Cells)
        {
            for (var t = 0; t < _problem.Span.Count; t++)
            {
                _missing.Add(AddNeed(first + t, _problem.Lines[line].BreachPrice * hours), (line, t));
            }
        }

        foreach (var (key, first) in _rows.PresenceCells)
        {
            var price = _rows.Part.Lines.Select(l => _problem.Lines[l]).Where(l => l.Group == key.Group).Max(l => l.BreachPrice) * hours;
            for (var t = 0; t < _problem.Span.Count; t++)
            {
                _missingPresence.Add(AddNeed(first + t, price), (key.Group, t));
            }
        }
    }

    private int AddNeed(int row, double price)
    {
        _basis[row] = _simplex.Add(price, double.PositiveInfinity, [row], [1]);
        _simplex.Add(0, double.PositiveInfinity, [row], [-1]);
        return _basis[row];
    }

    // Work goes on waiting as far as its deadline lets it; where a hub has a constant share, as far as that of its share.
    private void AddWaiting(int line, string hub, int? limits)
    {
        if (_problem.Lines[line].MayWait is not { } most) return;
        var first = _rows.Cells[(line, hub)];
        for (var t = 0; t < most.Length; t++)
        {
            if (most[t] <= 0) continue;
            var bound = limits is null ? most[t] : double.PositiveInfinity;
            Span<int> rows = [first + t, first + t + 1, limits + t ?? 0];
            Span<double> entries = [1, -1, 1];
            var last = t == most.Length - 1; // what is left then is done after the span
            if (limits is null) _simplex.Add(0, bound, last ? rows[..1] : rows[..2], last ? entries[..1] : entries[..2]);
            else if (last) _simplex.Add(0, bound, [rows[0], rows[2]], [1, 1]);
            else _simplex.Add(0, bound, rows, entries);
        }
    }

    private void AddShares(string group, int[] lines, int equal, Dictionary<int, Dictionary<string, int>> waits)
    {
        foreach (var (i, hub) in _rows.Part.HubsWith(group).Index())
        {
            var (rows, entries) = (new List<int> { equal }, new List<double> { 1 });
            foreach (var line in lines)
            {
                Add(_rows.Cells[(line, hub)], _problem.Lines[line].Heads);
                if (waits.TryGetValue(line, out var limits)) Add(limits[hub], _problem.Lines[line].MayWait!);
            }

            foreach (var (key, heads) in _rows.Part.Presence(_isSplit).Where(p => p.Key.Group == group && p.Key.Hub == hub))
            {
                Add(_rows.PresenceCells[key], heads);
            }

            var column = _simplex.Add(0, double.PositiveInfinity, [.. rows], [.. entries]);
            _shares.Add(column, (group, hub));
            if (i == 0) _basis[equal] = column;

            void Add(int first, double[] values)
            {
                for (var t = 0; t < values.Length; t++)
                {
                    if (values[t] <= 0) continue;
                    rows.Add(first + t);
                    entries.Add(-values[t]);
                }
            }
        }
    }
}

/// <summary>The optimum of a part.</summary>
internal sealed record AllocationOptimum(
    AllocationRows Rows, double Cost, double Bound, IReadOnlyList<(AllocationColumn Column, double People)> Shifts,
    IReadOnlyList<(int Line, int Interval, double Heads)> Missing, IReadOnlyList<(string Group, int Interval, double Heads)> MissingPresence,
    IReadOnlyList<FixedShare> Shares, double[] Duals, IReadOnlyList<OfferPricing> Pricings, AllocationEffort Effort)
{
    /// <summary>The shifts in it.</summary>
    public IEnumerable<AllocationColumn> Columns => Shifts.Select(s => s.Column);
}
