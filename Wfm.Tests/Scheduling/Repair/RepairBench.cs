using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Repair;

/// <summary>Small published rosters for the tests of repair.</summary>
internal static class RepairBench
{
    /// <summary>One head from 09:00 to 17:00 every day: A works Monday to Friday, B the weekend, C on mail only; D is free.</summary>
    public static readonly RosterProblem Desk = Hub(
        [Agent("A", Contract(0, 40, 5)), Agent("B", Contract(0, 40, 5)), Agent("C", Contract(0, 40, 5), "mail"), Agent("D", Contract(0, 40, 5))],
        [Template("day", 8, 10, 8)], [Demand("chat", 7, Office), Demand("mail", 7, i => i < 5 * 48 ? Office(i) : 0)]);

    public static readonly RosterShift[] Published =
    [
        .. Days(0, 5).Select(d => Day("A", d)), .. Days(5, 2).Select(d => Day("B", d)), .. Days(0, 5).Select(d => Day("C", d, "mail")),
    ];

    public static double Office(int interval) => interval % 48 is >= 18 and < 34 ? 1 : 0;

    public static LocalDate[] Days(int first, int count) => [.. Enumerable.Range(first, count).Select(Monday.PlusDays)];

    public static RosterShift Day(string agent, LocalDate date, string group = "chat", int hour = 9) => Shift(agent, "UTC", date, hour, 8, group, "day");

    public static Absence Away(string agent, int firstDay, int days = 1) =>
        new(agent, Monday.PlusDays(firstDay).AtMidnight().InUtc().ToInstant(), Monday.PlusDays(firstDay + days).AtMidnight().InUtc().ToInstant());

    public static RepairResult Mend(
        RosterChange change, RepairOptions? options = null, RosterProblem? problem = null, IReadOnlyList<RosterShift>? published = null
    ) => RosterRepair.Repair(problem ?? Desk, published ?? Published, change, options ?? new RepairOptions(new SolveLimits(1, 5_000)));

    /// <summary>A random hub with the roster the solver finds for it.</summary>
    public static (RosterProblem Problem, RosterResult Published) Random(int seed)
    {
        var problem = RosterProblems.Random(seed, agents: 10);
        return (problem, new RosterSolver().Solve(problem, new SolveLimits(seed, 10_000)));
    }

    /// <summary>Two people of a random hub without pinned days who are away for one to four days.</summary>
    public static Absence[] Draw(RosterProblem problem, int seed)
    {
        var random = new Random(seed);
        return [.. new[] { 3 + random.Next(3), 6 + random.Next(3) }.Select(i =>
        {
            var day = random.Next(problem.Days);
            var from = problem.Zone.AtStartOfDay(problem.Start.PlusDays(day)).ToInstant();
            return new Absence($"A{i}", from, from + Duration.FromDays(1 + random.Next(4)));
        })];
    }
}
