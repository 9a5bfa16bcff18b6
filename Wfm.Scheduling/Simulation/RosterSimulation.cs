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
    /// <summary>Simulates the work with these people. Queues that nobody serves together are simulated one after the other, with the same result and
    /// sooner.</summary>
    /// <param name="work">The work; absences are drawn from it.</param>
    /// <param name="people">Who serves what when; without any, nobody serves.</param>
    /// <param name="days">Start of each day from the start of the horizon, rising, the first at zero; the last ends with the horizon.</param>
    /// <param name="options">Seed, replications, confidence, warm-up; days in the warm-up have no contacts.</param>
    /// <param name="progress">Told the replications done; null for nobody.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    /// <returns>Means over the replications with confidence intervals; the same for the same input.</returns>
    /// <exception cref="ArgumentException">No days, or days out of order.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static RosterService Simulate(
        SimulatedWork work, IReadOnlyList<RosteredPerson> people, IReadOnlyList<Duration> days, SimulationOptions options, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(options);
        var parts = WorkPart.Of(work, people);
        return Combine(work.Queues, options, [.. parts.Select((p, i) => (p.Queues, Run(p, days, options, Share(i), cancellationToken)))]);

        IProgress<int>? Share(int part) => progress is null ? null : new PartProgress(progress, part, parts.Count, options.Replications);
    }

    /// <summary>Simulates one part.</summary>
    internal static SimulatedPart Run(
        WorkPart part, IReadOnlyList<Duration> days, SimulationOptions options, IProgress<int>? progress, CancellationToken cancellationToken) =>
        Run(part.Work.With(part.People), days, options, progress, cancellationToken);

    /// <summary>Puts parts together that were simulated on the same seed.</summary>
    /// <param name="queues">All queues.</param>
    /// <param name="parts">The places of each part's queues among them, and what happened to them.</param>
    internal static RosterService Combine(
        IReadOnlyList<SimulatedQueue> queues, SimulationOptions options, IReadOnlyList<(IReadOnlyList<int> Queues, SimulatedPart Part)> parts)
    {
        var summary = new ServiceSummary(queues, options);
        for (var r = 0; r < options.Replications; r++)
        {
            var tallies = new ServiceTally[queues.Count];
            foreach (var (places, part) in parts)
            {
                for (var k = 0; k < places.Count; k++) tallies[places[k]] = part.Tallies[r][k];
            }

            summary.Add(tallies, parts.Sum(p => p.Part.OvertimeHours[r]), parts.Sum(p => p.Part.BusySeconds[r]), parts.Sum(p => p.Part.DutySeconds[r]));
        }

        var byQueue = new IReadOnlyList<DayService>[queues.Count];
        foreach (var (places, part) in parts)
        {
            for (var k = 0; k < places.Count; k++) byQueue[places[k]] = part.Days[k];
        }

        return new RosterService(summary.Report(parts.Sum(p => p.Part.Contacts)), byQueue) { Shares = summary.Shares() };
    }

    /// <summary>Simulates scenarios that may differ from one replication to the next.</summary>
    /// <param name="roster">The scenario of a replication, 0 … replications − 1: the same queues, agents that may differ; the contact in hand is
    /// finished.</param>
    internal static SimulatedPart Run(
        Func<int, ServiceScenario> roster, IReadOnlyList<Duration> days, SimulationOptions options, IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(days);
        ArgumentNullException.ThrowIfNull(options);
        var first = roster(0);
        CheckDays(days, first.Horizon);
        var tally = new DailyTally(first, [.. days.Select(d => d.TotalSeconds)], options);
        var (tallies, overtime, busy, duty) = (new List<ServiceTally[]>(), new List<double>(), new List<double>(), new List<double>());
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
            tally.Add(compiled, trace, options.Seed, r);
            tallies.Add(run.Tallies);
            overtime.Add(run.OvertimeSeconds / 3600);
            busy.Add(run.BusySeconds);
            duty.Add(run.DutySeconds);
            contacts += run.Contacts;
            progress?.Report(r + 1);
        }
        return new SimulatedPart(tallies, overtime, busy, duty, tally.Report(), contacts);
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

    /// <summary>Replications of a part as replications of the whole.</summary>
    private sealed class PartProgress(IProgress<int> all, int part, int parts, int replications) : IProgress<int>
    {
        public void Report(int value) => all.Report(((part * replications) + value) / parts);
    }
}
