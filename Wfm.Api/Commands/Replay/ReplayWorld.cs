using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Floor;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Commands.Replay;

/// <summary>A queue on the day that is played.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Offered">Contacts that come, by interval of the day.</param>
/// <param name="Open">Contacts open at its start, by age.</param>
/// <param name="AhtSeconds">Mean handle time.</param>
/// <param name="HandleTime">How handle times scatter about it.</param>
internal sealed record ReplayQueue(
    PlannedQueue Queue, IReadOnlyList<int> Offered, IReadOnlyList<OpenContacts> Open, double AhtSeconds, HandleTime HandleTime);

/// <summary>What happens at a hub on a day, whatever its people make of it: what comes, how long it takes, who does not turn up.</summary>
/// <param name="Hub">The hub, with the shares of time that its people are away.</param>
/// <param name="Span">Intervals of the day.</param>
/// <param name="Queues">Its queues.</param>
/// <param name="Seed">Seed of whatever is random: the same seed, the same day.</param>
internal sealed record ReplayWorld(PlannedHub Hub, GridSpan Span, IReadOnlyList<ReplayQueue> Queues, int Seed)
{
    private const double CrisisFactor = 4.5; // of a queue that it touches in full, as the crisis of the sample's history
    private const double CrisisHalfLifeHours = 40;

    public LocalDate Date => Span.Start.InZone(Hub.Zone).Date;

    /// <summary>When people leave ill all at once; null for never.</summary>
    public Instant? WaveAt { get; init; }

    /// <summary>Share of those at work or about to be who leave then.</summary>
    public double WaveShare { get; init; } = 0.15;

    /// <summary>When a crisis begins, and is declared; null for never.</summary>
    public Instant? CrisisAt { get; init; }

    /// <summary>The sample's day after its history: as usual, or with an absence wave at nine and a crisis at ten.</summary>
    /// <param name="files">The operation with the history that the server has.</param>
    /// <param name="hub">Code of the hub.</param>
    /// <param name="seed">Seed of the day.</param>
    /// <param name="isHard">Whether there is a wave and a crisis.</param>
    public static ReplayWorld Of(SampleOperationFiles files, string hub, int seed, bool isHard)
    {
        var (place, date) = (files.HubsByCode[hub], files.Dates.EndDay);
        Instant At(int hour) => place.Zone.AtLeniently(date.At(new LocalTime(hour, 0))).ToInstant();
        var grid = IntervalGrid.Of(SampleCalendar.IntervalMinutes, place.Zone);
        var crisis = new SampleEvent(
            "crisis-replay", "crisis", "Attack streamed live", hub, null, date.At(new LocalTime(10, 0)), date.PlusDays(1).AtMidnight(), Repeats: false,
            CrisisFactor, CrisisHalfLifeHours, Moves: false);
        var generator = new SampleVolumeGenerator(files);
        var planned = new PlannedHub(
            hub, place.Zone, SampleOperationLoader.Windows(place.OpeningHours).ToOpenHours(), place.PlannedShrinkage, place.UnplannedShrinkage);
        return new ReplayWorld(
            planned, GridSpan.Between(grid, place.Zone.AtStartOfDay(date).ToInstant(), place.Zone.AtStartOfDay(date.PlusDays(1)).ToInstant()),
            [.. files.Series.Where(s => s.Hub == hub).Select(s => Queue(files, generator, s, seed, isHard ? crisis : null))], seed)
        {
            WaveAt = isHard ? At(9) : null,
            CrisisAt = isHard ? At(10) : null,
        };
    }

    /// <summary>Whether somebody does not turn up for a shift: a matter of person and day alone.</summary>
    public bool Misses(string agent, LocalDate date) => new SampleRandom(Seed, $"shift {agent} {date:uuuu-MM-dd}").Uniform() < Hub.UnplannedShrinkage;

    /// <summary>Whether somebody falls ill in the wave, if at work then.</summary>
    public bool FallsIll(string agent) => new SampleRandom(Seed, $"wave {agent}").Uniform() < WaveShare;

    /// <summary>The day's work as it is played.</summary>
    public FloorWork Work() => new(
        [.. Queues.Select(q => new FloorQueue(Simulated(q), q.Queue.Group, Duration.Zero, CountedService.Nothing))], Span.Grid.Interval, Duration.Zero,
        unplanned: 0, Hub.PlannedShrinkage); // who misses a shift is told, so it is no matter of chance here

    private SimulatedQueue Simulated(ReplayQueue queue)
    {
        var aht = new double[Span.Count];
        Array.Fill(aht, queue.AhtSeconds);
        return HubService.Simulated(queue.Queue, [[.. queue.Offered.Select(o => (double)o)]], aht, Hub.When(queue.Queue).Over(Span)) with
        {
            HandleTime = queue.HandleTime,
            OpeningBacklog = queue.Open,
        };
    }

    private static ReplayQueue Queue(SampleOperationFiles files, SampleVolumeGenerator generator, SampleSeries series, int seed, SampleEvent? crisis)
    {
        var queue = SampleOperationLoader.ToEntity(files.QueuesByCode[series.Queue], default).ToPlanned();
        var years = files.Dates.DayCount / 365.25;
        return new ReplayQueue(
            queue, generator.DayAfter(series, seed, crisis), queue.Deferrable is null ? [] : Open([.. generator.Generate(series)]),
            series.AhtSeconds * Math.Pow(1 + series.AhtTrendPerYear, years), HandleTime.Lognormal(series.AhtVariation));
    }

    /// <summary>The backlog with which the history ends: first come was first served, so it is what came last.</summary>
    private static List<OpenContacts> Open(List<SampleVolume> history)
    {
        var (open, left, interval) = (new List<OpenContacts>(), history[^1].Backlog ?? 0, Duration.FromMinutes(SampleCalendar.IntervalMinutes));
        var end = history[^1].IntervalStart + interval;
        for (var i = history.Count - 1; i >= 0 && left > 0; i--)
        {
            var (contacts, age) = (Math.Min(left, history[i].Offered), end - history[i].IntervalStart);
            if (contacts > 0)
            {
                open.Add(new OpenContacts(contacts, age - interval, age));
            }

            left -= contacts;
        }

        return open;
    }
}
