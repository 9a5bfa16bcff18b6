using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The rules of one agent as a network: nodes are joint states of all rules, arcs the kinds of day that may follow.</summary>
/// <remarks>
/// The product automaton of the labels of the rules, built by walking forward from the start: only what can be reached exists. Shifts that every
/// rule sees alike share one option, whatever they cover. Agents under the same rules with the same days before and after share a network.
/// </remarks>
internal sealed class RuleNetwork
{
    private readonly RuleLabel[] _labels;
    private readonly List<int[]> _states = [];
    private readonly Dictionary<StateKey, int> _nodes = [];
    private readonly Dictionary<int, int>[] _optionOf;
    private readonly int[][][] _actions;

    /// <param name="compiled">The problem.</param>
    /// <param name="labels">The labels of the rules.</param>
    /// <param name="days">The agent's days: what surrounds the period, leave, and pins, which are options too.</param>
    /// <param name="counts">How the counts are packed.</param>
    public RuleNetwork(CompiledProblem compiled, RuleLabel[] labels, ReadOnlySpan<DayCell> days, PackedCounts counts)
    {
        (_labels, Counts) = (labels, counts);
        var calendar = compiled.Calendar;
        (Offset, End) = (calendar.Offset, calendar.End);
        _optionOf = new Dictionary<int, int>[End];
        _actions = new int[End][][];
        Options = new int[End];
        NodesAt = new int[End + 1][];
        KindOf = new int[End];
        var start = new int[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            start[i] = labels[i].Start(days);
        }

        Start = Node(start);
        Kinds = [];
        FillOptions(compiled, days);
        Walk();
        Hours = new HourSteps(counts, End, Nodes);
        Ends = EndsOf(days);
    }

    public int Offset { get; }

    /// <summary>Row after the last day of the period.</summary>
    public int End { get; }

    /// <summary>Node before the first day.</summary>
    public int Start { get; }

    public PackedCounts Counts { get; }

    /// <summary>The hours of the additions.</summary>
    public HourSteps Hours { get; }

    public int Nodes => _states.Count;

    /// <summary>Options per row; 0 is a day off.</summary>
    public int[] Options { get; }

    /// <summary>Arcs per kind of row.</summary>
    public List<RowArcs> Kinds { get; }

    public int[] KindOf { get; }

    /// <summary>Nodes that can be reached before each row, and after the last.</summary>
    public int[][] NodesAt { get; }

    /// <summary>Whether the period may end in a node, as the agent's days go on after it.</summary>
    public bool[] Ends { get; }

    /// <summary>The option of a variant on a row.</summary>
    public int Option(int row, int variant) => variant == 0 ? 0 : _optionOf[row][variant];

    private bool[] EndsOf(ReadOnlySpan<DayCell> days)
    {
        var ends = new bool[Nodes];
        var known = new Dictionary<(int Label, int State), bool>();
        foreach (var node in NodesAt[End])
        {
            ends[node] = true;
            for (var i = 0; i < _labels.Length && ends[node]; i++)
            {
                var at = (i, _states[node][i]);
                if (!known.TryGetValue(at, out var mayEnd)) known.Add(at, mayEnd = _labels[i].Ends(at.Item2, days));
                ends[node] = mayEnd;
            }
        }

        return ends;
    }

    private void FillOptions(CompiledProblem compiled, ReadOnlySpan<DayCell> days)
    {
        var kinds = new Dictionary<StateKey, int>();
        for (var row = Offset; row < End; row++)
        {
            var leave = days[row].Leave;
            var off = ActionsOf(row, new DayCell { Leave = leave });
            var known = new Dictionary<StateKey, int> { [new StateKey(off)] = 0 };
            var list = new List<int[]> { off };
            var map = new Dictionary<int, int>();
            foreach (var variant in compiled.Shifts.DayVariants[row])
            {
                map[variant] = OptionOf(row, compiled.Plain(variant) with { Leave = leave }, known, list);
            }

            if (days[row] is { IsWorking: true } pinned) map[pinned.Variant] = OptionOf(row, pinned, known, list);
            (_optionOf[row], _actions[row], Options[row]) = (map, [.. list], list.Count);
            var signature = new StateKey([.. _labels.Select(l => l.RowKind(row)), .. list.SelectMany(a => a)]);
            if (!kinds.TryGetValue(signature, out var kind))
            {
                kinds.Add(signature, kind = Kinds.Count);
                Kinds.Add(new RowArcs(list.Count));
            }

            KindOf[row] = kind;
        }
    }

    private int[] ActionsOf(int row, DayCell cell) => Array.ConvertAll(_labels, l => l.Action(row, cell));

    private int OptionOf(int row, DayCell cell, Dictionary<StateKey, int> known, List<int[]> list)
    {
        var action = ActionsOf(row, cell);
        var key = new StateKey(action);
        if (known.TryGetValue(key, out var option) && option > 0) return option;
        known[key] = list.Count; // a shift that every rule takes for a day off is still an option of its own
        list.Add(action);
        return list.Count - 1;
    }

    private void Walk()
    {
        NodesAt[Offset] = [Start];
        var seen = new int[1];
        for (var row = Offset; row < End; row++)
        {
            var arcs = Kinds[KindOf[row]];
            var next = new List<int>();
            foreach (var node in NodesAt[row])
            {
                if (!arcs.Knows(node)) Expand(row, node, arcs);
                for (var option = 0; option < arcs.Options; option++)
                {
                    var to = arcs.Next[(node * arcs.Options) + option];
                    if (to < 0) continue;
                    if (to >= seen.Length) Array.Resize(ref seen, to * 2);
                    if (seen[to] == row + 1) continue;
                    seen[to] = row + 1;
                    next.Add(to);
                }
            }

            next.Sort();
            NodesAt[row + 1] = [.. next];
        }
    }

    private void Expand(int row, int node, RowArcs arcs)
    {
        arcs.Reserve(node);
        var amounts = new int[_labels.Length];
        for (var option = 0; option < arcs.Options; option++)
        {
            var (states, actions) = (_states[node], _actions[row][option]);
            var next = new int[_labels.Length];
            var broken = false;
            for (var i = 0; i < next.Length && !broken; i++)
            {
                next[i] = _labels[i].Next(states[i], row, actions[i]);
                amounts[i] = _labels[i].Amount(states[i], row, actions[i]);
                broken = next[i] == RuleLabel.Broken;
            }

            arcs.Next[(node * arcs.Options) + option] = broken ? -1 : Node(next);
            arcs.Adds[(node * arcs.Options) + option] = broken ? 0 : Counts.Addition(amounts);
        }
    }

    private int Node(int[] states)
    {
        var key = new StateKey(states);
        if (_nodes.TryGetValue(key, out var node)) return node;
        _nodes.Add(key, _states.Count);
        _states.Add(states);
        return _states.Count - 1;
    }

    /// <summary>Arcs of one kind of row: node × options + option.</summary>
    internal sealed class RowArcs(int options)
    {
        private bool[] _known = [];

        public int Options => options;

        /// <summary>Node after the day, -1 when a rule forbids it.</summary>
        public int[] Next { get; private set; } = [];

        /// <summary>Index of what the day adds to the counts.</summary>
        public int[] Adds { get; private set; } = [];

        public bool Knows(int node) => node < _known.Length && _known[node];

        public void Reserve(int node)
        {
            if (node >= _known.Length)
            {
                var size = Math.Max(16, node * 2);
                var (known, next, adds) = (_known, Next, Adds);
                Array.Resize(ref known, size);
                Array.Resize(ref next, size * options);
                Array.Resize(ref adds, size * options);
                (_known, Next, Adds) = (known, next, adds);
            }

            _known[node] = true;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly struct StateKey(int[] values) : IEquatable<StateKey>
    {
        private readonly int[] _values = values;

        public bool Equals(StateKey other) => _values.AsSpan().SequenceEqual(other._values);

        public override bool Equals(object? obj) => obj is StateKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = 17;
            foreach (var value in _values)
            {
                hash = unchecked((hash * 486_187_739) + value);
            }

            return hash;
        }
    }
}
