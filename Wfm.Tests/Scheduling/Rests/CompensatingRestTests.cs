using NodaTime;
using Wfm.Scheduling;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rests;
using static Wfm.Tests.Scheduling.Problem.RosterProblems;

namespace Wfm.Tests.Scheduling.Rests;

/// <summary>Rest that makes up for a broken rule, by hand: hours of day 0 to day 6 of a week in UTC, eleven hours between shifts and two days off due
/// anyway.</summary>
public sealed class CompensatingRestTests
{
    private static readonly UsualRest Usual = new(Duration.FromHours(11), 2, IsoDayOfWeek.Monday);

    // Tuesday 14:00 to 22:00, then 08:00 to 16:00: the broken rest. Thursday and Friday 12:00 to 20:00.
    private static readonly BusyTime[] Week = [Work(1, 14), Work(2, 8), Work(3, 12), Work(4, 12)];

    [TestCase(2, 2, 16, 3, 12)] // Wednesday 16:00 to Thursday 12:00: 20 h, 9 h more than the 11 due
    [TestCase(9, 2, 16, 3, 12)]
    [TestCase(12, 4, 20, 7, 0)] // Friday 20:00 to Sunday midnight: 52 h − 11 h − one of the two days off due, the other is Monday: 17 h
    [TestCase(17, 4, 20, 7, 0)]
    public void Pay_RestLongEnough_IsTheFirst(int hours, int fromDay, int fromHour, int toDay, int toHour)
    {
        var paid = Pay(Week, Debt(hours));

        (paid[0].Start, paid[0].End).Should().Be((At(fromDay, fromHour), At(toDay, toHour)));
    }

    [Test]
    public void Pay_NoneLongEnough_SaysHowLongTheLongestIs()
    {
        var paid = Pay(Week, Debt(18)).Single();

        (paid.IsGiven, paid.Longest).Should().Be((false, Duration.FromHours(17)));
        var finding = CompensatingRest.Missing("A", Debt(18), paid, DateTimeZone.Utc, "Eleven hours of rest.", "House rules, 4");
        (finding.Rule, finding.Amount, finding.Unit, finding.IsHard, finding.Authority).Should()
            .Be(("compensatingRest", 60, "minutes", false, RuleAuthority.Organisation));
        finding.Limits.Should().BeEquivalentTo(new Dictionary<string, double> { ["hours"] = 18, ["days"] = 5 });
        (finding.From, finding.To, finding.Text, finding.Source).Should()
            .Be((Monday.PlusDays(2), Monday.PlusDays(6), "Eleven hours of rest.", "House rules, 4"));
    }

    [Test]
    public void Pay_DayOffBeyondThoseDue_MakesUpForADay()
    {
        BusyTime[] fourDays = [Work(0, 8), Work(1, 8), Work(2, 8)]; // Wednesday 16:00 on: 104 h − 11 h − two days due = 45 h

        Pay(fourDays, Debt(45)).Single().IsGiven.Should().BeTrue();
        Pay(fourDays, Debt(46)).Single().Longest.Should().Be(Duration.FromHours(45));
    }

    [Test]
    public void Pay_Leave_IsNoRest()
    {
        BusyTime leave = new(At(5, 0), At(7, 0));

        Pay([.. Week, leave], Debt(12)).Single().Should().Be(new RestPaid(null, null, Duration.FromHours(9)), "people are due their leave anyway");
    }

    [Test]
    public void Pay_TwoDebts_NeedAnHourEachAndTheEarlierComesFirst()
    {
        var late = new RestDebt(At(2, 16), At(7, 0), Duration.FromHours(5));
        var early = new RestDebt(At(2, 16), At(4, 0), Duration.FromHours(9));

        var paid = Pay(Week, late, early);

        (paid[1].Start, paid[0].Start).Should().Be((At(2, 16), At(3, 20)), "the night after Wednesday is taken; that after Thursday has 16 h − 11 h");
        Pay(Week, late, late, late, late, early).Select(p => p.Start).Should()
            .Equal(At(3, 20), At(4, 20), At(4, 20), At(4, 20), At(2, 16)); // 17 h of the weekend make up for three times five
        Pay(Week, late, late, late, late, late, early).Count(p => !p.IsGiven).Should().Be(1);
    }

    [Test]
    public void Pay_WhatIsNotKnown_GivesNothing()
    {
        var paid = CompensatingRest.Pay([Debt(12)], Week, At(5, 0), Usual, DateTimeZone.Utc).Single();

        paid.Should().Be(new RestPaid(null, null, Duration.FromHours(9)), "of Saturday nobody knows yet");
    }

    [Test]
    public void Pay_ClockChange_CountsElapsedTime()
    {
        // Sunday 29 March 2026 has 23 hours in Dublin: Saturday 20:00 to Monday 08:00 is 35 h, less 11 h.
        var zone = Zone("Europe/Dublin");
        Instant Local(int month, int day, int hour) => new LocalDateTime(2026, month, day, hour, 0).InZoneStrictly(zone).ToInstant();
        var debt = new RestDebt(Local(3, 28, 20), Local(3, 31, 0), Duration.FromHours(24));
        BusyTime[] busy = [new(Local(3, 28, 12), Local(3, 28, 20)), new(Local(3, 30, 8), Local(3, 31, 0))];

        CompensatingRest.Pay([debt], busy, Local(3, 31, 0), new UsualRest(Duration.FromHours(11), 0, IsoDayOfWeek.Monday), zone).Single().IsGiven.Should()
            .BeTrue();
        CompensatingRest.Pay([debt], busy, Local(3, 31, 0), new UsualRest(Duration.FromHours(12), 0, IsoDayOfWeek.Monday), zone).Single().Longest.Should()
            .Be(Duration.FromHours(23));
    }

    [Test]
    public void Of_Rules_TakesTheMostThatIsDue()
    {
        LabourRule[] rules =
        [
            Rule("minimumDailyRest", new() { ["hours"] = 8 }), Rule("minimumDailyRest", new() { ["hours"] = 11 }),
            Rule("minimumWeeklyRest", new() { ["hours"] = 35 }), Rule("maximumDailyHours", new() { ["hours"] = 10 }),
        ];

        UsualRest.Of(rules, IsoDayOfWeek.Sunday, null).Should().Be(new UsualRest(Duration.FromHours(11), 1, IsoDayOfWeek.Sunday));
        UsualRest.Of(rules, IsoDayOfWeek.Sunday, 5).DaysOffPerWeek.Should().Be(2);
        UsualRest.Of([.. rules, Rule("minimumDaysOffPerWeek", new() { ["days"] = 3 })], IsoDayOfWeek.Sunday, 5).DaysOffPerWeek.Should().Be(3);
        UsualRest.Of([], IsoDayOfWeek.Monday, null).Should().Be(new UsualRest(Duration.Zero, 0, IsoDayOfWeek.Monday));
    }

    [Test]
    public void Pay_AnyWeek_NeverGivesAnHourTwice([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        BusyTime[] busy = [.. Enumerable.Range(0, 21).Where(_ => random.Next(4) > 0).Select(day => Work(day, random.Next(0, 17)))];
        RestDebt[] debts =
        [
            .. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(0, 20)).Select(day =>
                new RestDebt(At(day, random.Next(24)), At(day + random.Next(1, 14), 24), Duration.FromHours(random.Next(1, 30)))),
        ];

        var paid = CompensatingRest.Pay(debts, busy, At(21, 0), Usual, DateTimeZone.Utc);

        foreach (var (debt, given) in debts.Zip(paid).Where(p => p.Second.IsGiven))
        {
            (given.Start >= debt.From && given.End <= debt.By && given.End <= At(21, 0)).Should().BeTrue();
            (given.End - given.Start >= debt.Due + Usual.Between).Should().BeTrue();
            busy.Should().NotContain(b => b.Start < given.End && given.Start < b.End);
        }

        foreach (var rest in debts.Zip(paid).Where(p => p.Second.IsGiven).GroupBy(p => busy.Count(b => b.End <= p.Second.Start)))
        {
            var (start, end) = (rest.Min(r => r.Second.Start!.Value), rest.Max(r => r.Second.End!.Value));
            (rest.Aggregate(Duration.Zero, (sum, r) => sum + r.First.Due) <= end - start - Usual.Between).Should().BeTrue();
        }
    }

    [Test]
    public void Debt_ThatCannotBe_IsRefused()
    {
        FluentActions.Invoking(() => new RestDebt(At(1, 0), At(1, 0), Duration.FromHours(1))).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => new RestDebt(At(1, 0), At(2, 0), Duration.Zero)).Should().Throw<SchedulingDataException>();
        FluentActions.Invoking(() => new UsualRest(Duration.Zero, 8, IsoDayOfWeek.Monday)).Should().Throw<SchedulingDataException>();
        CompensatingRest.Pay([], [], At(0, 0), Usual, DateTimeZone.Utc).Should().BeEmpty();
    }

    private static IReadOnlyList<RestPaid> Pay(BusyTime[] busy, params RestDebt[] debts) =>
        CompensatingRest.Pay(debts, busy, At(7, 0), Usual, DateTimeZone.Utc);

    private static RestDebt Debt(int hours) => new(At(2, 16), At(7, 0), Duration.FromHours(hours));

    private static BusyTime Work(int day, int hour) => new(At(day, hour), At(day, hour + 8));

    private static Instant At(int day, int hour) => Monday.PlusDays(day).AtMidnight().InUtc().ToInstant() + Duration.FromHours(hour);
}
