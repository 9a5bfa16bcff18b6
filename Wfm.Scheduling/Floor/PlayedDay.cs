using System.Runtime.InteropServices;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>A contact of a day that is played. Times are seconds from the start of the day; before it for what was open then.</summary>
/// <param name="Queue">Place of its queue.</param>
/// <param name="Arrival">When it came.</param>
/// <param name="Limit">When an immediate contact gives up; when a deferrable one is due.</param>
/// <param name="Person">Who took it, by place among the people; −1 when nobody did by the end of the day.</param>
/// <param name="Start">When it was taken up; infinite when it was not.</param>
/// <param name="End">When its handling ended; infinite when it did not by the end of the day.</param>
/// <param name="Done">When it counts as done, which may be before <paramref name="End"/>; infinite when it does not by the end of the day.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlayedContact(int Queue, double Arrival, double Limit, int Person, double Start, double End, double Done)
{
    /// <summary>Whether it was open at a moment: it had come, and was neither done nor given up.</summary>
    /// <param name="at">Seconds from the start of the day.</param>
    /// <param name="givesUp">Whether it gives up at its limit, as immediate work does.</param>
    public bool IsOpen(double at, bool givesUp) =>
        Arrival <= at && (givesUp ? Start > at && Limit > at : Done > at);
}

/// <summary>Somebody was there to serve, from one moment to another.</summary>
/// <param name="Person">Place among the people.</param>
/// <param name="Start">Seconds from the start of the day.</param>
/// <param name="End">Seconds, exclusive.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PlayedPresence(int Person, double Start, double End);

/// <summary>What became of a queue on a day that is played.</summary>
/// <param name="Share">Share in time by the end of the day, counted as a projection counts it; null when no contact counts.</param>
/// <param name="IsGoalMet">Whether the day meets every target of the goal.</param>
/// <param name="MinutesLate">Minutes past the turnaround, or waited beyond the threshold, of all contacts together up to the end of the day.</param>
/// <param name="Abandoned">Contacts that gave up.</param>
/// <param name="Left">Contacts open at the end.</param>
public sealed record PlayedQueue(double? Share, bool IsGoalMet, double MinutesLate, long Abandoned, long Left);

/// <summary>One day as it happens: every contact served by the people there, with the random numbers of one seed.</summary>
/// <remarks>Contact k of a queue is the same contact whoever serves it, and people are away in the same half-hours, so that a day with other shifts differs by
/// these shifts and not by chance. What changes after a moment changes nothing before it: a day can be played again with the roster of each moment.</remarks>
public sealed class PlayedDay
{
    private PlayedDay(IReadOnlyList<PlayedContact> contacts, IReadOnlyList<PlayedPresence> presences, IReadOnlyList<PlayedQueue> queues) =>
        (Contacts, Presences, Queues) = (contacts, presences, queues);

    /// <summary>Contacts in the order in which they came, those open at the start first.</summary>
    public IReadOnlyList<PlayedContact> Contacts { get; }

    /// <summary>When each was there and not on a break.</summary>
    public IReadOnlyList<PlayedPresence> Presences { get; }

    /// <summary>In the order of the work.</summary>
    public IReadOnlyList<PlayedQueue> Queues { get; }

    /// <summary>Plays a day.</summary>
    /// <param name="work">What comes, on one path, and what is open at the start; shifts yet to begin are missed with its unplanned share.</param>
    /// <param name="people">Who serves what when; without any, nobody serves.</param>
    /// <param name="seed">Same seed and input, same day.</param>
    /// <exception cref="SchedulingDataException">More contacts than can be simulated one by one.</exception>
    public static PlayedDay Of(FloorWork work, IReadOnlyList<RosteredPerson> people, int seed)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(people);
        var (scenario, trace) = (new CompiledScenario(work.Simulated.With(people)(0), 0), new SimulationTrace());
        var run = new ServiceRun(scenario, trace);
        run.Staff(new FloorPeople(work, people, seed).Of(0));
        run.Replicate(seed, 0);
        var contacts = Matched(trace, scenario.Horizon);
        return new PlayedDay(
            contacts, [.. trace.Presences.OrderBy(p => p.Start).ThenBy(p => p.Agent).Select(p => new PlayedPresence(p.Agent, p.Start, p.End))],
            [.. work.Queues.Select((q, i) => Tell(q, run.Tallies[i], contacts.FindAll(c => c.Queue == i), scenario.Horizon))]);
    }

    private static List<PlayedContact> Matched(SimulationTrace trace, double horizon)
    {
        var served = trace.Contacts.OrderBy(c => c.Start).GroupBy(c => (c.Queue, c.Arrival))
            .ToDictionary(g => g.Key, g => new Queue<SimulationTrace.Served>(g)); // contacts of one age may share a moment
        return trace.Arrivals.ConvertAll(c => served.TryGetValue((c.Queue, c.Arrival), out var all) && all.TryDequeue(out var by)
            ? new PlayedContact(c.Queue, c.Arrival, c.Limit, by.Agent, by.Start, Before(by.End), by.Deed < horizon ? by.Deed : double.PositiveInfinity)
            : new PlayedContact(c.Queue, c.Arrival, c.Limit, -1, double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity));

        // what is in hand when the day ends is traced with that moment
        double Before(double end) => end < horizon ? end : double.PositiveInfinity;
    }

    private static PlayedQueue Tell(FloorQueue queue, ServiceTally tally, List<PlayedContact> contacts, double horizon)
    {
        var threshold = queue.Queue.Immediate?.Threshold?.TotalSeconds ?? 0;
        var late = contacts.Sum(c => queue.Queue.Deferrable is not null
            ? Math.Max(0, Math.Min(c.Done, horizon) - c.Limit)
            : Math.Max(0, Math.Min(Math.Min(c.Start, c.Limit), horizon) - c.Arrival - threshold));
        return new PlayedQueue(
            DayShare.Of(queue.Queue, tally, queue.Counted), DayShare.Meets(queue.Queue, tally, queue.Counted), late / 60, tally.Abandoned, tally.Left);
    }
}
