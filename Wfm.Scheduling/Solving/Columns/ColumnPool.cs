using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Good rosters of each agent, and the prices they were good at: what one thread's search draws on.</summary>
internal sealed class ColumnPool
{
    private const int Most = 60;

    private readonly Queue<RosterColumn>[] _ofAgent;
    private readonly double[][] _multipliers;

    /// <param name="generation">The mix of the whole problem.</param>
    /// <param name="networks">The rules.</param>
    public ColumnPool(ColumnGeneration generation, AgentNetworks networks)
    {
        Prices = generation.Prices;
        var agents = generation.Master.Agents;
        _multipliers = [.. agents.Select(a => new double[networks.Of(a).Counts.Fields.Count])];
        _ofAgent = [.. agents.Select(a => new Queue<RosterColumn>(generation.Master.Of(a).OrderBy(generation.Master.Reduced).Take(Most / 2).Reverse()))];
    }

    /// <summary>Prices of coverage in the whole problem.</summary>
    public double[] Prices { get; }

    /// <summary>Prices of the counts of each agent's rules.</summary>
    public double[][] Multipliers => _multipliers;

    public IEnumerable<RosterColumn> Of(int agent) => _ofAgent[agent];

    /// <summary>Remembers a roster, and forgets the one remembered longest.</summary>
    public void Add(RosterColumn column)
    {
        var known = _ofAgent[column.Agent];
        if (known.Any(column.IsLike)) return;
        known.Enqueue(column);
        if (known.Count > Most) known.Dequeue();
    }
}
