namespace Wfm.Scheduling.Explanation;

/// <summary>Steps of search that conflicts may take: bounds their time, the same on any machine.</summary>
internal sealed class WorkBudget(long steps)
{
    private long _left = steps;

    public bool IsSpent => _left <= 0;

    public bool Spend(long work)
    {
        _left -= work;
        return _left > 0;
    }
}
