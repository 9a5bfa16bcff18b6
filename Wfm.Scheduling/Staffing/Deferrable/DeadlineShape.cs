using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>A share of the work of one interval that falls due at one boundary.</summary>
/// <param name="Share">Share of the interval's work, in (0, 1].</param>
/// <param name="From">Arrival of its first contact, as a position on the horizon in intervals; negative before the start.</param>
/// <param name="To">Arrival of its last contact.</param>
/// <param name="Due">Boundary of the horizon at which its deadline has passed; <see cref="Never"/> beyond the horizon.</param>
/// <param name="PlannedDue">Boundary of the open axis by which it is planned to be done; <see cref="Never"/> beyond the horizon.</param>
/// <param name="Breach">Null, or why no staffing can meet the deadline.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DuePiece(double Share, double From, double To, int Due, int PlannedDue, BreachReason? Breach)
{
    public const int Never = int.MaxValue;
}

/// <summary>When the work of each interval falls due: depends on turnaround and opening hours, not on volumes, so that many paths can share it.</summary>
/// <remarks>
/// Work arrives evenly over its interval; a deadline inside an interval counts at the end of that interval, the resolution of the plan.
/// Work that falls due before it can be touched (it arrives and falls due while closed, or is overdue at the start) is a breach whatever the
/// staffing; it is then planned as if it had arrived when work opens, with one turnaround from there, and does not raise a wall of staff at
/// the opening that could save nothing.
/// </remarks>
internal sealed class DeadlineShape
{
    private const double Grain = 1e-9; // of an interval: 24 h ÷ 5 min is a whole number of intervals

    private readonly OpenAxis _axis;
    private readonly double _turnaround; // in intervals
    private readonly bool _clockStops;
    private readonly DuePiece[][] _pieces;

    public DeadlineShape(OpenAxis axis, double turnaroundIntervals, bool clockStopsWhenClosed)
    {
        (_axis, _turnaround, _clockStops) = (axis, turnaroundIntervals, clockStopsWhenClosed);
        _pieces = [.. Enumerable.Range(0, axis.Horizon).Select(j => Pieces(j, j + 1).ToArray())];
    }

    /// <summary>The due pieces of the work that arrives in interval j.</summary>
    public ReadOnlySpan<DuePiece> this[int j] => _pieces[j];

    /// <summary>The due pieces of backlog that arrived between two positions at or before 0; the shares sum to 1.</summary>
    public IEnumerable<DuePiece> Backlog(double from, double to) => Pieces(from, to);

    private IEnumerable<DuePiece> Pieces(double from, double to)
    {
        var (first, last, touchable) = Deadlines(from, to);
        var width = last - first;
        var lost = width > Grain ? Math.Clamp((touchable - first) / width, 0, 1) : first <= touchable ? 1 : 0;
        var split = from + lost * (to - from);
        if (lost > Grain)
        {
            var planned = At(1, 0, 0, touchable + _turnaround).PlannedDue;
            foreach (var piece in Split(first, first + lost * width, from, split, lost))
            {
                yield return piece.Due == DuePiece.Never ? piece
                    : piece with { PlannedDue = planned, Breach = piece.Due == 0 ? BreachReason.OverdueAtStart : BreachReason.DueWhileClosed };
            }
        }
        if (1 - lost <= Grain) yield break;
        foreach (var piece in Split(first + lost * width, last, split, to, 1 - lost)) yield return piece;
    }

    /// <summary>First and last deadline as positions on the clock that runs, and the position before which nobody can touch the work.</summary>
    private (double First, double Last, double Touchable) Deadlines(double from, double to)
    {
        if (to <= 0) return (from + _turnaround, to + _turnaround, _clockStops ? 0 : _axis.NextOpen(0));
        var interval = (int)from;
        var opens = _axis.NextOpen(interval);
        if (!_clockStops) return (from + _turnaround, to + _turnaround, opens == interval ? double.NegativeInfinity : opens);
        var start = _axis.Before(interval) + _turnaround;
        return (start, opens == interval ? start + to - from : start, double.NegativeInfinity); // what arrives closed starts its clock at the opening
    }

    private IEnumerable<DuePiece> Split(double first, double last, double from, double to, double share)
    {
        if (last - first <= Grain)
        {
            yield return At(share, from, to, last);
            yield break;
        }
        for (var low = first; low < last - Grain;)
        {
            var high = Math.Min(last, Math.Floor(low + Grain) + 1);
            var (a, b) = ((low - first) / (last - first), (high - first) / (last - first));
            yield return At(share * (b - a), from + a * (to - from), from + b * (to - from), high);
            low = high;
        }
    }

    private DuePiece At(double share, double from, double to, double due)
    {
        var boundary = Math.Max(0, Math.Ceiling(due - Grain));
        if (boundary > (_clockStops ? _axis.Count : _axis.Horizon)) return new DuePiece(share, from, to, DuePiece.Never, DuePiece.Never, null);
        var whole = (int)boundary;
        return _clockStops
            ? new DuePiece(share, from, to, _axis.Boundary(whole), whole, null)
            : new DuePiece(share, from, to, whole, _axis.Before(whole), null);
    }
}
