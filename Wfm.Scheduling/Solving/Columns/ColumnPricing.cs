using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Seeks the roster of an agent that is cheapest at given prices; one for each thread.</summary>
internal sealed class ColumnPricing(CompiledProblem compiled, AgentNetworks networks, Func<bool>? goOn = null)
{
    private const int Steps = 6;

    private readonly LabelSetting _programme = new(compiled.Costs.TypicalShift, goOn);
    private readonly DayPrices _days = new(compiled, networks);
    private readonly int[] _options = new int[compiled.Calendar.Rows];

    /// <summary>Arcs walked.</summary>
    public long Work => _programme.Work;

    /// <summary>No legal roster of the agent asked for last costs less at the prices; where its fixed days leave none, no roster at all.</summary>
    public double Bound { get; private set; }

    /// <summary>The cheapest roster found, or <see langword="null"/>.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="prices">Prices of coverage.</param>
    /// <param name="multipliers">Prices of the agent's counts: a start, and the best found.</param>
    /// <param name="beam">Most labels kept a day.</param>
    /// <param name="limit">Rosters that cost more are of no use, which makes it quick to say that there is none.</param>
    public RosterColumn? Best(int agent, ICoverPrices prices, double[] multipliers, int beam, double limit)
    {
        var network = networks.Of(agent);
        _days.Fill(agent, prices);
        var isFound = _programme.Solve(network, _days.Prices, _days.Stride, limit, 0, beam, Steps, multipliers, _options);
        Bound = double.IsPositiveInfinity(_programme.Bound) ? Cheapest(network) : _programme.Bound;
        if (!isFound) return null;
        var days = compiled.Start.Cells.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows).ToArray();
        for (var row = network.Offset; row < network.End; row++)
        {
            days[row] = _days.Cell(row, _options[row]);
        }

        return networks.IsComplete(agent) || IsLegal(agent, days) ? RosterColumn.Of(compiled, agent, days) : null;
    }

    // Every day by itself.
    private double Cheapest(RuleNetwork network)
    {
        var sum = 0.0;
        for (var row = network.Offset; row < network.End; row++)
        {
            var least = double.PositiveInfinity;
            for (var option = 0; option < network.Options[row]; option++)
            {
                least = Math.Min(least, _days.Prices[(row * _days.Stride) + option]);
            }

            sum += least;
        }

        return sum;
    }

    private bool IsLegal(int agent, DayCell[] days) =>
        Array.TrueForAll(compiled.Rules(agent).All, r => r.IsPerShift || r.Penalize(days, compiled.Calendar.Offset, compiled.Calendar.End - 1) == 0);
}
