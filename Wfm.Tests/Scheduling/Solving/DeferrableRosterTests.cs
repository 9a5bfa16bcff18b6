using NodaTime;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Scheduling.Staffing.Deferrable;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Solving;

public sealed class DeferrableRosterTests
{
    private const int Days = 5;

    // Each day 20 hours of work arrive evenly from 08:00 to 10:00, which is ten heads' pace, and 28 from 10:00 to 16:00. All of it is due four hours later
    // and by 16:00: six heads from 08:00 to 16:00 do it, and no fewer could.
    private static readonly double[] Arriving =
    [
        .. Enumerable.Range(0, Days * 48).Select(i =>
                (i % 48) switch
                {
                    >= 16 and < 20 => 5,
                    >= 20 and < 32 => 28 / 12.0,
                    _ => 0,
                }),
    ];

    private static RosterResult Solve(RosterProblem problem, int seed = 1, long moves = 30_000, int threads = 1) =>
        new RosterSolver().Solve(problem, new SolveLimits(seed, moves, threads));

    private static DemandLine Daily()
    {
        var arrived = DeferrableProblems.Sums(Arriving);
        double[] due = [.. arrived.Select((a, i) => i % 48 >= 31 ? a : i < 8 ? 0 : arrived[i - 8])];
        return DeferrableProblems.Line("chat", new DeadlineDemand("reports", due, arrived));
    }

    private static RosterProblem Peak(DemandLine demand, int agents) => Hub(
        [.. Enumerable.Range(0, agents).Select(i => Agent($"A{i}", Contract(0, 40, 5)))], [Template("day", 6, 10, 8)], [demand], Days,
        objective: new RosterObjective { ExtraHourCost = 0 });

    [Test]
    public void MinimumPeak_OfTheDaily_IsSix()
    {
        Arriving.Max().Should().Be(5, "ten heads would do it as it comes");
        var work = new DeferrableClass("reports", Arriving, Duration.FromHours(4));
        bool[] open = [.. Arriving.Select((_, i) => i % 48 is >= 16 and < 32)];

        DeferrableStaffing.Smooth([work], HalfHour, open, closingBacklogHours: 0).Peak.Should().BeApproximately(6, 1e-9);
    }

    [Test]
    public void Solve_BandOfSixUnderAPeakOfTen_IsNeverLateWithSix()
    {
        var result = Solve(Peak(Daily(), agents: 6), moves: 120_000);

        var work = result.Deferrable.Should().ContainSingle().Which;
        (work.Group, work.Class, work.LateHours, work.UndoneHours, work.FirstLate).Should().Be(("chat", "reports", 0.0, 0.0, null));
        work.DueHours[^1].Should().BeApproximately(48 * Days, 1e-9);
        work.WorkedHours[^1].Should().BeApproximately(48 * Days, 1e-3);
        result.Score.Total.Should().Be(0);
        result.Uncovered.Should().BeEmpty();
        result.Coverage.Single().Scheduled.Max().Should().Be(6);
        result.Coverage.Single().Superfluous.Should().OnlyContain(s => s == 0);
    }

    [Test]
    public void Solve_SixUnderACurveOfTen_LacksHeads() =>
        Solve(Peak(new DemandLine("chat", [.. Arriving.Select(a => 2 * a)]), agents: 6)).Uncovered.Sum(u => u.HeadHours).Should().BeGreaterThan(Days * 4);

    [Test]
    public void Solve_FiveUnderABandOfSix_SaysWhatIsLateAndWhy()
    {
        var result = Solve(Peak(Daily(), agents: 5));

        var work = result.Deferrable.Single();
        work.LateHours.Should().BeGreaterThan(8);
        var first = result.Uncovered.MinBy(u => u.Start)!;
        first.Deadline.Should().Be(work.FirstLate).And.Be(first.Start);
        first.Message.Should().Contain("work-hours of reports late from").And.Contain("due by");
        first.Reasons.Sum(r => r.Agents).Should().Be(5);
        result.Uncovered.Sum(u => u.HeadHours).Should().BeApproximately(work.LateHours, 0.05 * result.Uncovered.Count * 48);
    }

    [Test]
    public void Solve_NobodySkilled_SaysSo()
    {
        var problem = Hub([Agent("A", null, "mail")], [Template("day", 6, 10, 8)], [new DemandLine("mail", new double[Days * 48]), Daily()], Days);

        Solve(problem, moves: 100).Uncovered.Should().OnlyContain(u => u.Group == "chat" && u.Reasons.Single().Reason == BlockReason.NobodySkilled);
    }

    [Test]
    public void Solve_SpareTimeOfAnotherGroup_WorksOnTheBand()
    {
        var chat = Demand("chat", 1, i => i is >= 16 and < 32 ? 1 : 0);
        var mail = DeferrableProblems.Line("mail", DeferrableProblems.Class("post", [.. Enumerable.Range(0, 48).Select(i => i == 16 ? 8.0 : 0)], 16));
        DemandLine lent = mail with { Band = new DeferrableDemand(mail.Band!.Classes, mail.Band.Productive) { AlsoServedBy = ["chat"] } };
        RosterProblem Two(DemandLine line) =>
            Hub([Agent("A"), Agent("B")], [Template("day", 8, 8, 8)], [chat, line], 1, objective: new RosterObjective { ExtraHourCost = 0 });

        var together = Solve(Two(lent), moves: 2_000);

        together.Score.Total.Should().Be(0);
        together.Shifts.SelectMany(s => s.Activities).Should().OnlyContain(a => a.Group == "chat");
        Solve(Two(mail), moves: 2_000).Score.Undone.Should().BeGreaterThan(0, "nobody has the other skill");
    }

    [Test]
    public void Solve_SameSeed_SameRoster([Values(1, 2)] int threads)
    {
        var problem = DeferrableProblems.Mixed(5);
        var (first, again, other) = (Solve(problem, threads: threads), Solve(problem, threads: threads), Solve(problem, seed: 2, threads: threads));

        again.Score.Should().Be(first.Score);
        again.Shifts.Should().BeEquivalentTo(first.Shifts, o => o.WithStrictOrdering());
        other.Shifts.Select(s => s.Start).Should().NotEqual(first.Shifts.Select(s => s.Start));
    }

    [Test]
    public void Solve_MoreMoves_CostsLess()
    {
        var problem = DeferrableProblems.Mixed(7, agents: 12);
        Solve(problem, moves: 60_000).Score.Total.Should().BeLessThan(Solve(problem, moves: 0).Score.Total);
    }
}
