using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class GoalTests
{
    private static readonly Duration Minute = Duration.FromMinutes(1);

    [TestCase(0.0)]
    [TestCase(1.0)]
    [TestCase(80.0)]
    [TestCase(double.NaN)]
    public void ImmediateGoal_ServiceLevelOutsideRange_NamesIt(double level) =>
        FluentActions.Invoking(() => new ImmediateGoal(level, Minute)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("ServiceLevel");

    [Test]
    public void ImmediateGoal_TargetsOutsideRange_NameThem()
    {
        Refused(() => new ImmediateGoal(0.8, -Minute), "Threshold");
        Refused(() => new ImmediateGoal(null, null, MaximumAsa: Duration.Zero), "MaximumAsa");
        Refused(() => new ImmediateGoal(null, null, MaximumOccupancy: 1.01), "MaximumOccupancy");
        Refused(() => new ImmediateGoal(null, null, MaximumAbandonment: 0, MeanPatience: Minute), "MaximumAbandonment");
        Refused(() => new ImmediateGoal(0.8, Minute, MeanPatience: Duration.Zero), "MeanPatience");
    }

    [Test]
    public void ImmediateGoal_TargetsThatDoNotFit_Throw()
    {
        FluentActions.Invoking(() => new ImmediateGoal(null, null)).Should().Throw<ArgumentException>().WithMessage("*at least one target*");
        FluentActions.Invoking(() => new ImmediateGoal(0.8, null)).Should().Throw<ArgumentException>().WithParameterName("Threshold");
        FluentActions.Invoking(() => new ImmediateGoal(null, Minute)).Should().Throw<ArgumentException>().WithParameterName("ServiceLevel");
        FluentActions.Invoking(() => new ImmediateGoal(null, null, MaximumAbandonment: 0.05)).Should().Throw<ArgumentException>()
            .WithParameterName("MeanPatience");
    }

    [Test]
    public void DeferrableGoal_NoLatest_IsTwiceTheTurnaround() => new DeferrableGoal(Minute, 0.9).Latest.Should().Be(2 * Minute);

    [Test]
    public void DeferrableGoal_OutsideRange_NamesIt()
    {
        Refused(() => new DeferrableGoal(Duration.Zero, 0.9), "Turnaround");
        Refused(() => new DeferrableGoal(Minute, 0), "Fraction");
        Refused(() => new DeferrableGoal(Minute, 1.1), "Fraction");
        Refused(() => new DeferrableGoal(Minute, 0.9, Minute), "Latest");
        Refused(() => new DeferrableGoal(Minute, 0.9, JudgedFraction: 0.9), "JudgedFraction");
        Refused(() => new DeferrableGoal(Minute, 1, JudgedFraction: 1.1), "JudgedFraction");
        Refused(() => new DeferrableGoal(Minute, 1, ActionFraction: 0), "ActionFraction");
    }

    [TestCase(1.0, null, 0.999)] // all of them
    [TestCase(1.0, 1.0, 1.0)]
    [TestCase(1.0, 0.99, 0.99)]
    [TestCase(0.95, null, 0.95)]
    public void DeferrableGoal_Judged_IsThePromiseOrWhatStandsForAll(double fraction, double? said, double judged) =>
        new DeferrableGoal(Minute, fraction, JudgedFraction: said).JudgedFraction.Should().Be(judged);

    [TestCase(0, 0.1, "slots")]
    [TestCase(2, -0.1, "inflationPerSlot")]
    [TestCase(2, 1.1, "inflationPerSlot")]
    [TestCase(2, double.NaN, "inflationPerSlot")]
    public void ChatConcurrency_OutsideRange_NamesIt(int slots, double inflation, string name) => Refused(() => new ChatConcurrency(slots, inflation), name);

    private static void Refused(Func<object> make, string name) => make.Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
}
