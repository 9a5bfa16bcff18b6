using NodaTime;
using Wfm.Tests.Support;

namespace Wfm.Tests.EndToEnd;

/// <summary>Wrongs done to the demo's own roster of Dublin: each must be seen, or the audit of the demo proves nothing.</summary>
public sealed class DemoRosterMutationTests
{
    private StoredRoster _stored = null!;
    private AuditedRoster _roster = null!;

    [OneTimeSetUp]
    public async Task Read()
    {
        _stored = (await DemoRun.Get()).Hubs.Single(h => h.Hub.Code == "dub").Roster;
        _roster = _stored.Audited;
    }

    [Test]
    public void Audit_SecondOfTwoShiftsSixHoursEarlier_MissesRest()
    {
        var next = _roster.Shifts.First(s => _roster.Shifts.Any(p => p.Agent == s.Agent && p.End < s.Start && s.Start - p.End < Duration.FromHours(17)));

        RulesWith(next, Moved(next, Duration.FromHours(-6))).Should().Contain("minimumDailyRest");
    }

    [Test]
    public void Audit_EveryShiftSixHoursEarlier_IsSeen()
    {
        var moved = _roster with { Shifts = [.. _roster.Shifts.Select(s => Moved(s, Duration.FromHours(-6)))] };

        RulesOf(moved).Should().Contain("template: start");
    }

    [Test]
    public void Audit_EveryShiftADayEarlier_LeavesThePeriod()
    {
        var moved = _roster with { Shifts = [.. _roster.Shifts.Select(s => Moved(s, Duration.FromDays(-1)))] };

        RulesOf(moved).Should().Contain("inside the period");
    }

    [Test]
    public void Audit_BreakTurnedIntoWork_IsSeen()
    {
        string[] kinds = ["break", "meal"];
        foreach (var kind in kinds)
        {
            RulesOfWorked(kind).Should().Contain("template: breaks");
        }

        RulesOfWorked(kinds).Should().Contain("breakAfter").And.Contain("template: breaks");
    }

    private IEnumerable<string> RulesOfWorked(params string[] kinds)
    {
        var shift = _roster.Shifts.First(s => kinds.All(k => s.Activities.Any(a => a.Kind == k)) && s.Paid > Duration.FromHours(6));
        var group = shift.Activities.First(a => a.IsWork).Group;
        var worked = shift.Activities.Select(a => kinds.Contains(a.Kind) ? a with { Kind = AuditedActivity.Work, Group = group } : a);
        return RulesWith(shift, shift with { Activities = [.. worked] });
    }

    [Test]
    public void Audit_SevenDaysInARow_IsSeen()
    {
        var week = _roster.Shifts.GroupBy(s => (s.Agent, Week: _roster.WeekOf(s.Date))).First(g => g.Count() == 5);
        var free = Enumerable.Range(0, 7).Select(week.Key.Week.PlusDays).Where(d => week.All(s => s.Date != d));
        var extra = free.Select(d => OnDate(week.First(), d));

        RulesOf(_roster with { Shifts = [.. _roster.Shifts, .. extra] })
            .Should().Contain(["minimumDaysOffPerWeek", "maximumConsecutiveDays", "minimumWeeklyRest", "contract: days a week", "contract: hours a week"]);
    }

    [Test]
    public void Audit_ShiftOnTimeOff_IsSeen()
    {
        var (agent, off) = (from a in _roster.Agents.Values
                            where a.Hub == "dub" && _roster.Shifts.Any(s => s.Agent == a.Code)
                            from t in a.TimeOff
                            where t.Start >= _roster.Midnight(_roster.Start) && t.End < _roster.Midnight(_roster.End)
                            select (a, t)).First();
        var shift = OnDate(_roster.Shifts.First(s => s.Agent == agent.Code), _roster.Local(off.Start).Date);

        RulesOf(_roster with { Shifts = [.. _roster.Shifts, shift] }).Should().Contain("time off");
    }

    [Test]
    public void Audit_ForeignSkill_IsSeen()
    {
        var shift = _roster.Shifts[0];
        var foreign = _roster.ExposureOf.Keys.First(g => !_roster.Agents[shift.Agent].Skills.ContainsKey(g));

        RulesWith(shift, OnGroup(shift, foreign)).Should().Contain("skill");
    }

    [Test]
    public void Audit_OptedOutGroup_IsSeen()
    {
        var shift = _roster.Shifts[0];
        var group = shift.Activities.First(a => a.IsWork).Group!;
        var agents = new Dictionary<string, AuditedAgent>(_roster.Agents) { [shift.Agent] = _roster.Agents[shift.Agent] with { OptOutGroups = [group] } };

        RulesOf(_roster with { Agents = agents }).Should().Contain("opt-out");
    }

    [Test]
    public void Audit_ShiftTwice_OverlapsItself() =>
        RulesOf(_roster with { Shifts = [.. _roster.Shifts, _roster.Shifts[0]] }).Should().Contain("one shift at a time");

    [Test]
    public void Audit_ShiftOfAnotherPerson_IsSeen()
    {
        var shift = _roster.Shifts[0];
        var stranger = _roster.Agents.Values.First(a => a.Hub == "sin");

        RulesWith(shift, shift with { Agent = stranger.Code }).Should().Contain("active agent of the hub");
    }

    [Test]
    public void Coverage_WithoutOneShift_IsNotWhatIsStored()
    {
        var missing = _stored with { Audited = _roster with { Shifts = [.. _roster.Shifts.Skip(1)] } };

        RosterAuditorCoverage.Audit(missing).Select(f => f.Rule).Should().Contain(["summary: shifts", "summary: scheduled hours", "summary: paid hours"])
            .And.Contain(rule => rule.StartsWith("scheduled heads of"));
    }

    [Test]
    public void Coverage_WithoutOneQueue_IsNotWhatIsStored()
    {
        var missing = _stored with { Demand = [.. _stored.Demand.Skip(1)] };

        RosterAuditorCoverage
            .Audit(missing)
            .Select(f => f.Rule)
            .Should()
            .Contain("summary: required hours")
            .And.Contain(rule => rule.StartsWith("required heads of"));
    }

    private IEnumerable<string> RulesWith(AuditedShift old, AuditedShift changed) =>
        RulesOf(_roster with { Shifts = [.. _roster.Shifts.Where(s => s != old), changed] });

    private static List<string> RulesOf(AuditedRoster roster) => [.. RosterAuditor.Audit(roster).Select(f => f.Rule).Distinct()];

    private AuditedShift Moved(AuditedShift shift, Duration by) => shift with
    {
        Date = _roster.Local(shift.Start + by).Date,
        Start = shift.Start + by,
        End = shift.End + by,
        Activities = [.. shift.Activities.Select(a => a with { Start = a.Start + by, End = a.End + by })],
    };

    private AuditedShift OnDate(AuditedShift shift, LocalDate date) =>
        Moved(shift, _roster.Zone.AtLeniently(date.At(_roster.Local(shift.Start).TimeOfDay)).ToInstant() - shift.Start);

    private static AuditedShift OnGroup(AuditedShift shift, string group) =>
        shift with { Activities = [.. shift.Activities.Select(a => a.IsWork ? a with { Group = group } : a)] };
}
