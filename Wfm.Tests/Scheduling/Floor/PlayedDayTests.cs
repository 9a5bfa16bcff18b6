using NodaTime;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;
using AgentSkill = Wfm.Scheduling.Problem.AgentSkill;

namespace Wfm.Tests.Scheduling.Floor;

public sealed class PlayedDayTests
{
    private const int Steps = 16; // half-hours, of a day of eight hours
    private static readonly Duration Interval = Duration.FromMinutes(30);

    private static Duration Minutes(double minutes) => Duration.FromMinutes(minutes);

    private static double[] Flat(double value) => [.. Enumerable.Repeat(value, Steps)];

    private static RosteredPerson Person(string name, double from = 0, double to = 480) =>
        new(name, [new AgentSkill("group", 1)], [new WorkingPeriod(Minutes(from), Minutes(to))]);

    private static FloorWork Work(SimulatedQueue queue, CountedService? counted = null, double knownAt = 0) =>
        new([new FloorQueue(queue, "group", Minutes(knownAt), counted ?? CountedService.Nothing)], Interval, Minutes(knownAt), 0, 0);

    private static SimulatedQueue Tickets(double[][] paths, double turnaround, params OpenContacts[] open) =>
        new("tickets", paths, Flat(600), new DeferrableGoal(Minutes(turnaround), 0.9)) { Arrivals = ArrivalPattern.Counted, OpeningBacklog = open };

    private static SimulatedQueue Calls(double[][] paths) =>
        new("calls", paths, Flat(240), new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Minutes(3))) { Arrivals = ArrivalPattern.Counted };

    [Test]
    public void Of_ThreeTicketsAndOnePerson_TellsWhenEachWasDone()
    {
        // 50, 30 and 10 minutes old, ten minutes each: done after 10, 20 and 30. Due 55 minutes after they came: after 5, 25 and 45. The first is 5 late.
        var queue = Tickets([Flat(0)], 55, new(1, Minutes(10), Minutes(10)), new(1, Minutes(30), Minutes(30)), new(1, Minutes(50), Minutes(50)))
            with
        { HandleTime = HandleTime.Constant };

        var day = PlayedDay.Of(Work(queue), [Person("a")], 1);

        day.Contacts.Select(c => (c.Arrival, c.Limit, c.Start, c.Done)).Should().Equal(
            (-3000, 300, 0, 600), (-1800, 1500, 600, 1200), (-600, 2700, 1200, 1800));
        day.Queues[0].MinutesLate.Should().BeApproximately(5, 1e-9);
        day.Queues[0].Share.Should().BeApproximately(2 / 3.0, 1e-12);
        day.Presences.Should().Equal(new PlayedPresence(0, 0, 8 * 3600));
        day.Contacts.Count(c => c.IsOpen(900, givesUp: false)).Should().Be(2, "a quarter of an hour in, one is done");
    }

    [Test]
    public void Of_NobodyThere_LosesCallsAndLeavesTickets()
    {
        var calls = PlayedDay.Of(Work(Calls([Flat(2)])), [], 1);
        var tickets = PlayedDay.Of(Work(Tickets([Flat(2)], 60)), [], 1);

        calls.Contacts.Should().HaveCount(32).And.OnlyContain(c => double.IsInfinity(c.Start) && c.Person == -1);
        (calls.Queues[0].Abandoned + calls.Queues[0].Left).Should().Be(32);
        calls.Contacts.Should().OnlyContain(c => !c.IsOpen(c.Limit, true));
        tickets.Queues[0].Left.Should().Be(32);
        tickets.Queues[0].Share.Should().Be(0);
    }

    [Test]
    public void Of_SomebodyComesLater_ChangesNothingBefore()
    {
        var work = Work(Calls([[.. Enumerable.Range(0, Steps).Select(i => 6.0 + (i % 5))]]));
        List<RosteredPerson> people = [Person("a"), Person("c", 0, 420)];

        var (one, other) = (PlayedDay.Of(work, people, 7), PlayedDay.Of(work, [people[0], Person("b", 240, 480), people[1]], 7));

        const double Noon = 240 * 60;
        one.Contacts.Select(c => (c.Arrival, c.Limit)).Should().Equal(other.Contacts.Select(c => (c.Arrival, c.Limit)));
        one.Contacts.Where(c => c.Start < Noon).Select(c => (c.Arrival, c.Start, c.End))
            .Should().Equal(other.Contacts.Where(c => c.Start < Noon).Select(c => (c.Arrival, c.Start, c.End)));
        other.Queues[0].MinutesLate.Should().BeLessThan(one.Queues[0].MinutesLate);
    }

    /// <summary>Of days that are as the projection takes them to be, four in five end within its band of 80 %, whatever hour it is asked at.</summary>
    [TestCase(true, 0)]
    [TestCase(true, 240)]
    [TestCase(false, 0)]
    [TestCase(false, 240)]
    public void Projection_DaysAsItTakesThemToBe_EndInItsBands(bool isImmediate, int minutes)
    {
        const int Days = 200;
        var people = isImmediate ? new[] { "a", "b", "c", "d" } : ["a", "b", "c"];
        var inside = Enumerable.Range(0, Days).Sum(d =>
        {
            var day = PlayedDay.Of(Work(Queue(Path(d), isImmediate)), [.. people.Select(n => Person(n))], 1000 + d);
            var band = Projection.Of(Rest(day, isImmediate, minutes, d), [.. people.Select(n => Person(n, -minutes, 480 - minutes))], Rule).Queues[0];
            var (low, high, share) = (band.ServiceLow!.Value, band.ServiceHigh!.Value, day.Queues[0].Share!.Value);
            // a share on the edge of a band counts by half: the band's ends are replications' own shares
            return share < low || share > high ? 0 : low < high && (share == low || share == high) ? 0.5 : 1;
        });

        // 200 days: two standard deviations of the count are 5.7 points; bands from a hundred replications hold 78.
        (inside / Days).Should().BeInRange(0.72, 0.88);
    }

    private static readonly ProjectionRule Rule = new(3) { Fewest = 100, Most = 100 };

    /// <summary>A day's level moves all its contacts; given it they are a Poisson's, near enough.</summary>
    private static double[] Path(int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        var level = Math.Exp(0.1 * Normal());
        return [.. Enumerable.Range(0, Steps).Select(_ => Math.Max(0, Math.Round((20 * level) + (Math.Sqrt(20 * level) * Normal()))))];
    }

    private static SimulatedQueue Queue(double[] path, bool isImmediate) => Queue([path], isImmediate, []);

    private static SimulatedQueue Queue(double[][] paths, bool isImmediate, IReadOnlyList<OpenContacts> open) => isImmediate
        ? new("calls", paths, [.. paths[0].Select(_ => 240.0)], new ImmediateGoal(0.8, Duration.FromSeconds(30), MeanPatience: Minutes(3)))
        {
            Arrivals = ArrivalPattern.Counted,
        }
        : new("tickets", paths, [.. paths[0].Select(_ => 270.0)], new DeferrableGoal(Minutes(30), 0.9))
        {
            Arrivals = ArrivalPattern.Counted,
            OpeningBacklog = open,
        };

    /// <summary>What is known of a day at a moment, and what may come: the same law, with the level as it shows in what came.</summary>
    private static FloorWork Rest(PlayedDay day, bool isImmediate, int minutes, int seed)
    {
        var (now, known) = (minutes * 60.0, minutes / 30);
        var came = day.Contacts.Count(c => c.Arrival < now);
        // Level l = exp(0.1 z), 20 l contacts an interval: of n intervals the log of their mean has variance 1 ÷ (20 n) about it (conjugate normal).
        var (weight, told) = known == 0 ? (0, 0) : (0.01 / (0.01 + (1 / (20.0 * known))), Math.Log(came / (20.0 * known)));
        var (mean, deviation) = (weight * told, Math.Sqrt(0.01 * (1 - weight)));
        var random = new Random(77_000 + seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] paths =
        [
            .. Enumerable.Range(0, 100).Select(_ => Math.Exp(mean + (deviation * Normal()))).Select(level => Enumerable.Range(0, Steps - known)
                .Select(_ => Math.Max(0, Math.Round((20 * level) + (Math.Sqrt(20 * level) * Normal())))).ToArray()),
        ];
        var open = day.Contacts.Where(c => c.IsOpen(now, isImmediate)).Select(c => new OpenContacts(1, Seconds(now - c.Arrival), Seconds(now - c.Arrival)));
        var over = day.Contacts.Where(c => isImmediate ? c.Arrival < now : c.Done < now).ToList();
        var counted = isImmediate
            ? new CountedService(over.Count, over.Count(c => c.Start - c.Arrival <= 30), over.Count(c => c.Start < now))
            : new CountedService(over.Count, over.Count(c => c.Done <= c.Limit), over.Count);
        return Work(Queue(paths, isImmediate, isImmediate ? [] : [.. open]), counted);
    }

    private static Duration Seconds(double seconds) => Duration.FromSeconds(Math.Max(0, seconds));
}
