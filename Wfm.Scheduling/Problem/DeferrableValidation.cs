namespace Wfm.Scheduling.Problem;

/// <summary>The checks of bands against the other lines of a problem.</summary>
internal static class DeferrableValidation
{
    public static void Check(IReadOnlyList<DemandLine> demand, int intervals)
    {
        var lines = demand.ToDictionary(d => d.Group, StringComparer.Ordinal);
        var serves = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in demand)
        {
            if (line.Band is not { } band) continue;
            var owner = $"demand line '{line.Group}'";
            Length(owner, nameof(band.Productive), band.Productive, intervals);
            foreach (var work in band.Classes)
            {
                Length($"{owner}, deadline class '{work.Name}'", nameof(work.DueHours), work.DueHours, intervals);
            }

            foreach (var group in band.AlsoServedBy.Prepend(line.Group))
            {
                if (!lines.TryGetValue(group, out var source))
                    throw new SchedulingDataException($"{owner}: AlsoServedBy names group '{group}', which has no demand line.");
                if (source.Measure != DemandMeasure.WorkingTime)
                {
                    throw new SchedulingDataException($"{owner}: group '{group}' counts shifts, not working time, and cannot work on a band.");
                }

                if (!serves.TryAdd(group, line.Group))
                {
                    throw new SchedulingDataException(
                        $"{owner}: group '{group}' serves the band of '{serves[group]}' already; its time can be given away once.");
                }
            }
        }
    }

    private static void Length(string owner, string field, double[] values, int intervals)
    {
        if (values.Length == intervals) return;
        throw new SchedulingDataException($"{owner}: {field} has {values.Length} values, the period has {intervals} intervals.");
    }
}
