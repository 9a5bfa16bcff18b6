using Wfm.Api.Commands.Plan;

namespace Wfm.Tests.Api.Commands.Plan;

public sealed class PlanIntervalTests
{
    [TestCase(new double[] { 0 }, 30)]
    [TestCase(new double[] { 0, 30, 60, 120 }, 30)]
    [TestCase(new double[] { 120, 0, 60 }, 60)]
    [TestCase(new double[] { 0, 1440, 2820, 4260 }, 1440)] // a day of 23 hours
    [TestCase(new double[] { 0, 5, 10, 600 }, 5)]
    public void Of_Rows_FindsHowFarTheyAreApart(double[] starts, int minutes) => PlanInterval.Of(starts, areDays: false).Minutes.Should().Be(minutes);

    [TestCase(new double[] { 0, 7, 14 }, 7)]
    [TestCase(new double[] { 0, 10080 }, 10080)]
    public void Of_NoKnownInterval_TellsTheGap(double[] starts, double gap) => PlanInterval.Of(starts, areDays: false).Should().Be(((int?)null, gap));

    [Test]
    public void Of_OneStrayRowAmongMany_IsNotTheInterval() =>
        PlanInterval.Of([.. Enumerable.Range(0, 100).Select(i => 30.0 * i), 487], areDays: false).Minutes.Should().Be(30);

    [Test]
    public void Of_DaysByName_AreDays() => PlanInterval.Of([0], areDays: true).Minutes.Should().Be(1440);
}
