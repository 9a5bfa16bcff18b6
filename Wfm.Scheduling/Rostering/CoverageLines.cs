using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Rostering;

/// <summary>Required against scheduled heads, told from the units of a search.</summary>
internal static class CoverageLines
{
    /// <param name="problem">The problem whose demand is covered.</param>
    /// <param name="calendar">Its calendar.</param>
    /// <param name="costs">Its demand as the search sees it.</param>
    /// <param name="scheduled">Scheduled units, group × stride + interval.</param>
    /// <param name="people">The same for people.</param>
    public static CoverageLine[] Of(RosterProblem problem, RosterCalendar calendar, CoverageCosts costs, double[] scheduled, double[] people) =>
        [
            .. problem.Demand.Select(
                (line, g) =>
                {
                    var head = CoverageCosts.HeadUnits(line, calendar);
                    double[] Heads(double[] units) => [.. Enumerable.Range(g * costs.Stride, costs.Intervals).Select(k => units[k] / head)];
                    var heads = Heads(scheduled);
                    return new CoverageLine(line.Group, [.. line.Heads], heads, Superfluous(costs, g, line, scheduled, heads, head), Heads(people));
                }),
        ];

    private static double[] Superfluous(CoverageCosts costs, int group, DemandLine line, double[] scheduled, double[] heads, double head)
    {
        double[] beyond = [.. heads.Zip(line.Heads, (s, h) => Math.Max(0, s - h))];
        if (costs.BandOf[group] is not (var index and >= 0)) return beyond;
        var band = costs.Bands[index];
        var idle = band.Group == group ? BandRun.Of(band, scheduled).Idle : new double[beyond.Length];
        return [.. beyond.Select((b, i) => band.Productive(i) == 0 ? b : idle[i] / band.Productive(i) / head)];
    }
}
