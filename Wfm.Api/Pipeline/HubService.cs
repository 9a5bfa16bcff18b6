using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Simulation;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Pipeline;

/// <summary>A roster and the work it meets.</summary>
/// <param name="Hub">The hub.</param>
/// <param name="Forecasts">Forecasts of the hub's queues, adjustments applied, with people or without.</param>
/// <param name="Window">The simulated intervals.</param>
/// <param name="Days">Start of each local day, from the start of the window.</param>
/// <param name="People">Who serves what when, as rostered.</param>
public sealed record RosteredWork(
    PlannedHub Hub, IReadOnlyList<ForecastedQueue> Forecasts, GridSpan Window, IReadOnlyList<Duration> Days, IReadOnlyList<RosteredPerson> People)
{
    /// <summary>Contacts expected over the period.</summary>
    public double ExpectedContacts => Forecasts.Sum(f => Window.Overlay(f.Span).Spread(f.Volume.Mean).Sum());
}

/// <summary>How a service is simulated.</summary>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Replications">How often, each on another path and with other people missing.</param>
/// <param name="Confidence">Of the intervals, such as 0.95.</param>
/// <param name="WarmUp">At the start, served but not counted.</param>
/// <param name="Shrinkage">Whether people are missing as often as the hub's shrinkage says.</param>
public sealed record ServiceOptions(int Seed, int Replications, double Confidence, Duration WarmUp, bool Shrinkage);

/// <summary>Roster → the service it delivers, simulated contact by contact.</summary>
public sealed class HubService(ComputeSlots slots)
{
    private static readonly Duration AwayAtATime = Duration.FromMinutes(30);

    public Task<RosterService> Simulate(RosteredWork roster, ServiceOptions options, IProgress<int>? progress, CancellationToken cancellationToken) =>
        slots.Run(
            () =>
                RosterSimulation.Simulate(
                    Scenarios(roster, options), roster.Days, new SimulationOptions(options.Seed, options.Replications, options.Confidence, options.WarmUp),
                    progress, cancellationToken),
            cancellationToken);

    /// <summary>The scenario of each replication: the same work, people missing as drawn.</summary>
    internal static Func<int, ServiceScenario> Scenarios(RosteredWork roster, ServiceOptions options)
    {
        var shape = DayShape.Of(roster.Forecasts);
        var queues = roster.Forecasts.Select(f => Queue(QueueWork.Of(f, roster.Hub, shape, options.Replications, options.Seed), roster)).ToArray();
        string[] groups = [.. roster.Forecasts.Select(f => f.Queue.Group)];
        var absences = options.Shrinkage ? new Absences(roster.Hub.PlannedShrinkage, roster.Hub.UnplannedShrinkage, AwayAtATime, options.Seed) : null;
        return replication => new ServiceScenario(
            queues, [.. roster.People.Select((p, a) => p.In(groups, absences?.Apply(replication, a, p.Periods)))], roster.Window.Grid.Interval);
    }

    private static SimulatedQueue Queue(QueueWork work, RosteredWork roster)
    {
        var overlay = roster.Window.Overlay(work.Span);
        var (queue, volumes, aht) = (work.Queue, Array.ConvertAll(work.Paths, overlay.Spread), overlay.Hold(work.AhtSeconds));
        var simulated = queue.Deferrable is { } turnaround
            ? new SimulatedQueue(queue.Code, volumes, aht, turnaround)
            : new SimulatedQueue(queue.Code, volumes, aht, queue.Immediate!);
        return simulated with
        {
            Arrivals = ArrivalPattern.Counted,
            Severity = queue.Severity,
            Priority = queue.Priority,
            LegalClock = queue.LegalClock,
            Concurrency = new ChatConcurrency(queue.Concurrency, queue.ConcurrencySlowdown),
            Open = roster.Hub.When(queue).Over(roster.Window),
        };
    }
}
