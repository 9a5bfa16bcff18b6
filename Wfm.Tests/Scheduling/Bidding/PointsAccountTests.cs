using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Bidding;

namespace Wfm.Tests.Scheduling.Bidding;

public sealed class PointsAccountTests
{
    private static readonly LocalDate January = new(2026, 1, 15);

    // b(m + 1) = min(b(m), cap) + budget, by hand: 100, 200, 300 → capped at 200 before the next 100.
    [TestCase(0, 100)]
    [TestCase(1, 200)]
    [TestCase(2, 300)]
    [TestCase(3, 300)]
    [TestCase(40, 300)]
    public void In_SomeMonthsOn_CarriesOverUpToTheCap(int months, int balance) =>
        PointsAccount.Opened(January, 100).In(January.PlusMonths(months), 100, 200).Balance.Should().Be(balance);

    [Test]
    public void In_AnyMonths_IsWhatMonthAfterMonthGives([Values(0, 7, 90, 350)] int start, [Values(0, 30, 100)] int budget, [Values(0, 45, 200)] int cap)
    {
        var step = new PointsAccount(start, January);
        for (var month = 1; month < 15; month++)
        {
            step = step.In(January.PlusMonths(month), budget, cap);
            new PointsAccount(start, January).In(January.PlusMonths(month), budget, cap).Should().Be(step);
        }
    }

    [Test]
    public void Pay_MoreThanThereIs_IsRefused()
    {
        var account = PointsAccount.Opened(January, 100);

        account.Pay(30).Balance.Should().Be(70);
        account.In(January.PlusMonths(-2), 100, 200).Should().Be(account, "nothing is taken back");
        FluentActions.Invoking(() => account.Pay(101)).Should().Throw<SchedulingDataException>().WithMessage("*101*100*");
    }
}
