using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Series;

public sealed class GridSpanTests
{
    private static readonly IntervalGrid Days = SyntheticSeries.Daily("Europe/Dublin");
    private static readonly LocalDate Autumn = new(2026, 10, 25); // 25 hours

    [Test]
    public void Overlay_DayOntoHours_SharesItOutEvenly()
    {
        var day = GridSpan.From(Days, Days.StartOfDay(Autumn), 2);
        var hours = InIntervalsOf(60, day);

        var volume = hours.Overlay(day).Spread([50, 24]);

        hours.Count.Should().Be(49);
        volume.Take(25).Should().OnlyContain(v => Math.Abs(v - 2) < 1e-12);
        volume.Skip(25).Should().OnlyContain(v => Math.Abs(v - 1) < 1e-12);
    }

    [Test]
    public void Overlay_WithOpenHours_SharesOutOverThemAlone()
    {
        var day = GridSpan.From(Days, Days.StartOfDay(Autumn), 1);
        var opens = Days.StartOfDay(Autumn) + Duration.FromHours(10.5);
        double Open(Instant from, Instant to) => Math.Max(0, (Instant.Min(to, opens + Duration.FromHours(2)) - Instant.Max(from, opens)).TotalHours);

        var volume = InIntervalsOf(60, day).Overlay(day, Open).Spread([40]);

        volume.Where(v => v > 0).Should().Equal(10, 20, 10);
        volume.Sum().Should().BeApproximately(40, 1e-12);
    }

    [Test]
    public void Overlay_NothingOpen_SharesOutByTime()
    {
        var day = GridSpan.From(Days, Days.StartOfDay(Autumn), 1);

        InIntervalsOf(30, day).Overlay(day, (_, _) => 0).Spread([50]).Should().OnlyContain(v => Math.Abs(v - 1) < 1e-12);
    }

    [Test]
    public void Overlay_OutsideTheCurve_IsNothingAndHoldsTheNearestLevel()
    {
        var grid = SyntheticSeries.HalfHourly("Asia/Kathmandu");
        var start = grid.StartOfDay(Autumn);
        var (curve, window) = (GridSpan.From(grid, start, 2), GridSpan.From(grid, start - Duration.FromHours(1), 6));

        var overlay = window.Overlay(curve);

        overlay.Spread([3, 4]).Should().Equal(0, 0, 3, 4, 0, 0);
        overlay.Hold([3, 4]).Should().Equal(3, 3, 3, 4, 4, 4);
    }

    [Test]
    public void Even_WeekInWhichAnHourIsCut_IsInHalfHours()
    {
        var hours = SyntheticSeries.Hourly("Australia/Lord_Howe");
        var (from, to) = (hours.StartOfDay(new LocalDate(2026, 4, 1)), hours.StartOfDay(new LocalDate(2026, 4, 8)));

        GridSpan.Even(hours, from, to).Should().Be(GridSpan.From(SyntheticSeries.HalfHourly("Australia/Lord_Howe"), from, (7 * 48) + 1));
        GridSpan.Even(hours, to, to + Duration.FromDays(7)).Grid.Should().Be(hours);
    }

    [TestCase(-1, 0)]
    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(59, 1)]
    [TestCase(600, 3)]
    public void CeilingIndexOf_MinutesFromTheStart_IsTheFirstStartFromThenOn(int minutes, int index)
    {
        var grid = SyntheticSeries.Hourly("Asia/Kolkata");
        var span = GridSpan.From(grid, grid.StartOfDay(Autumn), 3);

        span.CeilingIndexOf(span.Start + Duration.FromMinutes(minutes)).Should().Be(index);
    }

    private static GridSpan InIntervalsOf(int minutes, GridSpan span) => GridSpan.Between(IntervalGrid.Of(minutes, span.Grid.Zone), span.Start, span.End);
}
