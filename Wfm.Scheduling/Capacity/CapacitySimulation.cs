using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Capacity;

/// <summary>Plans by simulation: everybody has a lifetime of their own, drawn from the survival of their cohort, so heads are binomial in every week.</summary>
/// <remarks>
/// A lifetime is the survival function inverted at one uniform number per person and path. So with the same seed a higher hazard never keeps anybody
/// longer, one hire more changes nobody else, and what-ifs differ by their assumptions and not by their luck.
/// </remarks>
internal static class CapacitySimulation
{
    private const double Rounding = 1e-9;

    /// <summary>Regular FTE, [path][week].</summary>
    public static double[][] RegularFte(CapacityScenario scenario, int paths, int seed, CancellationToken cancellationToken)
    {
        var streams = CapacityRandom.Streams(scenario.Cohorts);
        var regular = new double[paths][];
        var survival = scenario.Cohorts.Select(c => scenario.Attrition.Survival(c.TenureWeeks, c.ExposureFactor, scenario.Weeks - c.StartWeek)).ToArray();
        var transfers = scenario.Cohorts.Select((_, c) => scenario.TransfersOut.Where(t => t.Cohort == c).OrderBy(t => t.Week).ToArray()).ToArray();
        var ends = new int[scenario.Cohorts.Select(c => c.Heads).DefaultIfEmpty().Max()];
        for (var p = 0; p < paths; p++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            regular[p] = new double[scenario.Weeks];
            for (var c = 0; c < streams.Length; c++)
            {
                var cohort = scenario.Cohorts[c];
                var random = new CapacityRandom(seed, p, streams[c]);
                var end = ends.AsSpan(0, cohort.Heads);
                for (var i = 0; i < end.Length; i++) end[i] = cohort.StartWeek + Lifetime(survival[c], random.NextUniform());
                foreach (var transfer in transfers[c]) Move(end, transfer);
                Add(scenario, cohort, end, regular[p]);
            }
        }
        return regular;
    }

    /// <summary>What one person hired in a week adds to the regular FTE, by weeks after the start, when they stay for good.</summary>
    public static double[] OutputOf(CapacityScenario scenario, int startWeek) =>
    [
        .. Enumerable.Range(startWeek, scenario.Weeks - startWeek).Select(w => w - startWeek < scenario.TrainingWeeks ? 0
            : scenario.Learning.Output(w - startWeek - scenario.TrainingWeeks) * (1 - scenario.LeaveShare[w])),
    ];

    /// <summary>Weeks a person is there: the smallest k with survival[k] ≤ u, all weeks when there is none.</summary>
    public static int Lifetime(double[] survival, double u)
    {
        var (there, gone) = (0, survival.Length);
        while (gone - there > 1)
        {
            var middle = (there + gone) / 2;
            if (survival[middle] > u) there = middle;
            else gone = middle;
        }
        return gone;
    }

    public static bool Covers(CapacityScenario scenario, int path, int week, double regular)
    {
        var required = scenario.Requirement.FtePaths[path % scenario.Requirement.FtePaths.Length][week];
        return required <= regular * (1 + scenario.OvertimeShare[week]) + Rounding;
    }

    public static CapacityRisk[] Risk(CapacityScenario scenario, double[][] regular, CancellationToken cancellationToken)
    {
        var risk = new CapacityRisk[scenario.Weeks];
        var (fte, gap) = (new double[regular.Length], new double[regular.Length]);
        for (var w = 0; w < risk.Length; w++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (covered, sum) = (0, 0.0);
            for (var p = 0; p < regular.Length; p++)
            {
                fte[p] = regular[p][w];
                sum += fte[p];
                var required = scenario.Requirement.FtePaths[p % scenario.Requirement.FtePaths.Length][w];
                gap[p] = required - fte[p] - Math.Clamp(required - fte[p], 0, fte[p] * scenario.OvertimeShare[w]);
                if (Covers(scenario, p, w, fte[p])) covered++;
            }
            risk[w] = new CapacityRisk(
                (double)covered / regular.Length, sum / regular.Length, PathQuantile.Of(fte, 0.1), PathQuantile.Of(fte, 0.5), PathQuantile.Of(fte, 0.9),
                PathQuantile.Of(gap, 0.9));
        }
        return risk;
    }

    /// <summary>The first who are still there go; within a cohort everybody is alike.</summary>
    private static void Move(Span<int> end, TransferOut transfer)
    {
        var left = transfer.Heads;
        for (var i = 0; i < end.Length && left > 0; i++)
        {
            if (end[i] <= transfer.Week) continue;
            end[i] = transfer.Week;
            left--;
        }
    }

    private static void Add(CapacityScenario scenario, Cohort cohort, ReadOnlySpan<int> end, double[] regular)
    {
        Span<int> leaving = stackalloc int[CapacityGuard.LongestHorizon + 1];
        leaving.Clear();
        foreach (var week in end) leaving[week]++;
        var there = end.Length;
        for (var w = cohort.StartWeek; w < regular.Length; w++)
        {
            there -= leaving[w];
            var after = CapacityExpectation.WeeksAfterTraining(scenario, cohort, w);
            if (after >= 0) regular[w] += there * scenario.Learning.Output(after) * (1 - scenario.LeaveShare[w]);
        }
    }
}
