namespace Wfm.Scheduling.Staffing;

/// <summary>Immediate work over many paths.</summary>
internal static class ImmediateRisk
{
    public static RequirementCurve Require(ImmediateWork work, double riskLevel, CancellationToken cancellationToken)
    {
        var (volume, needs) = work.AhtPaths is null ? AtLoadQuantile(work, riskLevel, cancellationToken)
            : AtNeedQuantile(work, work.AhtPaths, riskLevel, cancellationToken);
        var requirement = ImmediateStaffing.Build(volume, needs, work.Shrinkage, work.Open, work.MinimumHeads);
        return new RequirementCurve(
            riskLevel, requirement.Waterfall,
            [.. requirement.Heads.Select(h => (double)h)],
            DueHours: null, ArrivedHours: null, FirstBreach: null);
    }

    private static (double[] Volume, IntervalNeed[] Needs) AtLoadQuantile(ImmediateWork work, double riskLevel, CancellationToken cancellationToken)
    {
        var (model, loads) = (work.Model(), work.Loads(cancellationToken));
        var volume = PathQuantile.Pointwise(work.VolumePaths, riskLevel, cancellationToken);
        var arriving = PathQuantile.Pointwise(loads.Arriving, riskLevel, cancellationToken);
        var staffed = PathQuantile.Pointwise(loads.Staffed, riskLevel, cancellationToken);
        var needs = new IntervalNeed[volume.Length];
        for (var i = 0; i < needs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (work.Open[i]) needs[i] = model.Need(arriving[i], staffed[i], work.AhtSeconds[i]);
        }
        return (volume, needs);
    }

    private static (double[] Volume, IntervalNeed[] Needs) AtNeedQuantile(
        ImmediateWork work, double[][] ahtPaths, double riskLevel, CancellationToken cancellationToken)
    {
        var (model, loads) = (work.Model(), work.Loads(cancellationToken));
        var paths = work.VolumePaths.Length;
        var rank = PathQuantile.Rank(paths, riskLevel);
        var (volume, needs) = (new double[work.Open.Length], new IntervalNeed[work.Open.Length]);
        var (row, order) = (new IntervalNeed[paths], new int[paths]);
        for (var i = 0; i < needs.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (work.Open[i]) FillEach(loads, ahtPaths, model, i, row);
            for (var p = 0; p < paths; p++) order[p] = p;
            // Ties in agents are many, so the workload decides which path's waterfall is shown, and the path number after that.
            Array.Sort(order, (a, b) => work.Open[i]
                ? (row[a].ForOccupancy, row[a].Workload, a).CompareTo((row[b].ForOccupancy, row[b].Workload, b))
                : (work.VolumePaths[a][i], a).CompareTo((work.VolumePaths[b][i], b)));
            (volume[i], needs[i]) = (work.VolumePaths[order[rank]][i], work.Open[i] ? row[order[rank]] : default);
        }
        return (volume, needs);
    }

    private static void FillEach(PathLoads loads, double[][] ahtPaths, ImmediateModel model, int i, IntervalNeed[] row)
    {
        for (var p = 0; p < row.Length; p++) row[p] = model.Need(loads.Arriving[p][i], loads.Staffed[p][i], ahtPaths[p][i]);
    }
}
