namespace Wfm.Scheduling.Staffing;

/// <summary>Work with a turnaround as a queue: how many agents so that the promised share is done in time although contacts come at random.</summary>
/// <remarks>
/// M/M/N, first come first served, the turnaround as the threshold and the handle time inside it: who waits does so for an exponential time of rate
/// (N − A) ÷ AHT, and is then handled for another of rate 1 ÷ AHT; both must end within the turnaround. As the turnaround grows the margin N − A falls like
/// AHT ÷ turnaround × ln(P(wait) ÷ (1 − promise)) and the work becomes the fluid of the band; where it is nothing beside the handle time, this is Erlang C.
/// N is real: a requirement is rounded once, for the group. Source of the sojourn: D. Gross, J. Shortle, J. Thompson, C. Harris, <i>Fundamentals of Queueing
/// Theory</i>, 4th ed., §2.3.
/// </remarks>
public static class ShortClock
{
    /// <summary>What is staffed of what can be reached at all: no number of people keeps every promise of contacts that come at random and take as long as they
    /// take. A promise that is nearer to all is staffed so near, up to <see cref="DeferrableGoal.AllOfThem"/>.</summary>
    private const double Attainable = 0.99;

    private const int Bisections = 60;

    /// <summary>Share of contacts done within the turnaround.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs, finite, 0 or more.</param>
    /// <param name="agents">Agents N at work, more than 0, not necessarily whole.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="turnaroundSeconds">Time from arrival to the deadline in seconds, more than 0.</param>
    /// <returns>A fraction in [0, 1]; 0 when N ≤ A and there is load.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double InTime(double offeredLoad, double agents, double ahtSeconds, double turnaroundSeconds)
    {
        Guard.Load(offeredLoad);
        Guard.Positive(agents);
        Guard.Positive(ahtSeconds);
        Guard.Positive(turnaroundSeconds);
        if (offeredLoad > 0 && agents <= offeredLoad) return 0;
        return 1 - Late(ErlangC.ProbabilityOfWait(offeredLoad, agents), agents - offeredLoad, turnaroundSeconds / ahtSeconds);
    }

    /// <summary>The share that is staffed for: the promise, or 99 % of what unlimited staff would do in time where that is less; of a promise above 99 % as
    /// much of it as is promised, at most 99.9 %.</summary>
    /// <param name="promise">Share promised (<see cref="DeferrableGoal.JudgedFraction"/>), more than 0 and at most 1.</param>
    /// <param name="ahtSeconds">Average time in seconds from the start to the deed (handle time × <see cref="DeferrableGoal.ActionFraction"/>), more
    /// than 0.</param>
    /// <param name="turnaroundSeconds">Time from arrival to the deadline in seconds, more than 0.</param>
    /// <returns>A fraction in (0, 0.999]; never falls with the turnaround, nor with the promise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double StaffedShare(double promise, double ahtSeconds, double turnaroundSeconds) =>
        Math.Min(
            Guard.UpToOne(promise), Math.Max(Attainable, Math.Min(promise, DeferrableGoal.AllOfThem)) * Reachable(ahtSeconds, turnaroundSeconds));

    /// <summary>The share that unlimited staff would do in time: handling times that end within the turnaround.</summary>
    /// <inheritdoc cref="StaffedShare"/>
    internal static double Reachable(double ahtSeconds, double turnaroundSeconds) =>
        -Expm1(-Guard.Positive(turnaroundSeconds) / Guard.Positive(ahtSeconds));

    /// <summary>The fewest agents with which the share staffed for (<see cref="StaffedShare"/>) is done within the turnaround.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs, finite, 0 or more.</param>
    /// <param name="ahtSeconds">Average handle time in seconds, more than 0.</param>
    /// <param name="turnaroundSeconds">Time from arrival to the deadline in seconds, more than 0.</param>
    /// <param name="promise">Share promised, more than 0 and at most 1.</param>
    /// <returns>Agents, real; 0 without load, else more than A. Never rises with the turnaround, never falls with load or promise.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double RequiredAgents(double offeredLoad, double ahtSeconds, double turnaroundSeconds, double promise)
    {
        Guard.Load(offeredLoad);
        var late = 1 - StaffedShare(promise, ahtSeconds, turnaroundSeconds);
        var clock = turnaroundSeconds / ahtSeconds;
        return offeredLoad == 0 ? 0
            : offeredLoad + SmallestMargin(Math.Sqrt(offeredLoad) + 1, spare =>
                Late(ErlangC.ProbabilityOfWait(offeredLoad, offeredLoad + spare), spare, clock) <= late);
    }

    /// <summary>Share late of contacts of which some wait, at a rate at which somebody gets free for them.</summary>
    /// <param name="wait">Share that waits.</param>
    /// <param name="relief">Rate of the wait of those who wait, per handle time of the contact.</param>
    /// <param name="clock">Turnaround in handle times of the contact.</param>
    internal static double Late(double wait, double relief, double clock)
    {
        var handling = Math.Exp(-clock);
        // P(Exp(r) + Exp(1) > c) = (r·e^(−c) − e^(−r·c)) ÷ (r − 1) = e^(−c)·(1 + (1 − e^(−(r − 1)c)) ÷ (r − 1)), which is 1 + c at r = 1
        var excess = (relief - 1) * clock;
        var both = Math.Abs(excess) < 1e-6 ? handling * (1 + clock * (1 - excess / 2))
            : relief > 1 ? handling * (1 - Expm1(-excess) / (relief - 1))
            : (Math.Exp(-relief * clock) - relief * handling) / (1 - relief);
        return Math.Min(1, (1 - wait) * handling + wait * both);
    }

    /// <summary>The smallest margin that passes; growing ones pass once one does.</summary>
    internal static double SmallestMargin(double guess, Func<double, bool> passes)
    {
        var (low, high) = (0.0, guess);
        while (!passes(high)) (low, high) = (high, 2 * high);
        for (var k = 0; k < Bisections && high - low > 1e-9 * high; k++)
        {
            var middle = (low + high) / 2;
            if (passes(middle)) high = middle;
            else low = middle;
        }
        return high;
    }

    /// <summary>e^x − 1, also for small x.</summary>
    private static double Expm1(double x) => Math.Abs(x) > 1e-5 ? Math.Exp(x) - 1 : x * (1 + x / 2 * (1 + x / 3));
}
