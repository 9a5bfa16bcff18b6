using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing.Deferrable;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Scoring;

/// <summary>The band of the roster against the staffing library's own backlog projection, which works piece by piece, earliest deadline first.</summary>
public sealed class BandRunTests
{
    private const int Intervals = 96;

    [Test]
    public void Missed_OneClass_IsWhatTheProjectionBreaches([Range(1, 25)] int seed)
    {
        var random = new Random(seed);
        var work = Work("one", random, 1 + random.Next(20));
        var agents = Agents(random, 3);

        var (late, run) = Run(agents, work);
        var projected = BacklogProjection.Project([work], RosterProblems.HalfHour, Open(), agents);

        late.Should().BeApproximately(projected.Classes[0].BreachedHours, 0.01); // the search counts in minutes × percent, 1/6000 of an hour
        (run.Worked[Intervals - 1] / Money.HeadHour).Should().BeApproximately(projected.WorkedHours.Sum(), 0.01);
        (run.Idle.Sum() / Money.HeadHour).Should().BeApproximately(projected.IdleHours.Sum(), 0.01);
    }

    [Test]
    public void Missed_NothingByClasses_IsNothingByEarliestDeadline()
    {
        var met = 0;
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new Random(seed);
            DeferrableClass[] classes = [Work("urgent", random, 1 + random.Next(4)), Work("slow", random, 10 + random.Next(30))];
            var agents = Agents(random, 9);
            if (Run(agents, classes).Late > 0) continue;
            met++;
            var breached = BacklogProjection.Project(classes, RosterProblems.HalfHour, Open(), agents).Classes.Sum(c => c.BreachedHours);
            breached.Should().BeLessThan(0.01, "serving by class is one way to serve, earliest deadline the best (seed {0})", seed);
        }

        met.Should().BeInRange(20, 180, "both cases must occur, or the test proves nothing");
    }

    private static (double Late, BandRun Run) Run(double[] agents, params DeferrableClass[] classes)
    {
        DeadlineDemand[] demand = [.. classes.Select(c =>
        {
            var band = DeferrableStaffing.Smooth([c], RosterProblems.HalfHour, Open()).Band;
            return new DeadlineDemand(c.Name, band.DueHours, band.ArrivedHours) { GiveUpAfter = Duration.FromDays(31) };
        })];
        var problem = RosterProblems.Hub([], [], [DeferrableProblems.Line("chat", demand)], 2);
        var costs = BandCosts.Of(problem, new RosterCalendar(problem, 8), 128)[0];
        var run = BandRun.Of(costs, [.. agents.Select(a => a * 3000), .. new double[32]]);
        var late = Enumerable.Range(0, costs.Classes).Sum(k => Enumerable.Range(0, Intervals).Sum(i => DeferrableCoverage.Missed(costs, run, k, i)));
        return (late / Money.HeadHour, run);
    }

    private static DeferrableClass Work(string name, Random random, int turnaround) =>
        new(
            name,
            [.. Enumerable.Range(0, Intervals).Select(_ => Math.Round(random.Next(4) == 0 ? 3 * random.NextDouble() : 0, 2))],
            RosterProblems.HalfHour * turnaround);

    private static double[] Agents(Random random, int most) => [.. Enumerable.Range(0, Intervals).Select(_ => (double)random.Next(most))];

    private static bool[] Open() => [.. Enumerable.Repeat(true, Intervals)];
}
