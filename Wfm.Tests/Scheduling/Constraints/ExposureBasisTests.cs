using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>Issue 13: shifts of two hours without a break on a group that is shown severe content now and then, against a limit of 105 minutes.</summary>
public sealed class ExposureBasisTests
{
    private static readonly LabourPolicy AtMost105Minutes =
        Policy(Rule(LabourRuleKind.MaximumContinuousWork, new() { Limit = Duration.FromMinutes(105), MinimumSeverity = 3 }));

    [Test]
    public void Solve_WorstCase_NobodyMayBeShownTwoHoursOfIt() => Shifts([new ExposureShare(3, 1)]).Should().Be(0);

    [Test]
    public void Solve_ExpectedMinutes_ATenthOfTwoHoursIsAllowed() => Shifts([new ExposureShare(1, 0.9), new ExposureShare(3, 0.1)]).Should().BePositive();

    [Test]
    public void Solve_ExpectedMinutes_NineTenthsOfTwoHoursAreTooLong() => Shifts([new ExposureShare(1, 0.1), new ExposureShare(3, 0.9)]).Should().Be(0);

    [TestCase(0.5, 4)]
    [TestCase(1.0, 0)]
    public void Solve_MaximumExposureByShift_CountsTheShare(double share, int days)
    {
        var policy = Policy(Rule(LabourRuleKind.MaximumExposure, new() { Limit = Duration.FromMinutes(60), Days = 1, MinimumSeverity = 3 }));

        Shifts([new ExposureShare(0, 1 - share), new ExposureShare(3, share)], policy).Should().BeGreaterThanOrEqualTo(days);
    }

    private static int Shifts(IReadOnlyList<ExposureShare> shares, LabourPolicy? policy = null)
    {
        var heads = Demand("chat", 7, i => i % 48 is >= 16 and < 20 ? 1 : 0).Heads;
        var line = new DemandLine("chat", heads, 1, shares.Sum(s => s.Severity * s.Share)) { ExposureShares = shares };
        var problem = Hub([Agent("A")], [Template("two", 8, 8, 2)], [line], policy: policy ?? AtMost105Minutes);
        return new RosterSolver().Solve(problem, new SolveLimits(1, 2_000)).Shifts.Count;
    }
}
