namespace Wfm.Scheduling.Scoring;

/// <summary>When work that is late could have been done.</summary>
internal static class BandWindow
{
    /// <summary>The first interval in which the oldest work still open at the end of an interval could have been worked on.</summary>
    /// <param name="costs">The band.</param>
    /// <param name="worked">Cumulative units worked.</param>
    /// <param name="k">The class.</param>
    /// <param name="interval">The interval.</param>
    public static int Start(BandCosts costs, ReadOnlySpan<double> worked, int k, int interval)
    {
        var at = costs.At(k, 0);
        var done = worked[at + interval];
        var start = interval;
        while (start > 0 && costs.Arrived[at + start - 1] >= done && worked[at + start - 1] < costs.Arrived[at + start - 1])
        {
            start--;
        }

        return start;
    }
}
