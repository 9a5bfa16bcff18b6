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
