using NodaTime;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>Open contacts of one range of ages, and when their clocks run out. Times are from the start of the horizon, and may lie before it.</summary>
/// <param name="Contacts">Contacts.</param>
/// <param name="FirstDue">When the oldest is due.</param>
/// <param name="LastDue">When the youngest is due.</param>
/// <param name="Overdue">Contacts whose clock has run out by now, ages taken as even within the range.</param>
public sealed record AgedWork(int Contacts, Duration FirstDue, Duration LastDue, int Overdue)
{
    /// <summary>The opening backlog of a deferrable queue, range by range.</summary>
    /// <param name="queue">The queue and the moment at which its backlog was counted.</param>
    /// <param name="interval">Length of an interval.</param>
    /// <param name="now">From the start of the horizon to now.</param>
    /// <exception cref="ArgumentException">The queue is immediate work, which has no deadlines.</exception>
    public static IReadOnlyList<AgedWork> Of(FloorQueue queue, Duration interval, Duration now)
    {
        ArgumentNullException.ThrowIfNull(queue);
        var goal = queue.Queue.Deferrable
            ?? throw new ArgumentException($"{queue.Queue.Name} is immediate work, which has no deadlines.", nameof(queue));
        var clock = new OpenClock(goal.ClockStopsWhenClosed ? queue.Queue.Open : null, interval.TotalSeconds);
        return [.. queue.Queue.OpeningBacklog.Select(Describe)];

        Duration Due(Duration age) =>
            ClockRisk.Moment(clock.Due((queue.KnownAt - age).TotalSeconds, goal.Turnaround.TotalSeconds));

        AgedWork Describe(OpenContacts open) => new(
            open.Contacts, Due(open.Oldest), Due(open.Youngest),
            CompiledScenario.Ages([open], 0).Count(age => Due(Duration.FromSeconds(age)) <= now));
    }
}
