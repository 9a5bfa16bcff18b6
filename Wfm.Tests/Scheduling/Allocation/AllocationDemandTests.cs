using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Groups;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Allocation;

public sealed class AllocationDemandTests
{
    private const double Price = 100;
    private static readonly AllocationSpan Span = MadeAllocations.Span(2);
    private static readonly HashSet<string> Chat = ["chat"];

    // Half-hours of 2 and 4 heads are 3 in the hour, at two hubs 6.
    [Test]
    public void Lines_GlobalQueue_AddsUpOverHubs()
    {
        var lines = AllocationDemand.Lines(Span, [At("dub", Live(2, 4, 1, 1)), At("aus", Live(2, 4, 1, 1))], Chat, Price);

        var line = lines.Should().ContainSingle().Subject;
        line.Should().BeEquivalentTo(new { Name = "live", Group = "live", Hub = (string?)null, BreachPrice = Price });
        line.Heads.Should().Equal(6, 2);
        line.MayWait.Should().BeNull();
    }

    [Test]
    public void Lines_HubBoundQueue_StaysALineOfItsHub()
    {
        var lines = AllocationDemand.Lines(Span, [At("dub", Live(2, 4, 1, 1)), At("aus", Live(1, 1, 1, 1))], new HashSet<string>(), Price);

        lines.Select(l => (l.Name, l.Hub, l.Heads[0])).Should().Equal(("live at aus", "aus", 1), ("live at dub", "dub", 3));
    }

    // One hour of work comes in each half-hour, due an hour later; four tenths of a head's hour are lost, so that an hour of work takes 1 ÷ 0.6 heads. Of the
    // two hours come by the end of the first interval the first is done by then, since it is due.
    [Test]
    public void Lines_DeferrableQueue_MayWaitForItsDeadline()
    {
        var steps = new Waterfall(4) with { ShrinkageMargin = [0.4, 0.4, 0.4, 0.4] };
        var curve = new RequirementCurve(0.8, steps, [1, 1, 1, 1], [0, 1, 2, 3], [1, 2, 3, 4], null);
        var queue = new QueueRequirement("mail", "policy", MadeAllocations.Start, Duration.FromMinutes(30), curve) { Turnaround = Duration.FromHours(1) };

        var line = AllocationDemand.Lines(Span, [At("dub", queue)], new HashSet<string> { "mail" }, Price).Should().ContainSingle().Subject;

        line.Name.Should().Be("policy: mail");
        line.Heads[0].Should().BeApproximately(2 / 0.6, 1e-9);
        line.MayWait![0].Should().BeApproximately(1 / 0.6, 1e-9);
    }

    [Test]
    public void Lines_MinimumHeads_ArePresence()
    {
        var line = AllocationDemand.Lines(Span, [At("dub", Live(2, 2, 2, 2) with { MinimumHeads = 2 })], Chat, Price).Single();

        line.Presence.Should().Equal(2, 2);
    }

    [Test]
    public void Lines_FlagsThatFitNoInterval_SayWhere() => FluentActions
        .Invoking(() => AllocationDemand.Lines(Span, [new HubRequirements("dub", [Live(1, 1, 1, 1)], new bool[3])], Chat, Price)).Should()
        .Throw<SchedulingDataException>().WithMessage("allocation: hub 'dub' has 3 flags of opening for 2 intervals*");

    private static QueueRequirement Live(params double[] heads) => new(
        "chat", "live", MadeAllocations.Start, Duration.FromMinutes(30), new RequirementCurve(0.8, new Waterfall(heads.Length), heads, null, null, null));

    private static HubRequirements At(string hub, QueueRequirement queue) => new(hub, [queue], [true, true, true, true]);
}
