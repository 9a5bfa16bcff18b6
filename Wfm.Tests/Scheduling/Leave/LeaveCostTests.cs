using NodaTime;
using Wfm.Scheduling.Leave;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Leave;

public sealed class LeaveCostTests
{
    private static readonly LocalDate Monday = new(2027, 3, 1);

    [TestCase(40, 40, 5, 0, 480)] // Monday
    [TestCase(40, 40, 5, 5, 0)] // Saturday
    [TestCase(38, 40, 5, 0, 456)] // the hours that are promised
    [TestCase(0, 40, 5, 0, 480)] // where none are: the most
    [TestCase(40, 40, 4, 3, 600)] // four days of ten hours, Monday to Thursday
    [TestCase(40, 40, 4, 4, 0)]
    public void UsualMinutes_Contract_SpreadsItsWeekOverTheUsualDays(int minimum, int maximum, int days, int day, int minutes) =>
        LeaveCost.UsualMinutes(Person(Contract(minimum, maximum, days)), Monday.PlusDays(day), []).Should().Be(minutes);

    [Test]
    public void UsualMinutes_DaysAgreed_AreThose()
    {
        var weekend = Contract(16, 16, 2) with { WorkingDays = DaysOfWeek.Saturday | DaysOfWeek.Sunday };

        LeaveCost.UsualMinutes(Person(weekend), Monday.PlusDays(6), []).Should().Be(480);
        LeaveCost.UsualMinutes(Person(weekend), Monday, []).Should().Be(0);
    }

    [Test]
    public void UsualMinutes_OutsideTheEmployment_IsNothing() => LeaveCost
        .UsualMinutes(Person(Contract(40, 40, 5)) with { EmployedFrom = Monday.PlusDays(1) }, Monday, []).Should().Be(0);

    [TestCase(480, 3, false, 180)]
    [TestCase(480, 12, false, 480)] // at most the day
    [TestCase(480, 24, true, 480)]
    [TestCase(0, 24, true, 0)]
    public void OfUsualDay_Part_CostsItsLength(int usual, int hours, bool isWhole, int minutes) =>
        LeaveCost.OfUsualDay(usual, Duration.FromHours(hours), isWhole).Should().Be(minutes);

    [TestCase(450, 8, 8, false, 450)]
    [TestCase(450, 8, 4, false, 225)] // half the shift, half its paid time
    [TestCase(450, 8, 2, true, 450)] // the whole day on which a night begins
    public void OfShift_Part_CostsItsShareOfPaidTime(int paid, int hours, int taken, bool isWhole, int minutes) =>
        LeaveCost.OfShift(paid, Duration.FromHours(hours), Duration.FromHours(taken), isWhole).Should().Be(minutes);

    private static Contract Contract(int minimum, int maximum, int days) => new("c", Duration.FromHours(minimum), Duration.FromHours(maximum), days, null);

    private static RosterAgent Person(Contract contract) => new("A", contract, [], [], [], []);
}
