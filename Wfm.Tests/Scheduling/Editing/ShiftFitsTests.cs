using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using Wfm.Tests.Scheduling.Problem;
using static Wfm.Tests.Scheduling.Editing.EditBench;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Editing;

public sealed class ShiftFitsTests
{
    private static readonly Duration TwoHours = Duration.FromHours(2);
    private static readonly OpenWork Evening = new("chat", At(17), At(19));

    [Test]
    public void Fits_EachWay_IsFoundAndRanked()
    {
        RosterAgent[] people = [Agent("off"), Agent("other", null, "chat", "mail"), Agent("before"), Agent("unskilled", null, "mail"), Agent("there")];
        var roster = Open(Of(people), Shift("other", Monday, 14, "mail"), Shift("before", Monday, 9), Shift("there", Monday, 12));

        var fits = roster.Fits(Evening, TwoHours);

        fits.Select(f => (f.AgentId, f.Kind, f.CoveredMinutes)).Should().BeEquivalentTo(
            [("off", FitKind.NewShift, 120.0), ("other", FitKind.OtherWork, 90.0), ("before", FitKind.LongerShift, 120.0)]);
        fits.Should().OnlyContain(f => f.Stops.Count == 0).And.BeInDescendingOrder(f => f.CoveredMinutes, "its meal of half an hour stays");
        Show(fits.Single(f => f.AgentId == "before").Day.Shift).Should().EndWith("13:30 chat 19:00 paid 570");
    }

    [Test]
    public void Fits_ShiftThatReachesIntoTheWork_GrowsOverTheRest()
    {
        var fit = Open(Of([Agent("A")]), Shift("A", Monday, 10)).Fits(Evening, TwoHours).Single();

        (fit.Kind, fit.Day.Shift!.End, fit.CoveredMinutes).Should().Be((FitKind.LongerShift, At(19), 120.0));
    }

    [Test]
    public void Fits_WorkAcrossMidnight_ByAShiftOfTheNextDay()
    {
        var fit = Open(Of([Agent("A", null, "chat", "mail")]), Shift("A", Monday.PlusDays(1), 0, "mail")).Fits(new OpenWork("chat", At(23), At(26)), TwoHours)
            .Single();

        (fit.Kind, fit.Day.Date, fit.CoveredMinutes).Should().Be((FitKind.OtherWork, Monday.PlusDays(1), 120.0));
    }

    [Test]
    public void Fits_PeopleWhomARuleStops_ComeLastWithIt()
    {
        RosterAgent[] people =
        [
            Agent("free"), Agent("rest"), Agent("leave") with { TimeOff = [new TimeOff(At(0), At(24))] },
            new RosterAgent("opted", Contract(), [new AgentSkill("chat", 1)], [], [], ["chat"]), Agent("short", Contract(templates: ["short"])),
        ];
        var roster = Open(Of(people, Rule("minimumDailyRest", new() { ["hours"] = 11 })), Shift("rest", Monday.PlusDays(1), 3));

        var fits = roster.Fits(new OpenWork("chat", At(20), At(23)), TwoHours);

        fits.Take(2).Select(f => (f.AgentId, f.Stops.Count)).Should().Equal(("free", 0), ("short", 0));
        fits.Skip(2).Select(f => (f.AgentId, f.Stops[0].Rule)).Should().BeEquivalentTo(
            [("leave", "leave"), ("opted", "optOut"), ("rest", "minimumDailyRest")]);
        fits[1].CoveredMinutes.Should().Be(120, "a short shift ends at 22:00");
    }

    [Test]
    public void Fits_OnlyByAWaiver_ComeAfterThoseWhoCouldWithEveryRuleToWaive()
    {
        RosterAgent[] people = [Agent("free"), Agent("house"), Agent("both"), Agent("law")];
        var roster = Open(
            Of(people, House("minimumDailyRest", 11), Rule("minimumDailyRest", new() { ["hours"] = 4 }), House("maximumWeeklyHours", 7)),
            Shift("house", Monday.PlusDays(1), 3), Shift("both", Monday.PlusDays(1), 6), Shift("law", Monday.PlusDays(1), 1));

        var fits = roster.Fits(new OpenWork("chat", At(20), At(22)), TwoHours);

        // Eight hours and a meal are 7.5 h: all shifts of a day break the house's 7 hours a week, a short one keeps them.
        fits.Select(f => (f.AgentId, f.IsByWaiver, Rules: string.Join(' ', f.Stops.Select(s => $"{s.Rule} {s.Authority}")))).Should().Equal(
            ("free", false, ""),
            ("house", true, "minimumDailyRest Organisation maximumWeeklyHours Organisation"),
            ("both", true, "minimumDailyRest Organisation maximumWeeklyHours Organisation"),
            ("law", false, "minimumDailyRest Statute minimumDailyRest Organisation maximumWeeklyHours Organisation"));
    }

    private static LabourRule House(string kind, double hours)
    {
        var rule = Rule(kind, new() { ["hours"] = hours });
        return new LabourRule(rule.Kind, rule.Parameters, "House rules", rule.AsOf, rule.Text, Authority: RuleAuthority.Organisation);
    }

    [Test]
    public void Fits_NoSeatLeft_StopsWhoWouldNeedOne()
    {
        RosterAgent[] people = [Agent("A"), Agent("B"), Agent("C", null, "chat", "mail")];
        var roster = Open(Of(people) with { Seats = 2 }, Shift("A", Monday, 16), Shift("C", Monday, 15, "mail"));

        roster.Fits(Evening, TwoHours).Select(f => (f.AgentId, Rule: f.Stops.Select(s => s.Rule).FirstOrDefault())).Should().Equal(("C", null), ("B", "seats"));
    }

    [Test]
    public void Fits_TemplatesOfOtherGroups_AreNotGiven()
    {
        ShiftTemplate mail = Template("mails", 8, 18, 4) with { Groups = ["mail"] };
        var problem = Hub([Agent("A", null, "chat", "mail")], [mail, Full], [Demand("chat", 7, _ => 1), Demand("mail", 7, _ => 1)]);

        Open(problem).Fits(Evening, TwoHours).Single().Day.Shift!.Template.Should().Be("day");
    }

    [Test]
    public void Fits_UnknownGroup_IsNobody() => Open(Given()).Fits(new OpenWork("fax", At(9), At(10)), TwoHours).Should().BeEmpty();

    [Test]
    public void Fits_WorkThatCannotBe_IsRefused()
    {
        FluentActions.Invoking(() => new OpenWork("chat", At(9), At(9))).Should().Throw<SchedulingDataException>().WithMessage("*ends after it starts*");
        FluentActions.Invoking(() => new OpenWork("chat", At(9), At(34))).Should().Throw<SchedulingDataException>().WithMessage("*within 24 hours*");
        FluentActions.Invoking(() => Open(Given()).Fits(new OpenWork("chat", At(0, 7), At(1, 7)), TwoHours))
            .Should().Throw<SchedulingDataException>().WithMessage("*outside the period*");
    }

    [Test]
    public void Fits_AnyRoster_CostsAreThoseOfTheCheckAndNobodyIsMissed([Range(1, 12)] int seed)
    {
        var (roster, random) = (Solved(seed), new Random(seed));
        var problem = roster.Problem;
        for (var i = 0; i < 6; i++)
        {
            var start = problem.Origin + Duration.FromMinutes(30 * random.Next(2 * 24 * (problem.Days - 1)));
            var work = new OpenWork(problem.Demand[random.Next(3)].Group, start, start + Duration.FromMinutes(30 * random.Next(1, 9)));

            var fits = roster.Fits(work, TwoHours);

            foreach (var fit in fits)
            {
                var effect = roster.Check([fit.Day]);
                fit.Cost.Should().BeApproximately(effect.After.Total - effect.Before.Total, 1e-6, "seed {0}: {1}", seed, fit);
                fit.PersonCost.Should().BeApproximately(effect.People.Single().Cost, 1e-9);
                (fit.Stops.Count == 0).Should().Be(effect.Broken.Count == 0, "seed {0}: {1}", seed, fit);
                fit.Stops.Select(s => s.Rule).Should().BeSubsetOf(effect.Broken.Select(v => v.Rule));
                (fit.Now, fit.Then).Should().Be((effect.People[0].Before, effect.People[0].After));
            }

            foreach (var agent in problem.Agents.Where(a => fits.All(f => f.AgentId != a.Id || f.Stops.Count > 0)))
            {
                NewShifts(roster, agent, work).Should().BeEmpty("seed {0}: {1} could take {2}", seed, agent.Id, work);
            }
        }
    }

    // Every shift of one group with its first breaks that somebody off could be given and that covers a part of the work.
    private static IEnumerable<DayEdit> NewShifts(RosterDocument roster, RosterAgent agent, OpenWork work)
    {
        var compiled = roster.Compiled;
        var index = roster.Agent(agent.Id);
        var group = compiled.Skills.Find(work.Group);
        if (group < 0 || !compiled.Skills.HasSkill(index, group)) yield break;
        if (roster.Shifts.Any(s => s.AgentId == agent.Id && s.Start < work.End && work.Start < s.End)) yield break;
        for (var variant = 1; variant < compiled.Shifts.FirstPinned; variant++)
        {
            var shift = compiled.ShiftOf(index, compiled.Cell(variant, group, 0));
            var isThere = shift.Activities.Any(a => a.Group == work.Group && a.Start < work.End && work.Start < a.End);
            if (!isThere || !compiled.Eligibility.IsAllowed(index, variant)) continue;
            if (roster.Find(agent.Id, shift.Date) is not null || roster.IsLocked(agent.Id, shift.Date)) continue;
            if (shift.Date > work.Start.InZone(roster.Problem.Zone).Date) continue;
            var edit = new DayEdit(agent.Id, shift.Date, shift);
            if (roster.Check([edit]).Broken.Count == 0) yield return edit;
        }
    }

    /// <summary>A random roster with some days taken away.</summary>
    internal static RosterDocument Solved(int seed)
    {
        var problem = seed % 2 == 0 ? RosterProblems.RandomPeople(seed) : RosterProblems.Random(seed);
        var pinned = problem.Pinned.Select(p => (p.AgentId, p.Date)).ToHashSet();
        var shifts = new RosterSolver().Solve(problem, new SolveLimits(seed, 10_000)).Shifts.Where(s => !pinned.Contains((s.AgentId, s.Date)));
        return new RosterDocument(problem, [.. shifts.Where((_, i) => i % 4 != seed % 4)]);
    }
}
