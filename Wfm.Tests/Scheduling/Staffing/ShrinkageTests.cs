using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ShrinkageTests
{
    [Test]
    public void Combine_PlannedAndUnplanned_LosesTheRestOfTheRest() => Shrinkage.Combine(0.2, 0.1).Should().BeApproximately(0.28, 1e-15);

    [TestCase(1, 0, "planned")]
    [TestCase(0, -0.1, "unplanned")]
    [TestCase(0, double.NaN, "unplanned")]
    public void Combine_OutsideItsRange_NamesIt(double planned, double unplanned, string name) =>
        FluentActions.Invoking(() => Shrinkage.Combine(planned, unplanned)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
}
