using Wfm.Scheduling;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Repair;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

/// <summary>Changes later than people are to know, by hand: a shift from 09:00 to 17:00.</summary>
public sealed class LateNoticeTests
{
    private static readonly LabourRule TwoDays = Notice(48, 12, 3);
    private static readonly LabourRule OneDay = Notice(24);
    private static readonly ChangedDay Removed = new("A", Monday, Day, null);

    [Test]
    public void Of_ChangeInsideTheNotice_SaysByHowMuchForEachRule()
    {
        var late = LateNotice.Of([OneDay, TwoDays, Rule("maximumDailyHours", new() { ["hours"] = 8 })], [Removed], At(-11)); // 20 hours before

        late.Select(v => (v.Rule, v.AgentId, v.From, v.Amount, v.IsHard)).Should().Equal(
            ("noticeOfChange", "A", Monday, 28 * 60, false), ("noticeOfChange", "A", Monday, 4 * 60, false));
        late[0].Message.Should().Be("Changed 20 h 00 min before the work; 48 h 00 min of notice are due.");
        late[0].Limits.Should().BeEquivalentTo(new Dictionary<string, double> { ["hours"] = 48, ["consentHours"] = 12, ["factor"] = 3 });
        (late[0].Text, late[0].Source).Should().Be((TwoDays.Text, TwoDays.Source));
        LateNotice.NeedsConsent([TwoDays], Removed, At(-11)).Should().BeFalse();
    }

    [TestCase(-39, 0)] // 48 hours before 09:00: just in time
    [TestCase(-38.5, 30)]
    [TestCase(0, 39 * 60)]
    [TestCase(16, 55 * 60)] // the shift has begun
    [TestCase(17, 0)] // it is over: a correction
    public void Of_TheMomentOfTheChange_Decides(double hour, double minutes) =>
        LateNotice.Of([TwoDays], [Removed], At(hour)).Sum(v => v.Amount).Should().Be(minutes);

    [Test]
    public void Of_ConsentDue_IsSaid()
    {
        LateNotice.NeedsConsent([TwoDays], Removed, At(-2)).Should().BeTrue("eleven hours before");
        LateNotice.Of([TwoDays], [Removed], At(-2)).Single().Message.Should().EndWith("It needs the consent of the person.");
        LateNotice.NeedsConsent([OneDay], Removed, At(-2)).Should().BeFalse("that rule asks for none");
    }

    [Test]
    public void Of_EarlierStart_CountsFromThere()
    {
        var moved = new ChangedDay("A", Monday, Day, Shift("A", Monday, 7));

        LateNotice.Of([OneDay], [moved], At(-15)).Single().Amount.Should().Be(120, "22 hours before 07:00");
    }

    [Test]
    public void Of_SameTimes_IsNotLate()
    {
        var other = new ChangedDay("A", Monday, Day, Shift("A", Monday, 9, "mail"));

        LateNotice.Of([TwoDays], [other], At(8)).Should().BeEmpty();
        LateNotice.NeedsConsent([TwoDays], other, At(8)).Should().BeFalse();
    }

    [Test]
    public void InForce_DatedRules_BindOnTheirDays()
    {
        var dated = new LabourRule(
            NoticeOfChange.Definition, new RuleParameters { ["hours"] = 72 }, "Act, 2", Monday, "Three days.", Monday.PlusDays(1), Monday.PlusDays(2));

        NoticeOfChange.InForce([OneDay, dated], Monday).Should().Equal(OneDay);
        NoticeOfChange.InForce([OneDay, dated], Monday.PlusDays(2)).Should().Equal(dated, OneDay);
        NoticeOfChange.InForce([OneDay, dated], Monday.PlusDays(3)).Should().Equal(OneDay);
    }

    [Test]
    public void ClosenessCosts_OfRules_HaveTheirNoticeAndWeight()
    {
        var costs = ClosenessCosts.Of([OneDay, Notice(60, factor: 4)], Monday);

        costs.Should().Be(ClosenessCosts.Default with { NoticeDays = 3, NoticeFactor = 4 }, "60 hours reach into a third day");
        ClosenessCosts.Of([], Monday).Should().Be(ClosenessCosts.Default);
    }

    [Test]
    public void Rule_ConsentBeforeTheNotice_IsRefused() => FluentActions.Invoking(() => Notice(24, 48)).Should().Throw<SchedulingDataException>()
        .WithMessage("*needs no consent*");

    private static LabourRule Notice(double hours, double? consent = null, double? factor = null)
    {
        var numbers = new Dictionary<string, double> { ["hours"] = hours };
        if (consent is { } near) numbers["consentHours"] = near;
        if (factor is { } weight) numbers["factor"] = weight;
        return new LabourRule(NoticeOfChange.Definition, new RuleParameters(numbers), $"Policy of {hours} hours", Monday, $"{hours} hours of notice.");
    }
}
