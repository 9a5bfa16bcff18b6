using NodaTime;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Constraints;

/// <summary>Which rules somebody may answer for, and the rest that makes up for it.</summary>
public sealed class WaivableTests
{
    private static readonly LocalDate Read = new(2026, 1, 1);

    [TestCase(RuleAuthority.Statute, NeverWaived.Statute)]
    [TestCase(RuleAuthority.Agreement, NeverWaived.Agreement)]
    [TestCase(RuleAuthority.Wellbeing, NeverWaived.Wellbeing)]
    [TestCase(RuleAuthority.Organisation, null)]
    public void WhyNot_Rule_DependsOnWhoseItIs(RuleAuthority authority, NeverWaived? why) =>
        Waivable.WhyNot(Rule("minimumDailyRest", authority, ("hours", 11))).Should().Be(why);

    [Test]
    public void WhyNot_RuleOfWhichNothingIsSaid_IsTakenForLaw() => Waivable.WhyNot(
        ConstraintCatalog.Known.Rule("minimumDailyRest", new RuleParameters { ["hours"] = 11 }, "somewhere", Read, "A rest.")).Should()
        .Be(NeverWaived.Statute);

    // Every kind that looks at what people are shown; of those that may also look at all work, the rule with a class.
    [TestCase("maximumExposure", "minutes", 240)]
    [TestCase("maximumExposure", "minutes", 240, "minimumExposureClass", 3)]
    [TestCase("exposureRamp", "minutes", 240, "weeks", 4, "firstPercent", 25)]
    [TestCase("noExposureAtEnd", "minutes", 60, "minimumExposureClass", 3)]
    [TestCase("exposureCooldown", "minutes", 30, "afterMinutes", 60, "minimumExposureClass", 3)]
    [TestCase("maximumConsecutiveExposureDays", "days", 4, "minimumExposureClass", 3)]
    [TestCase("maximumContinuousWork", "minutes", 105, "minimumExposureClass", 3)]
    public void WhyNot_LimitOnHarmfulContentOfTheOrganisation_IsNeverWaived(string kind, params object[] numbers) =>
        Waivable.WhyNot(Rule(kind, RuleAuthority.Organisation, [.. numbers.Chunk(2).Select(n => ((string)n[0], Convert.ToDouble(n[1])))])).Should()
            .Be(NeverWaived.Wellbeing);

    [Test]
    public void WhyNot_LimitOnAllWorkWithoutABreak_CanBeWaived() =>
        Waivable.WhyNot(Rule("maximumContinuousWork", RuleAuthority.Organisation, ("minutes", 240))).Should().BeNull();

    [TestCase("minimumDailyRest", 120, 2)]
    [TestCase("maximumConsecutiveDays", 2, 48)]
    [TestCase("maximumConsecutiveNights", 1, 0)] // not counted in time
    public void RestFor_Breach_IsAsLongAsWhatWasTaken(string kind, double amount, double hours) =>
        Waivable.RestFor(ConstraintCatalog.Known.Find(kind)!, amount).TotalHours.Should().Be(hours);

    private static LabourRule Rule(string kind, RuleAuthority authority, params (string Name, double Value)[] numbers) =>
        ConstraintCatalog.Known.Rule(kind, new RuleParameters(numbers.ToDictionary(n => n.Name, n => n.Value)), "house", Read, "A rule.", authority: authority);
}
