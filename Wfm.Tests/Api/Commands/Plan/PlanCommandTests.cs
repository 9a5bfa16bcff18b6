using System.Globalization;
using NodaTime;

namespace Wfm.Tests.Api.Commands.Plan;

public sealed class PlanCommandTests
{
    private PlanBench _bench = null!;

    [SetUp]
    public void Open() => _bench = new PlanBench();

    [TearDown]
    public void Close() => _bench.Dispose();

    [Test]
    public async Task Run_SeasonalSeries_WritesEveryFileAndBeatsTheCopyOfLastWeek()
    {
        await _bench.Run(PlanBench.Plain());

        var forecast = _bench.Rows("forecast.csv");
        forecast.Should().HaveCount(7 * 20, "seven days of twenty open half-hours");
        forecast[0]["interval_start"].Should().Be("2025-07-28T08:00:00Z");
        forecast.Should().OnlyContain(r => Number(r["p05"]) <= Number(r["p50"]) && Number(r["p50"]) <= Number(r["p95"]));
        var requirement = _bench.Rows("requirement.csv");
        requirement.Should().HaveCount(3 * 7 * 20);
        requirement.Select(r => r["risk_level"]).Distinct().Should().Equal("0.5", "0.8", "0.9");
        requirement.Should().OnlyContain(r => Number(r["heads"]) * 0.8 >= Number(r["workload"]), "a fifth of the paid time is shrinkage");
        _bench.Rows("roster.csv").Should().NotBeEmpty();
        _bench.Lines("rejected.csv").Should().Equal("line,field,value,reason");
        var cells = _bench.Report.Split('\n').Single(l => l.StartsWith("| calls | 18 days", StringComparison.Ordinal))
            .Split('|', StringSplitOptions.TrimEntries);
        Percent(cells[3]).Should().BeLessThan(Percent(cells[4]), "held back");
        Percent(cells[8]).Should().BeLessThan(Percent(cells[9]), "rolling origins");
        _bench.Printed.Should().Contain(_bench.Report);
    }

    [Test]
    public async Task Run_ClosedWeekends_RosterNobodyThere()
    {
        var weekdays = string.Join('\n', PlanBench.Plain().Split('\n').Where(l => !IsWeekend(l)));

        await _bench.Run(weekdays, r => r with { HorizonDays = 10 });

        var shifts = _bench.Rows("roster.csv");
        shifts.Should().NotBeEmpty().And.OnlyContain(s => DateTime.Parse(s["date"], CultureInfo.InvariantCulture).DayOfWeek != DayOfWeek.Saturday
            && DateTime.Parse(s["date"], CultureInfo.InvariantCulture).DayOfWeek != DayOfWeek.Sunday);
        shifts.Min(s => s["date"]).Should().Be("2025-07-28", "from a Monday on");
    }

    [Test]
    public async Task Run_ImportColumns_UsesTheirHandleTimeAndNamesQueueAndHub()
    {
        await _bench.Run(
            PlanBench.Seasonal(
                "interval_start,queue,hub,offered,handled,handle_time_seconds",
                (time, count) => $"{time:uuuu-MM-dd'T'HH:mm:ss}Z,chat,dub,{count},{count},{count * 120}"));

        var forecast = _bench.Rows("forecast.csv");
        forecast.Should().OnlyContain(r => r["series_id"] == "chat@dub");
        forecast.Should().OnlyContain(r => Math.Abs(Number(r["aht_seconds"]) - 120) < 5, "not the 300 s of the option");
    }

    [Test]
    public async Task Run_BadRows_AreListedAndTheRestIsKept()
    {
        var csv = PlanBench.Plain(days: 14) + """
            calls,2025-03-30T01:30:00,5
            calls,2025-06-16T08:00:00,-1
            calls,2025-06-16T08:30:00,many
            calls,2025-06-02T08:00:00,9
            calls,yesterday,9
            ,2025-06-16T09:00:00,9
            calls,2025-06-16T09:30:00
            calls,2025-06-16T10:00:00,8

            """;

        await _bench.Run(csv, r => r with { Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"], Agents = 1 });

        _bench.Lines("rejected.csv").Should().Equal(
            "line,field,value,reason",
            "282,timestamp,2025-03-30T01:30:00,does not exist in Europe/Dublin: the clocks go from 01:00 to 02:00 on 2025-03-30",
            "283,count,'-1,is negative",
            "284,count,many,is not a number",
            "285,timestamp,2025-06-02T08:00:00,\"is there already, in line 2: one row an interval of a queue at a hub; this one was left out\"",
            "286,timestamp,yesterday,is not a time such as 2026-11-02T09:30Z or 2026-11-02T09:30+01:00",
            "287,series_id,,is missing",
            "288,row,\"calls,2025-06-16T09:30:00\",has another number of columns than the header");
        _bench.Printed.Should().Contain("288 rows").And.Contain("7 rows left out").And.Contain("line 282");
        _bench.Rows("forecast.csv")[0]["interval_start"].Should().Be("2025-06-16T10:30:00+01:00", "the last good row is the end of the history");
    }

    [Test]
    public async Task Run_ThreePoints_IsForecastAndSaysThatNothingCouldBeHeldBack()
    {
        await _bench.Run(
            "series_id,timestamp,count\na,2025-06-02T08:00:00,3\na,2025-06-02T08:30:00,5\na,2025-06-02T09:00:00,4\n",
            r => r with { HorizonDays = 1, Agents = 2 });

        _bench.Rows("forecast.csv").Should().NotBeEmpty()
            .And.OnlyContain(r => Number(r["mean"]) > 1 && Number(r["mean"]) < 12 && Number(r["p95"]) > Number(r["p05"]));
        _bench.Report.Should().Contain("too short to hold any back");
    }

    [Test]
    public async Task Run_DailySeries_IsForecastAndSaysWhyNotRostered()
    {
        var rows = Enumerable.Range(0, 60).Select(d => $"a,{new LocalDate(2025, 3, 1).PlusDays(d):uuuu-MM-dd},{100 + (d % 7 * 10)}");

        await _bench.Run("series_id,timestamp,count\n" + string.Join('\n', rows), r => r with { Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"] });

        _bench.Rows("forecast.csv").Select(r => r["interval_start"]).Should().StartWith("2025-04-30T00:00:00+01:00").And.HaveCount(7);
        _bench.Lines("roster.csv").Should().HaveCount(1);
        _bench.Report.Should().Contain("forecast only");
    }

    // Issue 13: the mail of a day landed at 00:00 and asked for 48 heads.
    [TestCase(false)]
    [TestCase(true)]
    public async Task Run_HalfHourlyVoiceAndDailyMail_MailIsWorkedWhileTheDoorsAreOpen(bool deferrable)
    {
        var mail = Enumerable.Range(0, 56).Select(d => $"mail,{new LocalDate(2025, 6, 2).PlusDays(d):uuuu-MM-dd},{200 + (d % 7 * 10)}");

        await _bench.Run(
            PlanBench.Plain("voice") + string.Join('\n', mail) + "\n",
            r => deferrable ? r with { Turnarounds = new Dictionary<string, double> { ["mail"] = 1440 } } : r);

        var rows = _bench.Rows("requirement.csv").Where(r => r["series_id"] == "mail" && r["risk_level"] == "0.8").ToList();
        rows.Should().HaveCount(7 * 20, "twenty open half-hours a day, none of them at midnight");
        rows.Select(r => r["interval_start"][11..16]).Distinct().Order().Should().StartWith("08:00").And.HaveCount(20);
        rows.Max(r => Number(r["heads"])).Should().BeLessThan(8, "some 230 mails of five minutes in ten hours are two people at work");
        rows.GroupBy(r => r["interval_start"][..10]).Should().OnlyContain(day => Math.Abs(day.Sum(r => Number(r["volume"])) - 230) < 120);
        _bench.Rows("forecast.csv").Count(r => r["series_id"] == "mail").Should().Be(7, "it stays a series of days");
        _bench.Report.Should().Contain("Daily series beside others are spread over the open hours");
    }

    [Test]
    public async Task Run_TwoHubs_ArePlannedApart()
    {
        var header = "interval_start,queue,hub,offered";
        var rows = new[] { "dub", "kul" }.Select(hub => PlanBench.Seasonal(header, (time, count) => $"{time:uuuu-MM-dd'T'HH:mm:ss}Z,chat,{hub},{count}", 21));

        await _bench.Run(header + "\n" + string.Concat(rows.Select(r => r[(r.IndexOf('\n') + 1)..])));

        _bench.Rows("forecast.csv").Select(r => r["series_id"]).Distinct().Should().Equal("chat@dub", "chat@kul");
        _bench.Rows("roster.csv").Select(r => r["agent"].Split('@')[1]).Distinct().Should().BeEquivalentTo("dub", "kul");
    }

    [Test]
    public async Task Run_MostRowsRefused_PlansNothing()
    {
        var csv = PlanBench.Plain(days: 2).Split('\n');
        var bad = string.Join('\n', csv.Select((line, i) => i > 10 ? line.Replace("T", " at ") : line));

        await FluentActions.Awaiting(() => _bench.Run(bad)).Should().ThrowAsync<FormatException>()
            .WithMessage("30 of the 40 rows cannot be used*is not a time*");
    }

    [Test]
    public async Task Run_TwoSeries_PlansEachWithItsOwnTeam()
    {
        await _bench.Run(PlanBench.Plain("one", 21) + string.Join('\n', PlanBench.Plain("two", 21, 8).Split('\n').Skip(1)));

        _bench.Rows("forecast.csv").GroupBy(r => r["series_id"]).Select(g => (g.Key, g.Count())).Should().Equal(("one", 140), ("two", 140));
        _bench.Rows("roster.csv").Select(r => r["agent"][..3]).Distinct().Should().BeEquivalentTo("one", "two");
    }

    [Test]
    public async Task Run_NoAgents_ReportsNothingCovered()
    {
        await _bench.Run(PlanBench.Plain(days: 14), r => r with { Agents = 0 });

        _bench.Lines("roster.csv").Should().HaveCount(1);
        _bench.Report.Should().Contain("| 0 | 2025-06-16, 7 days | 0 | 0.0 % |");
    }

    [Test]
    public async Task Run_SameSeed_WritesTheSameFiles()
    {
        await _bench.Run(PlanBench.Plain(days: 21));
        var first = (_bench.Lines("forecast.csv"), _bench.Lines("requirement.csv"), _bench.Lines("roster.csv"));

        await _bench.Run(PlanBench.Plain(days: 21));

        _bench.Lines("forecast.csv").Should().Equal(first.Item1);
        _bench.Lines("requirement.csv").Should().Equal(first.Item2);
        _bench.Lines("roster.csv").Should().Equal(first.Item3);
    }

    [Test]
    public async Task Run_FormulaAsId_IsTextToASpreadsheetEverywhere()
    {
        await _bench.Run(PlanBench.Plain("=cmd|calc", 14), r => r with { Agents = 3 });

        foreach (var file in new[] { "forecast.csv", "requirement.csv", "roster.csv" })
        {
            _bench.Lines(file).Skip(1).Should().NotBeEmpty().And.OnlyContain(l => l.StartsWith("'=cmd|calc", StringComparison.Ordinal));
        }

        _bench.Report.Should().Contain(@"| =cmd\|calc |", "a bar would break the table");
    }

    [TestCase("", "misses interval_start")]
    [TestCase("series_id,timestamp,count\n", "no rows")]
    [TestCase("series_id,timestamp\na,2025-06-02T08:00:00\n", "misses count")]
    [TestCase("when,how_many\n1,2\n", "misses interval_start, queue, hub, offered")]
    [TestCase("series_id,timestamp,count\na,then,1\n", "1 of the 1 rows cannot be used")]
    [TestCase("series_id,timestamp,count\na,2025-06-02T08:00:00,1\na,2025-06-02T08:07:00,1\n", "7 minutes apart")]
    public async Task Command_FileThatCannotServe_EndsWithTwoAndSaysWhy(string csv, string reason)
    {
        await File.WriteAllTextAsync(_bench.Volumes, csv);

        var (code, error) = await PlanBench.Command("--volumes", _bench.Volumes, "--out", _bench.OutFolder);

        code.Should().Be(2, error);
        error.Should().StartWith("plan: ").And.MatchRegex(reason);
    }

    [TestCase("--horizon-days", "0")]
    [TestCase("--aht-seconds", "0")]
    [TestCase("--service-level", "1.5")]
    [TestCase("--threshold-seconds", "-1")]
    [TestCase("--turnaround-minutes", "0")]
    [TestCase("--shrinkage", "1")]
    [TestCase("--agents", "-1")]
    [TestCase("--moves", "-1")]
    [TestCase("--seconds", "0")]
    [TestCase("--threads", "65")]
    [TestCase("--turnaround-minutes", "mail=soon")]
    [TestCase("--zone", "Europe/Atlantis")]
    [TestCase("--policy", "no-such-act")]
    public async Task Command_OptionOutOfRange_EndsWithTwoNamingTheValue(string option, string value)
    {
        await File.WriteAllTextAsync(_bench.Volumes, PlanBench.Plain(days: 1));

        var (code, error) = await PlanBench.Command("--volumes", _bench.Volumes, "--out", _bench.OutFolder, option, value);

        code.Should().Be(2, error);
        error.Should().StartWith("plan: ").And.Contain(value);
    }

    [Test]
    public async Task Command_NoSuchFile_EndsWithTwoNamingIt()
    {
        var (code, error) = await PlanBench.Command("--volumes", _bench.Volumes, "--out", _bench.OutFolder);

        code.Should().Be(2);
        error.Should().Contain(_bench.Volumes);
    }

    private static bool IsWeekend(string line) =>
        line.Split(',') is [_, var time, _]
        && DateTime.TryParse(time, CultureInfo.InvariantCulture, out var at)
        && at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static double Percent(string cell) => Number(cell.TrimEnd('%', ' '));
}
