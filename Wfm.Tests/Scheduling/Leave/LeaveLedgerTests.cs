using FsCheck.Fluent;
using NodaTime;
using Wfm.Scheduling.Leave;

namespace Wfm.Tests.Scheduling.Leave;

public sealed class LeaveLedgerTests
{
    private static readonly LocalDate NewYear = new(2027, 1, 1);

    [TestCase(31, 0)] // the last day of a month is what earns it
    [TestCase(32, 1000)]
    [TestCase(366, 12_000)]
    public void At_WholeMonths_IsTheRateTimesTheMonths(int day, int minutes)
    {
        var ledger = new LeaveLedger(Earning(1000 / 60.0), [], NewYear.PlusYears(2));

        ledger.At(NewYear.PlusDays(day - 2)).Should().Be(minutes);
    }

    [Test]
    public void At_RateThatIsNoWholeMinute_TwelveMonthsAreExactlyTheYear() => // 25 days of 7.6 hours a year: 11,400 minutes
        new LeaveLedger(Earning(25 * 7.6 / 12), [], NewYear.PlusYears(2)).At(new LocalDate(2027, 12, 31)).Should().Be(11_400);

    [Test]
    public void At_EmployedForPartsOfMonths_EarnsTheirShareByDays()
    {
        var terms = new AccrualTerms([new AccrualRate(new LocalDate(2027, 4, 16), 10)], LastDay: new LocalDate(2027, 6, 10));

        var ledger = new LeaveLedger(terms, [], NewYear.PlusYears(1));

        ledger.Lines.Select(l => (l.Entry.On, l.Entry.Minutes)).Should().Equal(
            (new LocalDate(2027, 4, 30), 300), // 15 of 30 days
            (new LocalDate(2027, 5, 31), 600),
            (new LocalDate(2027, 6, 10), 200)); // 10 of 30 days, on the last day
    }

    [Test]
    public void At_RateThatChangesWithinAMonth_EarnsBothParts()
    {
        var terms = new AccrualTerms([new AccrualRate(NewYear, 10), new AccrualRate(new LocalDate(2027, 4, 11), 20)]);

        new LeaveLedger(terms, [], NewYear.PlusYears(1)).Lines.Single(l => l.Entry.On == new LocalDate(2027, 4, 30)).Entry.Minutes
            .Should().Be(200 + 800); // 10 days at 10 hours, 20 days at 20
    }

    [Test]
    public void Lines_YearsEnd_CarriesTheCapAndLetsTheRestLapse()
    {
        var terms = new AccrualTerms([new AccrualRate(NewYear, 10)], CarryOverMinutes: 2400);
        LeaveEntry[] entries = [new(new LocalDate(2027, 8, 2), LeaveEntryKind.Booking, -1200)];

        var ledger = new LeaveLedger(terms, entries, new LocalDate(2028, 1, 31));

        ledger.At(new LocalDate(2027, 12, 31)).Should().Be(6000);
        ledger.Lines.Should().ContainSingle(l => l.Entry.Kind == LeaveEntryKind.Lapse)
            .Which.Should().Be(new LeaveLine(new LeaveEntry(new LocalDate(2028, 1, 1), LeaveEntryKind.Lapse, -3600), 2400));
        ledger.At(new LocalDate(2028, 1, 31)).Should().Be(3000);
    }

    [Test]
    public void Lines_LeaveYearFromApril_LapsesThen() => new LeaveLedger(
            new AccrualTerms([new AccrualRate(NewYear, 10)], YearStartsIn: 4, CarryOverMinutes: 0), [], new LocalDate(2027, 12, 31))
        .Lines.Should().ContainSingle(l => l.Entry.Kind == LeaveEntryKind.Lapse).Which.Entry.Should()
        .Be(new LeaveEntry(new LocalDate(2027, 4, 1), LeaveEntryKind.Lapse, -1800));

    [Test]
    public void Lines_NegativeBalance_GoesOverWhole()
    {
        var ledger = new LeaveLedger(
            new AccrualTerms([], CarryOverMinutes: 0), [new LeaveEntry(new LocalDate(2027, 5, 3), LeaveEntryKind.Booking, -480)], new LocalDate(2028, 6, 1));

        ledger.At(new LocalDate(2028, 6, 1)).Should().Be(-480);
    }

    [Test]
    public void At_Opening_SaysTheBalanceWhateverWasBeforeAndAccrualCountsAnew()
    {
        LeaveEntry[] entries =
        [
            new(new LocalDate(2027, 2, 1), LeaveEntryKind.Adjustment, 999),
            new(new LocalDate(2027, 3, 16), LeaveEntryKind.Opening, 6000),
            new(new LocalDate(2027, 3, 16), LeaveEntryKind.Booking, -480),
        ];

        var ledger = new LeaveLedger(Earning(31), entries, new LocalDate(2027, 4, 1));

        ledger.At(new LocalDate(2027, 3, 15)).Should().Be(999 + (2 * 31 * 60));
        ledger.At(new LocalDate(2027, 3, 16)).Should().Be(5520);
        ledger.At(new LocalDate(2027, 3, 31)).Should().Be(5520 + (16 * 60)); // the 16th to the 31st
    }

    [Test]
    public void LowestFrom_BookingLater_IsSeenFromBeforeIt()
    {
        LeaveEntry[] entries =
        [
            new(NewYear, LeaveEntryKind.Opening, 960), new(new LocalDate(2027, 7, 5), LeaveEntryKind.Booking, -480),
            new(new LocalDate(2027, 7, 6), LeaveEntryKind.Booking, -480), new(new LocalDate(2027, 8, 1), LeaveEntryKind.Adjustment, 60),
        ];

        var ledger = new LeaveLedger(new AccrualTerms([]), entries, new LocalDate(2027, 12, 31));

        ledger.LowestFrom(NewYear).Should().Be((0, new LocalDate(2027, 7, 6)));
        ledger.LowestFrom(new LocalDate(2027, 8, 2)).Should().Be((60, new LocalDate(2027, 8, 2)));
    }

    [Test]
    public void Ledger_NothingKnown_IsEmpty() => new LeaveLedger(new AccrualTerms([]), [], NewYear).At(NewYear).Should().Be(0);

    [Test]
    public void Ledger_AccrualGiven_IsRefused() => FluentActions.Invoking(() =>
        new LeaveLedger(new AccrualTerms([]), [new LeaveEntry(NewYear, LeaveEntryKind.Accrual, 1)], NewYear)).Should().Throw<ArgumentException>();

    [TestCase(-1.0)]
    [TestCase(745.0)]
    [TestCase(double.NaN)]
    public void AccrualRate_OutOfRange_IsRefused(double hours) => FluentActions.Invoking(() => new AccrualRate(NewYear, hours))
        .Should().Throw<Wfm.Scheduling.SchedulingDataException>().WithMessage("*HoursPerMonth*");

    [Test]
    public void AccrualTerms_OutOfRange_AreRefused()
    {
        FluentActions.Invoking(() => new AccrualTerms([], YearStartsIn: 13)).Should().Throw<Wfm.Scheduling.SchedulingDataException>();
        FluentActions.Invoking(() => new AccrualTerms([], CarryOverMinutes: -1)).Should().Throw<Wfm.Scheduling.SchedulingDataException>();
    }

    /// <summary>The plain version: day by day.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public FsCheck.Property At_AnyEntries_AgreesWithWalkingDayByDay(int seed)
    {
        var random = new Random(seed);
        var (terms, entries) = Some(random);
        var through = NewYear.PlusDays(900);
        var ledger = new LeaveLedger(terms, entries, through);

        var (balance, earned, credited, agrees) = (0, 0.0, 0, true);
        for (var date = NewYear.PlusDays(-40); date <= through; date = date.PlusDays(1))
        {
            if (date is { Day: 1 } && date.Month == terms.YearStartsIn && terms.CarryOverMinutes is { } cap && date > First(terms, entries))
            {
                balance = Math.Min(balance, Math.Max(cap, Math.Min(balance, 0)));
            }

            foreach (var entry in entries.Where(e => e.On == date).OrderBy(e => e.Kind))
            {
                if (entry.Kind == LeaveEntryKind.Opening)
                {
                    (balance, earned, credited) = (entry.Minutes, 0, 0);
                }
                else
                {
                    balance += entry.Minutes;
                }
            }

            var days = date.Calendar.GetDaysInMonth(date.Year, date.Month);
            earned += date > terms.LastDay ? 0 : (terms.Rates.LastOrDefault(r => r.From <= date)?.HoursPerMonth ?? 0) * 60 / days;
            if (date.Day == days || date == terms.LastDay)
            {
                var whole = (int)Math.Floor(earned + 0.5 + 1e-6);
                balance += whole - credited;
                credited = whole;
            }

            agrees &= ledger.At(date) == balance;
        }

        return agrees.ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public FsCheck.Property At_BookingTakenAway_IsNowhereLower(int seed)
    {
        var random = new Random(seed);
        var (terms, entries) = Some(random);
        var booked = entries.FindIndex(e => e.Kind == LeaveEntryKind.Booking);
        var through = NewYear.PlusDays(900);
        var (with, without) = (new LeaveLedger(terms, entries, through), new LeaveLedger(terms, entries.Where((_, i) => i != booked), through));

        return Enumerable.Range(0, 900).Select(NewYear.PlusDays).All(d => without.At(d) >= with.At(d)).ToProperty();
    }

    private static LocalDate First(AccrualTerms terms, List<LeaveEntry> entries) =>
        entries.Select(e => e.On).Concat(terms.Rates.Take(1).Select(r => r.From)).DefaultIfEmpty(LocalDate.MaxIsoValue).Min();

    private static (AccrualTerms Terms, List<LeaveEntry> Entries) Some(Random random)
    {
        AccrualRate[] rates =
        [
            .. Enumerable.Range(0, random.Next(3)).Select(_ => random.Next(700)).Distinct().Order()
                .Select(d => new AccrualRate(NewYear.PlusDays(d), random.Next(0, 300) / 10.0)),
        ];
        var terms = new AccrualTerms(
            rates, random.Next(2) == 0 ? NewYear.PlusDays(random.Next(200, 900)) : null, random.Next(1, 13), random.Next(2) == 0 ? random.Next(0, 3000) : null);
        var entries = Enumerable.Range(0, random.Next(1, 12)).Select(_ => random.Next(8) switch
        {
            0 => new LeaveEntry(NewYear.PlusDays(random.Next(900)), LeaveEntryKind.Opening, random.Next(-500, 9000)),
            < 3 => new LeaveEntry(NewYear.PlusDays(random.Next(900)), LeaveEntryKind.Adjustment, random.Next(-500, 500)),
            _ => new LeaveEntry(NewYear.PlusDays(random.Next(900)), LeaveEntryKind.Booking, -random.Next(0, 480)),
        });
        return (terms, [.. entries.DistinctBy(e => (e.On, e.Kind))]);
    }

    private static AccrualTerms Earning(double hours) => new([new AccrualRate(NewYear, hours)]);
}
