using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

public sealed class SampleVolumeGeneratorTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();
    private static readonly Dictionary<(string Queue, string Hub), List<SampleVolume>> History = new SampleVolumeGenerator(Files).Generate()
        .GroupBy(v => (v.Queue, v.Hub)).ToDictionary(group => group.Key, group => group.ToList());

    [Test]
    public void Excerpt_DefaultSeed_IsTheCommittedFile() => CommittedFile.ShouldEqual("volumes-sample.csv", SampleVolumeCsv.Excerpt(Files));

    [Test]
    public void Generate_EverySeries_IsHalfHourlyFromMondayMidnightToSundayNight()
    {
        foreach (var ((queue, hub), rows) in History)
        {
            var zone = Files.HubsByCode[hub].Zone;
            rows[0].IntervalStart.InZone(zone).LocalDateTime.Should().Be(new LocalDateTime(2024, 11, 4, 0, 0));
            rows[^1].IntervalStart.InZone(zone).LocalDateTime.Should().Be(new LocalDateTime(2026, 11, 1, 23, 30));
            rows.Should().BeInAscendingOrder(v => v.IntervalStart).And.OnlyHaveUniqueItems(v => v.IntervalStart);
            rows.Should().OnlyContain(v => v.Offered >= 0 && v.Handled >= 0 && v.HandleTimeSeconds >= v.Handled, "{0} at {1}", queue, hub);
        }
    }

    [Test]
    public void Generate_LostMeasurement_HasNoRows()
    {
        History.Where(h => h.Key.Hub == "kul").Should().OnlyContain(h => h.Value.Count == 104 * 336 - 96); // two days of the hub
        History[("account-recovery-tl", "mnl")].Should().HaveCount(104 * 336 - 24); // twelve hours of one queue
        History[("reports-tl", "mnl")].Should().HaveCount(104 * 336);
    }

    [Test]
    public void Generate_SameSeed_GivesTheSameRows_OfOneSeriesAlone()
    {
        var series = Files.Series.Single(s => s is { Queue: "fraud-pt", Hub: "gru" });

        new SampleVolumeGenerator(Files).Generate(series).Should().Equal(History[("fraud-pt", "gru")]);
        new SampleVolumeGenerator(Files, seed: 1).Generate(series).Should().NotEqual(History[("fraud-pt", "gru")]);
    }

    [Test]
    public void Generate_Deferrable_CarriesTheBacklog()
    {
        foreach (var rows in History.Where(h => !Files.QueuesByCode[h.Key.Queue].Immediate).Select(h => h.Value))
        {
            foreach (var (before, now) in rows.Zip(rows.Skip(1)).Where(p => p.Second.IntervalStart - p.First.IntervalStart == Duration.FromMinutes(30)))
            {
                now.Backlog.Should().Be(before.Backlog + now.Offered - now.Handled).And.BeGreaterThanOrEqualTo(0);
            }
        }
    }

    [Test]
    public void DayAfter_OfASeed_IsADayOfTheSameOperation()
    {
        var (generator, series) = (new SampleVolumeGenerator(Files), Files.Series.Single(s => s is { Queue: "hate-speech-en", Hub: "dub" }));
        var crisis = new SampleEvent(
            "crisis-test", "crisis", "Test", "dub", null, new LocalDateTime(2026, 11, 2, 10, 0), new LocalDateTime(2026, 11, 3, 0, 0), false, 4.5, 40, false);

        var (day, other, hard) = (generator.DayAfter(series, 1), generator.DayAfter(series, 2), generator.DayAfter(series, 1, crisis));

        day.Should().HaveCount(48).And.Equal(generator.DayAfter(series, 1)).And.NotEqual(other);
        var mondays = History[("hate-speech-en", "dub")].TakeLast(8 * 336).Where(v => v.IntervalStart.InUtc().DayOfWeek == IsoDayOfWeek.Monday)
            .Sum(v => v.Offered) / 8.0;
        Enumerable.Range(1, 40).Average(s => generator.DayAfter(series, s).Sum()).Should().BeApproximately(mondays, 0.1 * mondays, "a Monday follows");
        hard.Take(20).Should().Equal(day.Take(20), "it begins at ten");
        hard.Skip(26).Sum().Should().BeGreaterThan(3 * day.Skip(26).Sum(), "three hours later it is at its height, 4.5 times as much less some");
    }

    [Test]
    public void Generate_Immediate_IsHandledOrAbandonedAtOnce() => History.Where(h => Files.QueuesByCode[h.Key.Queue].Immediate).SelectMany(h => h.Value)
        .Should().OnlyContain(v => v.Offered == v.Handled + v.Abandoned && v.Backlog == null);

    [Test]
    public void Generate_ClosedHub_TakesNoCallsButKeepsReports()
    {
        var night = History[("creator-chat-pt", "gru")].Zip(History[("reports-pt", "gru")])
            .Where(p => p.First.IntervalStart.InZone(Files.HubsByCode["gru"].Zone).Hour < 6).ToList();

        night.Should().OnlyContain(p => p.First.Offered == 0 && p.Second.Handled == 0);
        night.Sum(p => p.Second.Offered).Should().BeGreaterThan(0);
    }

    [TestCase("2025-03-30", 46)] // clocks forward in Dublin
    [TestCase("2025-10-26", 50)] // and back
    public void Generate_ClockChange_HasTheIntervalsOfTheDay(string date, int intervals) =>
        LocalDay(("reports-de", "dub"), NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value).Should().HaveCount(intervals);

    [Test]
    public void Generate_AcrossClockChanges_KeepsTheLocalShapeOfTheDay()
    {
        var zone = Files.HubsByCode["aus"].Zone;
        double MorningShare(int year, int month)
        {
            var rows = History[("creator-chat-en", "aus")].Select(v => (v.Offered, Local: v.IntervalStart.InZone(zone)))
                .Where(v => v.Local.Year == year && v.Local.Month == month && v.Local.DayOfWeek <= IsoDayOfWeek.Friday).ToList();
            return rows.Where(v => v.Local.Hour == 9).Sum(v => v.Offered) / (double)rows.Sum(v => v.Offered);
        }

        MorningShare(2025, 7).Should().BeApproximately(MorningShare(2025, 1), 0.01); // in UTC the nine o'clock hour moved by one: 0.05 to 0.07
    }

    [Test]
    public void Generate_Crisis_JumpsAndDecays_WhereItTouches()
    {
        var start = Instant.FromUtc(2026, 3, 12, 5, 30);
        double Against(string queue, string hub, int fromHour, int hours)
        {
            var rows = History[(queue, hub)].ToDictionary(v => v.IntervalStart, v => v.Offered);
            int Sum(Instant from) => Enumerable.Range(0, hours * 2).Sum(i => rows[from + Duration.FromMinutes(30 * i)]);
            return Sum(start + Duration.FromHours(fromHour)) / (double)Sum(start + Duration.FromHours(fromHour) - Duration.FromDays(7));
        }

        Against("hate-speech-en", "sin", 3, 12).Should().BeInRange(3.0, 5.5);
        Against("hate-speech-en", "sin", 96, 24).Should().BeInRange(1.1, 2.2);
        Against("fraud-pt", "gru", 3, 12).Should().BeInRange(0.6, 1.5);
    }

    [Test]
    public void Generate_Outage_SilencesAndComesBack()
    {
        var down = Interval(2026, 2, 11, 16, 0, 90); // 10:00 in Austin
        var after = Interval(2026, 2, 11, 17, 30, 120);
        var (rows, weekBefore) = (History[("creator-chat-en", "aus")], Duration.FromDays(7));

        Sum(rows, down).Should().Be(0);
        Sum(rows, after).Should().BeGreaterThan(Sum(rows, new Interval(after.Start - weekBefore, after.End - weekBefore)));
    }

    [Test]
    public void Generate_Christmas_LowersReportsAndRaisesSelfHarm()
    {
        ChristmasAgainstWeekBefore("reports-de", "dub").Should().BeLessThan(0.85);
        ChristmasAgainstWeekBefore("self-harm-reports-en", "aus").Should().BeGreaterThan(1.05);

        static double ChristmasAgainstWeekBefore(string queue, string hub) => Offered(queue, hub, 25) / Offered(queue, hub, 18);

        static double Offered(string queue, string hub, int day) =>
            new[] { 2024, 2025 }.Sum(year => LocalDay((queue, hub), new LocalDate(year, 12, day)).Sum(v => v.Offered));
    }

    [Test]
    public void Generate_LargeSeries_SumsToWhatIsExpected()
    {
        foreach (var series in Files.Series.Where(s => s.LevelPerWeek > 1000 && s.Hub != "kul"))
        {
            var expected = new SampleIntensity(Files, series, new SampleCalendar(Files.HubsByCode[series.Hub], Files.Dates)).Expected.Sum();
            (History[(series.Queue, series.Hub)].Sum(v => (double)v.Offered) / expected).Should().BeApproximately(1, 0.03, series.Queue);
        }
    }

    [Test]
    public void Generate_Growth_ShowsBetweenTheYears()
    {
        var rows = History[("fraud-pt", "gru")];
        var quarter = 13 * 336;

        (rows.Skip(52 * 336).Take(quarter).Sum(v => v.Offered) / (double)rows.Take(quarter).Sum(v => v.Offered)).Should().BeApproximately(1.20, 0.06);
    }

    // Poisson counts around the expected volume would have an index of dispersion of 1.
    [Test]
    public void Generate_Counts_AreMoreScatteredThanPoisson()
    {
        var series = Files.Series.Single(s => s is { Queue: "reports-zh", Hub: "sin" });
        var expected = new SampleIntensity(Files, series, new SampleCalendar(Files.HubsByCode["sin"], Files.Dates)).Expected;

        History[("reports-zh", "sin")].Zip(expected).Average(p => (p.First.Offered - p.Second) * (p.First.Offered - p.Second) / p.Second).Should()
            .BeInRange(2, 6);
    }

    [Test]
    public void Generate_ThinQueues_HaveSingleDigitWeeks()
    {
        WeekSums("terror-removal-eu", "dub").Average().Should().BeInRange(4, 10);
        WeekSums("court-orders-in", "mnl").Average().Should().BeInRange(4, 10);
        WeekSums("reports-ga", "dub").Average().Should().BeInRange(15, 35);

        static IEnumerable<double> WeekSums(string queue, string hub) => History[(queue, hub)].Chunk(336).Select(week => (double)week.Sum(v => v.Offered));
    }

    [Test]
    public void Generate_HandleTime_IsTheAverageOfTheSeries()
    {
        foreach (var series in Files.Series.Where(s => s.LevelPerWeek > 1000))
        {
            var rows = History[(series.Queue, series.Hub)];
            (rows.Sum(v => v.HandleTimeSeconds) / rows.Sum(v => (double)v.Handled)).Should().BeApproximately(series.AhtSeconds, 0.04 * series.AhtSeconds);
        }
    }

    private static Interval Interval(int year, int month, int day, int hour, int minute, int length)
    {
        var start = Instant.FromUtc(year, month, day, hour, minute);
        return new Interval(start, start + Duration.FromMinutes(length));
    }

    private static int Sum(List<SampleVolume> rows, Interval during) => rows.Where(v => during.Contains(v.IntervalStart)).Sum(v => v.Offered);

    private static List<SampleVolume> LocalDay((string Queue, string Hub) key, LocalDate day)
    {
        var during = new Interval(
            Files.HubsByCode[key.Hub].Zone.AtStartOfDay(day).ToInstant(), Files.HubsByCode[key.Hub].Zone.AtStartOfDay(day.PlusDays(1)).ToInstant());
        return [.. History[key].Where(v => during.Contains(v.IntervalStart))];
    }
}
