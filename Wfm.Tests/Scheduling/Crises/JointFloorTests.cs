using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Crises;

/// <summary>Two hubs from 09:00 to 12:00: one has a report an hour's quarter and nobody, the other has somebody and no work.</summary>
public sealed class JointFloorTests
{
    private const int Intervals = 12;
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    [Test]
    public void Project_SharedGroup_IsWorkedWhereThePeopleAre()
    {
        var floor = Floor("mail");

        var queue = floor.Project([[], [Shift("B", Monday, 9, "mail")]]).Queues[0];

        // Twelve reports of five minutes, due within the hour; at 12:00 the last may be in hand.
        queue.Clock.Should().BeNull();
        queue.Late.Mean.Should().Be(0);
        queue.Left.Mean.Should().BeLessThanOrEqualTo(1);
    }

    [Test]
    public void Project_GroupThatIsNotShared_StaysAtItsHub()
    {
        var floor = Floor();

        var queue = floor.Project([[], [Shift("B", Monday, 9, "mail")]]).Queues[0];

        queue.Clock!.Probability.Should().Be(1);
        queue.Clock.Earliest.Should().BeGreaterThan(Duration.FromHours(1)).And.BeLessThan(
            Duration.FromMinutes(75), "the first report is due an hour after it came");
        queue.Left.Mean.Should().Be(12);
    }

    [Test]
    public void Project_OtherRosters_MeetTheSameContacts()
    {
        var floor = Floor("mail");
        var before = floor.Project([[], []]);

        var after = floor.Project(before, [[Shift("A", Monday, 9, "mail")], []]);

        before.Queues[0].Clock!.Probability.Should().Be(1);
        after.Queues[0].Clock.Should().BeNull();
        floor.Project(after, [[], []]).Queues[0].Clock.Should().Be(before.Queues[0].Clock);
    }

    [Test]
    public void Floor_ThatCannotBe_IsRefused()
    {
        FluentActions.Invoking(() => new JointFloor([Hub("a", 1), Hub("a", 1)], new HashSet<string>(), At(9), Quarter, At(9), new ProjectionRule(1)))
            .Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => Floor().Project([[]])).Should().Throw<ArgumentException>()
            .WithMessage("There are rosters of 1 hubs, 2 hubs are simulated.*");
    }

    private static JointFloor Floor(params string[] shared) => new(
        [Hub("a", 1), Hub("b", 0)], shared.ToHashSet(), At(9), Quarter, At(9), new ProjectionRule(1));

    private static HubFloor Hub(string code, double contacts) => new(
        code,
        [
            new FloorQueue(
                new SimulatedQueue(
                    $"{code}/mail", [[.. Enumerable.Repeat(contacts, Intervals)]], [.. Enumerable.Repeat(300.0, Intervals)],
                    new DeferrableGoal(Duration.FromHours(1), 1))
                {
                    Arrivals = ArrivalPattern.Counted,
                },
                "mail", Duration.Zero, CountedService.Nothing),
        ],
        new Dictionary<string, IReadOnlyList<Wfm.Scheduling.Problem.AgentSkill>>
        {
            [code.ToUpperInvariant()] = [new Wfm.Scheduling.Problem.AgentSkill("mail", 1)],
        },
        0, 0);
}
