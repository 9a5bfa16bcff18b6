using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Allocation.Programme;

/// <summary>What the shifts of a kind are worth at the multipliers of the rows.</summary>
internal sealed class OfferPricing
{
    private readonly AllocationProblem _problem;
    private readonly AllocationRows _rows;
    private readonly AllocationKind _kind;
    private readonly int _index;
    private readonly ServedLine[] _lines;
    private readonly double[] _free;
    private readonly double[] _limited;
    private readonly int[] _freeLine;
    private readonly int[] _limitedLine;
    private readonly bool _hasLimit;
    private double[] _duals = [];

    public OfferPricing(AllocationProblem problem, AllocationRows rows, int kind)
    {
        (_problem, _rows, _index, _kind) = (problem, rows, kind, problem.Kinds[kind]);
        var count = problem.Span.Count;
        (_free, _limited, _freeLine, _limitedLine) = (new double[count], new double[count], new int[count], new int[count]);
        _lines =
        [
            .. rows.Part.Lines.Where(l => AllocationPart.Serves(_kind, problem.Lines[l])).Select(l => new ServedLine(
                l, rows.Cell(l, _kind.Hub), rows.Presence(problem.Lines[l], _kind.Hub),
                _kind.Skills.First(s => s.Group == problem.Lines[l].Group).Proficiency,
                _kind.LimitedHours is not null && problem.Lines[l].ExposureClass >= _kind.LimitedClass)),
        ];
        _hasLimit = Array.Exists(_lines, l => l.IsLimited);
        Offers = [.. Enumerable.Range(0, _kind.Offers.Count).Where(o => _lines.Length > 0 && IsPossible(_kind.Offers[o]))];
    }

    /// <summary>Numbers of the shifts that somebody can work.</summary>
    public IReadOnlyList<int> Offers { get; }

    /// <summary>Looks at the multipliers.</summary>
    public void Look(double[] duals)
    {
        _duals = duals;
        for (var t = 0; t < _free.Length; t++)
        {
            (_free[t], _limited[t], _freeLine[t], _limitedLine[t]) = (0, 0, -1, -1);
            for (var l = 0; l < _lines.Length; l++)
            {
                var value = Value(_lines[l], t);
                if (_lines[l].IsLimited && value > _limited[t]) (_limited[t], _limitedLine[t]) = (value, l);
                else if (!_lines[l].IsLimited && value > _free[t]) (_free[t], _freeLine[t]) = (value, l);
            }
        }
    }

    /// <summary>Cost of a shift less what it is worth: below zero for one worth having.</summary>
    public double Reduced(int offer) => Reduced(_kind.Offers[offer], out _);

    /// <summary>The column of a shift at its best: rows and entries, and what it works on.</summary>
    public AllocationColumn Column(int offer)
    {
        var shift = _kind.Offers[offer];
        Reduced(shift, out var limited);
        var work = new List<(int Line, int Interval, double Heads)>();
        for (var i = 0; i < shift.Intervals.Length; i++)
        {
            var t = shift.Intervals[i];
            Work(_limitedLine[t], t, limited[i] * shift.Working[i]);
            Work(_freeLine[t], t, (1 - limited[i]) * shift.Working[i]);
        }

        return Again(new AllocationColumn(_index, offer, [], [], work));

        void Work(int served, int t, double share)
        {
            if (served >= 0 && share > 0) work.Add((_lines[served].Line, t, share * _lines[served].Proficiency));
        }
    }

    /// <summary>The column of a shift with work that is known, on these rows.</summary>
    public AllocationColumn Again(AllocationColumn known)
    {
        var (shift, entries) = (_kind.Offers[known.Offer], new SortedDictionary<int, double>());
        Add(_rows.Hours(_index), shift.PaidHours);
        Add(_rows.Shifts(_index), 1);
        foreach (var moment in shift.Moments)
        {
            Add(_rows.Moment(_index, moment), 1);
        }

        if (_rows.Nights(_kind.Hub) is { } own) Add(own, shift.NightHours);
        if (_rows.Nights("") is { } all) Add(all, shift.NightHours);
        for (var i = 0; i < shift.Intervals.Length; i++)
        {
            if (_rows.Seats(_kind.Hub, shift.Intervals[i]) is { } seats) Add(seats, shift.OnSite[i]);
        }

        foreach (var (index, t, heads) in known.Work)
        {
            var line = Array.Find(_lines, l => l.Line == index);
            Add(line.Cell + t, heads);
            if (line.Presence is { } presence) Add(presence + t, heads / line.Proficiency);
        }

        return known with { Rows = [.. entries.Keys], Entries = [.. entries.Values] };

        void Add(int row, double value)
        {
            if (value != 0) entries[row] = entries.GetValueOrDefault(row) + value;
        }
    }

    /// <summary>What this kind would ask for a head more on a line of work in each interval, for an hour; infinite where it offers none.</summary>
    public double[] Asked(int line, double[] duals)
    {
        var asked = new double[_free.Length];
        Array.Fill(asked, double.PositiveInfinity);
        var at = Array.FindIndex(_lines, l => l.Line == line);
        if (at < 0) return asked;
        var (served, hours) = (_lines[at], _problem.Span.Interval.TotalHours);
        foreach (var offer in Offers)
        {
            var shift = _kind.Offers[offer];
            var reduced = Math.Max(0, Reduced(shift, out _));
            for (var i = 0; i < shift.Intervals.Length; i++)
            {
                var (t, heads) = (shift.Intervals[i], shift.Working[i] * served.Proficiency);
                if (heads < 0.05) continue; // a head of a few minutes is none
                var instead = shift.Working[i] * Math.Max(_free[t], _limited[t]);
                var price = duals[served.Cell + t] + ((reduced + Math.Max(0, instead - (shift.Working[i] * Value(served, t)))) / heads);
                asked[t] = Math.Min(asked[t], price / hours);
            }
        }

        return asked;
    }

    private double Value(ServedLine line, int t) => (_duals[line.Cell + t] * line.Proficiency) + (line.Presence is { } presence ? _duals[presence + t] : 0);

    private bool IsPossible(ShiftOffer offer) =>
        Array.TrueForAll(offer.Moments, m => _kind.Moments[m] > 0) && _kind.MaximumHours > 0 && _kind.MaximumShifts > 0
        && (offer.NightHours == 0 || (_problem.MaximumNightHours is not 0 && _problem.Hubs.First(h => h.Code == _kind.Hub).MaximumNightHours is not 0));

    private double Reduced(ShiftOffer shift, out double[] limited)
    {
        var total = shift.Cost - (_duals[_rows.Hours(_index)] * shift.PaidHours) - _duals[_rows.Shifts(_index)];
        foreach (var moment in shift.Moments)
        {
            total -= _duals[_rows.Moment(_index, moment)];
        }

        if (_rows.Nights(_kind.Hub) is { } own) total -= _duals[own] * shift.NightHours;
        if (_rows.Nights("") is { } all) total -= _duals[all] * shift.NightHours;
        limited = _hasLimit ? Limited(shift) : new double[shift.Intervals.Length];
        for (var i = 0; i < shift.Intervals.Length; i++)
        {
            var t = shift.Intervals[i];
            if (_rows.Seats(_kind.Hub, t) is { } seats) total -= _duals[seats] * shift.OnSite[i];
            total -= shift.Working[i] * ((limited[i] * _limited[t]) + ((1 - limited[i]) * _free[t]));
        }

        return total;
    }

    // The share of each interval on limited work: where it gains most, as long as the limit lets it. One limit, so that the order by gain is best.
    private double[] Limited(ShiftOffer shift)
    {
        var (share, left) = (new double[shift.Intervals.Length], _kind.LimitedHours!.Value / _problem.Span.Interval.TotalHours);
        foreach (var i in Enumerable.Range(0, share.Length).OrderByDescending(i => _limited[shift.Intervals[i]] - _free[shift.Intervals[i]]))
        {
            if (_limited[shift.Intervals[i]] <= _free[shift.Intervals[i]] || left <= 0) break;
            if (shift.Working[i] <= 0) continue;
            share[i] = Math.Min(1, left / shift.Working[i]);
            left -= share[i] * shift.Working[i];
        }

        return share;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ServedLine(int Line, int Cell, int? Presence, double Proficiency, bool IsLimited);
}

/// <summary>A shift of a kind with what it works on.</summary>
internal sealed record AllocationColumn(
    int Kind, int Offer, int[] Rows, double[] Entries, IReadOnlyList<(int Line, int Interval, double Heads)> Work);
