using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Explanation;

/// <summary>Remembers from which pasts the days to come were tried already: two pasts that no rule tells apart have the same future.</summary>
/// <remarks>What has to be known of the past each rule says itself; with one that cannot say it nothing is remembered, which costs time and no
/// exactness.</remarks>
internal sealed class DayMemory
{
    private readonly PastNumbers _past = new();
    private readonly Dictionary<(int Row, string Past), long> _seen = [];
    private readonly bool _known = true;

    public DayMemory(AgentChoices choices)
    {
        foreach (var rule in choices.All)
        {
            _known &= rule.Remember(_past);
        }
    }

    /// <summary>True when the same past, or one that had reached at least as much, stood here before.</summary>
    public bool Knows(DayCell[] days, int row, long reached)
    {
        if (!_known) return false;
        var key = (row, _past.Key(days, row));
        if (_seen.TryGetValue(key, out var best) && best >= reached) return true;
        _seen[key] = reached;
        return false;
    }
}
