using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ServiceDisciplineTests
{
    private static readonly ServiceDiscipline Rule = ServiceDiscipline.Default;

    // slack in hours, law, severity of each; which of the two is served first
    [TestCase(2, false, 0, 3, false, 0, 0, TestName = "the shorter slack")]
    [TestCase(2, false, 0, 48, true, 4, 0, TestName = "two hours before a legal clock of two days, as issue 14 found it the other way round")]
    [TestCase(10, true, 0, 10, false, 4, 0, TestName = "law before an equal slack, whatever the severity")]
    [TestCase(10, true, 4, 5, false, 0, 1, TestName = "half the slack before law and severity together")]
    [TestCase(10, true, 0, 8, false, 0, 0, TestName = "law before a slack that is a little shorter")]
    [TestCase(10, false, 4, 9, false, 0, 0, TestName = "severity before a slack that is a little shorter")]
    [TestCase(10, false, 4, 7, false, 0, 1, TestName = "a slack clearly shorter before severity")]
    [TestCase(1, true, 0, -5, false, 4, 1, TestName = "internal work that is missed before a legal clock that can wait")]
    [TestCase(-0.1, true, 0, -5, false, 4, 0, TestName = "a legal clock that must begin before internal work that is missed")]
    [TestCase(-1, true, 0, -2, true, 0, 1, TestName = "of two legal clocks that are missed the longer one")]
    [TestCase(-1, false, 0, -2, false, 0, 1, TestName = "of two internal ones as well")]
    [TestCase(0, true, 0, 0, false, 4, 0, TestName = "law before severity at the last moment")]
    public void Against_TwoDeadlines_TheMoreUrgentGoesFirst(
        double slack, bool legal, int severity, double otherSlack, bool otherLegal, int otherSeverity, int first) =>
        Math.Sign(Rule.Deadline(legal, severity).At(slack).Against(Rule.Deadline(otherLegal, otherSeverity).At(otherSlack)))
            .Should().Be(first == 0 ? -1 : 1);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property At_MoreSlack_IsNeverMoreUrgent(NormalFloat a, NormalFloat b, bool legal, int severity)
    {
        var claim = Rule.Deadline(legal, Math.Abs(severity % 5));
        return (claim.At(Math.Min(a.Get, b.Get)).Against(claim.At(Math.Max(a.Get, b.Get))) <= 0).ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property At_EqualSlack_LawGoesFirst(NormalFloat slack, int severity, int other) =>
        (Rule.Deadline(true, Math.Abs(severity % 5)).At(slack.Get).Against(Rule.Deadline(false, Math.Abs(other % 5)).At(slack.Get)) < 0).ToProperty();

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property At_HalfTheSlack_GoesBeforeLaw(NormalFloat slack, int severity, int other)
    {
        var left = Math.Abs(slack.Get) + 1e-6;
        return (Rule.Deadline(false, Math.Abs(other % 5)).At(left / 2).Against(Rule.Deadline(true, Math.Abs(severity % 5)).At(left)) < 0).ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Against_AnyThree_IsAnOrder(NormalFloat a, NormalFloat b, NormalFloat c, bool lawA, bool lawB, bool lawC)
    {
        var (x, y, z) = (Rule.Deadline(lawA, 0).At(a.Get), Rule.Deadline(lawB, 2).At(b.Get), Rule.Deadline(lawC, 4).At(c.Get));
        var antisymmetric = Math.Sign(x.Against(y)) == -Math.Sign(y.Against(x));
        var transitive = !(x.Against(y) <= 0 && y.Against(z) <= 0) || x.Against(z) <= 0;
        return (antisymmetric && transitive).ToProperty();
    }

    [Test]
    public void Rank_LiveWork_GoesByPriorityAndBeforeAllDeadlines()
    {
        ServiceDiscipline.Rank(live: true, 9).Should().BeLessThan(ServiceDiscipline.Rank(live: false, 1));
        ServiceDiscipline.Rank(live: true, 1).Should().BeLessThan(ServiceDiscipline.Rank(live: true, 2));
        ServiceDiscipline.Rank(live: false, 1).Should().Be(ServiceDiscipline.Rank(live: false, 9), "between deadlines slack decides");
    }

    [Test] // ln 20 = 2.996
    public void LatestStart_IsTheHandleTimeThat95PercentStayWithin() =>
        (1 - Math.Exp(-ServiceDiscipline.LatestStartSeconds(240) / 240)).Should().BeApproximately(0.95, 0.001);

    [TestCase(0.9, 1.0, 1.0)] // below 1
    [TestCase(1.2, 1.0, 1.3)] // severity would outrank law at equal slack
    [TestCase(1.5, 1.0, 1.4)] // 2.1: both together would outrank half the slack
    [TestCase(2.0, 1.0, 1.0)]
    [TestCase(double.NaN, 1.0, 1.0)]
    public void Discipline_WeightsThatBreakTheRule_AreRefused(double legal, double harmless, double severe) =>
        FluentActions.Invoking(() => new ServiceDiscipline(legal, [harmless, severe])).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("legalWeight").WithMessage("*outrank*");

    [Test]
    public void Discipline_BadInput_NamesIt()
    {
        FluentActions.Invoking(() => new ServiceDiscipline(1.4, [])).Should().Throw<ArgumentException>().WithParameterName("severityWeights");
        FluentActions.Invoking(() => new ServiceDiscipline(1.4, [1, -1])).Should().Throw<ArgumentException>().WithParameterName("severityWeights[1]");
        FluentActions.Invoking(() => Rule.Deadline(true, 5)).Should().Throw<ArgumentException>().WithParameterName("severity");
        FluentActions.Invoking(() => Rule.Live(0, 0)).Should().Throw<ArgumentException>().WithParameterName("reach");
    }
}
