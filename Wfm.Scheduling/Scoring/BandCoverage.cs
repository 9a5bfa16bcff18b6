using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Scoring;

/// <summary>How far a band is worked under a schedule, kept up to date as shifts come and go.</summary>
/// <remarks>
/// Each class is a queue between two walls: worked(t) = max(min(worked(t−1) + capacity(t), arrived(t)), given up(t)) (Lindley's recursion, reflected
/// on both sides). A change of capacity shifts all that follows by a constant until a wall absorbs it. Time is cut into blocks that know how far
/// from the walls they are: a block that is only shifted costs a few comparisons, one that is touched is worked through again.
/// </remarks>
internal sealed class BandCoverage
{
    private const int Length = 16;

    private readonly BandCosts _costs;
    private readonly double[] _scheduled;
    private readonly int _blocks;
    private readonly double[] _worked;
    private readonly double[] _newWorked;
    private readonly BlockRoom[] _room; // class × blocks + block
    private readonly BlockRoom[] _newRoom;
    private readonly double[] _cost;
    private readonly double[] _newCost;
    private readonly double[] _shift; // block × classes + class
    private readonly bool[] _isShifted;
    private readonly bool[] _touched;
    private readonly double[] _at; // worked so far while a block is worked through, per class
    private readonly double[] _delta; // the same at the end of the block, against what was kept
    private int _first;
    private int _last = -1;
    private int _end;

    public BandCoverage(BandCosts costs, double[] scheduled)
    {
        (_costs, _scheduled, _blocks) = (costs, scheduled, (costs.Intervals + Length - 1) / Length);
        (_worked, _newWorked) = (new double[costs.Due.Length], new double[costs.Due.Length]);
        (_room, _newRoom) = (new BlockRoom[costs.Classes * _blocks], new BlockRoom[costs.Classes * _blocks]);
        (_cost, _newCost) = (new double[_blocks], new double[_blocks]);
        _shift = new double[_blocks * costs.Classes];
        (_isShifted, _touched) = (new bool[_blocks], new bool[_blocks]);
        (_at, _delta) = (new double[costs.Classes], new double[costs.Classes]);
        Rebuild();
    }

    /// <summary>Cumulative units worked or given up by the end of each interval, as last kept: class × intervals + interval.</summary>
    public ReadOnlySpan<double> Worked => _worked;

    /// <summary>Notes that the schedule of some intervals has changed.</summary>
    public void Touch(int interval, int count)
    {
        var (from, to) = (interval / Length, Math.Min((interval + count - 1) / Length, _blocks - 1));
        for (var b = from; b <= to; b++)
        {
            _touched[b] = true;
        }

        if (from >= _blocks) return;
        _first = _last < 0 ? from : Math.Min(_first, from);
        _last = Math.Max(_last, to);
    }

    /// <summary>Change of cost by what was touched since it was last kept.</summary>
    public double Change()
    {
        if (_last < 0) return 0;
        var change = 0.0;
        Array.Clear(_delta);
        for (_end = _first; _end < _blocks && (_end <= _last || Differs()); _end++)
        {
            _isShifted[_end] = !_touched[_end] && CanShift(_end);
            change += _isShifted[_end] ? Shift(_end) : Work(_end);
        }

        return change;
    }

    /// <summary>Makes the changes evaluated last the state to compare with.</summary>
    public void Keep()
    {
        for (var b = _first; _last >= 0 && b < _end; b++)
        {
            for (var k = 0; k < _costs.Classes; k++)
            {
                Keep(b, k);
            }

            _cost[b] = _newCost[b];
        }

        Drop();
    }

    /// <summary>Forgets what was touched; the schedule is as it was.</summary>
    public void Drop()
    {
        for (; _last >= _first; _last--)
        {
            _touched[_last] = false;
        }

        _last = -1;
    }

    /// <summary>Works through everything again after the schedule was replaced.</summary>
    public void Rebuild()
    {
        Touch(0, _costs.Intervals);
        Change();
        Keep();
    }

    private void Keep(int b, int k)
    {
        var (at, length) = ((k * _costs.Intervals) + (b * Length), Math.Min(Length, _costs.Intervals - (b * Length)));
        if (!_isShifted[b])
        {
            _newWorked.AsSpan(at, length).CopyTo(_worked.AsSpan(at));
            _room[(k * _blocks) + b] = _newRoom[(k * _blocks) + b];
            return;
        }

        var delta = _shift[(b * _costs.Classes) + k];
        if (delta == 0) return;
        foreach (ref var worked in _worked.AsSpan(at, length))
        {
            worked += delta;
        }

        ref var room = ref _room[(k * _blocks) + b];
        room = room with { Above = room.Above - delta, Below = room.Below + delta, Ahead = room.Ahead + delta };
    }

    private bool Differs()
    {
        foreach (var delta in _delta)
        {
            if (delta != 0) return true;
        }

        return false;
    }

    // With more work done before, no wall above is met and nothing less is given up; with less, nobody was idle and no wall below is met.
    private bool CanShift(int b)
    {
        for (var k = 0; k < _delta.Length; k++)
        {
            var delta = _delta[k];
            ref readonly var room = ref _room[(k * _blocks) + b];
            if (delta > 0 && (room.Above < delta || room.GaveUp)) return false;
            if (delta < 0 && (room.Below < -delta || room.WasIdle)) return false;
        }

        return true;
    }

    private double Shift(int b)
    {
        var change = 0.0;
        for (var k = 0; k < _delta.Length; k++)
        {
            var delta = _shift[(b * _delta.Length) + k] = _delta[k];
            if (delta != 0 && _room[(k * _blocks) + b].Ahead + Math.Min(0, delta) < 0) change += Lateness(b, k, delta);
        }

        _newCost[b] = _cost[b] + change;
        return change;
    }

    private double Lateness(int b, int k, double delta)
    {
        var change = 0.0;
        var (from, to) = ((k * _costs.Intervals) + (b * Length), (k * _costs.Intervals) + Math.Min((b + 1) * Length, _costs.Intervals));
        for (var at = from; at < to; at++)
        {
            var late = _costs.Due[at] - _worked[at];
            change += _costs.LatePrice[at] * (Math.Max(0, late - delta) - Math.Max(0, late));
        }

        return change;
    }

    private double Work(int b)
    {
        var (n, cost) = (_costs.Intervals, 0.0);
        for (var k = 0; k < _delta.Length; k++)
        {
            _at[k] = b == 0 ? 0 : _worked[(k * n) + (b * Length) - 1] + _delta[k];
            _newRoom[(k * _blocks) + b] = BlockRoom.Widest;
        }

        for (var (i, end) = (b * Length, Math.Min((b + 1) * Length, n)); i < end; i++)
        {
            var left = _costs.Capacity(_scheduled, i, out var owed);
            for (var k = 0; k < _delta.Length; k++)
            {
                var at = (k * n) + i;
                var (before, arrived, given) = (_at[k], _costs.Arrived[at], _costs.GivenUp[at]);
                var done = Math.Min(before + left, arrived);
                left -= done - before;
                var worked = Math.Max(done, given);
                var ahead = worked - _costs.Due[at];
                cost += (_costs.UndonePrice[k] * (worked - done)) + (_costs.LatePrice[at] * Math.Max(0, -ahead));
                _newWorked[at] = _at[k] = worked;
                ref var room = ref _newRoom[(k * _blocks) + b];
                room.Above = Math.Min(room.Above, arrived - worked);
                room.Below = Math.Min(room.Below, worked - given);
                room.Ahead = Math.Min(room.Ahead, ahead);
                room.WasIdle |= left > 0;
                room.GaveUp |= worked > done;
            }

            cost += _costs.IdlePrice[i] * Math.Max(0, left - owed);
        }

        for (var k = 0; k < _delta.Length; k++)
        {
            _delta[k] = _at[k] - _worked[(k * n) + Math.Min((b + 1) * Length, n) - 1];
        }

        _newCost[b] = cost;
        return cost - _cost[b];
    }

    /// <summary>How far a class is from its walls in a block.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct BlockRoom
    {
        public static BlockRoom Widest => new() { Above = double.MaxValue, Below = double.MaxValue, Ahead = double.MaxValue };

        /// <summary>Least work waiting.</summary>
        public double Above;

        /// <summary>Least distance to giving up.</summary>
        public double Below;

        /// <summary>Least distance to what is due, negative when late.</summary>
        public double Ahead;

        /// <summary>Time was left when all that waited was done.</summary>
        public bool WasIdle;

        public bool GaveUp;
    }
}
