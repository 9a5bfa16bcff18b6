using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>What a queue got on one day, by the day its contacts arrived.</summary>
/// <param name="Offered">Contacts that arrived and whose promise falls within the horizon.</param>
/// <param name="InTime">Share of them answered within the threshold or done within the turnaround; null without such a promise or without contacts.</param>
/// <param name="ProbabilityMet">Share of replications with contacts in which the promised share was reached; null where <paramref name="InTime"/> is.</param>
public sealed record DayService(Estimate Offered, Estimate? InTime, double? ProbabilityMet);

/// <summary>The service of a roster, over the horizon and by day.</summary>
/// <param name="Report">Over the horizon.</param>
/// <param name="Days">[queue][day].</param>
public sealed record RosterService(ServiceReport Report, IReadOnlyList<IReadOnlyList<DayService>> Days)
{
    /// <summary>[queue][replication]: share of contacts answered within the threshold or done within the turnaround; NaN where none counts.</summary>
    public IReadOnlyList<double[]> Shares { get; init; } = [];
}

/// <summary>Simulates a roster that is another one in every replication, because people are missing; tells the service by day as well.</summary>
public static class RosterSimulation
{
    /// <summary>Simulates.</summary>
    /// <param name="roster">The scenario of a replication, 0 … replications − 1: the same queues, agents that may differ; the contact in hand is
    /// finished.</param>
    /// <param name="days">Start of each day from the start of the horizon, rising, the first at zero; the last ends with the horizon.</param>
    /// <param name="options">Seed, replications, confidence, warm-up; days in the warm-up have no contacts.</param>
    /// <param name="progress">Told the replications done; null for nobody.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    /// <returns>Means over the replications with confidence intervals; the same for the same input.</returns>
    /// <exception cref="ArgumentException">No days, days out of order, other queues in a later replication, or a handover that returns work.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RosterService Simulate(
        Func<int, ServiceScenario> roster, IReadOnlyList<Duration> days, SimulationOptions options, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(options);
        var first = roster(0);
        CheckDays(days, first.Horizon);
        var summary = new ServiceSummary(first, options);
        var tally = new DailyTally(first, [.. days.Select(d => d.TotalSeconds)], options);
        var contacts = 0L;
        for (var r = 0; r < options.Replications; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var scenario = r == 0 ? first : roster(r);
            if (!ReferenceEquals(scenario.Queues, first.Queues))
                throw new ArgumentException($"Replication {r} has other queues than the first.", nameof(roster));
            if (scenario.Handover != Handover.FinishContact)
                throw new ArgumentException("Work that is returned at the end of a shift cannot be told by day.", nameof(roster));
            var trace = new SimulationTrace();
            var compiled = new CompiledScenario(scenario, options.WarmUp.TotalSeconds);
            var run = new ServiceRun(compiled, trace);
            run.Replicate(options.Seed, r);
            summary.Add(run);
            tally.Add(compiled, trace, options.Seed, r);
            contacts += run.Contacts;
            progress?.Report(r + 1);
        }
        return new RosterService(summary.Report(contacts), tally.Report()) { Shares = summary.Shares() };
    }

    private static void CheckDays(IReadOnlyList<Duration> days, Duration horizon)
    {
        if (days.Count == 0 || days[0] != Duration.Zero) throw new ArgumentException("The first day starts at zero.", nameof(days));
        for (var d = 1; d < days.Count; d++)
        {
            if (days[d] <= days[d - 1]) throw Guard.OutOfRange($"{nameof(days)}[{d}]", days[d], $"it must be after the day before, {days[d - 1]}");
        }
        if (days[^1] >= horizon) throw Guard.OutOfRange($"{nameof(days)}[{days.Count - 1}]", days[^1], $"it must be within the horizon of {horizon}");
    }
}
