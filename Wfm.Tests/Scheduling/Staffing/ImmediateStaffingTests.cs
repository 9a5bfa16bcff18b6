using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ImmediateStaffingTests
{
    private static readonly Duration HalfHour = Duration.FromMinutes(30);
    private static readonly ImmediateGoal EightyInTwenty = new(0.8, Duration.FromSeconds(20));

    [Test] // the 10 E example: 14 agents for 80/20; 14 ÷ (1 − 0.3) is exactly 20 heads
    public void Require_WorkedExample_ExplainsEveryStep()
    {
        var goal = new ImmediateGoal(0.8, Duration.FromSeconds(20), MaximumOccupancy: 0.65);

        var requirement = ImmediateStaffing.Require([100], [180], HalfHour, goal, [0.3], [true], minimumHeads: 17);

        var waterfall = requirement.Waterfall;
        waterfall.Workload[0].Should().BeApproximately(10, 1e-12);
        waterfall.QueueingMargin[0].Should().BeApproximately(4, 1e-12);
        waterfall.OccupancyMargin[0].Should().Be(2); // 10 ÷ 0.65 = 15.4
        waterfall.MinimumMargin[0].Should().Be(1);
        waterfall.ShrinkageMargin[0].Should().BeApproximately(17 / 0.7 - 17, 1e-12);
        waterfall.Agents()[0].Should().BeApproximately(17, 1e-12);
        requirement.Agents[0].Should().Be(17);
        requirement.Heads[0].Should().Be(25);
    }

    [Test]
    public void Require_ShrinkageThatDividesEvenly_AddsNoHeadForTheLastBit() =>
        ImmediateStaffing.Require([100], [180], HalfHour, EightyInTwenty, [0.3], [true]).Heads[0].Should().Be(20);

    [Test]
    public void Require_NoVolumeOrClosed_IsMinimumOrNobody() =>
        ImmediateStaffing.Require([0, 0, 100], [180, 180, 180], HalfHour, EightyInTwenty, [0.5, 0, 0], [true, false, false], minimumHeads: 2).Heads.Should()
            .Equal(4, 0, 0);

    [Test] // two slots, 20 % slower: 12 E of slots; 17 slots meet 80/20 at 216 s, so 9 agents
    public void Require_ChatConcurrency_StaffsSlots()
    {
        var slots = ErlangC.RequiredAgents(12, 216, EightyInTwenty);

        var requirement = ImmediateStaffing.Require([100], [180], HalfHour, EightyInTwenty, [0], [true], concurrency: new ChatConcurrency(2, 0.2));

        requirement.Waterfall.Workload[0].Should().BeApproximately(6, 1e-12);
        requirement.Heads[0].Should().Be((slots + 1) / 2);
    }

    [Test]
    public void Require_ConcurrencyOfOne_IsVoice() =>
        ImmediateStaffing.Require([100], [180], HalfHour, EightyInTwenty, [0], [true], concurrency: new ChatConcurrency(1, 0.5)).Heads.Should()
            .Equal(ImmediateStaffing.Require([100], [180], HalfHour, EightyInTwenty, [0], [true]).Heads);

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Require_AnyWork_WaterfallAddsUpAndMarginsAreSigned() => Prop.ForAll(Works(), work =>
    {
        var requirement = ImmediateStaffing.Require([work.Volume], [work.Aht], HalfHour, work.Goal, [work.Shrinkage], [true], work.Minimum, work.Chat);
        var w = requirement.Waterfall;
        var sum = w.Workload[0] + w.QueueingMargin[0] + w.OccupancyMargin[0] + w.MinimumMargin[0];
        return Math.Abs(sum - requirement.Agents[0]) < 1e-9
            && Math.Abs(sum + w.ShrinkageMargin[0] - requirement.Scheduled[0]) < 1e-9
            && Math.Abs(requirement.Scheduled[0] + w.Rounding[0] - requirement.Heads[0]) < 1e-9
            && w.OccupancyMargin[0] >= 0 && w.MinimumMargin[0] >= 0 && w.ShrinkageMargin[0] >= 0 && w.Rounding[0] is > -1e-9 and < 1
            && Math.Abs(w.DeferralMargin[0]) < 1e-9 && (work.Goal.MeanPatience is not null || w.QueueingMargin[0] >= 0);
    });

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Require_MoreVolume_NeverFewerHeads() => Prop.ForAll(Works(), work =>
        Heads(work, work.Volume) <= Heads(work, work.Volume * 1.01 + 0.01));

    [Test]
    public void Require_BadInput_NamesArrayIndexAndValue()
    {
        Refused<ArgumentOutOfRangeException>(() => Require(volume: [1, -2]), "volume[1]", "-2");
        Refused<ArgumentOutOfRangeException>(() => Require(volume: [double.NaN, 1]), "volume[0]", "NaN");
        Refused<ArgumentOutOfRangeException>(() => Require(volume: [1, double.PositiveInfinity]), "volume[1]", "Infinity");
        Refused<ArgumentOutOfRangeException>(() => Require(aht: [180, 0]), "ahtSeconds[1]", "0");
        Refused<ArgumentOutOfRangeException>(() => Require(shrinkage: [0, 1]), "shrinkage[1]", "1");
        Refused<ArgumentException>(() => Require(volume: []), "volume", "empty");
        Refused<ArgumentException>(() => Require(aht: [180]), "ahtSeconds", "1 intervals");
        Refused<ArgumentException>(() => Require(open: [true]), "open", "1 intervals");
        Refused<ArgumentOutOfRangeException>(() => Require(interval: Duration.Zero), "interval", "more than zero");
        Refused<ArgumentOutOfRangeException>(() => Require(minimum: -1), "minimumHeads", "-1");
        Refused<ArgumentOutOfRangeException>(() => Require(volume: [1, 1e9]), "volume[1]", "erlangs");
    }

    private static StaffingRequirement Require(
        double[]? volume = null, double[]? aht = null, Duration? interval = null, double[]? shrinkage = null, bool[]? open = null, int minimum = 0) =>
        ImmediateStaffing.Require(
            volume ?? [1, 1], aht ?? [180, 180], interval ?? HalfHour, EightyInTwenty, shrinkage ?? [0, 0], open ?? [true, true], minimum);

    private static void Refused<T>(Func<object> call, string name, string says)
        where T : ArgumentException => call.Should().Throw<T>().WithMessage($"*{says}*").WithParameterName(name);

    private static int Heads(Work work, double volume) =>
        ImmediateStaffing.Require([volume], [work.Aht], HalfHour, work.Goal, [work.Shrinkage], [true], work.Minimum, work.Chat).Heads[0];

    private static Arbitrary<Work> Works() => (
        from volume in Gen.Choose(0, 3_000)
        from aht in Gen.Choose(10, 900)
        from shrinkage in Gen.Choose(0, 60)
        from minimum in Gen.Choose(0, 5)
        from slots in Gen.Choose(1, 4)
        from kind in Gen.Choose(0, 3)
        select new Work(volume / 3.0, aht, shrinkage / 100.0, minimum, new ChatConcurrency(slots, 0.15), Goal(kind))).ToArbitrary();

    private static ImmediateGoal Goal(int kind) => kind switch
    {
        0 => EightyInTwenty,
        1 => new ImmediateGoal(null, null, MaximumAsa: Duration.FromSeconds(30), MaximumOccupancy: 0.8),
        2 => new ImmediateGoal(0.9, Duration.FromSeconds(60), MaximumAbandonment: 0.03, MaximumOccupancy: 0.9, MeanPatience: Duration.FromMinutes(3)),
        _ => new ImmediateGoal(null, null, MaximumOccupancy: 0.85, MeanPatience: Duration.FromMinutes(3)),
    };

    private sealed record Work(double Volume, double Aht, double Shrinkage, int Minimum, ChatConcurrency Chat, ImmediateGoal Goal);
}
