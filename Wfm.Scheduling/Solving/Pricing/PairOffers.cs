using System.Numerics;
using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>What a shift of an agent may serve.</summary>
/// <param name="Index">A group, or after the groups a pair of them.</param>
/// <param name="Percent">Percent of a head that the agent is: of a pair in the group in which it is more.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OfferChoice(int Index, double Percent);

/// <summary>The best shifts that serve two groups, each in some blocks, at given prices.</summary>
/// <remarks>
/// At linear prices the blocks cost apart, and only limits on exposure bind them together: of few blocks every legal choice is tried. A pair is priced as if
/// the agent were in both groups as good as in its better one, and where there are too many, only as many as it is worst at anywhere: what comes of it is
/// never dearer than the shift, which is all that a bound asks.
/// </remarks>
internal sealed class PairOffers
{
    private readonly CompiledProblem _compiled;
    private readonly (int Group, int Other)[] _pairs;
    private readonly OfferChoice[]?[] _choices;
    private readonly double _worst; // of an agent's percents the ratio of the worst to the best
    private readonly Edges[] _edges;
    private readonly double[] _sums; // cost of a head from the first interval on, group × stride + interval
    private readonly double[] _prices;
    private readonly double[][] _table;
    private readonly Dictionary<(MixedShifts First, MixedShifts Second, int Variant), (double Cost, DayCell Cell)>[] _known;
    private readonly double[] _on; // of each block of a shape: cost on the first group, what the other adds, and the lesser cost
    private readonly double[] _gains;
    private readonly double[] _least;
    private DayCell[] _best = [];

    public PairOffers(CompiledProblem compiled)
    {
        _compiled = compiled;
        var (groups, templates) = (compiled.Costs.Groups, compiled.Shifts.TemplateCount);
        _choices = new OfferChoice[]?[compiled.Agents * templates];
        bool Works(int agent, int template, int g) => Array.IndexOf(compiled.Skills.GroupsOn(agent, template), g) >= 0;
        bool Serves(int g, int h) => Enumerable.Range(0, compiled.Agents)
            .Any(a => Enumerable.Range(0, templates).Any(t => Works(a, t, g) && Works(a, t, h)));
        _pairs =
        [
            .. from g in Enumerable.Range(0, groups)
               from h in Enumerable.Range(g + 1, groups - g - 1)
               where compiled.Eligibility.MayMix(g, h) && Serves(g, h)
               select (g, h),
        ];
        _worst = Enumerable.Range(0, compiled.Agents).Select(LeastRatio).DefaultIfEmpty(1).Min();
        _edges = _pairs.Length == 0 ? [] : Array.ConvertAll(compiled.Shifts.Blocks, b => new Edges(b));
        (_sums, _prices) = _pairs.Length == 0 ? ([], []) : (new double[compiled.Costs.Required.Length], new double[compiled.Costs.Required.Length]);
        _table = [.. Enumerable.Range(0, groups).Select(_ => new double[_edges.Select(e => e.Minutes.Length).DefaultIfEmpty().Max()])];
        var most = _edges.Select(e => e.Blocks.Length).DefaultIfEmpty().Max();
        (_on, _gains, _least) = (new double[most], new double[most], new double[most]);
        _known = Array.ConvertAll(_pairs, _ => new Dictionary<(MixedShifts, MixedShifts, int), (double, DayCell)>());
    }

    public int Count => _pairs.Length;

    /// <summary>The shift behind a place.</summary>
    public DayCell Cell(int place) => _best[place];

    public void Reserve(int places) => _best = new DayCell[Count == 0 ? 0 : places];

    /// <summary>What an agent may serve on a template.</summary>
    public ReadOnlySpan<OfferChoice> ChoicesOn(int agent, int template) =>
        _choices[(agent * _compiled.Shifts.TemplateCount) + template] ??= Choices(agent, template);

    /// <summary>Takes new prices.</summary>
    public void Reprice(double[] prices)
    {
        if (Count == 0) return;
        var (stride, interval) = (_compiled.Costs.Stride, _compiled.Calendar.IntervalMinutes);
        for (var group = 0; group < _compiled.Costs.Groups; group++)
        {
            var sum = 0.0;
            for (var k = group * stride; k < (group + 1) * stride; k++)
            {
                (_sums[k], _prices[k]) = (sum, prices[k] > 0 ? prices[k] * _worst : prices[k]);
                sum += _prices[k] * interval;
            }
        }

        foreach (var known in _known)
        {
            known.Clear();
        }
    }

    /// <summary>Prices a variant for those under the rules of an agent; cheaper shifts take the places of the pairs.</summary>
    /// <param name="agent">One of them.</param>
    /// <param name="variant">The shift.</param>
    /// <param name="first">Place of the first pair.</param>
    /// <param name="costs">Costs by place.</param>
    /// <returns>Shifts and breaks looked at.</returns>
    public long Price(int agent, int variant, int first, double[] costs)
    {
        var looked = 0L;
        var (isTold, shape) = (0UL, _compiled.Shifts[variant].Shape);
        for (var pair = 0; pair < Count; pair++)
        {
            var (group, other) = _pairs[pair];
            var key = (_compiled.Eligibility.Mixed(agent, variant, group, other), _compiled.Eligibility.Mixed(agent, variant, other, group), variant);
            if (key.Item1.IsEmpty && key.Item2.IsEmpty) continue;
            if (!_known[pair].TryGetValue(key, out var best))
            {
                Tell(variant, group, ref isTold);
                Tell(variant, other, ref isTold);
                _known[pair].Add(key, best = Best(pair, variant, key.Item1, key.Item2));
                looked += _edges[shape].Patterns;
            }

            looked++;
            if (best.Cost < costs[first + pair]) (costs[first + pair], _best[first + pair]) = best;
        }

        return looked;
    }

    // Patterns share most of their blocks: each block is priced once, and a pattern that is too dear even with the cheaper group in every block is left.
    private (double Cost, DayCell Cell) Best(int pair, int variant, MixedShifts first, MixedShifts second)
    {
        var (group, other) = _pairs[pair];
        var edges = _edges[_compiled.Shifts[variant].Shape];
        for (var block = 0; block < edges.Blocks.Length; block++)
        {
            var (from, to) = edges.Blocks[block];
            var (on, off) = (_table[group][to] - _table[group][from], _table[other][to] - _table[other][from]);
            (_on[block], _gains[block], _least[block]) = (on, off - on, Math.Min(on, off));
        }

        var (best, isSecond, blocks, at) = (double.PositiveInfinity, false, (byte)0, 0);
        Span<double> sums = stackalloc double[1 << WorkBlock.Most]; // by choice of blocks: what they gain on the other group
        for (var pattern = 0; pattern < edges.Patterns; pattern++)
        {
            var (all, bound) = (edges.Of(pattern), 0.0);
            foreach (var block in all) bound += _least[block];
            if (bound >= best) continue;
            var (on, off) = (0.0, 0.0);
            foreach (var block in all) (on, off) = (on + _on[block], off + _on[block] + _gains[block]);
            sums[0] = 0;
            for (var choice = 1; choice < 1 << all.Length; choice++)
            {
                sums[choice] = sums[choice & (choice - 1)] + _gains[all[BitOperations.TrailingZeroCount(choice)]];
            }

            foreach (var choice in first.IsEmpty ? [] : first.Legal[pattern])
            {
                if (on + sums[choice] < best) (best, isSecond, blocks, at) = (on + sums[choice], false, choice, pattern);
            }

            foreach (var choice in second.IsEmpty ? [] : second.Legal[pattern])
            {
                if (off - sums[choice] < best) (best, isSecond, blocks, at) = (off - sums[choice], true, choice, pattern);
            }
        }

        return (best, isSecond ? _compiled.Cell(variant, other, group, blocks, at) : _compiled.Cell(variant, group, other, blocks, at));
    }

    // Cost of a head on a group from the first interval to every minute at which a block of the variant begins or ends.
    private void Tell(int variant, int group, ref ulong isTold)
    {
        if (group < 64 && (isTold >> group & 1) != 0) return;
        if (group < 64) isTold |= 1UL << group;
        ref readonly var shift = ref _compiled.Shifts[variant];
        var (interval, minutes, at) = (_compiled.Calendar.IntervalMinutes, _edges[shift.Shape].Minutes, group * _compiled.Costs.Stride);
        for (var edge = 0; edge < minutes.Length; edge++)
        {
            var (whole, part) = Math.DivRem(shift.Start + minutes[edge], interval);
            _table[group][edge] = _sums[at + whole] + (part * _prices[at + whole]);
        }
    }

    private OfferChoice[] Choices(int agent, int template)
    {
        var groups = _compiled.Skills.GroupsOn(agent, template);
        return
        [
            .. groups.Select(g => new OfferChoice(g, _compiled.Skills.Percent(agent, g))),
            .. from pair in Enumerable.Range(0, Count)
               let both = _pairs[pair]
               where Array.IndexOf(groups, both.Group) >= 0 && Array.IndexOf(groups, both.Other) >= 0
               select new OfferChoice(
                   _compiled.Costs.Groups + pair, Math.Max(_compiled.Skills.Percent(agent, both.Group), _compiled.Skills.Percent(agent, both.Other))),
        ];
    }

    private double LeastRatio(int agent)
    {
        var groups = Enumerable.Range(0, _compiled.Costs.Groups).Where(g => _compiled.Skills.CanWork(agent, g));
        var percents = groups.Select(g => _compiled.Skills.Percent(agent, g)).DefaultIfEmpty(1).ToArray();
        return percents.Min() / percents.Max();
    }

    /// <summary>The minutes at which blocks of a shape begin or end, the blocks as pairs of them, and those of each pattern.</summary>
    private sealed class Edges
    {
        private readonly int[][] _ofPattern;

        public Edges(WorkBlock[][] blocks)
        {
            WorkBlock[] all = [.. blocks.SelectMany(p => p).Distinct().OrderBy(b => b.From).ThenBy(b => b.To)];
            Minutes = [.. all.SelectMany(b => new[] { (int)b.From, b.To }).Distinct().Order()];
            Blocks = Array.ConvertAll(all, b => (Array.BinarySearch(Minutes, b.From), Array.BinarySearch(Minutes, b.To)));
            _ofPattern = Array.ConvertAll(blocks, p => p.Length > WorkBlock.Most ? [] : Array.ConvertAll(p, b => Array.IndexOf(all, b)));
        }

        public int[] Minutes { get; }

        public (int From, int To)[] Blocks { get; }

        public int Patterns => _ofPattern.Length;

        public int[] Of(int pattern) => _ofPattern[pattern];
    }
}
