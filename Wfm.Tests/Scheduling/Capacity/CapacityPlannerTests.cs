using FsCheck;
using FsCheck.Fluent;
using Wfm.Scheduling.Capacity;

namespace Wfm.Tests.Scheduling.Capacity;

public sealed class CapacityPlannerTests
{
    [Test] // S(w) = (1 − h)^w
    public void Plan_ConstantAttrition_SurvivesGeometrically()
    {
        var plan = CapacityPlanner.Plan(Scenario([Cohort.Starting("all", 200, 100)], 50, new AttritionCurve([0.02])), seed: 1, paths: 50);

        for (var w = 0; w < 50; w++) plan.Weeks[w].AvailableFte.Should().BeApproximately(200 * Math.Pow(0.98, w), 1e-9);
    }

    [Test]
    public void Plan_NobodyLeavesNoRamp_IsPlainArithmetic()
    {
        var scenario = new CapacityScenario(
            "base", Flat(100, 12), [Cohort.Starting("old", 80, 60), Cohort.Hired("class", 10, 2), Cohort.TransferredIn("in", 5, 3, 50)], AttritionCurve.None,
            LearningCurve.None, TrainingWeeks: 4, LeaveShare: Fill(0.1, 12), OvertimeShare: Fill(0.2, 12), TransfersOut: [new TransferOut(0, 8, 7)]);

        var plan = CapacityPlanner.Plan(scenario, seed: 1, paths: 10);

        plan.Weeks.Select(w => w.Trained).Should().Equal(80, 80, 80, 85, 85, 85, 95, 95, 88, 88, 88, 88);
        plan.Weeks.Select(w => w.Trainees).Should().Equal(0, 0, 10, 10, 10, 10, 0, 0, 0, 0, 0, 0);
        plan.Weeks[0].OvertimeFte.Should().BeApproximately(14.4, 1e-9); // 72 regular, at most 20 % more
        plan.Weeks[0].Gap.Should().BeApproximately(13.6, 1e-9);
        plan.Weeks[6].Gap.Should().BeApproximately(0, 1e-9); // 85.5 regular, 102.6 with overtime
        plan.Risk.Select(r => r.ProbabilityCovered).Should().Equal(0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0);
    }

    [Test]
    public void Plan_LinearRamp_OutputRisesInEqualSteps()
    {
        var scenario = new CapacityScenario("base", Flat(1, 9), [Cohort.Hired("class", 10, 1)], AttritionCurve.None, LearningCurve.Linear(0.5, 4), 2);

        CapacityPlanner.Plan(scenario, seed: 1, paths: 2).Weeks.Select(w => w.RegularFte).Should()
            .Equal([0, 0, 0, 5, 6.25, 7.5, 8.75, 10, 10], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Test]
    public void Plan_ManyPaths_MeanIsTheExpectation()
    {
        var scenario = new CapacityScenario(
            "base", Flat(100, 40), [Cohort.Starting("old", 90, 80), Cohort.Starting("exposed", 30, 3, 2), Cohort.Hired("class", 25, 5)],
            new AttritionCurve([0.04, 0.03, 0.02, 0.01]), LearningCurve.Linear(0.4, 6), 5, LeaveShare: Fill(0.08, 40));

        var plan = CapacityPlanner.Plan(scenario, seed: 3, paths: 4_000);

        // Heads are binomial: the standard deviation is at most √(145/4) = 6.1, of a mean of 4,000 paths 0.096; five of these.
        for (var w = 0; w < 40; w++) plan.Risk[w].MeanRegularFte.Should().BeApproximately(plan.Weeks[w].RegularFte, 0.48);
    }

    [Test] // 10 people, 1 week, h = 0.3: P(at least 7 stay) from the binomial distribution, R: 1 - pbinom(6, 10, 0.7) = 0.6496107
    public void Plan_OneWeek_ProbabilityIsBinomial() =>
        CapacityPlanner.Plan(Scenario([Cohort.Starting("all", 10, 9)], 2, new AttritionCurve([0.3]), required: 7), seed: 2, paths: 20_000).Risk[1]
            .ProbabilityCovered.Should().BeApproximately(0.6496107, 0.0135); // four standard errors

    [Test]
    public void Plan_MoreAttrition_IsNeverMoreProbablyCovered()
    {
        var plans = new[] { 0.1, 0.3, 0.5 }
            .Select(rate => CapacityPlanner.Plan(Scenario([Cohort.Starting("all", 110, 60)], 30, AttritionCurve.Yearly(rate), required: 95), seed: 5))
            .ToArray();

        for (var w = 0; w < 30; w++)
        {
            plans.Select(p => p.Risk[w].ProbabilityCovered).Should().BeInDescendingOrder();
            plans.Select(p => p.Weeks[w].AvailableFte).Should().BeInDescendingOrder();
        }
    }

    [Test]
    public void Plan_SameSeed_IsTheSame() =>
        CapacityPlanner.Plan(Scenario([Cohort.Starting("all", 40, 60)], 30, new AttritionCurve([0.02]), 30), seed: 5).Risk.Should()
            .Equal(CapacityPlanner.Plan(Scenario([Cohort.Starting("all", 40, 60)], 30, new AttritionCurve([0.02]), 30), seed: 5).Risk);

    [Test]
    public void Compare_WhatIf_TellsTheDifferenceFromTheFirst()
    {
        var scenario = Scenario([Cohort.Starting("all", 90, 60)], 10, AttritionCurve.None, required: 100);

        var comparison = CapacityPlanner.Compare(
            [scenario, scenario.With("hire", cohorts: [.. scenario.Cohorts, Cohort.Hired("class", 10, 0)])], seed: 1, paths: 10);

        comparison.Differences[0].Gap.Should().OnlyContain(gap => gap == 0);
        comparison.Differences[1].Gap.Should().Equal(0, 0, -10, -10, -10, -10, -10, -10, -10, -10);
        comparison.Differences[1].HiredHeads.Should().Be(10);
        comparison.Differences[1].ShortageFteWeeks.Should().Be(-80);
        comparison.Differences[1].ProbabilityCovered[^1].Should().Be(1);
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public Property Plan_AnyScenario_WaterfallAddsUp() =>
        Prop.ForAll(
            Scenarios().ToArbitrary(),
            scenario =>
            {
                var weeks = CapacityPlanner.Plan(scenario, seed: 1, paths: 2).Weeks;
                return weeks.All(w =>
                        Near(w.Trained, w.TrainedAtStart - w.TrainedAttrition + w.Graduates + w.TransferredIn - w.TrainedTransferredOut)
                        && Near(w.Trainees, w.TraineesAtStart + w.Hired - w.TraineeAttrition - w.TraineesTransferredOut - w.Graduates)
                        && w.Trainees > -1e-9
                        && Near(w.AvailableFte, w.Trained - w.RampLoss - w.Leave + w.OvertimeFte)
                        && Near(w.Gap, w.RequiredFte - w.AvailableFte)
                        && (w.Week == 0 || (w.TrainedAtStart == weeks[w.Week - 1].Trained && w.TraineesAtStart == weeks[w.Week - 1].Trainees)))
                    && Near(
                        weeks[^1].Trained + weeks[^1].Trainees,
                        scenario.Cohorts.Sum(c => c.Heads)
                            - weeks.Sum(w => w.TrainedAttrition + w.TraineeAttrition + w.TrainedTransferredOut + w.TraineesTransferredOut));
            });

    [Test]
    public void OfQuantiles_EachWeek_HasTheQuantiles()
    {
        var paths = CapacityRequirement.OfQuantiles([0.1, 0.5, 0.9], [[80], [100], [140]]).FtePaths.Select(p => p[0]).ToArray();

        paths.Count(v => v <= 100).Should().Be(100);
        paths.Count(v => v <= 130).Should().Be(160); // 0.5 + 0.4 × 30/40 = 0.8
    }

    [Test]
    public void Construct_BadInput_NamesParameterAndIndex()
    {
        Refused(() => new AttritionCurve([0.1, 1.2]), "weeklyHazard[1]");
        Refused(() => new AttritionCurve([]), "weeklyHazard");
        Refused(() => AttritionCurve.Yearly(1), "yearlyRate");
        Refused(() => new LearningCurve([0.5, double.NaN]), "productivity[1]");
        Refused(() => new LearningCurve([0.5], [0.5, 1]), "quality");
        Refused(() => Cohort.Starting("a", -1, 3), "heads");
        Refused(() => Cohort.Hired("a", 1, 104), "startWeek");
        Refused(() => Cohort.Starting("a", 1, 3, double.NaN), "exposureFactor");
        Refused(() => CapacityRequirement.OfFte([[1, 2], [1, -2]]), "paths[1][1]", "ftePaths[1][1]");
        Refused(() => CapacityRequirement.OfFte([new double[105]]), "ftePaths");
        Refused(() => CapacityRequirement.OfQuantiles([0.5, 0.5], [[1], [2]]), "levels[1]");
        Refused(() => CapacityRequirement.OfQuantiles([0.5, 0.9], [[1], [0.5]]), "fteQuantiles[1][0]");
        Refused(() => Scenario([Cohort.Hired("a", 1, 10)], 10, AttritionCurve.None), "Cohorts[0].StartWeek");
        Refused(() => Scenario([], 10, AttritionCurve.None).With("x", leaveShare: [0.1]), "LeaveShare");
        Refused(() => Scenario([], 2, AttritionCurve.None).With("x", overtimeShare: [0.1, 2]), "OvertimeShare[1]");
        Refused(() => Scenario([], 2, AttritionCurve.None).With("x", transfersOut: [new TransferOut(0, 1, 1)]), "TransfersOut[0].Cohort");
        Refused(() => CapacityPlanner.Plan(Scenario([], 2, AttritionCurve.None), 1, paths: 0), "paths");
        Refused(() => CapacityPlanner.Compare([Scenario([], 2, AttritionCurve.None), Scenario([], 3, AttritionCurve.None)], 1), "scenarios[1]");
    }

    private static void Refused(Func<object> call, params string[] names) => call.Should().Throw<ArgumentException>().Which.ParamName.Should().BeOneOf(names);

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-8;

    private static double[] Fill(double value, int weeks) => [.. Enumerable.Repeat(value, weeks)];

    private static CapacityRequirement Flat(double fte, int weeks) => CapacityRequirement.OfFte([Fill(fte, weeks)]);

    private static CapacityScenario Scenario(Cohort[] cohorts, int weeks, AttritionCurve attrition, double required = 100) =>
        new("base", Flat(required, weeks), cohorts, attrition, LearningCurve.None, TrainingWeeks: 2);

    private static Gen<CapacityScenario> Scenarios() =>
        from hazard in Gen.Choose(0, 20)
        from training in Gen.Choose(0, 5)
        from ramp in Gen.Choose(0, 6)
        from tenure in Gen.Choose(0, 8)
        from start in Gen.Choose(0, 9)
        from leave in Gen.Choose(0, 30)
        from away in Gen.Choose(0, 60)
        from required in Gen.Choose(0, 150)
        select new CapacityScenario(
            "any", Flat(required, 16),
            [
                Cohort.Starting("old", 70, 90),
                Cohort.Starting("new", 12, tenure),
                Cohort.Hired("class", 15, start),
                Cohort.TransferredIn("in", 6, start, tenure),
            ],
            new AttritionCurve([hazard / 100.0, hazard / 200.0]), LearningCurve.Linear(0.3, ramp), training, Fill(leave / 100.0, 16), Fill(0.1, 16),
            [new TransferOut(0, 5, away), new TransferOut(2, start + 2, 20), new TransferOut(3, start + 1, 2)]);
}
