namespace Wfm.Scheduling.Simulation;

/// <summary>Discrete-event simulation of the service a roster delivers.</summary>
/// <remarks>
/// A free agent takes the most urgent waiting contact among his skills (<see cref="Staffing.ServiceDiscipline"/>); an arriving contact goes to the free agent
/// with the fewest other skills, then the fastest, then the longest idle. Work in hand is not interrupted. A chat is charged for the chats its agent
/// holds when it starts. Source of the method: A. Law, <i>Simulation Modeling and Analysis</i>, 5th ed., §§1.3 and 9.4 (independent replications).
/// </remarks>
public static class ServiceSimulator
{
    /// <summary>Simulates a scenario.</summary>
    /// <param name="scenario">Queues, agents and rules.</param>
    /// <param name="options">Seed, replications, confidence, warm-up.</param>
    /// <param name="cancellationToken">Stops between replications.</param>
    /// <returns>Means over the replications with confidence intervals; the same for the same input.</returns>
    /// <exception cref="ArgumentException">The warm-up is not shorter than the horizon.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ServiceReport Simulate(ServiceScenario scenario, SimulationOptions options, CancellationToken cancellationToken = default) =>
        Simulate(scenario, options, trace: null, cancellationToken);

    internal static ServiceReport Simulate(
        ServiceScenario scenario, SimulationOptions options, SimulationTrace? trace, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        if (options.WarmUp >= scenario.Horizon)
        {
            throw new ArgumentException($"The warm-up of {options.WarmUp} leaves nothing of the horizon of {scenario.Horizon}.", nameof(options));
        }
        var run = new ServiceRun(new CompiledScenario(scenario, options.WarmUp.TotalSeconds), trace);
        var summary = new ServiceSummary(scenario.Queues, options);
        for (var r = 0; r < options.Replications; r++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Replicate(options.Seed, r);
            summary.Add(run.Tallies, run.OvertimeSeconds / 3600, run.BusySeconds, run.DutySeconds);
        }
        return summary.Report(run.Contacts);
    }
}
