using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Tests.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Scoring;

public sealed class BandCoverageTests
{
    private static readonly double[] FullHalfHour = [30, 0, 0, 0];

    [Test]
    public void Total_BandWithoutRoom_IsThatOfHeads([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        double[] heads = [.. Enumerable.Range(0, 48).Select(_ => random.Next(40) / 10.0)];
        var hours = DeferrableProblems.Sums(heads.Select(h => h / 2));
        var objective = new RosterObjective { DeepUnderCost = 0 };
        var (_, flat) = Make(objective, new DemandLine("chat", heads));
        var (_, band) = Make(objective, DeferrableProblems.Line("chat", new DeadlineDemand("work", hours, hours) { GiveUpAfter = Duration.Zero }));
        for (var i = 0; i < 200; i++)
        {
            var (at, percent) = (random.Next(48), random.Next(1, 201));
            Apply(band, at, percent).Should().Be(Apply(flat, at, percent));
        }

        band.Recount().Total.Should().Be(flat.Recount().Total);
        (band.Recount().Undone, band.Recount().Over).Should().Be((flat.Recount().Under, flat.Recount().Over));
    }

    // Two hours of work arrive in the first half-hour and are due by the end of the second. One head from the start works half an hour each half-hour,
    // so 1 hour is overdue at 1:00 and half an hour at 1:30: 0.75 hours of lateness × 0.5, by hand. What one head lacks at 2:00 is nothing.
    [Test]
    public void Recount_OneHeadOnTwoHours_IsLateByHand()
    {
        var (_, coverage) = Make(RosterObjective.Default, DeferrableProblems.Line("chat", DeferrableProblems.Class("work", At(0, 2), dueAfter: 1)));
        for (var i = 0; i < 4; i++)
        {
            Apply(coverage, i, 100);
        }

        (coverage.Recount().Late / Money.Unit).Should().BeApproximately(0.5 * 0.5 * (1 + 0.5), 1e-9);
        coverage.Recount().Undone.Should().Be(0);
        coverage.Recount().Over.Should().Be(0);
    }

    [Test]
    public void Recount_TimeBeforeWorkArrives_IsIdleAndLost()
    {
        var (_, coverage) = Make(RosterObjective.Default, DeferrableProblems.Line("chat", DeferrableProblems.Class("work", At(10, 1), dueAfter: 2)));
        Apply(coverage, 8, 200);
        Apply(coverage, 9, 200);

        (coverage.Recount().Over / Money.Unit).Should().BeApproximately(2, 1e-9);
        (coverage.Recount().Undone / Money.Unit).Should().BeApproximately(10, 1e-9); // given up after a day or overdue at the end, here the end
    }

    [Test]
    public void Recount_LateByMoreThanTheLimit_IsGivenUp()
    {
        var work = DeferrableProblems.Class("work", At(0, 1), dueAfter: 0);
        var (_, coverage) = Make(
            RosterObjective.Default,
            DeferrableProblems.Line("chat", new DeadlineDemand("work", work.DueHours, work.ArrivedHours) { GiveUpAfter = Duration.FromHours(2) }));
        Apply(coverage, 10, 200); // too late for it

        var score = coverage.Recount();
        (score.Late / Money.Unit).Should().BeApproximately(0.5 * 2, 1e-9);
        (score.Undone / Money.Unit).Should().BeApproximately(10, 1e-9);
        (score.Over / Money.Unit).Should().BeApproximately(1, 1e-9);
    }

    [Test]
    public void Recount_TwoClasses_UrgentIsServedFirst()
    {
        var costs = BandCosts.Of(
            Problem(
                RosterObjective.Default,
                DeferrableProblems.Line("chat", DeferrableProblems.Class("urgent", At(1, 0.5), 0), DeferrableProblems.Class("slow", At(0, 1), 20))),
            Calendar(), 64
        )[0];
        var run = BandRun.Of(costs, [.. Enumerable.Range(0, 64).Select(i => i < 3 ? 3000.0 : 0)]); // one head for an hour and a half

        Hours(run, 0).Take(4).Should().Equal(0, 0.5, 0.5, 0.5);
        Hours(run, costs.At(1, 0)).Take(4).Should().Equal(0.5, 0.5, 1, 1);
    }

    [Test]
    public void Recount_ImmediateAndBandInOneGroup_ImmediateGoesFirst()
    {
        var band = new DeferrableDemand([DeferrableProblems.Class("work", At(0, 4), 47)], Ones());
        var line = new DemandLine("chat", [.. Enumerable.Repeat(2.0, 48)]) { Band = band, BusyHeads = [.. Enumerable.Repeat(1.5, 48)] };
        var costs = BandCosts.Of(Problem(RosterObjective.Default, line), Calendar(), 64)[0];

        // 1, 2 and 3 heads: none, the half that waits for contacts, and that with the third.
        var run = BandRun.Of(costs, [3000, 6000, 9000, .. new double[61]]);

        Hours(run, 0).Take(3).Should().Equal(0, 0.25, 1);
        run.Idle.Should().OnlyContain(i => i == 0);
    }

    [Test]
    public void Recount_SurplusOfAnotherGroup_ServesTheBandAndIsNoWaste()
    {
        DemandLine[] demand = [new("chat", Ones()), DeferrableProblems.Line("mail", DeferrableProblems.Class("work", At(0, 1), 40))];
        var (_, lent) = Make(
            RosterObjective.Default, demand[0], demand[1] with
            {
                Band = new DeferrableDemand(demand[1].Band!.Classes, Ones()) { AlsoServedBy = ["chat"] },
            });
        var (_, apart) = Make(RosterObjective.Default, demand);
        foreach (var coverage in (Coverage[])[lent, apart])
        {
            for (var i = 0; i < 4; i++)
            {
                Apply(coverage, i, 200);
            }
        }

        (lent.Recount().Undone, lent.Recount().Late).Should().Be((0, 0));
        (lent.Recount().Over / Money.Unit).Should().BeApproximately(1, 1e-9); // 2 spare hours, 1 hour of work
        (apart.Recount().Over / Money.Unit).Should().BeApproximately(2, 1e-9);
        apart.Recount().Undone.Should().BeGreaterThan(0);
    }

    [Test]
    public void Recount_AboveTheDesks_Costs()
    {
        var (_, coverage) = Make(RosterObjective.Default, new DemandLine("chat", [.. Enumerable.Repeat(3.0, 48)]) { MaximumHeads = Ones() });
        var before = coverage.Recount().Total;

        // Half an hour: one head too many at 30; two of three heads at 10, and 10 more as deep as 2.4.
        (Apply(coverage, 0, 200) / Money.Unit).Should().BeApproximately(15 - 10 - 10, 1e-9);
        coverage.Recount().Total.Should().Be(before + (-5 * Money.Unit));
    }

    [Test]
    public void Price_AnyShift_IsWhatAddingItChanges([Range(1, 5)] int seed)
    {
        var problem = DeferrableProblems.Mixed(seed);
        var (costs, coverage) = Make(problem);
        var random = new Random(seed);
        for (var i = 0; i < 400; i++)
        {
            double[] profile = [.. Enumerable.Range(0, 4 * (1 + random.Next(8))).Select(_ => (double)random.Next(16))];
            var (at, factor) = ((random.Next(costs.Groups) * costs.Stride) + random.Next(costs.Intervals), random.Next(0, 101));
            var scheduled = coverage.Scheduled.ToArray();

            var price = coverage.Cost(at, profile, factor);

            coverage.Scheduled.Should().Equal(scheduled);
            var before = coverage.Recount().Total;
            var delta = coverage.Add(at, profile, factor) + coverage.BandChange();
            coverage.KeepBands();
            price.Should().Be(delta);
            delta.Should().Be(coverage.Recount().Total - before, "whole numbers add without error");
        }
    }

    private static double[] At(int interval, double hours) => [.. Enumerable.Range(0, 48).Select(i => i == interval ? hours : 0)];

    private static double[] Ones() => [.. Enumerable.Repeat(1.0, 48)];

    private static IEnumerable<double> Hours(BandRun run, int from) => run.Worked.Skip(from).Select(w => w / Money.HeadHour);

    private static double Apply(Coverage coverage, int at, double percent)
    {
        var delta = coverage.Add(at, FullHalfHour, percent) + coverage.BandChange();
        coverage.KeepBands();
        return delta;
    }

    private static RosterProblem Problem(RosterObjective objective, params DemandLine[] demand) => RosterProblems.Hub([], [], demand, 1, objective: objective);

    private static RosterCalendar Calendar() => new(Problem(RosterObjective.Default, new DemandLine("chat", new double[48])), 8);

    private static (CoverageCosts Costs, Coverage Coverage) Make(RosterObjective objective, params DemandLine[] demand) => Make(Problem(objective, demand));

    private static (CoverageCosts Costs, Coverage Coverage) Make(RosterProblem problem)
    {
        var costs = new CoverageCosts(problem, new RosterCalendar(problem, 8), 64);
        return (costs, new Coverage(costs));
    }
}
