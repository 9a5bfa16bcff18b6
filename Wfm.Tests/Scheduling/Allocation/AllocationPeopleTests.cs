using NodaTime;
using Wfm.Scheduling.Allocation;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Scheduling.Allocation;

public sealed class AllocationPeopleTests
{
    private static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
    private static readonly LocalDate Monday = new(2026, 11, 2);
    private static readonly Contract Full = new("full", Duration.FromHours(30), Duration.FromHours(40), 5, null);
    private static readonly AllocationTerms Plain = new() { Handover = Duration.Zero, NightPremium = 0.5, WeekendPremium = 0.25 };

    private static readonly ShiftTemplate Day = new(
        "day", new LocalTime(9, 0), new LocalTime(9, 0), Duration.FromMinutes(30), Duration.FromHours(8),
        [new BreakRule("meal", Duration.FromMinutes(60), Duration.FromMinutes(180), Duration.FromMinutes(240), Paid: false)], DaysOfWeek.All);

    private static readonly ShiftTemplate Night = new(
        "night", new LocalTime(22, 0), new LocalTime(22, 0), Duration.FromMinutes(30), Duration.FromHours(8), [], DaysOfWeek.All);

    [Test]
    public void Of_SameSkillsAndContract_IsOneKind()
    {
        var kinds = People([Agent("a", "en"), Agent("b", "en"), Agent("c", "en", "de")], [Day]);

        kinds.Select(k => k.Heads).Should().BeEquivalentTo([2, 1]);
        var two = kinds.Single(k => k.Heads == 2);
        (two.MaximumHours, two.MaximumShifts).Should().Be((80.0, 10.0));
        two.Offers.Should().HaveCount(7);
    }

    // Monday off of five days on seven: 40 × (1 − 1/7) hours.
    [Test]
    public void Of_Leave_TakesTheDayOff()
    {
        var start = Dublin.AtStartOfDay(Monday).ToInstant();
        var away = Agent("a", "en") with { TimeOff = [new TimeOff(start, start + Duration.FromDays(1), LeaveKind.Annual)] };

        var kind = People([away, Agent("b", "en")], [Day]).Single();

        kind.Moments.Take(4).Should().Equal(1, 1, 2, 2); // midnight and noon of Monday and Tuesday
        kind.MaximumHours.Should().BeApproximately(40 + (40 * 6 / 7.0), 1e-9);
    }

    // 9:00 to 17:00 with an unpaid hour somewhere between 12:00 and 14:00: seven hours paid, the break is equally likely to begin at any minute of 12:00 to
    // 13:00.
    [Test]
    public void Of_Breaks_TakeTheirShareOfEachInterval()
    {
        var offer = People([Agent("a", "en")], [Day]).Single().Offers[0];

        offer.PaidHours.Should().Be(7);
        offer.Intervals.Should().Equal(9, 10, 11, 12, 13, 14, 15, 16);
        offer.Working.Sum().Should().BeApproximately(7, 1e-9);
        offer.Working[2].Should().BeApproximately(1, 1e-9);
        offer.Working[3].Should().BeApproximately(0.5, 0.01, "half of the breaks that begin in this hour lie in it");
        offer.OnSite.Should().AllSatisfy(s => s.Should().BeApproximately(1, 1e-9));
    }

    // 22:00 to 06:00: seven of eight hours in the night of 23:00 to 06:00 at half as much again; Friday's ends on Saturday: six hours of weekend at a
    // quarter.
    [Test]
    public void Of_Night_CostsThePremiums()
    {
        var friday = People([Agent("a", "en")], [Night]).Single().Offers.Single(o => o.Date == Monday.PlusDays(4));

        (friday.NightHours, friday.WeekendHours).Should().Be((7.0, 6.0));
        friday.Cost.Should().BeApproximately(20 * (8 + (0.5 * 7) + (0.25 * 6)), 1e-9);
    }

    // The clocks of Dublin go back at 02:00 on 25 October 2026: eight elapsed hours from 22:00 summer time end at 05:00, six of them between 23:00 and
    // 06:00 on the wall and one more that happens twice: 22:00–23:00 is the only hour outside.
    [Test]
    public void Of_NightOfTheClockChange_CountsElapsedHours()
    {
        var kind = People([Agent("a", "en")], [Night], new LocalDate(2026, 10, 19)).Single();
        var change = kind.Offers.Single(o => o.Date == new LocalDate(2026, 10, 24));

        change.Start.Should().Be(Instant.FromUtc(2026, 10, 24, 21, 0));
        (change.PaidHours, change.NightHours).Should().Be((8.0, 7.0));
        change.Intervals.Should().HaveCount(8);
    }

    [Test]
    public void Of_EndOfTheSpan_GoesOnAtItsBeginning()
    {
        var sunday = People([Agent("a", "en")], [Night]).Single().Offers.Single(o => o.Date == Monday.PlusDays(6));

        sunday.Intervals.Should().Equal(166, 167, 0, 1, 2, 3, 4, 5);
        sunday.Moments.Should().Equal(0, 1); // 22:00 to 06:00 and eleven hours of rest: midnight and noon of the Monday after it
    }

    [Test]
    public void Of_Availability_LeavesOutWhatDoesNotFit()
    {
        var mornings = new AvailabilityWindow(IsoDayOfWeek.Tuesday, new LocalTime(8, 0), new LocalTime(18, 0));

        People([Agent("a", "en"), Agent("b", [mornings], "en")], [Day]).Single(k => k.Offers.Count == 1).Offers.Single().Date.Should()
            .Be(Monday.PlusDays(1));
    }

    private static RosterAgent Agent(string id, params string[] groups) => Agent(id, [], groups);

    private static RosterAgent Agent(string id, AvailabilityWindow[] windows, params string[] groups) =>
        new(id, Full, [.. groups.Select(g => new AgentSkill(g, 1))], windows, [], []);

    private static IReadOnlyList<AllocationKind> People(RosterAgent[] agents, ShiftTemplate[] templates, LocalDate? monday = null)
    {
        var first = monday ?? Monday;
        var start = first.AtMidnight().InUtc().ToInstant();
        var law = new LabourPolicy("law", new LocalDate(2020, 1, 1), [ConstraintCatalog.Known.Rule(
            "minimumDailyRest", new RuleParameters { ["hours"] = 11 }, "test", new LocalDate(2026, 1, 1), "rest")]);
        var problem = new RosterProblem(Dublin, first, 8, Duration.FromHours(1), agents, templates, [], law, RosterObjective.Default, [], []);
        return AllocationPeople.Of(
            "dub", problem, new Dictionary<string, double> { ["full"] = 20 }, new AllocationSpan(start, Duration.FromHours(1), 168), Plain);
    }
}
