using NodaTime;
using Wfm.Api.Features.Volumes.Quality;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Api.Features.Volumes.Quality;

/// <summary>On 26 weeks of half-hours in Dublin from Monday 5 January 2026: busy by day, none by night, half at weekends.</summary>
public sealed class QualityCheckTests
{
    private const int Weeks = 26;
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
    private static readonly LocalDate Monday = new(2026, 1, 5);

    [Test]
    public void Check_RegularHistory_HasNothingToRemark()
    {
        var quality = Check(_ => { });

        (quality.Missing, quality.GapCount, quality.Expected, quality.Present).Should().Be((0, 0, Weeks * 336 - 2, Weeks * 336 - 2)); // one hour went in March
        quality.ZeroRuns.Should().BeEmpty("nights are always silent");
        quality.Outliers.Should().BeEmpty();
        quality.LevelShifts.Should().BeEmpty();
        quality.Findings.Should().ContainSingle().Which.Should().StartWith("Nothing to remark");
    }

    [Test]
    public void Check_RowsMissing_MergesThemIntoGapsLongestFirst()
    {
        var quality = Check(y =>
        {
            y.AsSpan(1000, 3).Fill(double.NaN);
            y.AsSpan(2000, 10).Fill(double.NaN);
            y[0] = double.NaN; // before the first row nothing is missing
        });

        (quality.Missing, quality.GapCount).Should().Be((13, 2));
        quality.Gaps.Select(g => g.Intervals).Should().Equal(10, 3);
        quality.Gaps[0].From.Should().Be(At(2000));
        quality.Gaps[0].To.Should().Be(At(2010));
        quality.Findings[0].Should()
            .StartWith("13 of 8,733 intervals are missing (0.1 %) in 2 gaps; the longest is from Sun 2026-02-15 16:00 to Sun 2026-02-15 21:00 (5 hours)");
    }

    [Test]
    public void Check_SilenceByDay_IsNamedAndSilenceByNightIsNot()
    {
        var quality = Check(y => y.AsSpan((9 * 48) + 18, 8).Clear()); // Wednesday 14 January, 09:00 to 13:00

        var run = quality.ZeroRuns.Should().ContainSingle().Subject;
        run.From.Should().Be(At((9 * 48) + 18));
        run.Intervals.Should().Be(8);
        run.UsuallyOffered.Should().BeApproximately(320, 40);
        quality.Findings.Should().Contain(f => f.Contains("from Wed 2026-01-14 09:00 to Wed 2026-01-14 13:00 (4 hours)"));
    }

    [Test]
    public void Check_WildValue_IsAnOutlierOfItsTimeOfWeek()
    {
        var quality = Check(y => y[(8 * 48) + 24] = 400); // Tuesday 13 January, noon, where about 40 are usual

        var outlier = quality.Outliers.Should().ContainSingle().Subject;
        outlier.IntervalStart.Should().Be(At((8 * 48) + 24));
        outlier.Usual.Should().BeApproximately(40, 5);
        outlier.RobustZ.Should().BeGreaterThan(30);
    }

    [TestCase(1.4)]
    [TestCase(0.6)]
    public void Check_LastingShift_IsDatedToTheDay(double factor)
    {
        var from = 12 * 336; // Monday 30 March, the day after the clocks changed
        var quality = Check(y =>
        {
            for (var i = from - 2; i < y.Length; i++)
            {
                y[i] = Math.Round(y[i] * factor);
            }
        });

        var shift = quality.LevelShifts.Should().ContainSingle().Subject;
        shift.Day.Should().Be(new LocalDate(2026, 3, 30));
        shift.Change.Should().BeApproximately(factor - 1, 0.05);
    }

    [Test]
    public void Check_WeekOfHolidays_IsNoLastingShift() => Check(y =>
    {
        for (var i = 8 * 336; i < 9 * 336; i++)
        {
            y[i] = Math.Round(y[i] * 0.3);
        }
    }).LevelShifts.Should().BeEmpty();

    [Test]
    public void Check_NothingKnown_SaysSo() => Check(y => Array.Fill(y, double.NaN)).Findings.Should().Equal("There are no volumes in this stretch.");

    [Test]
    public void Check_OnePoint_IsNotJudged()
    {
        var quality = Check(y => y.AsSpan(1).Fill(double.NaN));

        (quality.Expected, quality.Missing).Should().Be((1, 0));
        quality.Outliers.Should().BeEmpty();
    }

    [Test]
    public void Check_DailySeries_WorksOnDays()
    {
        var grid = IntervalGrid.Of(IntervalGrid.Day, Zone);
        var y = Enumerable.Range(0, 120).Select(day => day % 7 > 4 ? 100.0 : 200.0).ToArray();
        y[50] = double.NaN;
        y[80] = 2000;

        var quality = QualityCheck.Check("q", "h", new History(1, grid, grid.SlotOf(grid.StartOfDay(Monday)), y, y, y));

        quality.Gaps.Should().ContainSingle();
        quality.Outliers.Should().ContainSingle().Which.Usual.Should().Be(200);
        quality.LevelShifts.Should().BeEmpty();
    }

    private static Instant At(int index) => IntervalGrid.Of(30, Zone).StartOf(FirstSlot + index);

    private static long FirstSlot => IntervalGrid.Of(30, Zone).SlotOf(Zone.AtStartOfDay(Monday).ToInstant());

    private static SeriesQuality Check(Action<double[]> change)
    {
        var grid = IntervalGrid.Of(30, Zone);
        var random = new Random(7);
        var y = Enumerable.Range(0, (Weeks * 336) - 2).Select(i => Usual(grid.StartOf(FirstSlot + i).InZone(Zone).LocalDateTime, random)).ToArray();
        change(y);
        return QualityCheck.Check("q", "h", new History(1, grid, FirstSlot, y, y, y));
    }

    private static double Usual(LocalDateTime local, Random random)
    {
        var level = local.Hour is < 7 or >= 22 ? 0 : local.DayOfWeek >= IsoDayOfWeek.Saturday ? 20 : 40;
        return level == 0 ? 0 : level + random.Next(-4, 5);
    }
}
