using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving;

/// <summary>Gives one agent the best roster there is against those of all others, by dynamic programming over the agent's rules.</summary>
internal sealed class Reoptimization(CompiledProblem compiled, AgentNetworks networks, RosterState state, Func<bool>? goOn = null)
{
    private const int Steps = 12;
    private const int StepsToLegal = 40;
    private const int Beam = 300; // exact nearly always: the bounds leave few labels

    private readonly LabelSetting _programme = new(compiled.Costs.TypicalShift, goOn);
    private readonly DayPrices _prices = new(compiled, networks);
    private readonly int[] _options = new int[compiled.Calendar.Rows];
    private readonly double[][] _multipliers = [.. Enumerable.Range(0, compiled.Agents).Select(a => new double[networks.Of(a).Counts.Fields.Count])];

    /// <summary>Arcs walked.</summary>
    public long Work => _programme.Work;

    /// <summary>The best roster in place of the agent's own legal one, when that is better.</summary>
    public bool Improve(int agent)
    {
        Price(agent);
        var network = networks.Of(agent);
        if (!_programme.Solve(network, _prices.Prices, _prices.Stride, Current(agent, network), compiled.Grain, Beam, Steps, _multipliers[agent], _options))
            return false;
        Propose(agent);
        return state.Try(-0.5); // costs are whole numbers: never round in circles among rosters that cost the same
    }

    /// <summary>The best legal roster in place of one that breaks rules, whatever it costs; where the programme does not know every rule, one that breaks them
    /// less.</summary>
    public bool Legalize(int agent)
    {
        var before = state.IllegalCost(agent);
        Price(agent);
        if (
            !_programme.Solve(
                networks.Of(agent), _prices.Prices, _prices.Stride, double.PositiveInfinity, compiled.Grain, Beam, StepsToLegal, _multipliers[agent], _options))
            return false;
        Propose(agent);
        state.Try(double.PositiveInfinity);
        if (state.IllegalCost(agent) < before) return true;
        state.Try(double.PositiveInfinity); // the move holds what stood there before
        return false;
    }

    // What each day costs as if the agent were not there.
    private void Price(int agent)
    {
        state.Lift(agent, -1);
        _prices.Fill(agent, state.Coverage);
        state.Lift(agent, 1);
    }

    private void Propose(int agent)
    {
        state.Begin();
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.End; row++)
        {
            ref readonly var cell = ref _prices.Cell(row, _options[row]);
            ref readonly var now = ref state.At(agent, row);
            if (!cell.IsSame(now)) state.Set(agent, row, cell);
        }
    }

    private double Current(int agent, RuleNetwork network)
    {
        var cost = 0.0;
        for (var row = network.Offset; row < network.End; row++)
        {
            var cell = state.At(agent, row);
            cost += _prices.Prices[(row * _prices.Stride) + network.Option(row, cell.Variant)];
        }

        return cost;
    }
}
