using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving;

/// <summary>Takes the rosters of some agents away and builds them anew, one after the other (large neighbourhood search, Shaw 1998).</summary>
/// <remarks>
/// An agent built early would take what a later one needs more. So a few rounds of the Lagrangian relaxation of the agents concerned come first:
/// whoever is not built yet stands in the coverage with its fractional average, and the next one is priced against that, the dive of a
/// branch-and-price heuristic. Then each is improved exactly until none can be.
/// </remarks>
internal sealed class LargeNeighbourhood(CompiledProblem compiled, AgentNetworks networks, RosterState state, Reoptimization one, double[] prices)
{
    private const int Rounds = 40;
    private const int MostAgents = 15;
    private const long ArcsPerStep = 40_000_000;

    private readonly int _most = Most(compiled, networks);

    private readonly LagrangianBound _relaxation = new(compiled, networks);
    private readonly Coverage _guide = new(compiled.Costs);
    private readonly DayCell[] _saved = new DayCell[compiled.Agents * compiled.Calendar.Rows];

    public long Work => _relaxation.Work;

    /// <summary>One step, kept when the cost does not rise above the threshold.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="threshold">What the cost may rise by.</param>
    public bool Step(ref RosterRandom random, double threshold)
    {
        var agents = Choose(ref random, Math.Min(2 + random.Below(_most - 1), compiled.Agents));
        var (cost, illegal, upper) = (state.Cost, state.Illegal, Upper(agents));
        foreach (var agent in agents)
        {
            state.Days(agent).CopyTo(_saved.AsSpan(agent * compiled.Calendar.Rows));
            Put(agent, default);
        }

        var complete = Build(agents, upper);
        for (var (i, idle) = (0, 0); complete && idle < agents.Length && agents.Length > 1; i = (i + 1) % agents.Length)
        {
            idle = one.Improve(agents[i]) ? 1 : idle + 1;
        }

        if (complete && state.Illegal <= illegal && state.Cost <= cost + threshold) return true;
        foreach (var agent in agents)
        {
            Put(agent, _saved.AsSpan(agent * compiled.Calendar.Rows, compiled.Calendar.Rows));
        }

        return false;
    }

    // As many agents as a step can afford.
    private static int Most(CompiledProblem compiled, AgentNetworks networks)
    {
        var arcs = Enumerable.Range(0, compiled.Agents).Average(a => (double)networks.Of(a).Size);
        return (int)Math.Clamp(ArcsPerStep / (arcs * 3 * Rounds), 3, MostAgents);
    }

    // What the coverage and the agents concerned cost now: the rest of the cost is none of the relaxation's.
    private double Upper(int[] agents)
    {
        var upper = state.Coverage.Recount().Total;
        foreach (var agent in agents)
        {
            upper += state.Score(agent).Total;
        }

        return upper;
    }

    private bool Build(int[] agents, double upper)
    {
        state.Coverage.Scheduled.CopyTo(_guide.Scheduled, 0);
        Relax(agents, upper);
        foreach (var agent in agents)
        {
            Shift(_relaxation.Average(agent), -1);
            if (!one.Replace(agent, _guide)) return false;
            Cover(agent);
        }

        return true;
    }

    private void Relax(int[] agents, double upper)
    {
        _relaxation.Restrict(agents, [.. state.Coverage.Scheduled], prices);
        for (var round = 0; round < Rounds; round++)
        {
            _relaxation.Round(upper);
        }

        foreach (var agent in agents)
        {
            Shift(_relaxation.Average(agent), 1);
        }
    }

    private void Shift(double[] average, double sign)
    {
        for (var k = 0; k < average.Length; k++)
        {
            _guide.Scheduled[k] += sign * average[k];
        }
    }

    private void Cover(int agent)
    {
        foreach (ref readonly var cell in state.Days(agent)[compiled.Calendar.Offset..])
        {
            if (cell.Variant <= 0 || cell.Variant >= compiled.Shifts.FirstPinned) continue;
            _guide.Add(compiled.CoverAt(cell.Variant, cell.Group), compiled.Profile(cell.Variant, cell.Group, cell.Pattern), compiled.Skills.Percent(agent, cell.Group));
        }
    }

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

    // Puts back saved days, or frees all days that are not pinned.
    private void Put(int agent, ReadOnlySpan<DayCell> days)
    {
        state.Begin();
        for (var row = compiled.Calendar.Offset; row < compiled.Calendar.Rows; row++)
        {
            if (compiled.Start.Pinned[(agent * compiled.Calendar.Rows) + row]) continue;
            var cell = days.IsEmpty ? default : days[row];
            if (cell.IsWorking || state.At(agent, row).IsWorking) state.Set(agent, row, cell);
        }

        state.Try(double.PositiveInfinity);
    }
}
