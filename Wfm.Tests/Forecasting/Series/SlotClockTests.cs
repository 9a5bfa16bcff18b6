using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Series;

public sealed class SlotClockTests
{
    private static bool[] Shop { get; } = [.. Enumerable.Range(0, 168).Select(slot => slot / 24 < 5 && slot % 24 is >= 8 and < 18)];

    [Test]
    public void SlotOfWeek_ClosedNights_SkipsThem()
    {
        var clock = new SlotClock(new OpeningHours(Shop), firstCell: 24 + 17, cellsPerDay: 24); // Tuesday 17:00

        Enumerable.Range(0, 3).Select(clock.SlotOfWeek).Should().Equal(41, 56, 57);
        clock.SlotOfWeek(31).Should().Be(8, "30 open hours later it is Monday again");
        (clock.Week, clock.Day, clock.IsRegular).Should().Be((50, 10, true));
    }

    [Test]
    public void SlotOfWeek_StartsWhileClosed_IsTheNextOpenOne() =>
        new SlotClock(new OpeningHours(Shop), firstCell: 130, cellsPerDay: 24).SlotOfWeek(0).Should().Be(8);

    [Test]
    public void Fractions_MiddleOfTheSlot_AreOfTheWholeDayAndWeek()
    {
        var clock = new SlotClock(new OpeningHours(Shop), firstCell: 0, cellsPerDay: 24);

        clock.DayFraction(0).Should().BeApproximately(8.5 / 24, 1e-12);
        clock.WeekFraction(10).Should().BeApproximately(32.5 / 168, 1e-12);
    }

    [Test]
    public void IsRegular_ShorterSaturday_IsFalse()
    {
        bool[] week = [.. Shop];
        (week[128], week[129]) = (true, true);

        new SlotClock(new OpeningHours(week), 0, 24).IsRegular.Should().BeFalse();
    }
}
