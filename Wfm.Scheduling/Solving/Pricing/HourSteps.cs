namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The count that <see cref="Completions"/> tell apart: working time in the whole period, in units of its divisor.</summary>
internal sealed class HourSteps
{
    private const long MostCells = 6_000_000;
    private readonly int _largest;

    public HourSteps(PackedCounts counts, int rows, int nodes)
    {
        Units = new int[counts.Additions.Count];
        IsTold = new bool[counts.Fields.Count];
        var most = Enumerable.Range(0, counts.Fields.Count).Where(f => counts.Fields[f] is { IsMinimum: false, Count.IsWeekly: false })
            .OrderByDescending(f => counts.Amounts.Sum(a => (long)a[f])).Cast<int?>().FirstOrDefault();
        if (most is { } at && counts.Fields[at].Slack >= 0)
        {
            var largest = counts.Amounts.Max(a => a[at]);
            var width = Rounded((int)counts.Fields[at].Slack, largest);
            if ((long)(rows + 1) * nodes * width <= MostCells)
            {
                (Most, _largest) = ((int)counts.Fields[at].Slack, largest);
                Units = [.. counts.Amounts.Select(a => a[at])];
                IsTold[at] = true;
            }
        }

        for (var f = 0; Most > 0 && f < counts.Fields.Count; f++)
        {
            var field = counts.Fields[f];
            if (!field.IsMinimum || !counts.Amounts.Select(a => a[f]).SequenceEqual(Units)) continue;
            Least = (int)Math.Clamp(Math.Ceiling(field.Slack), 0, Most + 1);
            IsTold[f] = true;
        }

        Width = Rounded(Most, _largest);
    }

    /// <summary>Most units in the period; 0 when no count is told apart.</summary>
    public int Most { get; }

    /// <summary>Least units in the period; above <see cref="Most"/> when the two contradict each other.</summary>
    public int Least { get; }

    /// <summary>Units of each addition.</summary>
    public int[] Units { get; }

    /// <summary>Limits that are told apart and need no price, by field.</summary>
    public bool[] IsTold { get; }

    /// <summary>Length of the table of a node: beyond the most there is room for one more day and a vector.</summary>
    public int Width { get; }

    /// <summary>Most units that so many days can have used.</summary>
    public int Top(int days) => (int)Math.Min(Most, (long)days * _largest);

    private static int Rounded(int most, int largest) => (most + largest + 8) / 4 * 4;
}
