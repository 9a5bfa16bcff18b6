using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Series;

public sealed class OpeningHoursTests
{
    /// <summary>Half-hours, open 07:00–21:00 on weekdays.</summary>
    private static double[] Bank(int weeks) =>
        [.. Enumerable.Range(0, weeks * 336).Select(t => t % 336 / 48 < 5 && t % 48 is >= 14 and < 42 ? 10.0 : double.NaN)];

    [TestCase(1)]
    [TestCase(6)]
    public void Detect_BankHours_Finds28ADay140AWeek(int weeks)
    {
        var hours = OpeningHours.Detect(Bank(weeks), 0, 336);

        // One week cannot tell a closed Sunday from a missing one by repetition, but the block is long enough.
        hours.OpenPerWeek.Should().Be(140);
        hours.SeasonLengths(48).Should().Equal(28, 140);
        hours.SlotsPerOpenDay(48).Should().Be(28);
    }

    [Test]
    public void Detect_RandomGaps_StaysOpen()
    {
        var random = new Random(5);
        double[] values = [.. Enumerable.Range(0, 4 * 168).Select(_ => random.NextDouble() < 0.4 ? double.NaN : 3.0)];

        OpeningHours.Detect(values, 0, 168).OpenPerWeek.Should().Be(168);
    }

    [Test]
    public void Detect_HolidayWeek_StaysOpen()
    {
        var values = Bank(10);
        Array.Fill(values, double.NaN, values.Length - 336, 336);

        OpeningHours.Detect(values, 0, 336).OpenPerWeek.Should().Be(140);
    }

    [Test]
    public void SeasonLengths_ShortSaturday_HasTheWeekOnly()
    {
        bool[] open = [.. Enumerable.Range(0, 168).Select(t => t / 24 < 5 ? t % 24 is >= 8 and < 18 : t / 24 == 5 && t % 24 is >= 8 and < 12)];

        new OpeningHours(open).SeasonLengths(24).Should().Equal(54);
    }

    [Test]
    public void OpenBefore_EachSlot_CountsTheOpenOnes()
    {
        bool[] open = [true, false, true, true, false, false, true];
        var hours = new OpeningHours(open);

        for (var slot = 0; slot < 40; slot++)
        {
            hours.OpenBefore(slot).Should().Be(Enumerable.Range(0, slot).Count(s => open[s % 7]));
        }
    }

    [Test]
    public void Constructor_NothingOpen_Throws() =>
        FluentActions.Invoking(() => new OpeningHours(new bool[7])).Should().Throw<ArgumentException>().WithMessage("None of the 7*");
}
