using System.Text;
using NodaTime;
using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.Features.SampleOperation;

public sealed class SampleOperationFilesTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();

    [Test]
    public void Load_FromTheAssembly_IsACompleteOperation()
    {
        Files.Hubs.Select(h => h.Code).Should().Equal("sin", "kul", "dub", "gru", "aus", "mnl");
        Files.Queues.Should().HaveCount(26).And.OnlyHaveUniqueItems(q => q.Code);
        Files.Series.Should().HaveCount(34).And.OnlyHaveUniqueItems(s => s.Queue + " " + s.Hub);
        Files.Events.Should().OnlyHaveUniqueItems(e => e.Code);
        Files.Series.Select(s => s.Queue).Distinct().Should().BeEquivalentTo(Files.Queues.Select(q => q.Code), "every queue is worked somewhere");
        Files.Agents.Should().HaveCount(600);
        Files.TimeOff.Should().NotBeEmpty();
    }

    [Test]
    public void Queues_Goal_FitsTheKindOfWork() => Files.Queues.Should().OnlyContain(q => q.Immediate
        ? q.Goal.ServiceLevel > 0 && q.Goal.ThresholdSeconds > 0 && q.Goal.PatienceSeconds > 0 && q.Goal.TurnaroundMinutes == null
        : q.Goal.TurnaroundMinutes > 0 && q.Goal.TurnaroundFraction > 0 && q.Goal.TurnaroundFraction <= 1 && q.Goal.ServiceLevel == null);

    // Legal clocks: Regulation (EU) 2021/784 article 3(3), one hour; India IT Rules as amended in 2026, three hours; US TAKE IT DOWN Act, 48 hours.
    [TestCase("terror-removal-eu", 60)]
    [TestCase("court-orders-in", 180)]
    [TestCase("ncii-en", 2880)]
    public void Queues_LegalClock_LeavesNoShareLate(string queue, double minutes)
    {
        Files.QueuesByCode[queue].Goal.TurnaroundMinutes.Should().Be(minutes);
        Files.QueuesByCode[queue].Goal.TurnaroundFraction.Should().Be(1);
        Files.QueuesByCode[queue].Goal.JudgedFraction.Should().BeNull("nothing weaker than what stands for all is asked for");
    }

    [Test] // a clock of three hours runs out while a hub is closed for eight
    public void Series_LegalClockShorterThanANight_IsWorkedWhereItIsAlwaysOpen() =>
        Files.Series.Where(s => Files.QueuesByCode[s.Queue].Goal is { LegalClock: true, TurnaroundMinutes: < 480 })
            .Should().NotBeEmpty().And.OnlyContain(s => Files.HubsByCode[s.Hub].OpeningHours.Count == 0);

    [Test]
    public void ShiftTemplates_TogetherWithContracts_CoverEveryOpenHalfHour()
    {
        foreach (var hub in Files.Hubs)
        {
            var templates = Files.ShiftTemplates.Where(t => t.Hub == hub.Code).ToList();
            for (var minute = 0; minute < 1440; minute += 30)
            {
                var time = LocalTime.Midnight.PlusMinutes(minute);
                if (!hub.IsOpen(Files.Dates.FirstDay + time)) continue;
                templates.Exists(t => Covers(t, minute) || Covers(t, minute + 1440)).Should().BeTrue("{0} is open at {1}", hub.Code, time);
            }
        }

        static bool Covers(SampleShiftTemplate t, int minute)
        {
            var (earliest, latest) = (t.EarliestStart.Hour * 60 + t.EarliestStart.Minute, t.LatestStart.Hour * 60 + t.LatestStart.Minute);
            return Enumerable.Range(0, (latest - earliest) / t.StartStepMinutes + 1).Select(step => earliest + step * t.StartStepMinutes)
                .Any(start => start <= minute && minute + 30 <= start + t.LengthMinutes);
        }
    }

    [TestCase("sat", "23:30", true)]
    [TestCase("sun", "00:30", false)]
    [TestCase("sun", "06:00", true)]
    public void IsOpen_WindowThatEndsAtMidnight_IsOpenUntilMidnight(string day, string time, bool open)
    {
        var date = day == "sat" ? new LocalDate(2026, 10, 31) : new LocalDate(2026, 11, 1);

        Files.HubsByCode["gru"].IsOpen(date + LocalTime.FromHoursSinceMidnight(int.Parse(time[..2])).PlusMinutes(int.Parse(time[3..]))).Should().Be(open);
    }

    [TestCase("hubs.csv", ",90,", ",many,", "hubs.csv line 2, column 'seats': 'many' is not a whole number.")]
    [TestCase("hubs.csv", "seats", "chairs", "hubs.csv has no column 'seats'.")]
    [TestCase("hubs.csv", "Asia/Singapore", "Asia/Lion", "hubs.csv, sin: 'Asia/Lion' in column 'time_zone' is defined nowhere.")]
    [TestCase("hubs.csv", "mon-sun 07:00-23:00", "mon-sun 7-23", "hubs.csv line 3, column 'opening_hours': '7' is not a local time like 08:30.")]
    [TestCase("queues.csv", "voice,immediate", "voice,soon", "queues.csv line 2, column 'kind': 'soon' is not immediate or deferrable.")]
    [TestCase("queues.csv", "0.90,20,15", "high,20,15", "queues.csv line 2, column 'service_level': 'high' is not a number.")]
    [TestCase("contracts.csv", "sin-day;", "sin-noon;", "contracts.csv, sin-full: 'sin-noon' in column 'templates' is defined nowhere.")]
    [TestCase(
        "shift-templates.csv", "meal:60@195", "meal:60/195",
        "shift-templates.csv line 2, column 'breaks': 'meal:60/195-225:unpaid' is not a break like meal:60@180-300:unpaid.")]
    [TestCase("teams.csv", "sin,live-en,32", "sin,live-en,33", "teams.csv, sin live-en: 33 agents, but contracts for 32.")]
    [TestCase("events.csv", "2024-11-12T00:00,true,0.88", "2024-11-10T00:00,true,0.88", "events.csv, holiday-public-aus-2024-11-11: it ends before it starts.")]
    [TestCase(
        "events.csv", "2024-11-12T00:00,true,0.88", "tomorrow,true,0.88", "events.csv line 2, column 'end_local': 'tomorrow' is not a local date and time*")]
    [TestCase("series.csv", "le-line-en,sin", "le-line-xx,sin", "series.csv, le-line-xx sin: 'le-line-xx' in column 'queue' is defined nowhere.")]
    [TestCase("daily-shapes.csv", "office,0.25;", "office,", "daily-shapes.csv, office: 23 hours, not 24.")]
    [TestCase(
        "agents.csv", "sin-001,Mei Siskin,sin,sin-full", "sin-001,Mei Siskin,sin,sin-zero",
        "agents.csv, sin-001: 'sin-zero' in column 'contract' is defined nowhere.")]
    public void Load_BadValue_SaysWhereAndWhat(string file, string good, string bad, string message)
    {
        var broken = Replaced(CommittedFile.Text(file), good, bad);

        FluentActions.Invoking(() =>
                SampleOperationFiles.Load(name => name == file ? new MemoryStream(Encoding.UTF8.GetBytes(broken)) : SampleOperationFiles.Open(name)))
            .Should().Throw<FormatException>().WithMessage(message);
    }

    [Test]
    public void Open_UnknownFile_NamesIt() =>
        FluentActions.Invoking(() => SampleOperationFiles.Open("cats.csv")).Should().Throw<FileNotFoundException>().WithMessage("*cats.csv*");

    private static string Replaced(string text, string good, string bad)
    {
        text.Should().Contain(good);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        return text[..at] + bad + text[(at + good.Length)..];
    }
}
