using Wfm.Forecasting.Combination;

namespace Wfm.Tests.Forecasting.Combination;

public sealed class OriginPlanTests
{
    [Test]
    public void Create_LongHistory_SpreadsOriginsOverWeekdays()
    {
        var plan = OriginPlan.Create(52 * 168, 28 * 24, 4, 24, [24, 168]);

        plan.Horizon.Should().Be(28 * 24);
        plan.Origins.Should().HaveCount(4).And.BeInAscendingOrder();
        plan.Origins[^1].Should().Be((52 * 168) - (28 * 24));
        plan.Origins.Select(o => o / 24 % 7).Should().OnlyHaveUniqueItems();
    }

    [Test]
    public void Create_OneWeekAndALongHorizon_ShortensTheHorizon()
    {
        var plan = OriginPlan.Create(200, 500, 4, 24, [24, 168]);

        plan.Origins.Should().NotBeEmpty();
        plan.Horizon.Should().BeLessThan(100);
    }

    [Test]
    public void Create_OneObservation_HasNoOrigin() => OriginPlan.Create(1, 10, 4, 24, []).Origins.Should().BeEmpty();

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Create_AnySizes_StaysInside(ushort length, ushort horizon, byte count, byte perDay)
    {
        var day = 1 + (perDay % 96);
        var plan = OriginPlan.Create(1 + (length % 5000), 1 + (horizon % 3000), 1 + (count % 12), day, [Math.Max(2, day), 7 * Math.Max(2, day)]);
        return plan.Origins.All(o => o >= 1 && o + plan.Horizon <= 1 + (length % 5000))
            && plan.Origins.Zip(plan.Origins.Skip(1), (a, b) => b > a).All(ok => ok);
    }
}
