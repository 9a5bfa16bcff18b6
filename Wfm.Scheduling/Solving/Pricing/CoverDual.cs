using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The demand's side of the Lagrangian relaxation: at given prices, how much coverage each interval would like and what that costs.</summary>
/// <remarks>
/// The cost of an interval is convex and piecewise linear in what is scheduled, so at a price π per unit the cheapest amount is one of the kinks:
/// none, the minimum presence, the depth, the requirement, or all there can be.
/// </remarks>
internal sealed class CoverDual
{
    private readonly CoverageCosts _costs;
    private readonly double[] _most;

    /// <param name="compiled">The problem.</param>
    /// <param name="scheduled">What is scheduled already.</param>
    /// <param name="most">All the coverage that agents can give an interval, what is fixed left out.</param>
    public CoverDual(CompiledProblem compiled, double[] scheduled, double[] most)
    {
        (_costs, Fixed, _most) = (compiled.Costs, scheduled, most);
        Wanted = new double[_costs.Required.Length];
    }

    /// <summary>What is scheduled besides.</summary>
    public double[] Fixed { get; set; }

    /// <summary>Coverage each interval would like from agents at the prices last asked for.</summary>
    public double[] Wanted { get; }

    /// <summary>Least price that can make sense: what one more unit saves at most.</summary>
    public double Lowest(int k) => -(_costs.Under[k] + _costs.DeepUnder[k] + _costs.RelaxedMinimumUnder[k]);

    /// <summary>Largest price that can make sense.</summary>
    public double Highest(int k) => _costs.Over[k];

    /// <summary>The least of cost minus price × coverage, summed; also fills <see cref="Wanted"/>.</summary>
    public double Value(double[] prices)
    {
        var total = 0.0;
        for (var k = 0; k < prices.Length; k++)
        {
            var best = double.PositiveInfinity;
            Consider(k, 0, prices[k], ref best);
            Consider(k, _costs.RelaxedMinimum[k] - Fixed[k], prices[k], ref best);
            Consider(k, _costs.Deep[k] - Fixed[k], prices[k], ref best);
            Consider(k, _costs.Required[k] - Fixed[k], prices[k], ref best);
            Consider(k, _most[k], prices[k], ref best);
            total += best;
        }

        return total;
    }

    /// <summary>All heads at once: more than can ever come.</summary>
    public static double[] Most(CompiledProblem compiled)
    {
        var most = new double[compiled.Costs.Required.Length];
        for (var group = 0; group < compiled.Costs.Groups; group++)
        {
            var percent = compiled.Skills.Skilled[group].Sum(a => compiled.Skills.Percent(a, group));
            var unit = compiled.CountsShifts(group) ? 60 : compiled.Calendar.IntervalMinutes;
            Array.Fill(most, percent * unit, group * compiled.Costs.Stride, compiled.Costs.Intervals);
        }

        return most;
    }

    private void Consider(int k, double coverage, double price, ref double best)
    {
        if (coverage < 0 || coverage > _most[k]) return;
        var x = Fixed[k] + coverage;
        var cost =
            (_costs.Under[k] * Math.Max(0, _costs.Required[k] - x))
            + (_costs.DeepUnder[k] * Math.Max(0, _costs.Deep[k] - x))
            + (_costs.RelaxedMinimumUnder[k] * Math.Max(0, _costs.RelaxedMinimum[k] - x))
            + (_costs.Over[k] * Math.Max(0, x - _costs.Required[k]))
            - (price * coverage);
        if (cost >= best) return;
        (best, Wanted[k]) = (cost, coverage);
    }
}
