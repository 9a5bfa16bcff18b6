using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>Who set the clock of a contact.</summary>
public enum ClockKind
{
    /// <summary>Somebody waits for an answer now.</summary>
    Immediate,

    /// <summary>A law sets the deadline.</summary>
    Legal,

    /// <summary>The operation sets the deadline for itself.</summary>
    Internal,
}

/// <summary>Which waiting contact is the most urgent, as data: kind of clock, then priority of the queue, then severity × deadline slack × reach.</summary>
/// <remarks>
/// Slack is the time left to the deadline (for immediate work to the threshold of the service level). With w the weight of the severity times the reach of the
/// queue, the contact with the smallest slack ÷ w is served first; overdue contacts count slack × w, so that severity keeps its sense. With equal weights this
/// is earliest deadline first.
/// </remarks>
public sealed record UrgencyRule
{
    /// <summary>Immediate work, then legal clocks, then internal clocks; each step of severity doubles the weight (S0 … S4).</summary>
    public static readonly UrgencyRule Default = new([ClockKind.Immediate, ClockKind.Legal, ClockKind.Internal], [1, 2, 4, 8, 16]);

    /// <summary>Checks the rule.</summary>
    /// <param name="order">Each kind of clock once, the first is served first; legal comes before internal.</param>
    /// <param name="severityWeights">Weight per severity from harmless up, at least one, finite, more than 0; all equal for earliest deadline first.</param>
    /// <exception cref="ArgumentException">A kind is missing or there twice, an internal clock outranks a legal one, or a weight is outside its
    /// range.</exception>
    public UrgencyRule(IReadOnlyList<ClockKind> order, double[] severityWeights)
    {
        ArgumentNullException.ThrowIfNull(order);
        for (var i = 0; i < order.Count; i++)
        {
            if (!Enum.IsDefined(order[i])) throw Guard.OutOfRange($"{nameof(order)}[{i}]", order[i], "it must be immediate, legal or internal");
        }
        var ranks = order.ToList();
        if (ranks.Count != 3 || ranks.Distinct().Count() != 3)
            throw new ArgumentException("The order names each kind of clock once: immediate, legal, internal.", nameof(order));
        if (ranks.IndexOf(ClockKind.Internal) < ranks.IndexOf(ClockKind.Legal))
        {
            throw new ArgumentException("A legal clock always outranks an internal one; put legal before internal.", nameof(order));
        }
        Order = ranks;
        SeverityWeights = Guard.EachPositive(Guard.Filled(severityWeights, nameof(severityWeights)), nameof(severityWeights));
    }

    /// <summary>Kinds of clock, the first is served first.</summary>
    public IReadOnlyList<ClockKind> Order { get; }

    /// <summary>Weight per severity.</summary>
    public double[] SeverityWeights { get; }

    /// <summary>Rank of a queue before its deadlines count; lower is served first.</summary>
    internal long Tier(SimulatedQueue queue)
    {
        var kind = queue.Immediate is not null ? ClockKind.Immediate : queue.LegalClock ? ClockKind.Legal : ClockKind.Internal;
        return ((long)Order.TakeWhile(k => k != kind).Count() << 32) + queue.Priority;
    }

    /// <summary>What a second of slack is divided by.</summary>
    internal double Weight(SimulatedQueue queue) => SeverityWeights[queue.Severity] * queue.Reach;
}
