using FluentAssertions;
using NodaTime;
using NUnit.Framework;
using Wfm.Scheduling.Staffing;

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
    public void Require_DeferrableWork_WaterfallAddsUp(double fraction) => AddsUp(RiskStaffing.Require(Deferrable(Paths(20, 192, seed: 2), fraction), 0.8), whole: false);

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

    private static void AddsUp(RequirementCurve curve, bool whole)
    {
        var w = curve.Waterfall;
        for (var i = 0; i < curve.Heads.Length; i++)
        {
            var sum = w.Workload[i] + w.DeferralMargin[i] + w.QueueingMargin[i] + w.OccupancyMargin[i] + w.MinimumMargin[i] + w.ShrinkageMargin[i] + w.Rounding[i];
            sum.Should().BeApproximately(curve.Heads[i], 1e-9);
            if (whole) curve.Heads[i].Should().Be(Math.Round(curve.Heads[i]));
        }
        curve.Heads.Should().Contain(h => h > 0);
    }

    private static ImmediateWork Immediate(double[][] paths) => new(
        paths, [.. paths[0].Select((_, i) => 200.0 + i % 5)], Duration.FromMinutes(15), EightyInTwenty, [.. paths[0].Select(_ => 0.3)], [.. paths[0].Select((_, i) => i % 24 > 4)], 2);

    private static DeferrableWork Deferrable(double[][] paths, double fraction) => new(
        paths, [.. paths[0].Select(_ => 300.0)], Duration.FromMinutes(15), new DeferrableGoal(Duration.FromHours(8), fraction), [.. paths[0].Select(_ => 0.3)],
        [.. paths[0].Select((_, i) => i % 96 is >= 28 and < 88)], 40, 1);

    private static double[][] Paths(int count, int intervals, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var scale = 0.7 + 0.6 * random.NextDouble();
            return Enumerable.Range(0, intervals).Select(i => Math.Floor(scale * (30 + 25 * Math.Sin(i * Math.PI / 48)) * (0.8 + 0.4 * random.NextDouble()))).ToArray();
        })];
    }
}
