using Wfm.Scheduling.Capacity;

namespace Wfm.Tests.Scheduling.Capacity;

public sealed class HireByTests
{
    private const int Paths = 60;
    private const int Seed = 4;

    [Test] // 2 weeks of training: 10 more are needed from week 6, so the class starts in week 4 and is decided in week 1
    public void Find_StepInTheRequirement_HiresAtTheLastMoment()
    {
        var requirement = CapacityRequirement.OfFte([[50, 50, 50, 50, 50, 50, 60, 60, 60]]);
        var scenario = new CapacityScenario("base", requirement, [Cohort.Starting("all", 50, 60)], AttritionCurve.None, LearningCurve.None, TrainingWeeks: 2);

        var plan = HireBy.Find(scenario, new HireByGoal(0.9, ClassSize: 7, LeadWeeks: 3), Seed, Paths);

        plan.Classes.Select(c => (c.StartWeek, c.Heads)).Should().Equal((3, 3), (4, 7)); // no class holds 10
        plan.DecideByWeek.Should().Equal(0, 1);
        plan.UncoveredWeeks.Should().BeEmpty();
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    [TestCase(6)]
    public void Find_SmallInstance_TakesTheFewestPeople(int instance)
    {
        var random = new Random(instance);
        double[] required = [4, 4, 4 + random.Next(2), 4 + random.Next(3), 5 + random.Next(2), 5 + random.Next(3)];
        var scenario = new CapacityScenario(
            "small",
            CapacityRequirement.OfFte([required, [.. required.Select(r => r - 1)]]),
            [Cohort.Starting("all", 5, 60)], new AttritionCurve([0.06, 0.02]), LearningCurve.None, TrainingWeeks: 1);
        var goal = new HireByGoal(0.8, ClassSize: 3, LeadWeeks: 0);

        var plan = HireBy.Find(scenario, goal, Seed, Paths);

        var covered = Enumerable.Range(0, 6).Except(plan.UncoveredWeeks).ToArray();
        covered.Should().OnlyContain(w => plan.Plan.Risk[w].ProbabilityCovered >= 0.8); // the plan simulated anew agrees with the search
        Fewest(scenario, covered).Should().Be(plan.Classes.Sum(c => c.Heads));
    }

    [Test]
    public void Find_LongSearchCancelled_EndsSoon()
    {
        var ramp = new LearningCurve([.. Enumerable.Range(1, 26).Select(week => week / 26.0)]);
        var requirement = CapacityRequirement.OfFte([[.. Enumerable.Range(0, 104).Select(week => 500.0 + (20 * week))]]);
        var scenario = new CapacityScenario("large", requirement, [Cohort.Starting("all", 500, 60)], new AttritionCurve([0.01]), ramp, TrainingWeeks: 4);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = System.Diagnostics.Stopwatch.StartNew();

        FluentActions.Invoking(() => HireBy.Find(scenario, new HireByGoal(0.9, 200, 4), Seed, 2000, cancel.Token)).Should().Throw<OperationCanceledException>();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "left alone it takes minutes");
    }

    [Test]
    public void Find_Ramp_NobodyCanBeDroppedOrDelayed()
    {
        var required = Enumerable.Range(0, 20).Select(w => 30.0 + Math.Max(0, w - 6)).ToArray();
        var scenario = new CapacityScenario(
            "ramp", CapacityRequirement.OfFte([required]), [Cohort.Starting("all", 36, 60)], new AttritionCurve([0.02, 0.01]), LearningCurve.Linear(0.5, 3),
            TrainingWeeks: 2);

        var plan = HireBy.Find(scenario, new HireByGoal(0.85, ClassSize: 6, LeadWeeks: 1), Seed, Paths);

        var covered = Enumerable.Range(0, 20).Except(plan.UncoveredWeeks).ToArray();
        covered.Should().OnlyContain(w => plan.Plan.Risk[w].ProbabilityCovered >= 0.85);
        for (var c = 0; c < plan.Classes.Count; c++)
        {
            var less = plan.Classes.Select((k, i) => i == c ? Cohort.Hired(k.Name, k.Heads - 1, k.StartWeek) : k).ToArray();
            covered.All(w => Risk(scenario, less)[w].ProbabilityCovered >= 0.85).Should().BeFalse("class {0} would do with one less", c);
        }
    }

    [Test]
    public void Find_HigherLevelOrAttrition_NeverFewerPeople()
    {
        var required = Enumerable.Range(0, 30).Select(w => 40.0 + w / 3).ToArray();
        int People(double level, double hazard) =>
            HireBy.Find(
                    new CapacityScenario(
                        "base", CapacityRequirement.OfFte([required]), [Cohort.Starting("all", 42, 60)], new AttritionCurve([hazard]), LearningCurve.None, 3),
                    new HireByGoal(level, 20, 0), Seed, Paths)
                .Classes.Sum(c => c.Heads);

        new[] { 0.5, 0.8, 0.95 }.Select(level => People(level, 0.01)).Should().BeInAscendingOrder();
        new[] { 0.0, 0.005, 0.02 }.Select(hazard => People(0.8, hazard)).Should().BeInAscendingOrder();
    }

    [Test]
    public void Find_TooEarlyToHire_TellsTheWeeks()
    {
        var scenario = new CapacityScenario(
            "base",
            CapacityRequirement.OfFte([
                [10, 10, 10, 10, 10],
            ]),
            [Cohort.Starting("all", 8, 60)], AttritionCurve.None, LearningCurve.None, 1);

        var plan = HireBy.Find(scenario, new HireByGoal(0.8, 5, 2), Seed, Paths);

        plan.UncoveredWeeks.Should().Equal(0, 1, 2);
        plan.Classes.Select(c => (c.StartWeek, c.Heads)).Should().Equal((2, 2));
    }

    [TestCase(0, 5, 1, "Level")]
    [TestCase(1, 5, 1, "Level")]
    [TestCase(0.8, 0, 1, "ClassSize")]
    [TestCase(0.8, 5, -1, "LeadWeeks")]
    public void Find_BadGoal_NamesIt(double level, int classSize, int lead, string name)
    {
        var scenario = new CapacityScenario("base", CapacityRequirement.OfFte([[10]]), [], AttritionCurve.None, LearningCurve.None, 1);

        FluentActions.Invoking(() => HireBy.Find(scenario, new HireByGoal(level, classSize, lead), Seed)).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName(name);
    }

    /// <summary>Brute force over all hires of 0 to 3 in each of the five weeks that can matter.</summary>
    private static int Fewest(CapacityScenario scenario, int[] covered) =>
        Enumerable.Range(0, 1 << 10).Select(code => Enumerable.Range(0, 5).Select(week => code >> (2 * week) & 3).ToArray()).OrderBy(hires => hires.Sum())
            .First(hires =>
                Risk(scenario, [.. hires.Select((heads, week) => Cohort.Hired("class", heads, week))]) is var risk
                && covered.All(w => risk[w].ProbabilityCovered >= 0.8))
            .Sum();

    private static IReadOnlyList<CapacityRisk> Risk(CapacityScenario scenario, Cohort[] classes) =>
        CapacityPlanner.Plan(scenario.With("what if", cohorts: [.. scenario.Cohorts, .. classes]), Seed, Paths).Risk;
}
