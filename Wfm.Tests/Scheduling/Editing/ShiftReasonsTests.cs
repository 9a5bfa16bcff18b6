using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class ShiftReasonsTests
{
    [Test]
    public void Why_ShiftOfTwoGroups_TellsWhatEachPartIsWorth()
    {
        RosterAgent[] people = [Agent("A", null, "chat", "mail"), Agent("B")];
        var roster = Open(Of(people), Day, Shift("B", Monday, 9));
        roster.Apply(roster.Propose([new EditOperation.Segment("A", Monday, new ShiftActivity(ActivityKinds.Work, "mail", At(15), At(17)))]).Days);

        var why = roster.Why("A", Monday)!;

        why.Serves.Select(s => (s.Group, s.Start)).First().Should().Be(("mail", At(15)), "there is nobody else on it");
        why.Serves[0].Value.Should().BePositive();
        (why.Serves[0].RequiredHeads, why.Serves[0].ScheduledHeads).Should().Be((1, 1));
        why.Serves.Where(s => s.Group == "chat").Should().HaveCount(3).And.OnlyContain(s => s.ScheduledHeads > 1 && s.Value < why.Serves[0].Value);
        why.Breaks.Should().BeEmpty();
    }

    [Test]
    public void Why_DayOff_HasNoReason() => Open(Given(), Day).Why("A", Monday.PlusDays(1)).Should().BeNull();

    [Test]
    public void Why_PersonWhoMayHaveNothingElse_IsTold()
    {
        RosterShift[] three = [.. Enumerable.Range(1, 3).Select(d => Shift("A", Monday.PlusDays(d), 9))];
        var roster = Open(Of([Agent("A")], Rule("minimumConsecutiveDays", new() { ["days"] = 3 })), three);

        roster.Why("A", Monday.PlusDays(2))!.Breaks.Select(v => v.Rule).Should().Contain("minimumConsecutiveDays");
    }

    [Test]
    public void Why_AnyShift_CostsWhatTheCheckSaysAndNoAlternativeIsBetter([Range(1, 8)] int seed)
    {
        var roster = ShiftFitsTests.Solved(seed);
        var shifts = roster.Shifts.Where(s => !roster.IsLocked(s.AgentId, s.Date)).Where((_, i) => i % 7 == 0).ToArray();

        foreach (var shift in shifts)
        {
            var why = roster.Why(shift.AgentId, shift.Date)!;
            var off = roster.Check([new DayEdit(shift.AgentId, shift.Date, null)]);

            why.RemovalCost.Should().Be(off.After.Total - off.Before.Total);
            why.PersonCost.Should().Be(off.People.Single().Cost);
            why.Breaks.Should().BeEquivalentTo(off.Broken);
            why.Serves.Should().HaveCount(shift.Activities.Count(a => a.Kind == ActivityKinds.Work)).And.BeInDescendingOrder(s => s.Value);
            var all = Alternatives(roster, shift).Select(d => roster.Check([d])).Where(e => e.Broken.Count == 0)
                .Select(e => e.After.Total - e.Before.Total).ToArray();
            (why.Alternative is null).Should().Be(all.Length == 0, "seed {0}: {1}", seed, shift);
            if (why.Alternative is { } best) best.Cost.Should().BeApproximately(all.Min(), 1e-6, "seed {0}: {1}", seed, shift);
        }
    }

    // A day off, and every shift of one group with its first legal breaks at another time or on another group.
    private static IEnumerable<DayEdit> Alternatives(RosterDocument roster, RosterShift shift)
    {
        yield return new DayEdit(shift.AgentId, shift.Date, null);
        var (compiled, agent) = (roster.Compiled, roster.Agent(shift.AgentId));
        foreach (var variant in compiled.Eligibility.On(agent, compiled.Calendar.Row(shift.Date)))
        {
            foreach (var group in compiled.Skills.GroupsOn(agent, compiled.Shifts[variant].Template))
            {
                if (compiled.Eligibility.Patterns(agent, variant, group) is not [var pattern, ..]) continue;
                var other = compiled.ShiftOf(agent, compiled.Cell(variant, group, pattern));
                var isSame = other.Start == shift.Start && other.End == shift.End
                    && shift.Activities.All(a => a.Group is null || a.Group == roster.Problem.Demand[group].Group);
                if (!isSame) yield return new DayEdit(shift.AgentId, shift.Date, other);
            }
        }
    }
}
