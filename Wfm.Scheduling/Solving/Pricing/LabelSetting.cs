using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The cheapest legal roster of one agent, given what each kind of day costs.</summary>
/// <remarks>
/// A resource-constrained shortest path by label setting with dominance (Irnich and Desaulniers 2005), guided by completion bounds of a Lagrangian
/// relaxation of the counts (Beasley and Christofides 1989): a backward pass over the nodes alone, with prices on hours, weekends and shifts that
/// a few subgradient steps make tight. Labels whose bound reaches the limit are dropped, so asking only for an improvement is cheap; often the
/// backward pass proves that there is none. With a beam, at most so many labels a day are kept, those of the lowest bounds.
/// </remarks>
/// <param name="typical">Cost of a missing shift, to tell far from near.</param>
/// <param name="goOn">False ends a search, which has then found nothing.</param>
internal sealed class LabelSetting(double typical, Func<bool>? goOn = null)
{
    private const int Classes = 512;
    private const int Alike = 4;
    private const double Far = 5; // shifts: how far the bound of any legal roster may rise

    private readonly int[] _classes = new int[Classes];
    private Label[] _labels = new Label[1024];
    private int[] _heads = [];
    private Completions _completion = new();
    private Completions _trial = new();
    private double[] _tolls = [];
    private int[] _path = [];
    private double[] _usage = [];
    private double[] _bestMultipliers = [];
    private Reach[] _reach = [];
    private bool _isExact; // nothing but proven losers was dropped

    /// <summary>Cost of the roster found, or infinity.</summary>
    public double Value { get; private set; }

    /// <summary>No legal roster costs less.</summary>
    public double Bound { get; private set; }

    /// <summary>Arcs walked since the start: the measure of work.</summary>
    public long Work { get; private set; }

    /// <summary>Finds the cheapest roster that costs less than the limit, by limits that rise from the bound.</summary>
    /// <param name="network">The agent's rules.</param>
    /// <param name="prices">Row × stride + option: what each kind of day costs.</param>
    /// <param name="stride">Length of a row of prices.</param>
    /// <param name="limit">Rosters that cost this or more are of no use; may be infinite.</param>
    /// <param name="grain">Costs are multiples of this.</param>
    /// <param name="beam">Most labels kept a day.</param>
    /// <param name="steps">Subgradient steps of the relaxation.</param>
    /// <param name="multipliers">Prices of the counts: a start, and the best found.</param>
    /// <param name="options">Takes the option of each row.</param>
    /// <returns>False when no roster below the limit was found.</returns>
    public bool Solve(
        RuleNetwork network, double[] prices, int stride, double limit, double grain, int beam, int steps, double[] multipliers, int[] options)
    {
        Value = double.PositiveInfinity;
        var bound = Relax(network, prices, stride, limit, grain, steps, multipliers);
        if (IsHopeless(bound, limit, grain)) return false;
        var isAny = double.IsPositiveInfinity(limit);
        _reach = isAny ? Reach.Of(network, prices, stride) : [];
        for (var gap = Math.Max(2 * grain, isAny ? typical : typical / 50); double.IsFinite(bound) && !IsEnded; gap *= isAny ? 100 : 4)
        {
            _isExact = true;
            var near = Math.Min(limit, gap > typical * 1e4 ? double.PositiveInfinity : bound + gap);
            var found = Extend(network, prices, stride, near, grain, beam, multipliers, options);
            if (_isExact) Bound = Math.Max(Bound, Math.Min(Value, near - grain));
            if (found || near >= limit) return found;
        }

        return false;
    }

    private bool IsEnded => goOn is not null && !goOn();

    // Only the bound.
    private double Relax(RuleNetwork network, double[] prices, int stride, double limit, double grain, int steps, double[] multipliers)
    {
        Reserve(network, multipliers.Length);
        Bound = double.NegativeInfinity;
        multipliers.CopyTo(_bestMultipliers, 0);
        var scale = 1.0;
        for (var step = 0; ; step++)
        {
            var bound = Backward(network, prices, stride, multipliers);
            var isBetter = bound > Bound;
            if (isBetter)
            {
                Bound = bound;
                (_completion, _trial) = (_trial, _completion);
                multipliers.CopyTo(_bestMultipliers, 0);
            }
            else
            {
                scale *= 0.6;
            }

            if (step >= steps || IsEnded || IsHopeless(Bound, limit, grain) || double.IsPositiveInfinity(Bound)) break;
            if (!Step(network, prices, stride, multipliers, isBetter ? _completion : _trial, Aim(limit, bound), scale)) break;
        }

        _bestMultipliers.AsSpan(0, multipliers.Length).CopyTo(multipliers);
        return Bound;
    }

    private double Aim(double limit, double bound) =>
        double.IsPositiveInfinity(limit) ? typical * Far
        : limit > bound ? Math.Min(limit - bound, typical / 4)
        : typical / 4;

    private static bool IsHopeless(double bound, double limit, double grain) => bound > limit - grain + (1e-9 * (Math.Abs(bound) + 1));

    private void Reserve(RuleNetwork network, int fields)
    {
        if (_heads.Length < network.Nodes) _heads = new int[network.Nodes];
        if (_path.Length < network.End) _path = new int[network.End];
        if (_tolls.Length < network.Counts.Additions.Count) _tolls = new double[network.Counts.Additions.Count * 2];
        if (_usage.Length < fields) (_usage, _bestMultipliers) = (new double[fields], new double[fields]);
    }

    private static double Constant(RuleNetwork network, double[] multipliers)
    {
        var constant = 0.0;
        for (var f = 0; f < multipliers.Length; f++)
        {
            var field = network.Counts.Fields[f];
            constant += (field.IsMinimum ? 1 : -1) * multipliers[f] * field.Slack;
        }

        return constant;
    }

    private void SetTolls(RuleNetwork network, double[] multipliers)
    {
        var amounts = network.Counts.Amounts;
        for (var add = 0; add < amounts.Count; add++)
        {
            var toll = 0.0;
            for (var f = 0; f < multipliers.Length; f++)
            {
                toll += (network.Counts.Fields[f].IsMinimum ? -1 : 1) * multipliers[f] * amounts[add][f];
            }

            _tolls[add] = toll;
        }
    }

    private double Backward(RuleNetwork network, double[] prices, int stride, double[] multipliers)
    {
        SetTolls(network, multipliers);
        Work += _trial.Fill(network, prices, stride, _tolls);
        return _trial[network.Offset, network.Start, 0] + Constant(network, multipliers);
    }

    // One subgradient step along the counts of the cheapest path; false when its counts are as they should be.
    private bool Step(RuleNetwork network, double[] prices, int stride, double[] multipliers, Completions completion, double aim, double scale) =>
        Follow(network, prices, stride, multipliers, completion, _path) && Move(network, multipliers, aim, scale);

    private bool Follow(RuleNetwork network, double[] prices, int stride, double[] multipliers, Completions completion, int[] options)
    {
        SetTolls(network, multipliers);
        Array.Clear(_usage);
        var (node, used) = (network.Start, 0);
        for (var row = network.Offset; row < network.End; row++)
        {
            var arcs = network.Kinds[network.KindOf[row]];
            var (best, arcOf) = (double.PositiveInfinity, -1);
            for (var option = 0; option < arcs.Options; option++)
            {
                var arc = (node * arcs.Options) + option;
                if (arcs.Next[arc] < 0) continue;
                var value =
                    prices[(row * stride) + option] + _tolls[arcs.Adds[arc]] + completion[row + 1, arcs.Next[arc], used + network.Hours.Units[arcs.Adds[arc]]];
                if (value < best) (best, arcOf) = (value, arc);
            }

            if (arcOf < 0) return false;
            var amounts = network.Counts.Amounts[arcs.Adds[arcOf]];
            for (var f = 0; f < amounts.Length; f++)
            {
                _usage[f] += amounts[f];
            }

            options[row] = arcOf - (node * arcs.Options);
            node = arcs.Next[arcOf];
            used += network.Hours.Units[arcs.Adds[arcOf]];
        }

        return true;
    }

    private bool Move(RuleNetwork network, double[] multipliers, double aim, double scale)
    {
        var norm = 0.0;
        for (var f = 0; f < multipliers.Length; f++)
        {
            var field = network.Counts.Fields[f];
            _usage[f] = field.Count.IsWeekly || network.Hours.IsTold[f] ? 0 : field.IsMinimum ? field.Slack - _usage[f] : _usage[f] - field.Slack;
            if (_usage[f] < 0 && multipliers[f] <= 0) _usage[f] = 0;
            norm += _usage[f] * _usage[f];
        }

        if (norm == 0) return false;
        for (var f = 0; f < multipliers.Length; f++)
        {
            multipliers[f] = Math.Max(0, multipliers[f] + (scale * aim / norm * _usage[f]));
        }

        return true;
    }

    private bool Extend(RuleNetwork network, double[] prices, int stride, double limit, double grain, int beam, double[] multipliers, int[] options)
    {
        SetTolls(network, multipliers);
        var counts = network.Counts;
        _labels[0] = new Label { Reduced = Constant(network, multipliers), Counts = counts.Start, Node = network.Start, Parent = -1 };
        var (from, to) = (0, 1);
        for (var row = network.Offset; row < network.End; row++)
        {
            if (IsEnded) return _isExact = false;
            var end = ExtendRow(network, prices, stride, row, from, to, limit, grain);
            (from, to) = (to, end);
            if (to - from > beam) Thin(row + 1, from, to, beam);
        }

        var best = -1;
        Value = double.PositiveInfinity;
        for (var i = from; i < to; i++)
        {
            if (_labels[i].Node >= 0 && network.Ends[_labels[i].Node] && _labels[i].Cost < Value) (Value, best) = (_labels[i].Cost, i);
        }

        if (best < 0 || IsHopeless(Value, limit, grain)) return false; // counts left unused make a reduced cost fall below the cost
        for (var row = network.End - 1; row >= network.Offset; row--, best = _labels[best].Parent)
        {
            options[row] = _labels[best].Option;
        }

        return true;
    }

    private int ExtendRow(RuleNetwork network, double[] prices, int stride, int row, int from, int to, double limit, double grain)
    {
        var counts = network.Counts;
        var arcs = network.Kinds[network.KindOf[row]];
        var isWeekEnd = counts.HasWeekly && RosterCalendar.EndsWeek(row);
        var completion = _completion.Row(row + 1);
        var (width, units) = (_completion.Width, network.Hours.Units);
        var worst = double.IsFinite(limit) ? limit - grain + (1e-9 * (Math.Abs(limit) + 1)) : double.MaxValue;
        var additions = CollectionsMarshal.AsSpan(counts.Additions);
        foreach (var node in network.NodesAt[row + 1])
        {
            _heads[node] = -1;
        }

        var end = to;
        for (var i = from; i < to; i++)
        {
            var label = _labels[i];
            if (label.Node < 0) continue;
            for (int option = 0, arc = label.Node * arcs.Options; option < arcs.Options; option++, arc++)
            {
                var next = arcs.Next[arc];
                if (next < 0) continue;
                var price = prices[(row * stride) + option];
                var reduced = label.Reduced + price + _tolls[arcs.Adds[arc]];
                var used = label.Used + units[arcs.Adds[arc]];
                if (!(reduced + completion[(next * width) + used] <= worst)) continue;
                var sum = label.Counts + additions[arcs.Adds[arc]];
                if (!counts.Fits(sum, row)) continue;
                if (_reach.Length > 0 && !Reaches(network, row + 1, next, used, sum)) continue;
                if (isWeekEnd) sum &= counts.KeepWeekly;
                if (!Enter(counts, next, label.Cost + price, sum)) continue;
                if (end == _labels.Length) Array.Resize(ref _labels, end * 2);
                _labels[end] = new Label
                {
                    Cost = label.Cost + price,
                    Reduced = reduced,
                    Counts = sum,
                    Node = next,
                    Parent = i,
                    Option = option,
                    Used = used,
                    Next = _heads[next],
                };
                _heads[next] = end++;
            }
        }

        Work += (long)(to - from) * arcs.Options * 2;
        return end;
    }

    private bool Reaches(RuleNetwork network, int row, int node, int used, Vector256<ulong> counts)
    {
        foreach (var reach in _reach)
        {
            var most = reach.Most(row, node, counts);
            if (most < 0 || used + most < network.Hours.Least) return false;
        }

        return true;
    }

    // False when a label at the node is at least as good; takes out those that are not as good as the new one.
    private bool Enter(PackedCounts counts, int node, double cost, Vector256<ulong> sum)
    {
        var previous = -1;
        for (var i = _heads[node]; i >= 0;)
        {
            ref var other = ref _labels[i];
            var next = other.Next;
            Work++;
            if (other.Cost <= cost)
            {
                if (counts.AtMost(other.Counts, sum)) return false;
                previous = i;
            }
            else if (counts.AtMost(sum, other.Counts))
            {
                other.Node = -1;
                if (previous < 0) _heads[node] = next;
                else _labels[previous].Next = next;
            }
            else
            {
                previous = i;
            }

            i = next;
        }

        return true;
    }

    // Keeps about as many labels as the beam has, those of the lowest bounds, by classes of bound.
    private void Thin(int row, int from, int to, int beam)
    {
        var (low, high, alive) = (double.PositiveInfinity, double.NegativeInfinity, 0);
        for (var i = from; i < to; i++)
        {
            if (_labels[i].Node < 0) continue;
            var bound = _labels[i].Reduced + _completion[row, _labels[i].Node, _labels[i].Used];
            (low, high) = (Math.Min(low, bound), Math.Max(high, bound));
            alive++;
        }

        if (alive <= beam) return;
        // Few labels far behind would leave nearly all in the lowest class: then that class is parted anew.
        var (scale, kept, last) = (0.0, 0, 0);
        for (var zoom = 0; zoom < 4 && last == 0; zoom++, high = low + ((high - low) / Classes))
        {
            scale = (Classes - 1) / Math.Max(high - low, 1e-9);
            Classify(row, from, to, low, scale);
            for (kept = 0; last < Classes && kept + _classes[last] <= beam; last++)
            {
                kept += _classes[last];
            }
        }

        // Of labels all alike a few times as many may stay.
        var places = last > 0 ? long.MaxValue : (long)beam * Alike;
        last = Math.Max(1, last);
        for (var i = from; i < to; i++)
        {
            if (_labels[i].Node >= 0 && (Class(i, row, low, scale) >= last || places-- <= 0)) _labels[i].Node = -1;
        }

        _isExact = false;
    }

    private void Classify(int row, int from, int to, double low, double scale)
    {
        Array.Clear(_classes);
        for (var i = from; i < to; i++)
        {
            if (_labels[i].Node >= 0) _classes[Class(i, row, low, scale)]++;
        }
    }

    private int Class(int label, int row, double low, double scale) =>
        (int)Math.Min(Classes - 1, (_labels[label].Reduced + _completion[row, _labels[label].Node, _labels[label].Used] - low) * scale);

    [StructLayout(LayoutKind.Auto)]
    private struct Label
    {
        public double Cost;
        public double Reduced;
        public Vector256<ulong> Counts;
        public int Node;
        public int Parent;
        public int Option;
        public int Used;
        public int Next;
    }
}
