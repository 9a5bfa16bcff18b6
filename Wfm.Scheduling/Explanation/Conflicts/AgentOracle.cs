using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>What an agent can reach under some of the facts that bind it; asked once for each choice of facts.</summary>
internal sealed class AgentOracle(CompiledProblem compiled, RosterGoal goal, WorkBudget budget)
{
    private readonly Dictionary<string, long?> _known = new(StringComparer.Ordinal);

    /// <summary>True once a question went beyond the work limit.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The most an agent can reach, or at least <paramref name="enough"/>; below 0 when it has no legal roster at all.</summary>
    /// <returns><see langword="null"/> when the work limit came first.</returns>
    public long? Most(int agent, IReadOnlyList<Fact> kept, long enough)
    {
        var key = $"{agent}|{string.Join(',', kept.Where(f => f.Binds(agent)).Select(f => $"{(int)f.Kind}.{f.Index}"))}";
        if (_known.TryGetValue(key, out var most)) return most;
        most = budget.IsSpent ? null : new BestDays(compiled, new AgentChoices(compiled, agent, kept), goal, budget).Find(enough);
        GaveUp |= most is null;
        _known.Add(key, most);
        return most;
    }
}
