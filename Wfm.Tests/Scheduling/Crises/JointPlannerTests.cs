using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using Wfm.Tests.Support;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Crises;

/// <summary>Two hubs on the Monday of the edit bench; the surge is told by the hour.</summary>
public sealed class JointPlannerTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Test]
    public void Plan_HubWithPeopleToSpare_TakesItWithoutAChange()
    {
        var spare = Hub("spare", ["A", "B"], [Shift("A", Monday, 9), Shift("B", Monday, 9)], heads: 1);
        var full = Hub("full", ["A"], [Shift("A", Monday, 9)], heads: 1);

        var plan = JointPlanner.Plan([full, spare], [Surge(14, 1, 1)], new JointPlanOptions(At(10), 1));

        plan.Hubs.Should().OnlyContain(h => h.Repair.Changes.Count == 0 && h.Lent.Count == 0);
        plan.Hubs.Select(h => h.Shares[0].Sum()).Should().Equal(0, 2);
        plan.Surges.Single().Should().BeEquivalentTo(new SurgeCover("chat", null, 2, 0, 0, [0, 0]));
    }

    [Test]
    public void Plan_SurgeOfOneHub_IsAskedOfNoOther()
    {
        var spare = Hub("spare", ["A", "B"], [Shift("A", Monday, 9), Shift("B", Monday, 9)], heads: 1);
        var full = Hub("full", ["A"], [Shift("A", Monday, 9)], heads: 1);

        var plan = JointPlanner.Plan([full, spare], [Surge(14, 1, 1) with { Hub = "full" }], new JointPlanOptions(At(10), 1));

        plan.Hubs.Select(h => h.Shares[0].Sum()).Should().Equal(0, 0);
        plan.Surges.Single().Should().BeEquivalentTo(new SurgeCover("chat", "full", 2, 2, 2, [1, 1]), "the one with people to spare may not");
        FluentActions.Invoking(() => JointPlanner.Plan([full, spare], [Surge(14, 1), Surge(14, 1) with { Hub = "full" }], new JointPlanOptions(At(10), 1)))
            .Should().Throw<SchedulingDataException>().WithMessage("*told for every hub and for one*");
        FluentActions.Invoking(() => JointPlanner.Plan([full], [Surge(14, 1) with { Hub = "none" }], new JointPlanOptions(At(10), 1)))
            .Should().Throw<SchedulingDataException>().WithMessage("*hub 'none' has no group 'chat'*");
    }

    [Test]
    public void Plan_NobodyToSpare_MovesPeopleOfTheHubThatCan()
    {
        // In one hub everybody is on leave; in the other B is off and may come.
        var away = new TimeOff(At(0), At(48));
        var empty = new SurgeHub("empty", Problem([Agent("A") with { TimeOff = [away] }], 0), []);
        var full = Hub("full", ["A", "B"], [Shift("A", Monday, 9)], heads: 1);

        var plan = JointPlanner.Plan([empty, full], [Surge(12, 1, 1, 1, 1)], new JointPlanOptions(At(8), 1));

        var change = plan.Hubs.SelectMany(h => h.Repair.Changes).Single();
        (change.AgentId, change.Kind, plan.PeopleChanged).Should().Be(("B", ShiftChangeKind.Added, 1));
        plan.Surges.Single().UnmetBefore.Should().Be(4);
        plan.UnmetHours.Should().BeLessThanOrEqualTo(0.75, "a meal and a break may fall into it");
    }

    [Test]
    public void Plan_SurgeThatNobodyCanDo_SaysWhatIsLeft()
    {
        var plan = JointPlanner.Plan([Hub("full", ["A"], [Shift("A", Monday, 9)], heads: 1)], [Surge(12, 3)], new JointPlanOptions(At(8), 1));

        plan.Surges.Single().Unmet.Should().Equal(3);
        plan.PeopleChanged.Should().Be(0);
    }

    [Test]
    public void Plan_OtherGroupsLendPeople_SaysWhatTheyMiss()
    {
        RosterAgent[] people = [Agent("A", null, "chat", "mail")];
        var problem = RosterProblems.Hub(people, [Full], [Demand("chat", 7, _ => 0), Demand("mail", 7, i => i is >= 18 and < 34 ? 1 : 0)]);
        var hub = new SurgeHub("hub", problem, [Shift("A", Monday, 9, "mail")]);

        var plan = JointPlanner.Plan([hub], [Surge(13.5, 1, 1, 1) with { Urgency = 10 }], new JointPlanOptions(At(8), 1));

        plan.UnmetHours.Should().Be(0);
        var lent = plan.Hubs.Single().Lent.Single();
        lent.Group.Should().Be("mail");
        (lent.MissingAfter - lent.MissingBefore).Should().BeGreaterThanOrEqualTo(3);
    }

    [Test]
    public void Plan_InputThatCannotBe_IsRefused()
    {
        var hub = Hub("full", ["A"], [], heads: 1);
        var options = new JointPlanOptions(At(8), 1);

        FluentActions.Invoking(() => JointPlanner.Plan([], [Surge(12, 1)], options))
            .Should().Throw<SchedulingDataException>().WithMessage("*at least one hub*");
        FluentActions.Invoking(() => JointPlanner.Plan([hub, hub], [Surge(12, 1)], options)).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => JointPlanner.Plan([hub], [new SharedSurge("klingon", At(1), Hour, [1])], options))
            .Should().Throw<SchedulingDataException>().WithMessage("*no hub has the group 'klingon'*");
        FluentActions.Invoking(() => Surge(12, double.NaN)).Should().Throw<SchedulingDataException>().WithMessage("*Heads[0] is NaN*");
        FluentActions.Invoking(() => Surge(12, 1) with { Urgency = 0.5 }).Should().Throw<SchedulingDataException>().WithMessage("*Urgency is 0.5*");
    }

    [Test]
    public void Plan_RandomHubsInTwoZones_IsLegalInEachAndTheSameOnTwoThreads([Range(1, 6)] int seed)
    {
        SurgeHub[] hubs = [RandomHub("dub", seed, "Europe/Dublin"), RandomHub("mnl", seed + 100, "Asia/Manila")];
        var from = hubs[0].Problem.Origin + Duration.FromDays(2) + Duration.FromHours(seed);
        var random = new Random(seed);
        SharedSurge[] surges =
        [
            new("severe", from, Hour, [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble() * 2)]) { Urgency = 4 },
            new("chat", from + Duration.FromMinutes(30), Hour, [.. Enumerable.Range(0, 24).Select(_ => random.NextDouble() * 2)]),
        ];

        var plan = JointPlanner.Plan(hubs, surges, new JointPlanOptions(from, seed, 5_000));

        foreach (var (hub, made) in hubs.Zip(plan.Hubs))
        {
            // Days that are pinned may be illegal together; then the person's others cannot be judged.
            var known = Broken(hub.Problem, hub.Published);
            Broken(hub.Problem, made.Repair.Roster.Shifts).Except(known).Should().BeEmpty("{0}", hub.Code);
            made.Repair.Changes.Should().NotContain(c => c.From != null && c.From.Start < from).And.NotContain(c => c.To != null && c.To.Start < from);
        }

        foreach (var (surge, cover, s) in surges.Zip(plan.Surges, Enumerable.Range(0, surges.Length)))
        {
            cover.UnmetHours.Should().BeInRange(0, cover.Hours);
            var done = plan.Hubs.Sum(h => h.Shares[s].Sum());
            (done + cover.Unmet.Sum()).Should().BeApproximately(surge.Heads.Sum(), 1e-6, "what is not done by a hub is not done");
        }

        var again = JointPlanner.Plan(hubs, surges, new JointPlanOptions(from, seed, 5_000) { Threads = 2 });
        again.Hubs.SelectMany(h => h.Repair.Roster.Shifts.Select(s => (h.Code, s.AgentId, s.Start, s.End)))
            .Should().Equal(plan.Hubs.SelectMany(h => h.Repair.Roster.Shifts.Select(s => (h.Code, s.AgentId, s.Start, s.End))));

        var once = JointPlanner.Plan(hubs, surges, new JointPlanOptions(from, seed, 5_000) { Rounds = 1 });
        plan.UnmetHours.Should().BeLessThanOrEqualTo(once.UnmetHours + 1e-9);
    }

    private static HashSet<string?> Broken(RosterProblem problem, IReadOnlyList<RosterShift> shifts) =>
        [.. RosterAuditor.Audit(AuditedProblem.Of(problem, shifts)).Select(f => f.Agent)];

    private static SurgeHub RandomHub(string code, int seed, string zone)
    {
        var problem = RosterProblems.Random(seed, zone: zone);
        return new SurgeHub(code, problem, new RosterSolver().Solve(problem, new SolveLimits(seed, 5_000)).Shifts);
    }

    private static SurgeHub Hub(string code, string[] people, RosterShift[] published, double heads) =>
        new(code, Problem([.. people.Select(p => Agent(p))], heads), published);

    // Its own demand from 09:00 to 17:00 of Monday.
    private static RosterProblem Problem(RosterAgent[] people, double heads) =>
        RosterProblems.Hub(people, [Full], [Demand("chat", 7, i => i is >= 18 and < 34 ? heads : 0)]);

    private static SharedSurge Surge(double hour, params double[] heads) => new("chat", At(hour), Hour, heads);
}
