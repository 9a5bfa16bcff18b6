using NodaTime;
using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>What happens to the contact in hand when a shift ends.</summary>
public enum Handover
{
    /// <summary>The agent finishes it, in overtime if need be.</summary>
    FinishContact,

    /// <summary>Immediate contacts are finished; deferrable work goes back to its queue with its age and what is left to do.</summary>
    ReturnDeferrable,
}

/// <summary>A roster and the work it meets: queues, agents and the rules between them. Checked once: an instance is a proof.</summary>
public sealed record ServiceScenario
{
    /// <summary>Contacts of one replication, all queues together; a hub of thousands of people has fewer in ten weeks.</summary>
    internal const int MaximumContacts = 5_000_000;

    /// <summary>Checks queues and agents against each other.</summary>
    /// <param name="queues">At least one, all over the same number of intervals.</param>
    /// <param name="agents">At least one; skills point into <paramref name="queues"/>.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="discipline">Which contact is served first; null for <see cref="ServiceDiscipline.Default"/>.</param>
    /// <param name="handover">What happens to the contact in hand when a shift ends.</param>
    /// <exception cref="ArgumentException">Nothing to simulate, or lists that do not fit; the parameter's name carries the index, as in
    /// <c>agents[3].Skills[0].Queue</c>.</exception>
    public ServiceScenario(
        IReadOnlyList<SimulatedQueue> queues, IReadOnlyList<SimulatedAgent> agents, Duration interval, ServiceDiscipline? discipline = null,
        Handover handover = Handover.FinishContact)
    {
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(agents);
        if (queues.Count == 0)
            throw new ArgumentException("There must be at least one queue.", nameof(queues));
        if (agents.Count == 0)
            throw new ArgumentException("There must be at least one agent.", nameof(agents));
        (Queues, Agents, Interval, Discipline) = (queues, agents, Guard.Positive(interval), discipline ?? ServiceDiscipline.Default);
        Handover = Enum.IsDefined(handover)
            ? handover
            : throw Guard.OutOfRange(nameof(handover), handover, "it must be to finish the contact or to return deferrable work");
        CheckQueues();
        CheckAgents();
    }

    /// <summary>Queues.</summary>
    public IReadOnlyList<SimulatedQueue> Queues { get; }

    /// <summary>Agents.</summary>
    public IReadOnlyList<SimulatedAgent> Agents { get; }

    /// <summary>Length of an interval.</summary>
    public Duration Interval { get; }

    /// <summary>Which contact is served first.</summary>
    public ServiceDiscipline Discipline { get; }

    /// <summary>What happens to the contact in hand when a shift ends.</summary>
    public Handover Handover { get; }

    /// <summary>Length of the horizon.</summary>
    public Duration Horizon => Interval * Queues[0].AhtSeconds.Length;

    /// <summary>Every contact costs time, and memory where it is told by day.</summary>
    /// <exception cref="SchedulingDataException">More than <see cref="MaximumContacts"/>.</exception>
    internal static void RequireAffordable(double contacts)
    {
        if (contacts > MaximumContacts)
        {
            throw new SchedulingDataException(
                $"There are {contacts:N0} contacts to simulate one by one, at most {MaximumContacts:N0} can be. Are the forecast and its adjustments right? "
                    + "Otherwise take fewer days or queues.");
        }
    }

    private void CheckQueues()
    {
        for (var q = 0; q < Queues.Count; q++)
        {
            ArgumentNullException.ThrowIfNull(Queues[q], $"queues[{q}]");
            Guard.OfLength(Queues[q].AhtSeconds, Queues[0].AhtSeconds.Length, $"queues[{q}].AhtSeconds");
            if (Queues[q].Severity >= Discipline.SeverityWeights.Length)
            {
                throw Guard.OutOfRange(
                    $"queues[{q}].Severity", Queues[q].Severity, $"the discipline has weights for 0 to {Discipline.SeverityWeights.Length - 1}");
            }
        }
    }

    private void CheckAgents()
    {
        for (var a = 0; a < Agents.Count; a++)
        {
            ArgumentNullException.ThrowIfNull(Agents[a], $"agents[{a}]");
            for (var s = 0; s < Agents[a].Skills.Count; s++)
            {
                if (Agents[a].Skills[s].Queue >= Queues.Count)
                {
                    throw Guard.OutOfRange($"agents[{a}].Skills[{s}].Queue", Agents[a].Skills[s].Queue, $"there are queues 0 to {Queues.Count - 1}");
                }
            }
        }
    }
}
