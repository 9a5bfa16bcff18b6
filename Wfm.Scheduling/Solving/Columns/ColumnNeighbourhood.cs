using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Takes the rosters of some agents away and finds them anew together (large neighbourhood search, Shaw 1998), by generating and mixing
/// columns.</summary>
/// <remarks>The mix of the agents concerned says at once whether there is anything to gain; mostly there is not, and the next group is tried.</remarks>
internal sealed class ColumnNeighbourhood(CompiledProblem compiled, AgentNetworks networks, RosterState state, Reoptimization one, ColumnPool pool)
{
    private const int Least = 3;

    private readonly DivingEffort _effort = DivingEffort.Small(compiled);
    private readonly ColumnPricing _pricing = new(compiled, networks);
    private readonly double[] _scheduled = new double[compiled.Costs.Required.Length];
    private readonly DayCell[] _saved = new DayCell[compiled.Agents * compiled.Calendar.Rows];
    private double _size = Math.Min(6, compiled.Agents);
    private long _solving;

    /// <summary>Arcs walked, and arithmetic as dear.</summary>
    public long Work => _pricing.Work + (_solving * ColumnGeneration.ArcsPerThousand);

    /// <summary>One step, kept when the cost does not rise above the threshold.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="threshold">What the cost may rise by.</param>
    /// <param name="goOn">False ends it.</param>
    public bool Step(ref RosterRandom random, double threshold, Func<bool> goOn)
    {
        var agents = Choose(ref random, Math.Clamp((int)_size + random.Below(3) - 1, Math.Min(Least, compiled.Agents), compiled.Agents));
        var (cost, illegal, limit) = (state.Cost, state.Illegal, Upper(agents) + (threshold < compiled.Grain ? -0.5 : threshold));
        if (Find(agents, limit, goOn) is not { } found) return false;
        foreach (var column in found)
        {
            state.Days(column.Agent).CopyTo(Saved(column.Agent));
            state.Put(column.Agent, column.Days);
            pool.Add(column);
        }

        for (var (i, idle) = (0, 0); idle < agents.Length && goOn(); i = (i + 1) % agents.Length)
        {
            idle = one.Improve(agents[i]) ? 1 : idle + 1;
        }

        if (state.Illegal <= illegal && state.Cost <= cost + threshold) return true;
        foreach (var agent in agents)
        {
            state.Put(agent, Saved(agent));
        }

        return false;
    }

    // Where nothing can be gained the next group is larger, where nothing was found smaller.
    private RosterColumn[]? Find(int[] agents, double limit, Func<bool> goOn)
    {
        var generation = Mix(agents);
        generation.Improve(_effort, double.NegativeInfinity, static _ => true, goOn);
        var isHopeless = compiled.RoundUp(generation.Master.Value) > limit;
        var found = isHopeless ? null : Diving.Run(generation, _effort, limit, goOn);
        _solving += generation.Master.Work;
        if (isHopeless) _size = Math.Min(compiled.Agents, _size * 1.03);
        else if (found is null) _size = Math.Max(Least, _size * 0.98);
        return found;
    }

    private ColumnGeneration Mix(int[] agents)
    {
        foreach (var agent in agents)
        {
            state.Lift(agent, -1);
        }

        state.Coverage.Scheduled.CopyTo(_scheduled, 0);
        foreach (var agent in agents)
        {
            state.Lift(agent, 1);
        }

        var master = new RestrictedMaster(
            compiled,
            Array.ConvertAll(agents, a => RosterColumn.Of(compiled, a, state.Days(a), state.IllegalCost(a) > 0)),
            _scheduled);
        foreach (var column in agents.SelectMany(pool.Of))
        {
            master.Add(column);
        }

        return new ColumnGeneration(compiled, master, [_pricing], _scheduled, pool.Prices, pool.Multipliers);
    }

    private Span<DayCell> Saved(int agent) => _saved.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows);

    // What the coverage and the agents concerned cost now: the rest of the cost is none of the mix's.
    private double Upper(int[] agents) => state.Coverage.Recount().Total + agents.Sum(a => state.Score(a).Total);

    private int[] Choose(ref RosterRandom random, int count)
    {
        var agents = Enumerable.Range(0, compiled.Agents).ToArray();
        for (var i = 0; i < count; i++)
        {
            var j = i + random.Below(agents.Length - i);
            (agents[i], agents[j]) = (agents[j], agents[i]);
        }

        return agents[..count];
    }
}
