namespace Wfm.Scheduling.Staffing;

/// <summary>The Erlang delay model (M/M/N): a contact that finds every agent busy waits, however long it takes.</summary>
/// <remarks>
/// Everything follows from P(wait) = N ÷ ((N − A)/B + A), B the Erlang loss probability; waits beyond 0 are exponential with mean AHT ÷ (N − A).
/// N need not be whole (continuous extension of B). Where N ≤ A the queue has no steady state: P(wait) is 1, the service level 0, waits infinite.
/// Source: I. Angus, “An introduction to Erlang B and Erlang C”, Telemanagement 187 (2001); R. B. Cooper, <i>Introduction to Queueing Theory</i>, §3.5.
/// </remarks>
public static class ErlangC
{
    /// <summary>Probability that an arriving contact has to wait.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs (volume × AHT ÷ interval length), 0 to 10,000,000.</param>
    /// <param name="agents">Agents N on the phone, before shrinkage, N &gt; 0.</param>
    /// <returns>A probability in [0, 1]; exactly 1 when N ≤ A.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or not finite.</exception>
    public static double ProbabilityOfWait(double offeredLoad, double agents)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(agents);
        if (offeredLoad == 0) return 0;
        return agents <= offeredLoad ? 1 : Waiting(offeredLoad, agents, ErlangB.Inverse(offeredLoad, agents));
    }

    /// <summary>Share of contacts answered within the threshold: 1 − P(wait)·e^(−(N−A)·threshold/AHT).</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="agents">Agents N on the phone, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="thresholdSeconds">Longest wait that counts, in seconds, 0 or more.</param>
    /// <returns>A fraction in [0, 1]; 0 when N ≤ A.</returns>
    public static double ServiceLevel(double offeredLoad, double agents, double ahtSeconds, double thresholdSeconds)
    {
        Guard.Positive(ahtSeconds);
        Guard.NonNegative(thresholdSeconds);
        var wait = ProbabilityOfWait(offeredLoad, agents);
        return agents <= offeredLoad ? 0 : 1 - wait * Math.Exp(-(agents - offeredLoad) * thresholdSeconds / ahtSeconds);
    }

    /// <summary>Mean wait of a contact in seconds, those that do not wait included (ASA): P(wait)·AHT ÷ (N − A).</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="agents">Agents N on the phone, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <returns>Seconds; positive infinity when N ≤ A and there is load.</returns>
    public static double AverageSpeedOfAnswer(double offeredLoad, double agents, double ahtSeconds)
    {
        Guard.Positive(ahtSeconds);
        return QueueLength(offeredLoad, agents) is var queue && queue == 0 ? 0 : queue * ahtSeconds / offeredLoad;
    }

    /// <summary>Mean number of contacts waiting: P(wait)·A ÷ (N − A).</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>Contacts; positive infinity when N ≤ A and there is load.</returns>
    public static double QueueLength(double offeredLoad, double agents)
    {
        var wait = ProbabilityOfWait(offeredLoad, agents);
        if (wait == 0) return 0;
        return agents <= offeredLoad ? double.PositiveInfinity : wait * offeredLoad / (agents - offeredLoad);
    }

    /// <summary>Share of on-the-phone time spent on contacts: A ÷ N, at most 1.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>A fraction in [0, 1].</returns>
    public static double Occupancy(double offeredLoad, double agents)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(agents);
        return Math.Min(1, offeredLoad / agents);
    }

    /// <summary>The wait that the given share of contacts does not exceed.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="agents">Agents N on the phone, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="probability">Share of contacts, at least 0 and less than 1.</param>
    /// <returns>Seconds, 0 when that share does not wait at all; positive infinity when N ≤ A and there is load.</returns>
    public static double WaitQuantile(double offeredLoad, double agents, double ahtSeconds, double probability)
    {
        Guard.Positive(ahtSeconds);
        Guard.BelowOne(probability);
        var wait = ProbabilityOfWait(offeredLoad, agents);
        if (wait == 0) return 0;
        if (agents <= offeredLoad) return double.PositiveInfinity;
        return Math.Max(0, Math.Log(wait / (1 - probability)) * ahtSeconds / (agents - offeredLoad));
    }

    /// <summary>The smallest whole number of agents that meets every target of the goal at once.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs, 0 to 10,000,000.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="goal">Targets; patience and abandonment are ignored here, see <see cref="ErlangA"/>.</param>
    /// <returns>Agents on the phone, 0 without load; always more than A.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The load or the handle time is outside its range.</exception>
    /// <remarks>
    /// Starts near A + β√A, β from the normal limit of Halfin and Whitt (Operations Research 29, 1981), then steps by the recursion of 1/B.
    /// </remarks>
    public static int RequiredAgents(double offeredLoad, double ahtSeconds, ImmediateGoal goal)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(ahtSeconds);
        ArgumentNullException.ThrowIfNull(goal);
        if (offeredLoad == 0) return 0;
        return Math.Max(RequiredForWaiting(offeredLoad, ahtSeconds, goal), RequiredForOccupancy(offeredLoad, goal));
    }

    /// <summary>Agents needed for stability and the waiting targets, occupancy left aside. The load is more than 0.</summary>
    internal static int RequiredForWaiting(double load, double ahtSeconds, ImmediateGoal goal)
    {
        var fewest = (int)load + 1;
        if (!goal.LimitsWaiting) return fewest;
        var agents = Math.Max(fewest, (int)(load + HalfinWhitt.SafetyFactor(load, ahtSeconds, goal) * Math.Sqrt(load)));
        var inverse = ErlangB.Inverse(load, agents);
        if (Meets(load, agents, ahtSeconds, goal, inverse))
        {
            while (agents > fewest)
            {
                inverse = (inverse - 1) * load / agents; // 1/B of one agent less
                if (!Meets(load, agents - 1, ahtSeconds, goal, inverse)) break;
                agents--;
            }
            return agents;
        }
        do
        {
            agents++;
            inverse = 1 + agents / load * inverse;
        }
        while (!Meets(load, agents, ahtSeconds, goal, inverse));
        return agents;
    }

    /// <summary>Agents needed to keep A ÷ N within the cap, 0 without a cap.</summary>
    internal static int RequiredForOccupancy(double load, ImmediateGoal goal) =>
        goal.MaximumOccupancy is { } cap ? (int)Math.Ceiling(load / cap - 1e-9) : 0; // 8.5 ÷ 0.85 is 10 agents, whatever the last bit says

    private static bool Meets(double load, double agents, double ahtSeconds, ImmediateGoal goal, double inverse)
    {
        var wait = Waiting(load, agents, inverse);
        var spare = agents - load;
        return wait * ahtSeconds <= goal.MaximumAsaSeconds * spare
            && (goal.ServiceLevel is not { } level || wait * Math.Exp(-spare * goal.ThresholdSeconds / ahtSeconds) <= 1 - level);
    }

    private static double Waiting(double load, double agents, double inverse) => agents / ((agents - load) * inverse + load);
}
