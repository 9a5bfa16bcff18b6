using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Rostering;

/// <summary>How well demand is covered, summed over groups and intervals.</summary>
/// <param name="RequiredHours">Head-hours required: of immediate work interval by interval, of deferrable work for what is due.</param>
/// <param name="MissingHours">Head-hours missing: of immediate work interval by interval, of deferrable work for what misses its deadline.</param>
/// <param name="SurplusHours">Head-hours beyond the requirement or without work, interval by interval.</param>
public sealed record CoverageFigures(double RequiredHours, double MissingHours, double SurplusHours)
{
    /// <summary>Share of the required head-hours that is covered, 0 to 1; 1 when nothing is required.</summary>
    public double Coverage => RequiredHours > 0 ? 1 - (MissingHours / RequiredHours) : 1;

    /// <summary>Share of the required head-hours that is superfluous, 0 and more; 0 when nothing is required.</summary>
    public double SurplusShare => RequiredHours > 0 ? SurplusHours / RequiredHours : 0;

    /// <summary>Adds up the coverage of a roster.</summary>
    /// <param name="problem">The problem that the roster answers to.</param>
    /// <param name="lines">Coverage by group.</param>
    /// <param name="deferrable">What happens to deferrable work.</param>
    public static CoverageFigures Of(RosterProblem problem, IReadOnlyList<CoverageLine> lines, IReadOnlyList<DeferrableCoverage> deferrable)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(deferrable);
        var hours = problem.Interval.TotalHours;
        var heads = Of(lines.Select(l => (l.Required, l.Scheduled)), hours) with { SurplusHours = lines.Sum(l => l.Superfluous.Sum()) * hours };
        foreach (var work in deferrable)
        {
            var share = ProductiveShare(problem, work.Group);
            heads = heads with
            {
                RequiredHours = heads.RequiredHours + (work.DueHours[^1] / share),
                MissingHours = heads.MissingHours + (work.LateHours / share),
            };
        }

        return heads;
    }

    /// <summary>Adds up curves of required and scheduled heads.</summary>
    /// <param name="curves">Heads per interval, required and scheduled of equal length.</param>
    /// <param name="intervalHours">Length of an interval in hours, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not above 0.</exception>
    /// <exception cref="ArgumentException">Two curves of unequal length.</exception>
    public static CoverageFigures Of(IEnumerable<(double[] Required, double[] Scheduled)> curves, double intervalHours)
    {
        ArgumentNullException.ThrowIfNull(curves);
        if (!(intervalHours > 0)) throw new ArgumentOutOfRangeException(nameof(intervalHours), intervalHours, "An interval must be longer than 0 hours.");
        var (required, missing, surplus) = (0.0, 0.0, 0.0);
        foreach (var (need, have) in curves)
        {
            if (need.Length != have.Length) throw new ArgumentException($"{need.Length} required and {have.Length} scheduled values.", nameof(curves));
            for (var i = 0; i < need.Length; i++)
            {
                required += need[i] * intervalHours;
                missing += Math.Max(0, need[i] - have[i]) * intervalHours;
                surplus += Math.Max(0, have[i] - need[i]) * intervalHours;
            }
        }

        return new CoverageFigures(required, missing, surplus);
    }

    // Hours of work in a head-hour of a band, on average over the time in which anybody can work on it.
    private static double ProductiveShare(RosterProblem problem, string group)
    {
        var open = problem.Demand.Single(d => d.Group == group).Band!.Productive.Where(p => p > 0).ToList();
        return open.Count > 0 ? open.Average() : 1;
    }
}
