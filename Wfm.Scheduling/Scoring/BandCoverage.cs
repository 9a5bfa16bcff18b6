using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Scoring;

/// <summary>How far a band is worked under a schedule, kept up to date as shifts come and go.</summary>
/// <remarks>
/// Each class is a queue between two walls: worked(t) = max(min(worked(t−1) + capacity(t), arrived(t)), given up(t)) (Lindley's recursion, reflected
/// on both sides). A change of capacity shifts all that follows by a constant until a wall absorbs it. Time is cut into blocks that know how far
/// from the walls they are: a block that is only shifted costs a few comparisons; one that changes inside is worked through from the change on.
/// </remarks>
internal sealed class BandCoverage
{
    private const int Length = BandCosts.Block;

    private readonly BandCosts _costs;
    private readonly double[] _scheduled;
    private readonly Curve _capacity;
    private readonly Curve _owed;
    private readonly Curve _worked;
    private readonly Curve _cost;
    private readonly BlockRoom[] _room; // class × blocks + block
    private readonly BlockChange[] _changes;
    private readonly double[] _shift; // block × classes + class
    private readonly bool[] _touched;
    private readonly double[] _at; // worked so far while a block is worked through, per class
    private readonly double[] _delta; // the same against what was kept
    private bool _differs;
    private int _first;
    private int _last = -1;
    private int _end;

    public BandCoverage(BandCosts costs, double[] scheduled)
    {
        (_costs, _scheduled) = (costs, scheduled);
        (_capacity, _owed, _cost) = (new Curve(costs.Stride), new Curve(costs.Stride), new Curve(costs.Stride));
        _worked = new Curve(costs.Classes * costs.Stride);
        _room = new BlockRoom[costs.Classes * costs.Blocks];
        (_changes, _touched) = (new BlockChange[costs.Blocks], new bool[costs.Blocks]);
        _shift = new double[costs.Blocks * costs.Classes];
        (_at, _delta) = (new double[costs.Classes], new double[costs.Classes]);
        Rebuild();
    }

    private enum Kind
    {
        Same,
        Shifted,
        Worked,
    }

    /// <summary>Cumulative units worked or given up by the end of each interval, as last kept.</summary>
    public ReadOnlySpan<double> Worked => _worked.Kept;

    /// <summary>Notes that the schedule of some intervals has changed.</summary>
    public void Touch(int interval, int count)
    {
        var (from, to) = (interval / Length, Math.Min((interval + count - 1) / Length, _costs.Blocks - 1));
        if (from > to) return; // after the period
        for (var b = from; b <= to; b++)
        {
            _touched[b] = true;
        }

        _first = _last < 0 ? from : Math.Min(_first, from);
        _last = Math.Max(_last, to);
    }

    /// <summary>Change of cost by what was touched since it was last kept.</summary>
    public double Change()
    {
        if (_last < 0) return 0;
        var change = 0.0;
        Array.Clear(_delta);
        _differs = false;
        for (_end = _first; _end <= _last || (_differs && _end < _costs.Blocks); _end++)
        {
            var (first, last) = _touched[_end] ? Differences(_end) : (-1, -1);
            if (first < 0 && !_differs) _changes[_end].Kind = Kind.Same;
            else if (first < 0 && CanShift(_end)) change += Shift(_end);
            else change += Work(_end, _differs ? _end * Length : first, last);
        }

        return change;
    }

    /// <summary>Makes the changes evaluated last the state to compare with.</summary>
    public void Keep()
    {
        for (var b = _first; _last >= 0 && b < _end; b++)
        {
            ref readonly var change = ref _changes[b];
            if (change.Kind == Kind.Worked) KeepWorked(b, change.From, change.To);
            else if (change.Kind == Kind.Shifted) KeepShifted(b);
        }

        Drop();
    }

    /// <summary>Forgets what was touched; the schedule is as it was.</summary>
    public void Drop()
    {
        if (_last < 0) return;
        _touched.AsSpan(_first, _last - _first + 1).Clear();
        _last = -1;
    }

    /// <summary>Works through everything again after the schedule was replaced.</summary>
    public void Rebuild()
    {
        Touch(0, _costs.Intervals);
        Array.Clear(_delta);
        for (_end = 0; _end < _costs.Blocks; _end++)
        {
            _costs.Read(_scheduled, _end, _capacity.Next, _owed.Next);
            Work(_end, _end * Length, _costs.Intervals);
        }

        Keep();
    }

    private void KeepWorked(int b, int from, int to)
    {
        _cost.Keep(from, to - from);
        if (_touched[b])
        {
            _capacity.Keep(b * Length, Length);
            _owed.Keep(b * Length, Length);
        }

        for (var k = 0; k < _delta.Length; k++)
        {
            _worked.Keep(_costs.At(k, from), to - from);
            _room[(k * _costs.Blocks) + b] = Room(_costs.At(k, b * Length));
        }
    }

    private void KeepShifted(int b)
    {
        for (var k = 0; k < _delta.Length; k++)
        {
            var delta = _shift[(b * _delta.Length) + k];
            if (delta == 0) continue;
            ref var room = ref _room[(k * _costs.Blocks) + b];
            if (room.Ahead + Math.Min(0, delta) < 0) _cost.Keep(b * Length, Length);
            var at = _costs.At(k, b * Length);
            for (var i = at; i < at + Length; i += 4)
            {
                (Vector256.LoadUnsafe(ref _worked.Kept[i]) + Vector256.Create(delta)).StoreUnsafe(ref _worked.Kept[i]);
            }

            room = new BlockRoom(room.Above - delta, room.Below + delta, room.Ahead + delta);
        }
    }

    private BlockRoom Room(int at)
    {
        var most = Vector256.Create(double.MaxValue);
        var (above, below, ahead) = (most, most, most);
        for (var i = at; i < at + Length; i += 4)
        {
            var worked = Vector256.LoadUnsafe(ref _worked.Kept[i]);
            above = Vector256.MinNative(above, Vector256.LoadUnsafe(ref _costs.Arrived[i]) - worked);
            below = Vector256.MinNative(below, worked - Vector256.LoadUnsafe(ref _costs.GivenUp[i]));
            ahead = Vector256.MinNative(ahead, worked - Vector256.LoadUnsafe(ref _costs.Due[i]));
        }

        return new BlockRoom(Least(above), Least(below), Least(ahead));

        static double Least(Vector256<double> v) => Math.Min(Math.Min(v[0], v[1]), Math.Min(v[2], v[3]));
    }

    // Reads the schedule of a block; the first and last interval whose capacity is another, -1 for none.
    private (int First, int Last) Differences(int b)
    {
        _costs.Read(_scheduled, b, _capacity.Next, _owed.Next);
        var (first, last) = (-1, -1);
        for (var i = b * Length; i < (b + 1) * Length; i += 4)
        {
            var same = Vector256.Equals(Vector256.LoadUnsafe(ref _capacity.Next[i]), Vector256.LoadUnsafe(ref _capacity.Kept[i]))
                & Vector256.Equals(Vector256.LoadUnsafe(ref _owed.Next[i]), Vector256.LoadUnsafe(ref _owed.Kept[i]));
            var other = ~same.ExtractMostSignificantBits() & 15;
            if (other == 0) continue;
            if (first < 0) first = i + System.Numerics.BitOperations.TrailingZeroCount(other);
            last = i + System.Numerics.BitOperations.Log2(other);
        }

        return (first, last);
    }

    // With more work done before, no wall above is met and nothing less is given up; with less, nobody was idle and no wall below is met.
    private bool CanShift(int b)
    {
        for (var k = 0; k < _delta.Length; k++)
        {
            var delta = _delta[k];
            ref readonly var room = ref _room[(k * _costs.Blocks) + b];
            if (delta > 0 && (room.Above < delta || room.Below <= 0)) return false;
            if (delta < 0 && (room.Below < -delta || room.Above <= 0)) return false;
        }

        return true;
    }

    private double Shift(int b)
    {
        var change = 0.0;
        var isFresh = false;
        for (var k = 0; k < _delta.Length; k++)
        {
            var delta = _shift[(b * _delta.Length) + k] = _delta[k];
            if (delta == 0 || _room[(k * _costs.Blocks) + b].Ahead + Math.Min(0, delta) >= 0) continue;
            if (!isFresh) _cost.Kept.AsSpan(b * Length, Length).CopyTo(_cost.Next.AsSpan(b * Length));
            isFresh = true;
            change += Lateness(b, k, delta);
        }

        _changes[b].Kind = Kind.Shifted;
        return change;
    }

    private double Lateness(int b, int k, double delta)
    {
        var (change, zero) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var by = Vector256.Create(delta);
        var at = _costs.At(k, b * Length);
        for (var i = 0; i < Length; i += 4)
        {
            var late = Vector256.LoadUnsafe(ref _costs.Due[at + i]) - Vector256.LoadUnsafe(ref _worked.Kept[at + i]);
            var more = Vector256.LoadUnsafe(ref _costs.LatePrice[at + i]) * (Vector256.MaxNative(zero, late - by) - Vector256.MaxNative(zero, late));
            (Vector256.LoadUnsafe(ref _cost.Next[(b * Length) + i]) + more).StoreUnsafe(ref _cost.Next[(b * Length) + i]);
            change += more;
        }

        return Vector256.Sum(change);
    }

    // From an interval of the block to its end, or to where nothing differs any more after the last interval with another capacity.
    private double Work(int b, int from, int last)
    {
        var (change, i, end, stride) = (0.0, from, Math.Min((b + 1) * Length, _costs.Intervals), _costs.Stride);
        var (capacity, owed) = _touched[b] ? (_capacity.Next, _owed.Next) : (_capacity.Kept, _owed.Kept);
        var (arrived, due, given, latePrice, undonePrice) = (_costs.Arrived, _costs.Due, _costs.GivenUp, _costs.LatePrice, _costs.UndonePrice);
        var (kept, next, at, delta) = (_worked.Kept, _worked.Next, _at, _delta);
        for (var k = 0; k < at.Length; k++)
        {
            at[k] = from == 0 ? 0 : kept[_costs.At(k, from - 1)] + delta[k];
        }

        for (var differs = _differs; i < end && (differs || i <= last); i++)
        {
            var (left, cost) = (capacity[i], 0.0);
            differs = false;
            for (var (k, j) = (0, i); k < at.Length; k++, j += stride)
            {
                var before = at[k];
                var done = double.MinNative(before + left, arrived[j]);
                left -= done - before;
                var worked = double.MaxNative(done, given[j]);
                cost += (undonePrice[k] * (worked - done)) + (latePrice[j] * double.MaxNative(0, due[j] - worked));
                next[j] = at[k] = worked;
                delta[k] = worked - kept[j];
                differs |= delta[k] != 0;
            }

            cost += _costs.IdlePrice[i] * double.MaxNative(0, left - owed[i]);
            _cost.Next[i] = cost;
            change += cost - _cost.Kept[i];
            _differs = differs;
        }

        _changes[b] = new BlockChange(Kind.Worked, from, i);
        return change;
    }

    /// <summary>Values as they are, and as a move would have them.</summary>
    private sealed class Curve(int length)
    {
        public double[] Kept { get; } = new double[length];

        public double[] Next { get; } = new double[length];

        public void Keep(int from, int count) => Next.AsSpan(from, count).CopyTo(Kept.AsSpan(from));
    }

    /// <summary>How far a class is from its walls in a block.</summary>
    /// <param name="Above">Least work waiting; none where time was left over.</param>
    /// <param name="Below">Least distance to giving up; none where something was given up.</param>
    /// <param name="Ahead">Least distance to what is due, negative when late.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct BlockRoom(double Above, double Below, double Ahead);

    /// <summary>What became of a block, and the intervals worked through.</summary>
    [StructLayout(LayoutKind.Auto)]
    private record struct BlockChange(Kind Kind, int From, int To);
}
