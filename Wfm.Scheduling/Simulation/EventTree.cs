using System.Numerics;
using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Simulation;

/// <summary>The pending events, at most one per source: a tournament tree over their times. An event is moved or cancelled by setting its time.</summary>
/// <remarks>
/// A change plays its matches up to the root, O(log n), and stops where the outcome is unchanged. Equal times go to the lower source, so the
/// order of events never depends on history. Source: Knuth, <i>The Art of Computer Programming</i> 3, §5.4.1 (tree of losers and winners).
/// </remarks>
internal sealed class EventTree
{
    public const double Never = double.PositiveInfinity;

    private readonly int _leaves;
    private readonly Node[] _nodes; // the root at 1, the leaves from _leaves on

    public EventTree(int sources)
    {
        _leaves = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, sources));
        _nodes = new Node[2 * _leaves];
        Clear();
    }

    public double NextTime => _nodes[1].Time;

    public int NextSource => _nodes[1].Source;

    public void Clear()
    {
        for (var i = 0; i < _leaves; i++) _nodes[_leaves + i] = new Node(Never, i);
        for (var i = _leaves - 1; i > 0; i--) _nodes[i] = _nodes[2 * i];
    }

    public void Set(int source, double time)
    {
        var nodes = _nodes;
        var i = _leaves + source;
        nodes[i].Time = time;
        for (i >>= 1; i > 0; i >>= 1)
        {
            ref var left = ref nodes[2 * i];
            ref var right = ref nodes[2 * i + 1];
            ref var winner = ref right.Time < left.Time ? ref right : ref left;
            ref var node = ref nodes[i];
            if (node.Source == winner.Source && node.Time == winner.Time) return;
            node = winner;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private record struct Node(double Time, int Source);
}
