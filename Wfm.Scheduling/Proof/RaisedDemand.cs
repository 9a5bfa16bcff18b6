using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Scheduling.Proof;

/// <summary>Demand raised where goals fail: heads per line and interval, and what they are worth.</summary>
/// <param name="Heads">[line][interval] heads asked for; 0 where nothing is raised.</param>
/// <param name="Hours">Head-hours asked for beyond what the roster gives and beyond the demand.</param>
internal sealed record RaisedDemand(double[][] Heads, double Hours)
{
    private const double Noticeable = 0.01;

    public static RaisedDemand None(RosterProblem problem) => new([.. problem.Demand.Select(d => new double[d.Heads.Length])], 0);

    /// <summary>Asks for more than the roster gives where heads are missing, and goes on asking for what was asked before.</summary>
    /// <param name="missing">[line][interval] heads missing to the promises.</param>
    /// <param name="gain">Multiplies them.</param>
    public RaisedDemand Raise(RosterProblem problem, IReadOnlyList<CoverageLine> coverage, double[][] missing, double gain)
    {
        var hours = 0.0;
        var heads = problem.Demand.Select((line, g) => line.Heads.Select((needed, i) =>
        {
            if (missing[g][i] < Noticeable || line.Measure != DemandMeasure.WorkingTime) return Heads[g][i];
            var (more, most) = (gain * missing[g][i], line.MaximumHeads?[i] ?? double.PositiveInfinity);
            hours += more * problem.Interval.TotalHours;
            return Math.Max(Heads[g][i], Math.Min(most, Math.Max(needed, coverage[g].Scheduled[i]) + more));
        }).ToArray()).ToArray();
        return new RaisedDemand(heads, hours);
    }

    /// <summary>The demand with what is asked for, dearer where it is missing: a head there is worth what the goal is.</summary>
    /// <param name="missing">[line][interval] heads missing to the promises.</param>
    /// <param name="price">Multiplies the cost of a missing head there.</param>
    public IReadOnlyList<DemandLine> Lines(RosterProblem problem, double[][] missing, double price) =>
    [
        .. problem.Demand.Select((line, g) => Heads[g].All(h => h <= 0) ? line : line with
        {
            Heads = [.. line.Heads.Select((h, i) => Math.Max(h, Heads[g][i]))],
            BusyHeads = line.BusyHeads ?? (line.Band is null ? null : [.. line.Heads]),
            UnderCosts =
                [.. line.Heads.Select((_, i) => (line.UnderCosts?[i] ?? problem.Objective.UnderCost) * (missing[g][i] < Noticeable ? 1 : price))],
        }),
    ];
}
