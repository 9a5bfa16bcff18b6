using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Wellbeing;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Wellbeing;

public sealed class ExposureLimitsTests
{
    private static readonly ExposedContent Mixed = new(3, [0.85, 0, 0, 0.15]);

    [Test]
    public void Sum_GroupOfSeveralClasses_CountsItsSharesAndWeightsByTheBasis()
    {
        ExposedDay[] days = [Day(0, (8, 12, Mixed)), Day(1, (8, 10, new ExposedContent(4)))];

        var expected = ExposureSum.Of(days, Monday, Monday.PlusDays(1), ExposureBasis.Expected);
        expected.ByClass.Should().Equal([204, 0, 0, 36, 120], (a, b) => Math.Abs(a - b) < 1e-9);
        expected.Weighted.Should().BeApproximately((240 * 0.15 * 3) + (120 * 4), 1e-9);
        ExposureSum.Of(days, Monday, Monday, ExposureBasis.WorstCase).Weighted.Should().Be(240 * 3);
    }

    /// <summary>What the limits say of shifts is what the solver's own rules say of them.</summary>
    [TestCase("maximumExposure", 240, 300, ExposureBasis.WorstCase, "minutes=240")]
    [TestCase("maximumExposure", 600, 840, ExposureBasis.WorstCase, "minutes=600,days=7")]
    [TestCase("maximumExposure", 45, 126, ExposureBasis.Expected, "minutes=45,days=7")]
    [TestCase("noExposureAtEnd", 0, 30, ExposureBasis.Expected, "minutes=30")]
    [TestCase("maximumContinuousWork", 120, 180, ExposureBasis.Expected, "minutes=120")]
    [TestCase("exposureCooldown", 0, 15, ExposureBasis.Expected, "afterMinutes=180,minutes=30")]
    [TestCase("maximumConsecutiveExposureDays", 2, 3, ExposureBasis.Expected, "days=2")]
    public void On_Shifts_BreaksAsTheRuleOfTheSolverDoes(string kind, double limit, double used, ExposureBasis basis, string numbers)
    {
        var parameters = new RuleParameters(
            numbers.Split(',').Select(n => n.Split('=')).Append(["minimumExposureClass", "3"]).ToDictionary(n => n[0], n => double.Parse(n[1])));
        var policy = new LabourPolicy("p", Monday, [Rule(kind, parameters)]) { ExposureBasis = basis };
        // Three hours, a quarter of an hour of break, two hours; the same on Tuesday, four hours on Wednesday.
        ExposedDay[] days = [Day(0, (8, 11, Mixed), (11.25, 13.25, Mixed)), Day(1, (8, 11, Mixed), (11.25, 13.25, Mixed)), Day(2, (8, 12, Mixed))];
        var date = kind == "maximumConsecutiveExposureDays" || parameters.Find("days") is not null ? Monday.PlusDays(2) : Monday;

        var use = ExposureLimits.On(policy, Agent("A"), DateTimeZone.Utc, days.ToDictionary(d => d.Date), date).Single();

        (use.Limit, Math.Round(use.Used, 6), Math.Round(use.Headroom, 6)).Should().Be((limit, used, limit - used));
        Violations(policy, days).Should().Contain(v => v.Rule == kind && v.To >= date && Math.Abs(v.Amount - (used - limit)) < 0.51);
    }

    [Test]
    public void On_RampOfANewcomer_IsTheWeeksLimitAndNoneAfterwards()
    {
        var rule = Rule("exposureRamp", new() { ["minutes"] = 240, ["weeks"] = 4, ["firstPercent"] = 25, ["minimumExposureClass"] = 3 });
        var (policy, newcomer) = (Policy(rule), Agent("A") with { EmployedFrom = Monday });
        IReadOnlyList<LimitUse> On(int day) =>
            ExposureLimits.On(policy, newcomer, DateTimeZone.Utc, new Dictionary<LocalDate, ExposedDay>(), Monday.PlusDays(day));

        On(0).Single().Limit.Should().Be(60);
        On(13).Single().Limit.Should().Be(105);
        On(28).Should().BeEmpty();
        ExposureLimits.On(policy, Agent("B"), DateTimeZone.Utc, new Dictionary<LocalDate, ExposedDay>(), Monday).Should().BeEmpty();
    }

    [Test]
    public void Changes_OfLimits_LoosenOneAtATime()
    {
        var policy = Policy(
            Rule("maximumExposure", new() { ["minutes"] = 240 }), Rule("minimumDailyRest", new() { ["hours"] = 11 }),
            Rule("noExposureAtEnd", new() { ["minutes"] = 60, ["minimumExposureClass"] = 3 }),
            Rule("maximumConsecutiveExposureDays", new() { ["days"] = 3, ["minimumExposureClass"] = 3 }),
            Rule("peopleTogether", new() { ["people"] = 2, ["nightFromHour"] = 22, ["nightToHour"] = 6, ["minimumExposureClass"] = 3 }),
            Rule("maximumContinuousWork", new() { ["minutes"] = 300 }));

        var changes = LimitChanges.Of(policy);

        changes.Select(c => (c.Rule.Kind.Code, c.Loosened)).Should().Equal(
            ("maximumExposure", "minutes 276"), ("noExposureAtEnd", "minimumExposureClass 3, minutes 51"),
            ("maximumConsecutiveExposureDays", "days 4, minimumExposureClass 3"), ("peopleTogether", null));
        changes.Should().OnlyContain(c => c.Without.Rules.Count == 5 && !c.Without.Rules.Contains(c.Rule));
        changes[0].WithLoosened!.Rules.Skip(1).Should().Equal(policy.Rules.Skip(1));
    }

    [TestCase("a=9,b=7", "")]
    [TestCase("a=9,b=3", "a b")] // the three would be what is left of the total
    [TestCase("a=9,b=6,c=4", "b c")]
    [TestCase("a=9,b=3,c=2,d=6", "b c")] // five together
    [TestCase("a=4", "a")]
    [TestCase("a=5", "")]
    public void KeptBack_SmallGroups_TakeAnotherWithThemWhereTheyWouldBeTheRest(string groups, string keptBack) =>
        SmallGroups.KeptBack(groups.Split(',').Select(g => g.Split('=')).ToDictionary(g => g[0], g => int.Parse(g[1])))
            .Order().Should().Equal(keptBack.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Test]
    public void KeptBack_AnyGroups_LeavesNobodyToBeWorkedOut([Range(1, 50)] int seed)
    {
        var random = new Random(seed);
        var groups = Enumerable.Range(0, random.Next(1, 8)).ToDictionary(i => $"g{i}", _ => random.Next(0, 12));
        var kept = SmallGroups.KeptBack(groups);
        var (told, rest) = (groups.Where(g => g.Value > 0 && !kept.Contains(g.Key)).ToList(), groups.Where(g => kept.Contains(g.Key)).Sum(g => g.Value));

        told.TrueForAll(g => g.Value >= 5).Should().BeTrue();
        (rest == 0 || rest >= 5 || told.Count == 0).Should().BeTrue();
    }

    private static IReadOnlyList<Violation> Violations(LabourPolicy policy, ExposedDay[] days)
    {
        var shifts = days.Select(d => new PinnedShift("A", d.Date, new RosterShift(
            "A", d.Date, "any", d.Stretches[0].Start, d.End, d.End - d.Stretches[0].Start,
            [.. d.Stretches.SelectMany((s, i) => i == 0 ? [Work(s)] : new[] { Pause(d.Stretches[i - 1].End, s.Start), Work(s) })])));
        var line = new DemandLine("severe", Demand("severe", 7, _ => 0).Heads, 1, 3) { ExposureShares = Mixed.Shares };
        return RuleCheck.Of(Hub([Agent("A", null, "severe")], [Template("day", 8, 8, 8)], [line], policy: policy, pinned: [.. shifts]));

        static ShiftActivity Work(ExposedStretch s) => new(ActivityKinds.Work, "severe", s.Start, s.End);
        static ShiftActivity Pause(Instant from, Instant to) => new(ActivityKinds.Break, null, from, to);
    }

    private static ExposedDay Day(int day, params (double From, double To, ExposedContent Content)[] work)
    {
        var midnight = Monday.PlusDays(day).AtMidnight().InUtc().ToInstant();
        ExposedStretch[] stretches =
        [
            .. work.Select(w => new ExposedStretch(
                midnight + Duration.FromHours(w.From), midnight + Duration.FromHours(w.To), (w.To - w.From) * 60, w.Content)),
        ];
        return new ExposedDay(Monday.PlusDays(day), stretches[^1].End, stretches);
    }
}
