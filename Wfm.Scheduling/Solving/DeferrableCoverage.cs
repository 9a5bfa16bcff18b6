using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>What a roster does to the deferrable work of one deadline class. Curves are cumulative hours of work, one value per interval, at its end.</summary>
/// <param name="Group">Group of the band.</param>
/// <param name="Class">Name of the deadline class.</param>
/// <param name="DueHours">Work due, as in the demand.</param>
/// <param name="ArrivedHours">Work arrived, as in the demand.</param>
/// <param name="WorkedHours">Work done.</param>
/// <param name="LateHours">Hours of work that miss their deadline in the period, each counted once however late it is.</param>
/// <param name="UndoneHours">Hours of work given up because it was too late, or overdue at the end and not done; a part of the late hours.</param>
/// <param name="FirstLate">End of the first interval in which work misses its deadline; <see langword="null"/> when none does.</param>
public sealed record DeferrableCoverage(
    string Group, string Class, double[] DueHours, double[] ArrivedHours, double[] WorkedHours, double LateHours, double UndoneHours, Instant? FirstLate)
{
    /// <summary>Coverage of every class of a band.</summary>
    internal static IEnumerable<DeferrableCoverage> Of(RosterProblem problem, RosterCalendar calendar, BandCosts costs, double[] scheduled)
    {
        var run = BandRun.Of(costs, scheduled);
        var line = problem.Demand[costs.Group];
        return line.Band!.Classes.Select((work, k) => Of(calendar, costs, run, k, line.Group, work));
    }

    /// <summary>Units of a class that miss their deadline at the end of an interval.</summary>
    internal static double Missed(BandCosts costs, BandRun run, int k, int interval)
    {
        var at = costs.At(k, interval);
        var newlyDue = costs.Due[at] - (interval == 0 ? 0 : costs.Due[at - 1]);
        var done = run.Worked[at] - run.GivenUp[at]; // what is given up at once has missed its deadline too
        return Math.Clamp(costs.Due[at] - done, 0, newlyDue);
    }

    private static DeferrableCoverage Of(RosterCalendar calendar, BandCosts costs, BandRun run, int k, string group, DeadlineDemand work)
    {
        var n = costs.Intervals;
        var (late, given, first) = (0.0, 0.0, -1);
        var worked = new double[n];
        for (var i = 0; i < n; i++)
        {
            given += run.GivenUp[costs.At(k, i)];
            worked[i] = (run.Worked[costs.At(k, i)] - given) / Money.HeadHour;
            var missed = Missed(costs, run, k, i);
            late += missed;
            if (missed > 0 && first < 0) first = i;
        }

        var overdue = Math.Max(0, costs.Due[costs.At(k, n - 1)] - run.Worked[costs.At(k, n - 1)]);
        return new DeferrableCoverage(
            group, work.Name, [.. work.DueHours], [.. work.ArrivedHours], worked, late / Money.HeadHour, (given + overdue) / Money.HeadHour,
            first < 0 ? null : calendar.At((first + 1) * calendar.IntervalMinutes));
    }
}
