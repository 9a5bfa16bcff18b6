using NodaTime;

namespace Wfm.Forecasting.Pooled;

/// <summary>What a pool must be to be learned from.</summary>
internal static class PoolGuard
{
    /// <summary>Refuses an empty pool and one of mixed intervals.</summary>
    public static Duration SameInterval(IReadOnlyList<PoolMember> members)
    {
        if (members.Count == 0)
        {
            throw new ForecastDataException("The pool holds no series to learn from.");
        }

        var interval = members[0].History.Grid.Interval;
        foreach (var member in members)
        {
            if (member.History.Grid.Interval != interval)
            {
                throw new ArgumentException(
                    $"'{members[0].Name}' has intervals of {interval}, '{member.Name}' of {member.History.Grid.Interval}; a pool has one. Roll one of them "
                        + "up (RollUp).",
                    nameof(members));
            }
        }

        return interval;
    }
}
