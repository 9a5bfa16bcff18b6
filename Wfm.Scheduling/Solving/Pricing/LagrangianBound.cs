namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The relaxation whose agents take exactly the cheapest roster that their rules allow, day by day.</summary>
/// <remarks>
/// As strong as the linear relaxation of choosing one legal roster for each agent. The averages of the rosters are close to its fractional optimum,
/// which tells the search where each agent is worth having.
/// </remarks>
internal sealed class LagrangianBound : CoverRelaxation
{
    private const int Coarse = 300; // rounds at prices still far off, for which the relaxed programme is good enough
    private const int Beam = 400;

    private readonly CompiledProblem _compiled;
    private readonly AgentNetworks _networks;
    private readonly LabelSetting _programme;
    private readonly DayPrices _days;
    private readonly double[][] _multipliers;
    private readonly double[]?[] _averages;
    private readonly int[] _options;
    private int[] _agents;
    private bool _isExact = true;
    private int _rounds;

    /// <param name="compiled">The problem.</param>
    /// <param name="networks">The rules of its agents.</param>
    public LagrangianBound(CompiledProblem compiled, AgentNetworks networks)
        : base(compiled)
    {
        (_compiled, _networks) = (compiled, networks);
        _agents = [.. Enumerable.Range(0, compiled.Agents)];
        _days = new DayPrices(compiled, networks);
        _programme = new LabelSetting(compiled.Costs.TypicalShift);
        _multipliers = [.. Enumerable.Range(0, compiled.Agents).Select(a => new double[networks.Of(a).Counts.Fields.Count])];
        _averages = new double[compiled.Agents][];
        _options = new int[compiled.Calendar.Rows];
    }

    /// <inheritdoc/>
    public override long Work => _programme.Work;

    /// <summary>Coverage that an agent gives on average: a fractional roster. Kept of the agents of <see cref="Restrict"/>.</summary>
    public double[] Average(int agent) => _averages[agent] ??= new double[_compiled.Costs.Required.Length];

    /// <summary>Starts anew with some of the agents, the others being part of what is scheduled. Counts but hours are then only priced, which is faster.</summary>
    public void Restrict(int[] agents, double[] scheduled, double[] prices)
    {
        (_agents, _isExact) = (agents, false);
        Restart(scheduled, prices);
    }

    /// <inheritdoc/>
    protected override double Agents(double[] prices, double newest)
    {
        var linear = new LinearPrices(prices);
        var value = 0.0;
        _rounds++;
        foreach (var agent in _agents)
        {
            _days.Fill(agent, linear);
            value += Agent(agent, newest);
        }

        return value;
    }

    private double Agent(int agent, double newest)
    {
        var network = _networks.Of(agent);
        var (prices, stride, multipliers) = (_days.Prices, _days.Stride, _multipliers[agent]);
        if (!_isExact || _rounds <= Coarse)
        {
            _programme.Relax(network, prices, stride, double.PositiveInfinity, 0, 2, multipliers);
        }
        else if (_programme.SolveBest(network, prices, stride, 0, Beam, 6, multipliers, isExact: true, _options))
        {
            return Take(agent, network, newest);
        }

        return double.IsFinite(_programme.Bound) && _programme.RelaxedRoster(network, prices, stride, multipliers, _options)
            ? Take(agent, network, newest) : Unruled(network);
    }

    // Notes what the roster covers.
    private double Take(int agent, RuleNetwork network, double newest)
    {

        if (!_isExact) Fade(Average(agent), newest);
        for (var row = network.Offset; row < network.Rows; row++)
        {
            ref readonly var cell = ref _days.Cell(row, _options[row]);
            Supply(agent, cell);
            if (!_isExact && cell.Variant > 0 && cell.Variant < _compiled.Shifts.FirstPinned) AddTo(Average(agent), agent, cell, newest);
        }

        return _programme.Bound;
    }

    private static void Fade(double[] average, double newest)
    {
        for (var k = 0; k < average.Length; k++)
        {
            average[k] *= 1 - newest;
        }
    }

    // Pins may leave no legal roster: then the bound does without the rules.
    private double Unruled(RuleNetwork network) => Enumerable.Range(network.Offset, network.Rows - network.Offset)
        .Sum(row => _days.Prices.AsSpan(row * _days.Stride, network.Options[row]).ToArray().Min());
}
