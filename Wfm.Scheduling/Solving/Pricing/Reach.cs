using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>How much working time can still be added under the maximum of one other count: per row, node and use of the count so far.</summary>
/// <remarks>
/// Prices alone do not keep a beam of labels from using up its weekends first, and from running into another one or out of days for its hours. This says
/// which labels have no legal end any more.
/// </remarks>
internal sealed class Reach
{
    private readonly PackedCounts.Field _field;
    private readonly int[] _most;
    private readonly int _nodes;
    private readonly int _width;

    private Reach(RuleNetwork network, double[] prices, int stride, int field)
    {
        _field = network.Counts.Fields[field];
        (_nodes, _width) = (network.Nodes, (int)_field.Slack + 1);
        _most = new int[(network.End + 1) * _nodes * _width];
        Array.Fill(_most, -1);
        foreach (var node in network.NodesAt[network.End])
        {
            if (network.Ends[node]) Slot(network.End, node).Clear();
        }

        for (var row = network.End - 1; row >= network.Offset; row--)
        {
            foreach (var node in network.NodesAt[row])
            {
                Fill(network, prices.AsSpan(row * stride), field, row, node);
            }
        }
    }

    /// <summary>One for every maximum that is only priced; none when no hours have to be reached.</summary>
    public static Reach[] Of(RuleNetwork network, double[] prices, int stride)
    {
        if (network.Hours.Least == 0) return [];
        var fields = network.Counts.Fields;
        return [.. Enumerable.Range(0, fields.Count)
            .Where(f => fields[f] is { IsMinimum: false, Count.IsWeekly: false, Slack: >= 0 } && !network.Hours.IsTold[f])
            .Select(f => new Reach(network, prices, stride, f))];
    }

    /// <summary>Most units of hours that can be added from a node before a row on; below zero when no legal end can be reached.</summary>
    public int Most(int row, int node, Vector256<ulong> counts)
    {
        var used = (long)((counts[_field.Word] & _field.Mask) >> _field.Shift) - _field.Start;
        return used < _width ? _most[(((row * _nodes) + node) * _width) + (int)used] : -1; // a maximum may bind at the end alone
    }

    private void Fill(RuleNetwork network, ReadOnlySpan<double> prices, int field, int row, int node)
    {
        var arcs = network.Kinds[network.KindOf[row]];
        var before = Slot(row, node);
        for (int option = 0, arc = node * arcs.Options; option < arcs.Options; option++, arc++)
        {
            if (arcs.Next[arc] < 0 || double.IsPositiveInfinity(prices[option])) continue;
            var (units, amount) = (network.Hours.Units[arcs.Adds[arc]], network.Counts.Amounts[arcs.Adds[arc]][field]);
            var after = Slot(row + 1, arcs.Next[arc]);
            for (var used = 0; used + amount < _width; used++)
            {
                if (after[used + amount] >= 0) before[used] = Math.Max(before[used], after[used + amount] + units);
            }
        }
    }

    private Span<int> Slot(int row, int node) => _most.AsSpan(((row * _nodes) + node) * _width, _width);
}
