using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>What each kind of day would cost an agent, and the shift it would be: row × stride + option.</summary>
internal sealed class DayPrices(CompiledProblem compiled, AgentNetworks networks)
{
    private readonly DayCell[] _cells = new DayCell[compiled.Calendar.Rows * networks.Stride];

    public int Stride => networks.Stride;

    public double[] Prices { get; } = new double[compiled.Calendar.Rows * networks.Stride];

    /// <summary>The shift behind an option.</summary>
    public ref readonly DayCell Cell(int row, int option) => ref _cells[(row * networks.Stride) + option];

    /// <summary>Prices an agent's days: wishes, and the cheapest group and breaks of every shift.</summary>
    public void Fill(int agent, ICoverPrices cover)
    {
        var network = networks.Of(agent);
        Array.Fill(Prices, double.PositiveInfinity);
        for (var row = network.Offset; row < network.End; row++)
        {
            var at = (agent * compiled.Calendar.Rows) + row;
            if (compiled.Start.Pinned[at])
            {
                var pinned = compiled.Start.Cells[at];
                Offer(row, network.Option(row, pinned.Variant), compiled.Goals.Wish(agent, row, pinned), pinned);
                continue;
            }

            Offer(row, 0, compiled.Goals.Wish(agent, row, default), compiled.Start.Place(at));
            foreach (var variant in compiled.Eligibility.On(agent, row))
            {
                FillShift(agent, row, variant, network.Option(row, variant), cover);
            }
        }
    }

    private void FillShift(int agent, int row, int variant, int option, ICoverPrices cover)
    {
        var template = compiled.Shifts[variant].Template;
        var wish = compiled.Goals.Wish(agent, row, compiled.Plain(variant));
        foreach (var group in compiled.Skills.GroupsOn(agent, template))
        {
            var percent = compiled.Skills.Percent(agent, group);
            foreach (var pattern in compiled.Eligibility.Patterns(agent, variant, group))
            {
                var price = wish + cover.Cost(compiled.CoverAt(variant, group), compiled.Profile(variant, group, pattern), percent);
                if (price >= Prices[(row * networks.Stride) + option]) continue;
                Offer(row, option, price, compiled.Start.Place((agent * compiled.Calendar.Rows) + row, compiled.Cell(variant, group, pattern)));
            }
        }

        if (compiled.Eligibility.MixesAny) FillMixed(agent, row, variant, option, cover, wish);
    }

    // Shifts of two groups. Blocks are priced by themselves, which is exact for linear prices; two that touch one interval may come out a little too dear
    // else.
    private void FillMixed(int agent, int row, int variant, int option, ICoverPrices cover, double wish)
    {
        var groups = compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template);
        var mixed = new MixedShifts[groups.Length * groups.Length];
        for (var i = 0; i < mixed.Length; i++)
        {
            mixed[i] = compiled.Eligibility.Mixed(agent, variant, groups[i / groups.Length], groups[i % groups.Length]);
        }

        if (Array.TrueForAll(mixed, m => m.IsEmpty)) return;
        var all = compiled.Shifts.Blocks[compiled.Shifts[variant].Shape];
        for (var pattern = 0; pattern < all.Length; pattern++)
        {
            var costs = Array.ConvertAll(groups, group => BlockCosts(agent, variant, group, all[pattern], cover));
            for (var i = 0; i < mixed.Length; i++)
            {
                if (mixed[i].IsEmpty) continue;
                var (main, other) = (i / groups.Length, i % groups.Length);
                foreach (var blocks in mixed[i].Legal[pattern])
                {
                    var price = wish;
                    for (var block = 0; block < all[pattern].Length; block++)
                    {
                        price += costs[(blocks >> block & 1) != 0 ? other : main][block];
                    }

                    if (price >= Prices[(row * networks.Stride) + option]) continue;
                    var cell = compiled.Cell(variant, groups[main], groups[other], blocks, pattern);
                    Offer(row, option, price, compiled.Start.Place((agent * compiled.Calendar.Rows) + row, cell));
                }
            }
        }
    }

    // What each block costs on a group.
    private double[] BlockCosts(int agent, int variant, int group, WorkBlock[] blocks, ICoverPrices cover)
    {
        ref readonly var shift = ref compiled.Shifts[variant];
        var (start, interval, percent) = (shift.Start, compiled.Calendar.IntervalMinutes, compiled.Skills.Percent(agent, group));
        Span<double> worked = stackalloc double[shift.ProfileLength + 4];
        var costs = new double[blocks.Length];
        for (var block = 0; block < blocks.Length; block++)
        {
            var (from, to) = (start + blocks[block].From, start + blocks[block].To);
            var first = from / interval;
            var profile = worked[..((((((to - 1) / interval) - first) / 4) + 1) * 4)];
            profile.Clear();
            ShiftCatalog.AddMinutes(profile, from - (first * interval), to - (first * interval), interval, 1);
            costs[block] = cover.Cost((group * compiled.Costs.Stride) + first, profile, percent);
        }

        return costs;
    }

    private void Offer(int row, int option, double price, in DayCell cell)
    {
        Prices[(row * networks.Stride) + option] = price;
        _cells[(row * networks.Stride) + option] = cell;
    }
}

/// <summary>A price per unit of coverage, whoever else is there.</summary>
internal sealed class LinearPrices(double[] prices) : ICoverPrices
{
    public double Cost(int at, ReadOnlySpan<double> profile, double factor) => Sum(prices, at, profile) * factor;

    /// <summary>Price of a profile from a place on; its length is a multiple of four.</summary>
    public static double Sum(double[] prices, int at, ReadOnlySpan<double> profile)
    {
        var sum = Vector256<double>.Zero;
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; i < profile.Length; i += 4)
        {
            sum += Vector256.LoadUnsafe(ref work, (nuint)i) * Vector256.LoadUnsafe(ref prices[0], (nuint)(at + i));
        }

        return Vector256.Sum(sum);
    }
}
