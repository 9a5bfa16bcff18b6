using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Leave;

namespace Wfm.Tests.Scheduling.Leave;

public sealed class LeaveRulesTests
{
    private static readonly LocalDate Today = new(2027, 3, 1);
    private static readonly LocalDate First = new(2027, 3, 15);
    private static readonly Instant At = Instant.FromUtc(2027, 3, 15, 9, 0);

    private static LeaveCase Fine => new(First, Today, NoticeDays: 14)
    {
        Balance = new BalanceAfter("annual", 2400, 480, 1920, First, 0),
        Allowances = [new AllowanceUse("hub", First, AllowanceMeasure.Heads, 5, 4, 1)],
        Coverage = [Cover(required: 4, before: 5, after: 4, minimum: 2)],
    };

    [Test]
    public void Judge_NothingRefuses_TellsEveryRuleInOrder()
    {
        var verdict = LeaveRules.Judge(Fine);

        verdict.DecidedBy.Should().BeNull();
        verdict.Findings.Select(f => f.Rule).Should().Equal(Enum.GetValues<LeaveRule>());
        verdict.Findings.Should().OnlyContain(f => f.Passed && f.Message.Length > 0);
    }

    [Test]
    public void Judge_AllRefuse_TheFirstDecides()
    {
        var all = Refusals().Aggregate(Fine, (request, refusal) => refusal.Change(request));
        foreach (var (rule, _, repair) in Refusals())
        {
            LeaveRules.Judge(all).DecidedBy.Should().Be(rule);
            all = repair(all);
        }

        LeaveRules.Judge(all).DecidedBy.Should().BeNull();
    }

    [Test]
    public void Judge_BalanceTooLow_TellsTheNumbers()
    {
        var finding = LeaveRules.Judge(Fine with { Balance = new BalanceAfter("annual", 480, 960, -480, First.PlusDays(1), 240) }).Findings.Single();

        finding.Code.Should().Be("tooLow");
        finding.Parameters.Should().Contain("balanceHours", 8.0).And.Contain("costHours", 16.0).And.Contain("lowestHours", -8.0)
            .And.Contain("lowestOn", "2027-03-16").And.Contain("overdraftHours", 4.0);
        finding.Message.Should().Contain("16 h of 'annual'").And.Contain("-8 h on 2027-03-16").And.Contain("4 h below zero");
    }

    [TestCase(-240, true)] // exactly at the floor
    [TestCase(-241, false)]
    public void Judge_Overdraft_IsTheFloor(int lowest, bool passes) => (LeaveRules.Judge(
        Fine with { Balance = new BalanceAfter("annual", 0, 240, lowest, First, 240) }).DecidedBy is null).Should().Be(passes);

    [TestCase(14, true)]
    [TestCase(15, false)]
    public void Judge_Notice_CountsDaysBetween(int notice, bool passes) =>
        (LeaveRules.Judge(Fine with { NoticeDays = notice }).DecidedBy is null).Should().Be(passes);

    [Test]
    public void Judge_Told_LooksAtTheBalanceAlone()
    {
        var told = Refusals().Skip(1).Aggregate(Fine, (request, refusal) => refusal.Change(request)) with { IsTold = true };

        LeaveRules.Judge(told).Findings.Select(f => f.Rule).Should().Equal(LeaveRule.Balance);
        LeaveRules.Judge(told).DecidedBy.Should().BeNull();
    }

    [Test]
    public void Judge_GroupShortAlready_PassesWhenNoMoreIsMissing() => LeaveRules.Judge(
        Fine with { Coverage = [Cover(required: 9, before: 3, after: 3, minimum: 0)] }).DecidedBy.Should().BeNull();

    [Test]
    public void Judge_NothingKnownOfItsDays_SaysSo() => LeaveRules.Judge(Fine with { Coverage = null }).Findings
        .Single(f => f.Rule == LeaveRule.Coverage).Code.Should().Be("unknown");

    [TestCase(LeaveRule.Balance, false)]
    [TestCase(LeaveRule.Blackout, false)]
    [TestCase(LeaveRule.Notice, false)]
    [TestCase(LeaveRule.Allowance, true)]
    [TestCase(LeaveRule.Coverage, true)]
    [TestCase(LeaveRule.MinimumPresence, true)]
    public void MayWait_Rule_IsWhatPassesByItself(LeaveRule rule, bool mayWait) =>
        LeaveRules.Judge(Refusals().Single(r => r.Rule == rule).Change(Fine)).MayWait.Should().Be(mayWait);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public FsCheck.Property Judge_AnyUse_GrantsNoMoreThanTheLimit(byte limit, byte taken, byte asked) => (
        (LeaveRules.Judge(Fine with { Allowances = [new AllowanceUse("a", First, AllowanceMeasure.Hours, limit, taken, asked)] }).DecidedBy is null)
        == (taken + asked <= limit)).ToProperty();

    private static IEnumerable<(LeaveRule Rule, Func<LeaveCase, LeaveCase> Change, Func<LeaveCase, LeaveCase> Repair)> Refusals() =>
    [
        (LeaveRule.Balance, c => c with { Balance = c.Balance! with { Lowest = -1 } }, c => c with { Balance = Fine.Balance }),
        (LeaveRule.Blackout, c => c with { Blackouts = [new Blackout("peak", First, First, "Peak.")] }, c => c with { Blackouts = [] }),
        (LeaveRule.Notice, c => c with { NoticeDays = 30 }, c => c with { NoticeDays = 0 }),
        (LeaveRule.Allowance, c => c with { Allowances = [new AllowanceUse("hub", First, AllowanceMeasure.Heads, 5, 5, 1)] },
            c => c with { Allowances = [] }),
        (LeaveRule.Coverage, c => c with { Coverage = [Cover(required: 5, before: 5, after: 4, minimum: 2)] },
            c => c with { Coverage = [Cover(required: 3, before: 2, after: 1, minimum: 2) with { Required = 1 }] }),
        (LeaveRule.MinimumPresence, c => c with { Coverage = [.. c.Coverage!.Append(Cover(required: 1, before: 2, after: 1, minimum: 2))] },
            c => c with { Coverage = [] }),
    ];

    private static GroupCover Cover(double required, double before, double after, double minimum) =>
        new("live", At, CoverBasis.Roster, required, before, after, minimum, before, after);
}
