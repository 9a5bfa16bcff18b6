using NodaTime;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Floor;

/// <summary>What is known already of the service of a queue on a day.</summary>
/// <param name="Offered">Contacts that arrived; of deferrable work those done or past their turnaround. 0 or more.</param>
/// <param name="InTime">Of these, answered within the threshold or done within the turnaround; at most <paramref name="Offered"/>.</param>
/// <param name="Answered">Of these, answered at all; at most <paramref name="Offered"/>.</param>
/// <param name="Abandoned">Of these, given up.</param>
/// <param name="WaitSeconds">Seconds that the answered ones waited, all together.</param>
public sealed record CountedService(long Offered, long InTime, long Answered, long Abandoned = 0, double WaitSeconds = 0)
{
    /// <summary>Nothing is known.</summary>
    public static CountedService Nothing { get; } = new(0, 0, 0);
}

/// <summary>A queue on a running day: what may still come of it, what is open, what was answered already.</summary>
/// <param name="Queue">What comes from <paramref name="KnownAt"/> to the end of the day, path by path, and what was open at <paramref name="KnownAt"/>.
/// Volumes before that moment are left out by the caller: they are part of what is counted, or open.</param>
/// <param name="Group">Skill group that covers it.</param>
/// <param name="KnownAt">From the start of the horizon to the moment up to which the queue is known; zero or more.</param>
/// <param name="Counted">What was answered up to that moment, for the service of the whole day.</param>
public sealed record FloorQueue(SimulatedQueue Queue, string Group, Duration KnownAt, CountedService Counted);

/// <summary>The work of a hub from the last moment at which all of it is known to the end of the day.</summary>
/// <remarks>The horizon starts at the earliest of the queues' moments, so that nothing between an old input and now is guessed: it is simulated as everything
/// else that is not known.</remarks>
public sealed record FloorWork
{
    /// <summary>Checks the queues.</summary>
    /// <param name="queues">At least one, all over the same intervals.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="now">From the start of the horizon to now, zero or more, before its end. Deadlines missed from then on are clocks at risk, shifts that
    /// begin from then on may be missed.</param>
    /// <param name="unplanned">Share of the shifts yet to begin that will be missed, at least 0 and less than 1.</param>
    /// <param name="planned">Share of working time away from work (meetings, coaching), at least 0 and less than 1.</param>
    /// <exception cref="ArgumentException">No queue, or a value outside its range.</exception>
    public FloorWork(IReadOnlyList<FloorQueue> queues, Duration interval, Duration now, double unplanned, double planned)
    {
        ArgumentNullException.ThrowIfNull(queues);
        if (queues.Count == 0) throw new ArgumentException("There must be at least one queue.", nameof(queues));
        var horizon = interval * queues[0].Queue.AhtSeconds.Length;
        for (var q = 0; q < queues.Count; q++)
        {
            if (queues[q].KnownAt < Duration.Zero || queues[q].KnownAt >= horizon)
                throw Guard.OutOfRange($"queues[{q}].KnownAt", queues[q].KnownAt, $"it must be within the horizon of {horizon}");
        }

        (Queues, Interval, Unplanned, Planned) = (queues, Guard.Positive(interval), Guard.BelowOne(unplanned), Guard.BelowOne(planned));
        Now = Guard.NonNegative(now) < horizon ? now : throw Guard.OutOfRange(nameof(now), now, $"it must be before the end of the horizon of {horizon}");
    }

    /// <summary>Queues.</summary>
    public IReadOnlyList<FloorQueue> Queues { get; }

    /// <summary>Length of an interval.</summary>
    public Duration Interval { get; }

    /// <summary>From the start of the horizon to now.</summary>
    public Duration Now { get; }

    /// <summary>Share of the shifts yet to begin that will be missed.</summary>
    public double Unplanned { get; }

    /// <summary>Share of working time away from work.</summary>
    public double Planned { get; }

    /// <summary>The work as the simulator takes it; absences are drawn by <see cref="FloorPeople"/>.</summary>
    internal SimulatedWork Simulated => new(
        [.. Queues.Select(q => q.Queue with { EntersAt = q.KnownAt })], [.. Queues.Select(q => q.Group)], Interval, Absences: null);
}
