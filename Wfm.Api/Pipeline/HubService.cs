using NodaTime;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Proof;
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
public sealed record ServiceOptions(int Seed, int Replications, double Confidence, Duration WarmUp, bool Shrinkage)
{
    internal SimulationOptions ToSimulation() => new(Seed, Replications, Confidence, WarmUp);
}

/// <summary>Roster → the service it delivers, simulated contact by contact.</summary>
public sealed class HubService(ComputeSlots slots)
{
    private static readonly Duration AwayAtATime = Duration.FromMinutes(30);

    public Task<RosterService> Simulate(RosteredWork roster, ServiceOptions options, IProgress<int>? progress, CancellationToken cancellationToken) =>
        slots.Run(
            () =>
                RosterSimulation.Simulate(
                    Work(roster, options.Seed, options.Replications, options.Shrinkage), roster.People, roster.Days, options.ToSimulation(), progress,
                    cancellationToken),
            cancellationToken);

    /// <summary>Proves a roster, or mends it until it can be proven.</summary>
    /// <param name="roster">The roster and the work it meets.</param>
    /// <param name="proof">The problem, the shifts, and what may change; the work is put in here.</param>
    /// <param name="proving">Seeds and limits of the proof.</param>
    /// <exception cref="OperationCanceledException">Cancelled; a time limit does not cancel.</exception>
    public Task<ProofResult> Prove(
        RosteredWork roster, Func<Func<SimulationOptions, SimulatedWork>, ProofCase> proof, ServiceOptions options, ProofOptions proving,
        IProgress<ProofProgress>? progress, CancellationToken cancellationToken) =>
        slots.Run(
            () =>
            {
                var asked = proof(simulated => Work(roster, simulated.Seed, simulated.Replications, options.Shrinkage));
                return RosterProof.Prove(asked, proving with { Limits = proving.Limits.Started() }, progress, cancellationToken);
            },
            cancellationToken);

    /// <summary>The work without the people, on paths and with absences of a seed.</summary>
    internal static SimulatedWork Work(RosteredWork roster, int seed, int replications, bool shrinkage)
    {
        var shape = DayShape.Of(roster.Forecasts);
        return new SimulatedWork(
            [.. roster.Forecasts.Select(f => Queue(QueueWork.Of(f, roster.Hub, shape, replications, seed), roster))],
            [.. roster.Forecasts.Select(f => f.Queue.Group)],
            roster.Window.Grid.Interval,
            shrinkage ? new Absences(roster.Hub.PlannedShrinkage, roster.Hub.UnplannedShrinkage, AwayAtATime, seed) : null);
    }

    private static SimulatedQueue Queue(QueueWork work, RosteredWork roster)
    {
        var overlay = roster.Window.Overlay(work.Span);
        var (queue, volumes, aht) = (work.Queue, Array.ConvertAll(work.Paths, overlay.Spread), overlay.Hold(work.AhtSeconds));
        return Simulated(queue, volumes, aht, roster.Hub.When(queue).Over(roster.Window));
    }

    /// <summary>A queue as it is simulated.</summary>
    /// <param name="volumes">Contacts, [path][interval].</param>
    /// <param name="aht">Average handle time in seconds, per interval.</param>
    /// <param name="open">Per interval: whether any part of it is open.</param>
    internal static SimulatedQueue Simulated(PlannedQueue queue, double[][] volumes, double[] aht, bool[] open)
    {
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
            Open = open,
        };
    }
}
