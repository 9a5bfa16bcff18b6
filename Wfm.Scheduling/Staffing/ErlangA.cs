namespace Wfm.Scheduling.Staffing;

/// <summary>The Palm/Erlang-A model (M/M/N+M): callers wait, but each only as long as an exponential patience lasts; then they abandon.</summary>
/// <remarks>
/// It has a steady state for every load, also above N. N need not be whole. “Of offered” counts a contact that abandons as missed; the service
/// level of <see cref="ImmediateGoal"/> is of offered contacts.
/// Source: C. Palm (1946); A. Mandelbaum, S. Zeltyn, “Service engineering in action: the Palm/Erlang-A queue, with applications to call centers” (2007).
/// </remarks>
public static class ErlangA
{
    /// <summary>Probability that an arriving contact finds every agent busy.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs (volume × AHT ÷ interval length), 0 to 10,000,000.</param>
    /// <param name="agents">Agents N on the phone, before shrinkage, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="patienceSeconds">Mean patience in seconds, more than 0.</param>
    /// <returns>A probability in [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range or not finite.</exception>
    public static double ProbabilityOfWait(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue ? queue.Waiting : 0;

    /// <summary>Share of offered contacts that abandon.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>A fraction in [0, 1].</returns>
    public static double Abandonment(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue ? queue.Abandonment : 0;

    /// <summary>Share of offered contacts answered within the threshold.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="agents">Agents N on the phone, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="patienceSeconds">Mean patience in seconds, more than 0.</param>
    /// <param name="thresholdSeconds">Longest wait that counts, in seconds, 0 or more.</param>
    /// <returns>A fraction in [0, 1].</returns>
    public static double ServiceLevel(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds, double thresholdSeconds)
    {
        Guard.NonNegative(thresholdSeconds);
        return Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue ? queue.AnsweredWithin(thresholdSeconds / ahtSeconds) : 1;
    }

    /// <summary>Share of answered contacts that were answered within the threshold; the abandoned do not count.</summary>
    /// <inheritdoc cref="ServiceLevel"/>
    public static double ServiceLevelOfAnswered(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds, double thresholdSeconds)
    {
        Guard.NonNegative(thresholdSeconds);
        return Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue
            ? Math.Min(1, queue.AnsweredWithin(thresholdSeconds / ahtSeconds) / (1 - queue.Abandonment)) : 1;
    }

    /// <summary>Mean time in queue of all offered contacts in seconds, those that abandon and those that do not wait included.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>Seconds: abandonment × mean patience.</returns>
    public static double MeanWait(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        Abandonment(offeredLoad, agents, ahtSeconds, patienceSeconds) * patienceSeconds;

    /// <summary>Average speed of answer: mean wait of answered contacts in seconds, those that do not wait included.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>Seconds.</returns>
    public static double AverageSpeedOfAnswer(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue ? queue.AnsweredWait * ahtSeconds : 0;

    /// <summary>Mean number of contacts waiting.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>Contacts: arrival rate × mean time in queue (Little).</returns>
    public static double QueueLength(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        offeredLoad / ahtSeconds * MeanWait(offeredLoad, agents, ahtSeconds, patienceSeconds);

    /// <summary>Share of on-the-phone time spent on contacts: A·(1 − abandonment) ÷ N.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <returns>A fraction in [0, 1].</returns>
    public static double Occupancy(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds) =>
        Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is { } queue ? queue.Occupancy : 0;

    /// <summary>The time in queue that the given share of offered contacts does not exceed, whether they are answered or abandon.</summary>
    /// <inheritdoc cref="ProbabilityOfWait"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="agents">Agents N on the phone, N &gt; 0.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="patienceSeconds">Mean patience in seconds, more than 0.</param>
    /// <param name="probability">Share of contacts, at least 0 and less than 1.</param>
    /// <returns>Seconds, 0 when that share does not wait at all.</returns>
    public static double WaitQuantile(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds, double probability)
    {
        Guard.BelowOne(probability);
        if (Solve(offeredLoad, agents, ahtSeconds, patienceSeconds) is not { } queue || queue.Waiting <= 1 - probability) return 0;
        // P(patience > t) alone is 1 − p at this t, so the quantile is no later.
        var latest = -patienceSeconds * Math.Log(1 - probability) / ahtSeconds;
        return Monotone.LargestTrue(0, latest, t => queue.WaitingLongerThan(t) > 1 - probability) * ahtSeconds;
    }

    /// <summary>The smallest whole number of agents that meets every target of the goal at once.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs, 0 to 10,000,000.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="goal">Targets and the mean patience.</param>
    /// <returns>Agents on the phone, 0 without load; possibly fewer than A, because those who abandon need no agent.</returns>
    /// <exception cref="ArgumentException">The goal has no mean patience.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The load or the handle time is outside its range.</exception>
    public static int RequiredAgents(double offeredLoad, double ahtSeconds, ImmediateGoal goal)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(ahtSeconds);
        var patience = PatienceOf(goal);
        if (offeredLoad == 0) return 0;
        return Math.Max(RequiredForWaiting(offeredLoad, ahtSeconds, patience, goal), RequiredForOccupancy(offeredLoad, ahtSeconds, patience, goal));
    }

    /// <summary>Agents needed for the waiting targets, occupancy left aside; 1 when there is none. The load is more than 0.</summary>
    /// <param name="load">Offered load.</param>
    /// <param name="ahtSeconds">Handle time.</param>
    /// <param name="patience">Mean patience.</param>
    /// <param name="goal">Targets.</param>
    /// <param name="safetyFactor">(N − A)/√A of a similar case to start the search from; null to guess. The answer does not depend on it.</param>
    internal static int RequiredForWaiting(double load, double ahtSeconds, double patience, ImmediateGoal goal, double? safetyFactor = null)
    {
        if (!goal.LimitsWaiting) return 1;
        var guess = (int)Math.Ceiling(load + (safetyFactor ?? HalfinWhitt.SafetyFactor(load, ahtSeconds, goal)) * Math.Sqrt(load));
        return Monotone.SmallestTrue(1, guess, agents => MeetsWaiting(new ImpatientQueue(load, agents, ahtSeconds, patience), ahtSeconds, goal));
    }

    /// <summary>Agents needed to keep A·(1 − abandonment) ÷ N within the cap, 0 without a cap.</summary>
    internal static int RequiredForOccupancy(double load, double ahtSeconds, double patience, ImmediateGoal goal) => goal.MaximumOccupancy is not { } cap ? 0
        : Monotone.SmallestTrue(1, (int)(load / cap), agents => MeetsOccupancy(load, agents, ahtSeconds, patience, goal));

    private static bool MeetsWaiting(ImpatientQueue queue, double ahtSeconds, ImmediateGoal goal) =>
        queue.AnsweredWait * ahtSeconds <= goal.MaximumAsaSeconds
        && (goal.MaximumAbandonment is not { } most || queue.Abandonment <= most)
        && (goal.ServiceLevel is not { } level || queue.AnsweredWithin(goal.ThresholdSeconds / ahtSeconds) >= level);

    private static bool MeetsOccupancy(double load, double agents, double ahtSeconds, double patience, ImmediateGoal goal) =>
        goal.MaximumOccupancy is not { } cap || new ImpatientQueue(load, agents, ahtSeconds, patience).Occupancy <= cap * (1 + 1e-12);

    private static double PatienceOf(ImmediateGoal goal)
    {
        ArgumentNullException.ThrowIfNull(goal);
        return goal.MeanPatience?.TotalSeconds ?? throw new ArgumentException("Erlang A needs the mean patience; without it use Erlang C.", nameof(goal));
    }

    private static ImpatientQueue? Solve(double offeredLoad, double agents, double ahtSeconds, double patienceSeconds)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(agents);
        Guard.Positive(ahtSeconds);
        Guard.Positive(patienceSeconds);
        return offeredLoad == 0 ? null : new ImpatientQueue(offeredLoad, agents, ahtSeconds, patienceSeconds);
    }
}
