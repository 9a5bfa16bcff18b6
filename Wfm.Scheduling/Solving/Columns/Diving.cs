namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Makes one roster for each agent out of a mix: settles the surest, lets the others adapt, and goes on.</summary>
/// <remarks>
/// The diving heuristic of branch and price (Sadykov et al. 2019): after every step pricing brings rosters that fit what is settled, until the mix is
/// as good as before or nothing more comes. Where no roster is sure, the few of most weight are tried and the one that harms the mix least is settled.
/// </remarks>
internal static class Diving
{
    private const double Sure = 0.95;
    private const double Likely = 0.5;
    private const int Tried = 3;
    private const int TrialPivots = 100;

    /// <summary>One roster per agent of the master, in its order.</summary>
    /// <param name="generation">The mix and its prices.</param>
    /// <param name="effort">How thorough it is.</param>
    /// <param name="limit">A mix that costs more is of no use.</param>
    /// <param name="goOn">False ends it: those who are still open take the roster of most weight.</param>
    /// <returns><see langword="null"/> when the mix costs too much, or an agent has no roster.</returns>
    public static RosterColumn[]? Run(ColumnGeneration generation, DivingEffort effort, double limit, Func<bool> goOn)
    {
        var (master, enough) = (generation.Master, double.NegativeInfinity);
        var settled = new Dictionary<int, RosterColumn>();
        while (settled.Count < master.Agents.Length)
        {
            generation.Improve(effort, enough, agent => !settled.ContainsKey(agent), goOn);
            enough = master.Value + effort.Negligible;
            if (master.Value > limit) return null;
            master.Narrow(effort.Dear);
            var open = master.Mix().Where(m => !settled.ContainsKey(m.Column.Agent)).OrderByDescending(m => m.Weight).ToArray();
            if (open.Length == 0) return null;
            if (!goOn())
            {
                Array.ForEach(open, m => settled.TryAdd(m.Column.Agent, m.Column));
                continue;
            }

            var left = 1 + ((master.Agents.Length - settled.Count) / effort.Steps);
            var sure = open.TakeWhile(m => m.Weight >= Sure).Select(m => m.Column).ToArray();
            foreach (var column in sure.Length > 0 ? sure : [LeastHarm(master, open), .. open.TakeWhile(m => m.Weight > Likely).Select(m => m.Column)])
            {
                if (!settled.TryAdd(column.Agent, column)) continue;
                master.Fix(column);
                if (sure.Length == 0 && --left == 0) break;
            }
        }

        return [.. master.Agents.Select(a => settled[a])];
    }

    private static RosterColumn LeastHarm(RestrictedMaster master, (RosterColumn Column, double Weight)[] open)
    {
        var (best, least) = (open[0].Column, double.PositiveInfinity);
        master.Remember();
        foreach (var (column, _) in open.Take(Tried))
        {
            master.Fix(column);
            master.Solve(TrialPivots);
            if (master.Value < least) (best, least) = (column, master.Value);
            master.Recall();
        }

        return best;
    }
}
