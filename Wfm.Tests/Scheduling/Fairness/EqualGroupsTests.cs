using NodaTime;
using Wfm.Scheduling.Fairness;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Solving;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Fairness;

public sealed class EqualGroupsTests
{
    [TestCase("3,3,3,3", 0, 0)]
    [TestCase("0,0,0,8", 3.4641016, 0.75)] // one of four carries all: (n − 1)/n
    [TestCase("1,2,3,4", 1.1180340, 0.25)] // Gini of 1 … 4 by the definition Σ|xᵢ − xⱼ| ÷ (2n²·mean) = 20 ÷ 80
    [TestCase("0,0", 0, 0)]
    public void Spread_Counts_AreMeasured(string counts, double deviation, double gini)
    {
        var spread = BurdenSpread.Of(counts.Split(',').Select(int.Parse));

        spread.Deviation.Should().BeApproximately(deviation, 1e-6);
        spread.Gini.Should().BeApproximately(gini, 1e-12);
    }

    [Test]
    public void Spread_AnyCounts_GiniIsTheMeanDifferenceAndDoesNotMindScale([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var counts = Enumerable.Range(0, random.Next(1, 30)).Select(_ => random.Next(0, 20)).Append(1).ToArray();
        var differences = counts.SelectMany(a => counts.Select(b => (double)Math.Abs(a - b))).Sum();

        BurdenSpread.Of(counts).Gini.Should().BeApproximately(differences / (2.0 * counts.Length * counts.Length * counts.Average()), 1e-12);
        BurdenSpread.Of(counts.Select(c => 7 * c)).Gini.Should().BeApproximately(BurdenSpread.Of(counts).Gini, 1e-12);
    }

    [Test]
    public void Spread_Nobody_IsRefused() => FluentActions.Invoking(() => BurdenSpread.Of([]))
        .Should().Throw<ArgumentException>().WithMessage("*at least one*");

    [Test]
    public void Of_TwoGroups_ComparesOnlyEquals()
    {
        var groups = EqualGroup.Of(
        [
            new CarriedBurdens("b", "full", new FairnessLedger(4, 1) { Holidays = 2 }), new CarriedBurdens("a", "full", new FairnessLedger(2, 1)),
            new CarriedBurdens("c", "part", new FairnessLedger(0, 0)),
        ]);

        groups.Select(g => (g.Group, g.People.Count)).Should().Equal(("full", 2), ("part", 1));
        groups[0].Above(groups[0].People[1], Burden.Nights).Should().Be(1);
        groups[0].Above(groups[0].People[0], Burden.Holidays).Should().Be(-1);
        groups[1].Spreads[Burden.Nights].Should().Be(new BurdenSpread(1, 0, 0, 0, 0, 0));
    }

    [Test]
    public void LateChanges_InsideTheNotice_CountEachDayOnce()
    {
        var day = new LocalDate(2026, 3, 20);
        Instant At(LocalDate date, int hour) => date.At(new LocalTime(hour, 0)).InUtc().ToInstant();
        var (early, late) = (new WorkedTime(At(day, 6), At(day, 14)), new WorkedTime(At(day, 14), At(day, 22)));
        IReadOnlyList<LocalDate> Late(params TimesChange[] changes) => LateChanges.Days(changes, Duration.FromDays(7), DateTimeZone.Utc);

        Late(new TimesChange(At(day.PlusDays(-7), 5), day, early, late)).Should().BeEmpty("seven days and an hour ahead");
        Late(new TimesChange(At(day.PlusDays(-7), 7), day, late, early)).Should().Equal([day], "the earlier of the two starts counts");
        Late(new TimesChange(At(day.PlusDays(-1), 7), day, early, null), new TimesChange(At(day.PlusDays(-1), 9), day, null, late)).Should().Equal(day);
        Late(new TimesChange(At(day.PlusDays(-1), 7), day, early, early with { })).Should().BeEmpty("the times are the same");
        Late(new TimesChange(At(day.PlusDays(3), 7), day, early, late)).Should().BeEmpty("it had been worked");
        Late(new TimesChange(At(day.PlusDays(-3), 7), day, null, late)).Should().Equal([day], "a day off was taken away");
    }

    [Test]
    public void RefusedWishes_DayOffOrTemplate_CountsEachDayOnce()
    {
        IsoDayOfWeek[] off = [IsoDayOfWeek.Saturday];
        (LocalDate, string?)[] worked = [(Monday, "early"), (Monday.PlusDays(1), "late"), (Monday.PlusDays(5), "late"), (Monday.PlusDays(12), null)];

        RefusedWishes.Count(worked, off, ["early"]).Should().Be(3);
        RefusedWishes.Count(worked, off, []).Should().Be(2);
        RefusedWishes.Count(worked, [], []).Should().Be(0);
    }

    /// <summary>Two people alike; one had the bad half year.</summary>
    [TestCase("nights")]
    [TestCase("weekends")]
    [TestCase("holidays")]
    [TestCase("wishes")]
    public void Solve_TwoPeopleAlike_WhoHadTheBadMonthGetsTheGoodOne(string burden)
    {
        var ledger = burden switch
        {
            "nights" => new FairnessLedger(8, 0),
            "weekends" => new FairnessLedger(0, 6),
            "holidays" => FairnessLedger.Empty with { Holidays = 3 },
            _ => FairnessLedger.Empty with { RefusedWishes = 20 },
        };
        var wishes = new AgentPreferences([], burden == "wishes" ? [new ShiftWish(Monday.PlusDays(2), null, Wanted: false, 1)] : []);
        RosterAgent Person(string id, FairnessLedger carried) => Agent(id, Contract(0, 40, 5)) with { Ledger = carried, Preferences = wishes };
        int[] hard = burden switch { "nights" => [0, 1], "weekends" => [5, 6], _ => [2] };
        var hour = burden == "nights" ? 22 : 8;
        var problem = Hub(
            [Person("spared", ledger), Person("rested", FairnessLedger.Empty)], [Template("shift", hour, hour, 8)],
            [Demand("chat", 8, i => hard.Any(d => i >= (48 * d) + (2 * hour) && i < (48 * d) + (2 * hour) + 16) ? 1 : 0)], 8) with
        {
            Holidays = burden == "holidays" ? [Monday.PlusDays(2)] : [],
        };

        var shifts = new RosterSolver().Solve(problem, new SolveLimits(1, 5_000)).Shifts;

        shifts.Select(s => s.AgentId).Should().HaveCount(hard.Length).And.OnlyContain(id => id == "rested");
    }
}
