using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>One legal roster of one agent, as a column of the master programme.</summary>
/// <param name="Agent">The agent.</param>
/// <param name="Days">Its days, those outside the period included.</param>
/// <param name="Cost">Cost of its wishes.</param>
/// <param name="Cover">Places of coverage that it gives: group × stride + interval.</param>
/// <param name="Amounts">How much it gives there, in units of coverage.</param>
internal sealed record RosterColumn(int Agent, DayCell[] Days, double Cost, int[] Cover, double[] Amounts)
{
    private const double Illegal = 1e4; // shifts

    /// <summary>Its column in the programme.</summary>
    public int Id { get; set; } = -1;

    /// <summary>The column of an agent's days. A roster that breaks rules costs so much that any other is better.</summary>
    public static RosterColumn Of(CompiledProblem compiled, int agent, ReadOnlySpan<DayCell> days, bool isIllegal = false)
    {
        var cover = new SortedDictionary<int, double>();
        foreach (ref readonly var cell in days[compiled.Calendar.Offset..compiled.Calendar.End])
        {
            if (cell.Variant <= 0 || cell.Variant >= compiled.Shifts.FirstPinned) continue;
            compiled.Cover(cell, agent, (group, first, profile, percent) =>
            {
                var at = (group * compiled.Costs.Stride) + first;
                for (var i = 0; i < profile.Length; i++)
                {
                    if (profile[i] != 0) cover[at + i] = cover.GetValueOrDefault(at + i) + (profile[i] * percent);
                }
            });
        }

        var cost = compiled.Goals.Score(agent, days, compiled.Calendar.Offset, compiled.Calendar.End - 1).Total;
        if (isIllegal) cost += Illegal * compiled.Costs.TypicalShift;
        return new RosterColumn(agent, days.ToArray(), cost, [.. cover.Keys], [.. cover.Values]);
    }

    /// <summary>Cost with what its coverage costs at prices.</summary>
    public double CostAt(double[] prices)
    {
        var cost = Cost;
        for (var i = 0; i < Cover.Length; i++)
        {
            cost += prices[Cover[i]] * Amounts[i];
        }

        return cost;
    }

    /// <summary>Whether two columns of an agent are the same roster.</summary>
    public bool IsLike(RosterColumn other) =>
        Cost.Equals(other.Cost) && Cover.AsSpan().SequenceEqual(other.Cover) && Amounts.AsSpan().SequenceEqual(other.Amounts);
}
