using NodaTime;
using Wfm.Scheduling.Proof;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Scheduling.Proof;

public sealed class LoneHoursTests
{
    private const int Slots = 96;
    private static readonly Duration HalfHour = Duration.FromMinutes(30);

    [Test] // due in 4 h and begun half an hour before: nobody from 10:00 to 16:00 leaves what comes before 12:30 alone
    public void Of_PauseLongerThanTheWait_AsksForSomebodyInItsMiddle()
    {
        var missing = Missing(240, i => i is >= 20 and < 32 ? 0 : 2);

        Asked(missing).Should().Equal(
            Enumerable.Range(25, 3), "12:30 is the first that cannot wait for 16:00, and 13:30 the last start for what came at 10:00");
        missing[26].Should().Be(1);
    }

    [Test]
    public void Of_PauseOfManyWaits_AsksForSomebodyAllAlong() => Asked(Missing(60, i => i is >= 20 and < 40 ? 0 : 2)).Should().Equal(Enumerable.Range(21, 19));

    [Test]
    public void Of_PauseShorterThanTheWait_AsksForNobody() => Asked(Missing(1440, i => i is >= 20 and < 40 ? 0 : 2)).Should().BeEmpty();

    [Test]
    public void Of_OneWhereNobodyIsMissing_AsksForASecond() =>
        Missing(240, i => i is >= 20 and < 40 ? 1 : 2).Where(m => m > 0).Should().NotBeEmpty().And.OnlyContain(m => m == 1);

    [Test]
    public void Of_HoursInWhichNothingComes_AsksForNobody() =>
        Asked(Missing(60, i => i is >= 20 and < 40 ? 0 : 2, volume: i => i is >= 18 and < 42 ? 0 : 0.1)).Should().BeEmpty();

    [Test]
    public void Of_ClosedHours_AreNotAskedFor() =>
        Asked(Missing(60, i => i is >= 20 and < 40 ? 0 : 2, open: i => i is < 25 or >= 30)).Should().NotContain(Enumerable.Range(25, 5)).And.NotBeEmpty();

    [Test]
    public void Of_MuchWork_IsMissedByTheHour() => Asked(Missing(60, i => i is >= 20 and < 40 ? 0 : 2, volume: _ => 5)).Should().BeEmpty();

    private static int[] Asked(double[] missing) => [.. missing.Index().Where(m => m.Item > 0).Select(m => m.Index)];

    private static double[] Missing(double minutes, Func<int, double> scheduled, Func<int, double>? volume = null, Func<int, bool>? open = null)
    {
        var queue = new SimulatedQueue(
            "orders", [[.. Enumerable.Range(0, Slots).Select(volume ?? (_ => 0.1))]], [.. Enumerable.Repeat(600.0, Slots)],
            new DeferrableGoal(Duration.FromMinutes(minutes), 1))
        {
            Open = open is null ? null : [.. Enumerable.Range(0, Slots).Select(open)],
        };
        return LoneHours.Of(new SimulatedWork([queue], ["desk"], HalfHour, null), 0, [.. Enumerable.Range(0, Slots).Select(scheduled)]);
    }
}
