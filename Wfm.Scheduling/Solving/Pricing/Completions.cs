using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>Least cost of every way to go on, per row, node and hours used so far: a backward pass in which all other counts are only priced.</summary>
/// <remarks>Hours are told apart because they bind nearly always and prices alone bound them badly. Four amounts of hours are one instruction.</remarks>
internal sealed class Completions
{
    private double[] _table = [];
    private int _nodes;
    private int _width;

    /// <summary>Cost of going on from a node before a row with so many units of hours used.</summary>
    public double this[int row, int node, int used] => _table[(((row * _nodes) + node) * _width) + used];

    /// <summary>The costs of one node and row, by units used.</summary>
    public ReadOnlySpan<double> Row(int row) => _table.AsSpan(row * _nodes * _width, _nodes * _width);

    public int Width => _width;

    /// <summary>Fills the table.</summary>
    /// <param name="network">The rules.</param>
    /// <param name="prices">Row × stride + option.</param>
    /// <param name="stride">Length of a row of prices.</param>
    /// <param name="tolls">Price of the counts of each addition.</param>
    /// <returns>Arcs walked.</returns>
    public long Fill(RuleNetwork network, double[] prices, int stride, double[] tolls)
    {
        (_nodes, _width) = (network.Nodes, network.Hours.Width);
        var size = (network.End + 1) * _nodes * _width;
        if (_table.Length < size) _table = new double[size];
        foreach (var node in network.NodesAt[network.End])
        {
            var last = Slot(network.End, node);
            last.Fill(double.PositiveInfinity);
            if (network.Ends[node]) last[network.Hours.Least..(network.Hours.Most + 1)].Clear();
        }

        var work = 0L;
        for (var row = network.End - 1; row >= network.Offset; row--)
        {
            work += FillRow(network, prices.AsSpan(row * stride), tolls, row);
        }

        return work;
    }

    private long FillRow(RuleNetwork network, ReadOnlySpan<double> prices, double[] tolls, int row)
    {
        var arcs = network.Kinds[network.KindOf[row]];
        var top = network.Hours.Top(row - network.Offset);
        foreach (var node in network.NodesAt[row])
        {
            var before = Slot(row, node);
            before.Fill(double.PositiveInfinity);
            ref var to = ref MemoryMarshal.GetReference(before);
            for (int option = 0, arc = node * arcs.Options; option < arcs.Options; option++, arc++)
            {
                var next = arcs.Next[arc];
                if (next < 0) continue;
                var cost = Vector256.Create(prices[option] + tolls[arcs.Adds[arc]]);
                ref var from = ref Unsafe(row + 1, next, network.Hours.Units[arcs.Adds[arc]]);
                for (nuint used = 0; used <= (nuint)top; used += 4)
                {
                    Vector256.Min(Vector256.LoadUnsafe(ref to, used), Vector256.LoadUnsafe(ref from, used) + cost).StoreUnsafe(ref to, used);
                }
            }
        }

        return (long)network.NodesAt[row].Length * arcs.Options * ((top / 4) + 1);
    }

    private Span<double> Slot(int row, int node) => _table.AsSpan(((row * _nodes) + node) * _width, _width);

    private ref double Unsafe(int row, int node, int used) => ref _table[(((row * _nodes) + node) * _width) + used];
}
