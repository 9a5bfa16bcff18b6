using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Staffing;

public sealed class ShrinkageTests
{
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Test]
    public void Combine_PlannedAndUnplanned_LosesTheRestOfTheRest() => Shrinkage.Combine(0.2, 0.1).Should().BeApproximately(0.28, 1e-15);

    [Test]
    public void Over_QuarterHours_ReadsLocalTime()
    {
        // Hourly slots; planned = weekday/100 + hour/1000. 22:00 UTC on Sunday is 00:00 on Monday in Berlin in summer.
        var curve = Hourly().Over(Instant.FromUtc(2026, 7, 5, 21, 30), Duration.FromMinutes(15), 4, Berlin);

        curve.Planned.Should().Equal([0.07 + 0.023, 0.07 + 0.023, 0.01, 0.01], (a, b) => Math.Abs(a - b) < 1e-12);
        curve.Combined[2].Should().BeApproximately(1 - 0.99 * 0.95, 1e-12);
    }

    [Test]
    public void Over_SpringGap_SkipsTheLostHour()
    {
        var curve = Hourly().Over(Instant.FromUtc(2026, 3, 29, 0, 0), Duration.FromHours(1), 3, Berlin); // 01:00, then 03:00: 02:00 does not exist

        curve.Planned.Should().Equal([0.071, 0.073, 0.074], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Test]
    public void Over_AutumnOverlap_RepeatsTheHour()
    {
        var curve = Hourly().Over(Instant.FromUtc(2026, 10, 25, 0, 0), Duration.FromHours(1), 3, Berlin);

        curve.Planned.Should().Equal([0.072, 0.072, 0.073], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Test] // Lord Howe Island puts the clock forward by 30 minutes, at 02:00: half of 01:00–02:00 UTC+10:30 … then 02:30
    public void Over_HalfHourChange_WeighsElapsedTime()
    {
        var zone = DateTimeZoneProviders.Tzdb["Australia/Lord_Howe"];

        var curve = Hourly().Over(Instant.FromUtc(2026, 10, 3, 15, 0), Duration.FromHours(1), 1, zone); // 01:30–02:00, then 02:30–03:00, Sunday

        curve.Planned[0].Should().BeApproximately(0.5 * 0.071 + 0.5 * 0.072, 1e-12);
    }

    [Test]
    public void Over_MidnightChange_GoesOnAtOne() // Beirut puts the clock forward at 00:00
    {
        var curve = Hourly().Over(Instant.FromUtc(2026, 3, 28, 21, 0), Duration.FromHours(1), 2, DateTimeZoneProviders.Tzdb["Asia/Beirut"]);

        curve.Planned.Should().Equal([0.06 + 0.023, 0.07 + 0.001], (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Test]
    public void Over_AWholeDay_IsTheMeanOfItsSlots() =>
        Hourly().Over(Instant.FromUtc(2026, 7, 5, 22, 0), Duration.FromDays(1), 1, Berlin).Planned[0].Should().BeApproximately(0.01 + 0.0115, 1e-12);

    [Test]
    public void Uniform_AnyTime_IsTheSame() => Shrinkage.Uniform(0.2, 0.1).At(IsoDayOfWeek.Sunday, new LocalTime(23, 59)).Should().Be((0.2, 0.1));

    [Test]
    public void Constructor_FractionOfOne_NamesDayAndSlot()
    {
        var planned = Table((_, _) => 0.1);
        planned[3][7] = 1;

        FluentActions.Invoking(() => new Shrinkage(planned, Table((_, _) => 0))).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("planned[3][7]");
    }

    [Test]
    public void Constructor_SixDays_Throws() =>
        FluentActions.Invoking(() => new Shrinkage([.. Table((_, _) => 0).Take(6)], Table((_, _) => 0))).Should().Throw<ArgumentException>()
            .WithMessage("*6 days*");

    [Test]
    public void Constructor_SlotsThatDoNotDivideADay_Throws() => FluentActions
        .Invoking(() => new Shrinkage([.. Enumerable.Range(0, 7).Select(_ => new double[11])], [.. Enumerable.Range(0, 7).Select(_ => new double[11])]))
        .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("planned");

    [Test]
    public void Constructor_UnequalSlots_Throws() =>
        FluentActions.Invoking(() => new Shrinkage(Table((_, _) => 0), [.. Enumerable.Range(0, 7).Select(_ => new double[48])])).Should()
            .Throw<ArgumentException>().WithParameterName("unplanned");

    [Test]
    public void Over_BadArgument_Throws()
    {
        var table = Hourly();

        FluentActions.Invoking(() => table.Over(default, Duration.Zero, 1, Berlin)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("interval");
        FluentActions.Invoking(() => table.Over(default, Duration.Epsilon, 0, Berlin)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("count");
        FluentActions.Invoking(() => table.At(IsoDayOfWeek.None, default)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("day");
        FluentActions.Invoking(() => Shrinkage.Combine(-0.1, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("planned");
        FluentActions.Invoking(() => Shrinkage.Uniform(0, double.NaN)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("unplanned");
    }

    private static Shrinkage Hourly() => new(Table((day, hour) => (day + 1) / 100.0 + hour / 1000.0), Table((_, _) => 0.05));

    private static double[][] Table(Func<int, int, double> value) =>
        [.. Enumerable.Range(0, 7).Select(day => Enumerable.Range(0, 24).Select(hour => value(day, hour)).ToArray())];
}
