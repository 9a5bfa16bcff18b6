using NodaTime;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Features.Volumes;

namespace Wfm.Tests.Api.Features.Rosters.Runs;

/// <summary>Eight hourly intervals of a requirement, of which a roster of four is cut out.</summary>
public sealed class DeferrableRowsTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 2, 8, 0);
    private static readonly double[] Due = [0, 0, 1, 2, 3, 4, 5, 6];
    private static readonly double[] Arrived = [1, 2, 3, 4, 5, 6, 7, 8];

    [Test]
    public void Of_PeriodInTheMiddle_TakesOverWhatThePlanHasDone()
    {
        var band = Rows().Of([Row("slow", 1440)])!;

        // The plan works 0.8 an hour: 1.6 hours by 10:00, 4.8 by 14:00.
        band.Classes.Single().ArrivedHours.Should().Equal(new[] { 1.4, 2.4, 3.4, 4.4 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Classes.Single().DueHours.Should().Equal(new[] { 0, 0.4, 1.4, 3.2 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Productive.Should().OnlyContain(p => Math.Abs(p - 0.8) < 1e-9);
    }

    [Test]
    public void Of_FinerRoster_SpreadsArrivalsAndCountsDeadlinesAtTheEndOfTheHour()
    {
        var band = Rows(minutes: 30, count: 4).Of([Row("slow", 1440)])!;

        band.Classes.Single().ArrivedHours.Should().Equal(new[] { 0.9, 1.4, 1.9, 2.4 }, (a, e) => Math.Abs(a - e) < 1e-9);
        band.Classes.Single().DueHours.Should().Equal(new[] { 0, 0, 0, 1.6 }, (a, e) => Math.Abs(a - e) < 1e-9); // 3.2 planned by 12:00
    }

    [Test]
    public void Of_TwoQueues_TheShorterTurnaroundComesFirstAndPressesMore()
    {
        var band = Rows().Of([Row("slow", 4320), Row("urgent", 60)])!;

        band.Classes.Select(c => c.Name).Should().Equal("urgent", "slow");
        band.Classes.Select(c => c.GiveUpAfter).Should().Equal(Duration.FromHours(1), Duration.FromHours(24));
        band.Classes[0].LateCost.Should().Be(24 * band.Classes[1].LateCost!.Value);
    }

    [Test]
    public void Of_DueAboveArrivedByARounding_IsNoError()
    {
        var row = Row("slow", 60);
        for (var i = 0; i < Due.Length; i++)
        {
            row.DueHours![i] = row.ArrivedHours![i] + 1e-12;
        }

        Rows().Of([row])!.Classes.Single().DueHours[^1].Should().BeApproximately(4, 1e-9);
    }

    [Test]
    public void Of_ImmediateQueues_IsNoBand() => Rows().Of([Row("chat", 60, deferrable: false)]).Should().BeNull();

    [Test]
    public void Of_HubClosed_NobodyWorks()
    {
        var hub = Hub();
        hub.OpeningHours = [new OpeningWindow(IsoDayOfWeek.Monday, new LocalTime(8, 0), new LocalTime(12, 0))];

        Rows(hub).Of([Row("slow", 1440)])!.Productive.Select(p => Math.Round(p, 9)).Should().Equal(0.8, 0.8, 0, 0);
    }

    private static DeferrableRows Rows(Hub? hub = null, int minutes = 60, int count = 4) => new(hub ?? Hub(), Start + Duration.FromHours(2), minutes, count);

    private static Hub Hub() => new() { Code = "hub", Name = "Hub", TimeZone = "UTC", Country = "IE" };

    private static SeriesRequirement Row(string queue, double turnaround, bool deferrable = true)
    {
        var n = Arrived.Length;
        double[] Each(double value) => [.. Enumerable.Repeat(value, n)];
        return new SeriesRequirement
        {
            Series = new Series
            {
                Queue = new WorkQueue
                {
                    Code = queue,
                    Name = queue,
                    Channel = "report",
                    Language = "en",
                    Severity = "S1",
                    SkillGroup = "group",
                    Goal = new QueueGoal { TurnaroundMinutes = turnaround },
                },
            },
            Start = Start,
            IntervalMinutes = 60,
            Heads = Each(1),
            Waterfall = [.. Each(10), .. Each(1), .. Each(-0.2), .. Each(0), .. Each(0), .. Each(0), .. Each(0.2), .. Each(0)], // one scheduled head of which 0.8 work
            DueHours = deferrable ? [.. Due] : null,
            ArrivedHours = deferrable ? Arrived : null,
        };
    }
}
