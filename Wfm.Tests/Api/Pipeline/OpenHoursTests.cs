using NodaTime;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Api.Pipeline;

public sealed class OpenHoursTests
{
    private static readonly OpenHours Nights = new([new AvailabilityWindow(IsoDayOfWeek.Sunday, new LocalTime(22, 0), new LocalTime(6, 0))]);

    [Test]
    public void Week_WindowPastMidnightAtTheEndOfTheWeek_ReachesIntoMonday()
    {
        var week = Nights.Week(new IntervalGrid(Duration.FromHours(1), DateTimeZone.Utc))!;

        week.Index().Where(f => f.Item).Select(f => f.Index).Should().Equal(0, 1, 2, 3, 4, 5, 166, 167);
    }

    [Test]
    public void Over_AnInstant_IsJudgedByTheClockOnTheWall() =>
        Nights.Over(DateTimeZoneProviders.Tzdb["Europe/Dublin"], Instant.FromUtc(2026, 7, 6, 4, 0), Duration.FromHours(1), 2).Should().Equal(true, false);

    [Test]
    public void Week_NoWindows_IsAlwaysOpen()
    {
        OpenHours.Always.Week(new IntervalGrid(Duration.FromHours(1), DateTimeZone.Utc)).Should().BeNull();
        OpenHours.Always.At(Instant.FromUtc(2026, 1, 1, 3, 0), DateTimeZone.Utc).Should().BeTrue();
    }
}
