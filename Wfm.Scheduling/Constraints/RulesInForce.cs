using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Constraints;

/// <summary>Which of some rules are in force together: rows on which the same are have the same number.</summary>
internal sealed class RulesInForce
{
    private readonly int[] _numbers;

    /// <param name="calendar">The days.</param>
    /// <param name="rules">The rules.</param>
    public RulesInForce(RosterCalendar calendar, IReadOnlyList<AgentRule> rules)
    {
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        _numbers = [.. Enumerable.Range(0, calendar.Rows).Select(row =>
        {
            var inForce = string.Concat(rules.Select(r => r.InForce(row) ? '1' : '0'));
            known.TryAdd(inForce, known.Count);
            return known[inForce];
        })];
        Count = known.Count;
    }

    /// <summary>Numbers there are.</summary>
    public int Count { get; }

    public int On(int row) => _numbers[row];
}
