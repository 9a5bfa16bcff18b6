using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Rostering;

/// <summary>The figures by which a roster is judged, added up in one place for the API, the command line and the benchmarks.</summary>
/// <param name="Agents">People of the problem.</param>
/// <param name="Shifts">Shifts of the roster.</param>
/// <param name="Coverage">Head-hours required, missing and beyond, over groups and intervals.</param>
/// <param name="ScheduledHours">Head-hours at work, breaks left out, weighted by proficiency.</param>
/// <param name="PaidHours">Hours paid.</param>
/// <param name="DueHours">Hours of deferrable work that fall due in the period.</param>
/// <param name="LateHours">Hours of these that miss their deadline, however late they are.</param>
/// <param name="UndoneHours">Hours of these given up because they were too late, or overdue at the end.</param>
/// <param name="FirstLate">When deferrable work misses its deadline first; <see langword="null"/> when none does.</param>
/// <param name="Cost">The soft cost.</param>
/// <param name="Bound">No roster that keeps every rule costs less; <see langword="null"/> when no bound is known.</param>
/// <param name="Gap">Fraction of the cost by which it may still be too high, 0 to 1; <see langword="null"/> without a bound.</param>
/// <param name="BrokenRules">Violations of rules, which only pinned days bring with them.</param>
/// <param name="UnmetMinima">Contract or period minima of hours that could not be given.</param>
/// <param name="Ergonomics">How it can be lived with.</param>
public sealed record Scorecard(
    int Agents, int Shifts, CoverageFigures Coverage, double ScheduledHours, double PaidHours, double DueHours, double LateHours, double UndoneHours,
    Instant? FirstLate, double Cost, double? Bound, double? Gap, int BrokenRules, int UnmetMinima, ErgonomicFigures Ergonomics)
{
    /// <summary>Adds up a roster.</summary>
    /// <param name="problem">The problem that the roster answers to.</param>
    /// <param name="result">The roster.</param>
    public static Scorecard Of(RosterProblem problem, RosterResult result)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(result);
        var broken = result.Violations.Count(v => v.IsHard);
        double? bound = result.Bound > 0 ? result.Bound : null;
        return new Scorecard(
            problem.Agents.Count, result.Shifts.Count, CoverageFigures.Of(problem, result.Coverage, result.Deferrable),
            result.Coverage.Sum(c => c.Scheduled.Sum()) * problem.Interval.TotalHours,
            result.Shifts.Sum(s => s.Paid.TotalHours),
            result.Deferrable.Sum(d => d.DueHours[^1]),
            result.Deferrable.Sum(d => d.LateHours),
            result.Deferrable.Sum(d => d.UndoneHours),
            result.Deferrable.Min(d => d.FirstLate),
            result.Score.Total, bound, bound is { } least ? GapOf(result.Score.Total, least) : null, broken, result.Violations.Count - broken,
            result.Ergonomics);
    }

    /// <summary>Fraction of a cost by which it may still be too high: 0 where it lies at or, because a minimum is missed, below the bound.</summary>
    /// <param name="cost">Cost of a roster, at least 0.</param>
    /// <param name="bound">What no roster that keeps every rule costs less than.</param>
    public static double GapOf(double cost, double bound) => cost > bound ? (cost - bound) / cost : 0;
}
