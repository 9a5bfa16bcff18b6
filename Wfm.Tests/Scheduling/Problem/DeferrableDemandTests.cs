using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Problem;

public sealed class DeferrableDemandTests
{
    private static readonly double[] Rising = [1, 2, 3];

    private static IEnumerable<TestCaseData> BadClasses()
    {
        yield return Bad(() => new DeadlineDemand("", Rising, Rising), "*Name is empty*");
        yield return Bad(() => new DeadlineDemand("a", null!, Rising), "*'a'*DueHours is missing*");
        yield return Bad(() => new DeadlineDemand("a", Rising, null!), "*'a'*ArrivedHours is missing*");
        yield return Bad(() => new DeadlineDemand("a", [1, double.NaN, 3], Rising), "*'a'*DueHours[1] is NaN*");
        yield return Bad(() => new DeadlineDemand("a", [-1, 0, 1], Rising), "*'a'*DueHours[0] is -1*");
        yield return Bad(() => new DeadlineDemand("a", [0, 0, 0], [1, 3, 2]), "*'a'*ArrivedHours[2] is 2*less than 3*never falls*");
        yield return Bad(() => new DeadlineDemand("a", [1, 2.5, 3], Rising), "*'a'*DueHours[1] is 2.5, more than the 2 hours*");
        yield return Bad(() => new DeadlineDemand("a", [1, 2], Rising), "*'a'*DueHours has 2 values, ArrivedHours 3*");
        yield return Bad(() => new DeadlineDemand("a", Rising, Rising, Priority: 0), "*'a'*Priority is 0*");
        yield return Bad(() => new DeadlineDemand("a", Rising, Rising) { LateCost = -1 }, "*'a'*LateCost is -1*");
        yield return Bad(() => new DeadlineDemand("a", Rising, Rising) { UndoneCost = double.PositiveInfinity }, "*'a'*UndoneCost*");
        yield return Bad(() => new DeadlineDemand("a", Rising, Rising) { GiveUpAfter = Duration.FromDays(40) }, "*'a'*GiveUpAfter*");
        yield return Bad(() => new DeferrableDemand([], [1, 1, 1]), "*Classes is empty*");
        yield return Bad(() => new DeferrableDemand([Good("a"), Good("a")], [1, 1, 1]), "*'a' twice*");
        yield return Bad(() => new DeferrableDemand([Good("a")], null!), "*Productive is missing*");
        yield return Bad(() => new DeferrableDemand([Good("a")], [1, 1.5, 1]), "*Productive[1] is 1.5*");
        yield return Bad(() => new DeferrableDemand([Good("a")], [1, 1, double.NaN]), "*Productive[2] is NaN*");
        yield return Bad(() => new DemandLine("chat", [1, 2, 3]) { BusyHeads = [1, 2.5, 3] }, "*'chat'*BusyHeads[1] is 2.5, above Heads[1], which is 2*");
        yield return Bad(() => new DemandLine("chat", [1, 2, 3]) { MaximumHeads = [1, -1, 3] }, "*'chat'*MaximumHeads[1] is -1*");
    }

    [TestCaseSource(nameof(BadClasses))]
    public void Construct_BadValue_NamesIt(Func<object> make, string message) => make.Should().Throw<SchedulingDataException>().WithMessage(message);

    [Test]
    public void Problem_BandOfAnotherLength_NamesGroupAndField()
    {
        Making([Pure("mail", 47)]).Should().Throw<SchedulingDataException>().WithMessage("demand line 'mail'*47 values, the period has 48 intervals*");
        Making([Pure("mail", 48) with { Band = new DeferrableDemand([Flat("work", 47)], Ones(48)) }])
            .Should().Throw<SchedulingDataException>().WithMessage("demand line 'mail', deadline class 'work': DueHours has 47 values*");
    }

    [Test]
    public void Problem_ServedByAnUnknownGroup_NamesIt() =>
        Making([Pure("mail", 48, "chat")]).Should().Throw<SchedulingDataException>().WithMessage("*'mail'*'chat'*no demand line*");

    [Test]
    public void Problem_GroupThatServesTwoBands_NamesBoth() => Making([Idle("chat"), Pure("mail", 48, "chat"), Pure("post", 48, "chat")])
        .Should().Throw<SchedulingDataException>().WithMessage("*'post'*'chat' serves the band of 'mail' already*");

    [Test]
    public void Problem_BandServedByItself_IsRefused() =>
        Making([Pure("mail", 48, "mail")]).Should().Throw<SchedulingDataException>().WithMessage("*'mail'*given away once*");

    [Test]
    public void Problem_BandOfCountedShifts_IsRefused() =>
        Making([Idle("chat") with { Measure = DemandMeasure.ShiftsStarting }, Pure("mail", 48, "chat")]).Should().Throw<SchedulingDataException>()
            .WithMessage("*'chat' counts shifts*");

    private static Func<object> Making(DemandLine[] demand) => () => RosterProblems.Hub([], [], demand, 1);

    private static DemandLine Idle(string group) => new(group, new double[48]);

    private static DemandLine Pure(string group, int intervals, params string[] served) =>
        new(group, new double[48]) { Band = new DeferrableDemand([Flat("work", intervals)], Ones(intervals)) { AlsoServedBy = served } };

    private static DeadlineDemand Flat(string name, int intervals) => new(name, new double[intervals], Ones(intervals));

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static DeadlineDemand Good(string name) => new(name, Rising, Rising);

    private static TestCaseData Bad(Func<object> make, string message) => new(make, message);
}
