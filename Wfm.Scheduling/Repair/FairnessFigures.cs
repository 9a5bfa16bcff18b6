using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Repair;

/// <summary>How nights and weekends are shared among the people who have shifts.</summary>
/// <param name="Nights">Night shifts per person.</param>
/// <param name="Weekends">Weekends with at least one shift per person.</param>
public sealed record FairnessFigures(Spread Nights, Spread Weekends)
{
    /// <summary>Counts the shifts of a roster.</summary>
    /// <param name="shifts">The shifts.</param>
    /// <param name="zone">Time zone of the hub.</param>
    /// <param name="objective">Says when it is night; a night shift has at least three hours of it.</param>
    public static FairnessFigures Of(IReadOnlyList<RosterShift> shifts, DateTimeZone zone, RosterObjective objective)
    {
        ArgumentNullException.ThrowIfNull(shifts);
        ArgumentNullException.ThrowIfNull(objective);
        var people = shifts.GroupBy(s => s.AgentId, StringComparer.Ordinal).Select(p => FairnessLedger.Of(p.Select(s => (s.Start, s.End)), zone, objective))
            .ToArray();
        return new FairnessFigures(Spread.Of([.. people.Select(p => p.Nights)]), Spread.Of([.. people.Select(p => p.Weekends)]));
    }
}

/// <summary>How a count is spread over people.</summary>
/// <param name="Total">Sum.</param>
/// <param name="Least">Of the person with the least; 0 when there is nobody.</param>
/// <param name="Most">Of the person with the most; 0 when there is nobody.</param>
/// <param name="Deviation">Standard deviation over people, 0 when there is nobody.</param>
public sealed record Spread(int Total, int Least, int Most, double Deviation)
{
    internal static Spread Of(int[] counts)
    {
        if (counts.Length == 0) return new Spread(0, 0, 0, 0);
        var mean = counts.Average();
        return new Spread(counts.Sum(), counts.Min(), counts.Max(), Math.Sqrt(counts.Average(c => (c - mean) * (c - mean))));
    }
}
