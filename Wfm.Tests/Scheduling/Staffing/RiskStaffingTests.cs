using NodaTime;
using Wfm.Scheduling.Staffing;
using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class RiskStaffingTests
{
    private static readonly ImmediateGoal EightyInTwenty = new(0.8, Duration.FromSeconds(20), MaximumOccupancy: 0.88);

    [TestCase(0.5)]
    [TestCase(0.8)]
    [TestCase(0.9)]
    public void Require_ImmediateWork_IsTheQuantileOfTheHeadsOfEachPath(double riskLevel)
    {
        var paths = Paths(60, 48, seed: 7);
        var work = Immediate(paths);
        var each = paths.Select(path => RiskStaffing.Require(Immediate([path]), riskLevel).Heads).ToArray();

        var heads = RiskStaffing.Require(work, riskLevel).Heads;

        for (var i = 0; i < heads.Length; i++)
        {
            var sorted = each.Select(h => h[i]).Order().ToArray();
            heads[i].Should().Be(sorted[(int)Math.Ceiling(60 * riskLevel - 1e-9) - 1]);
        }
    }

    [Test]
    public void Require_ImmediateWork_WaterfallAddsUp() => AddsUp(RiskStaffing.Require(Immediate(Paths(20, 96, seed: 1)), 0.8), whole: true);

    [TestCase(1)]
    [TestCase(0.9)]
    public void Require_DeferrableWork_WaterfallAddsUp(double fraction) =>
        AddsUp(RiskStaffing.Require(Deferrable(Paths(20, 192, seed: 2), fraction), 0.8), whole: false);

    [TestCase(1)]
    [TestCase(0.9)]
    public void Require_DeferrableWork_WorksInsideTheBand(double fraction)
    {
        var work = Deferrable(Paths(40, 192, seed: 3), fraction);

        var curve = RiskStaffing.Require(work, 0.8);

        var worked = 0.0;
        for (var i = 0; i < curve.Heads.Length; i++)
        {
            worked += (curve.Heads[i] * 0.7 - curve.Waterfall.MinimumMargin[i]) * 0.25;
            worked.Should().BeInRange(curve.DueHours![i] - 1e-6, curve.ArrivedHours![i] + 1e-6);
        }
    }

    [TestCase(0.5)]
    [TestCase(0.8)]
    public void Require_UncertainAht_IsTheQuantileOfTheHeadsOfEachPath(double riskLevel)
    {
        var volume = Paths(30, 24, seed: 8);
        var aht = Paths(30, 24, seed: 9).Select(path => path.Select(v => 100 + 5 * v).ToArray()).ToArray();
        var each = volume.Select((path, p) => ImmediateStaffing.Require(path, aht[p], Duration.FromMinutes(15), EightyInTwenty, new double[24], All(24)).Heads)
            .ToArray();

        var curve = RiskStaffing.Require(
            new ImmediateWork(volume, [.. volume[0].Select(_ => 1.0)], Duration.FromMinutes(15), EightyInTwenty, new double[24], All(24), AhtPaths: aht),
            riskLevel);

        for (var i = 0; i < 24; i++) curve.Heads[i].Should().Be(each.Select(h => h[i]).Order().ElementAt((int)(30 * riskLevel) - 1));
        AddsUp(curve, whole: true);
    }

    [Test] // one path, one class: the same as the plain plan
    public void Require_DeferrableWorkOnePath_IsTheTautString()
    {
        var volume = Paths(1, 96, seed: 6);
        var hours = volume[0].Select(v => v * 300 / 3600).ToArray();
        var backlog = 40 * 300 / 3600.0;
        var turnaround = Duration.FromHours(8);
        bool[] open = [.. Enumerable.Range(0, 96).Select(i => i is >= 28 and < 88)];
        var plan = DeferrableStaffing.Smooth(
            [new DeferrableClass("tickets", hours, turnaround, [new AgedBacklog(Duration.Zero, turnaround, backlog)])], Duration.FromMinutes(15), open, backlog
        );

        var curve = RiskStaffing.Require(
            new DeferrableWork(volume, Filled(96, 300), Duration.FromMinutes(15), new DeferrableGoal(turnaround, 1), Filled(96, 0.3), open, 40), 0.5);

        for (var i = 0; i < 96; i++) curve.Heads[i].Should().BeApproximately(plan.Agents[i] / 0.7, 1e-9);
        curve.DueHours.Should().Equal(plan.Band.DueHours, (a, b) => Math.Abs(a - b) < 1e-9);
        curve.ArrivedHours.Should().Equal(plan.Band.ArrivedHours, (a, b) => Math.Abs(a - b) < 1e-9);
        curve.FirstBreach.Should().Be(plan.Band.FirstBreach);
        curve.Heads.Max().Should().BeApproximately(plan.Peak / 0.7, 1e-9);
    }

    [Test] // the fraction goes to the turnaround, the rest to the latest time; both deadlines hold on the path
    public void Require_DeferrableWorkWithFraction_MeetsBothDeadlines()
    {
        var volume = Paths(1, 96, seed: 6);
        double[] hours = [.. volume[0].Select(v => v * 300 / 3600)];
        var goal = new DeferrableGoal(Duration.FromHours(2), 0.9, Duration.FromHours(9));

        var curve = RiskStaffing.Require(new DeferrableWork(volume, Filled(96, 300), Duration.FromMinutes(15), goal, Filled(96, 0), All(96)), 0.5);

        DeferrableClass[] classes =
        [
            new("turnaround", [.. hours.Select(h => 0.9 * h)], goal.Turnaround),
            new("latest", [.. hours.Select(h => 0.1 * h)], goal.Latest),
        ];
        BacklogProjection.Project(classes, Duration.FromMinutes(15), All(96), curve.Heads).FirstBreach.Should().BeNull();
    }

    [Test]
    public void Require_DeferrableWorkNoClosingBacklogGiven_LeavesNoMoreThanItFound()
    {
        var work = Deferrable(Paths(1, 192, seed: 3), 1);

        var curve = RiskStaffing.Require(work, 0.5);

        var worked = curve.Heads.Select((h, i) => (h * 0.7 - curve.Waterfall.MinimumMargin[i]) * 0.25).Sum();
        var lastOpen = Array.LastIndexOf(work.Open, true);
        worked.Should().BeApproximately(Math.Min(curve.ArrivedHours![^1] - 40 * 300 / 3600.0, curve.ArrivedHours[lastOpen]), 1e-6);
    }

    [Test] // sums vary less than their parts, so the P90 of the whole is below the P90 of every interval
    public void Require_DeferrableWork_IsBelowStaffingTheQuantileOfEveryInterval()
    {
        var paths = Paths(100, 96, seed: 5, common: false);
        var work = new DeferrableWork(paths, Filled(96, 300), Duration.FromMinutes(15), new DeferrableGoal(Duration.FromHours(8), 1), Filled(96, 0), All(96));

        var total = RiskStaffing.Require(work, 0.9).Heads.Sum();

        total.Should().BeLessThan(0.95 * PathQuantile.Pointwise(paths, 0.9).Sum() * 300 / 900);
    }

    [Test]
    public void Require_HigherRisk_NeverFewerHeadsForImmediateWork()
    {
        var work = Immediate(Paths(50, 48, seed: 10));

        var (median, ninety) = (RiskStaffing.Require(work, 0.5).Heads, RiskStaffing.Require(work, 0.9).Heads);

        for (var i = 0; i < 48; i++) ninety[i].Should().BeGreaterThanOrEqualTo(median[i]);
        ninety.Sum().Should().BeGreaterThan(median.Sum());
    }

    [Test]
    public void Require_LegalClockOverNight_TellsTheFirstBreach()
    {
        bool[] open = [.. Enumerable.Range(0, 24).Select(hour => hour is >= 8 and < 20)];
        var work = new DeferrableWork(
            [Filled(24, 12)], Filled(24, 300), Duration.FromHours(1), new DeferrableGoal(Duration.FromHours(2), 1), Filled(24, 0), open);

        // Arrivals from 00:00 to 06:00 fall due by 08:00, before anybody is there: 6 h of an hour's work each; those after 20:00 up to 22:00 fall due by
        // midnight.
        RiskStaffing.Require(work, 0.8).FirstBreach.Should().Be(new StaffingBreach(2, Duration.FromHours(3), 8, BreachReason.DueWhileClosed));
    }

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(double.NaN)]
    public void Require_RiskLevelOutsideRange_Throws(double riskLevel)
    {
        FluentActions.Invoking(() =>
                RiskStaffing.Require(
                    Immediate([
                        [1, 1],
                    ]),
                    riskLevel))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(riskLevel));
        FluentActions.Invoking(() =>
                RiskStaffing.Require(
                    Deferrable(
                        [
                            [1, 1],
                        ],
                        1),
                    riskLevel))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(riskLevel));
    }

    [Test]
    public void Work_BadInput_NamesPathAndInterval()
    {
        Refused(() => Work([[1, 1], [1, -3]]), "VolumePaths[1][1]");
        Refused(() => Work([[1, 1], [1, double.NaN]]), "VolumePaths[1][1]");
        Refused(() => Work([[1, 1], [1]]), "VolumePaths[1]");
        Refused(() => Work([]), "VolumePaths");
        Refused(() => Work([[]]), "VolumePaths[0]");
        Refused(() => Work(aht: [1, 0]), "AhtSeconds[1]");
        Refused(() => Work(aht: [1]), "AhtSeconds");
        Refused(() => Work(shrinkage: [0, 1]), "Shrinkage[1]");
        Refused(() => Work(open: [true]), "Open");
        Refused(() => Work(minimum: -1), "MinimumHeads");
        Refused(() => Work(concurrency: 0), "Concurrency");
        Refused(() => Work(interval: Duration.Zero), "Interval");
        Refused(() => Work(ahtPaths: [[1, 1], [1, 1]]), "AhtPaths");
        Refused(() => Work(ahtPaths: [[1, 0]]), "AhtPaths[0][1]");
        Refused(() => Tickets(backlog: -1), "OpeningBacklogContacts");
        Refused(() => Tickets(closing: double.NaN), "ClosingBacklogContacts");
        Refused(() => Tickets(volume: [[1, double.PositiveInfinity]]), "VolumePaths[0][1]");
        Refused(() => Tickets(shrinkage: [0, -0.1]), "Shrinkage[1]");
    }

    private static ImmediateWork Work(
        double[][]? volume = null, double[]? aht = null, Duration? interval = null, double[]? shrinkage = null, bool[]? open = null, int minimum = 0,
        int concurrency = 1, double[][]? ahtPaths = null) =>
        new(
            volume
                ??
                [
                    [1, 1],
                ],
            aht ?? [180, 180], interval ?? Duration.FromMinutes(15), EightyInTwenty, shrinkage ?? [0, 0], open ?? [true, true], minimum, concurrency, 0.2,
            ahtPaths);

    private static DeferrableWork Tickets(double[][]? volume = null, double[]? shrinkage = null, double backlog = 0, double? closing = null) =>
        new(
            volume
                ??
                [
                    [1, 1],
                ],
            [180, 180], Duration.FromMinutes(15), new DeferrableGoal(Duration.FromHours(1), 1), shrinkage ?? [0, 0], [true, true], backlog, 0, closing);

    private static void Refused(Func<object> call, string name) => call.Should().Throw<ArgumentException>().WithParameterName(name);

    private static double[] Filled(int count, double value) => [.. Enumerable.Repeat(value, count)];

    private static bool[] All(int count) => [.. Enumerable.Repeat(true, count)];

    private static void AddsUp(RequirementCurve curve, bool whole)
    {
        var w = curve.Waterfall;
        for (var i = 0; i < curve.Heads.Length; i++)
        {
            var sum =
                w.Workload[i] + w.DeferralMargin[i] + w.QueueingMargin[i] + w.OccupancyMargin[i] + w.MinimumMargin[i] + w.ShrinkageMargin[i] + w.Rounding[i];
            sum.Should().BeApproximately(curve.Heads[i], 1e-9);
            if (whole) curve.Heads[i].Should().Be(Math.Round(curve.Heads[i]));
        }
        curve.Heads.Should().Contain(h => h > 0);
    }

    private static ImmediateWork Immediate(double[][] paths) =>
        new(
            paths,
            [.. paths[0].Select((_, i) => 200.0 + i % 5)],
            Duration.FromMinutes(15), EightyInTwenty,
            [.. paths[0].Select(_ => 0.3)],
            [.. paths[0].Select((_, i) => i % 24 > 4)],
            2);

    private static DeferrableWork Deferrable(double[][] paths, double fraction) => new(
        paths, [.. paths[0].Select(_ => 300.0)], Duration.FromMinutes(15), new DeferrableGoal(Duration.FromHours(8), fraction), [.. paths[0].Select(_ => 0.3)],
        [.. paths[0].Select((_, i) => i % 96 is >= 28 and < 88)], 40, 1);

    private static double[][] Paths(int count, int intervals, int seed, bool common = true)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, count).Select(_ =>
                {
                    var scale = common ? 0.7 + 0.6 * random.NextDouble() : 1;
                    return Enumerable.Range(0, intervals)
                        .Select(i => Math.Floor(scale * (30 + 25 * Math.Sin(i * Math.PI / 48)) * (0.8 + 0.4 * random.NextDouble()))).ToArray();
                }),
        ];
    }
}
