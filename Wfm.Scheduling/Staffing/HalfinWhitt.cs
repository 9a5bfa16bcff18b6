namespace Wfm.Scheduling.Staffing;

/// <summary>The many-server limit of Erlang C, as a first guess: N = A + β√A with P(wait) ≈ 1 ÷ (1 + β·Φ(β)/φ(β)).</summary>
/// <remarks>Source: S. Halfin, W. Whitt, “Heavy-traffic limits for queues with many exponential servers”, Operations Research 29 (1981), 567–588.</remarks>
internal static class HalfinWhitt
{
    /// <summary>A β near the one that meets the service level or, without one, the ASA; 0 or more. Only a guess: the caller steps to the exact
    /// answer.</summary>
    public static double SafetyFactor(double load, double ahtSeconds, ImmediateGoal goal)
    {
        var root = Math.Sqrt(load);
        var beta = 1.0;
        if (goal.ServiceLevel is { } level)
        {
            var decay = root * goal.ThresholdSeconds / ahtSeconds;
            var target = Math.Log(1 - level);
            for (var i = 0; i < 4; i++)
            {
                var (log, slope) = LogWaiting(beta);
                beta = Math.Clamp(beta - (log - decay * beta - target) / (slope - decay), 0, 30);
            }
            return beta;
        }
        if (double.IsPositiveInfinity(goal.MaximumAsaSeconds)) return 0;
        var wanted = Math.Log(goal.MaximumAsaSeconds * root / ahtSeconds);
        for (var i = 0; i < 6; i++)
        {
            var (log, slope) = LogWaiting(beta);
            beta = Math.Clamp(beta - (log - Math.Log(beta) - wanted) / (slope - 1 / beta), beta / 4, 30);
        }
        return beta;
    }

    /// <summary>ln P(wait) in the limit, and its slope in β.</summary>
    private static (double Log, double Slope) LogWaiting(double beta)
    {
        var upper = 2 / (beta + Math.Sqrt(beta * beta + 8 / Math.PI)); // Φ(−β)/φ(β), exact at 0, within 1 % elsewhere
        var ratio = Math.Sqrt(2 * Math.PI) * Math.Exp(beta * beta / 2) - upper; // Φ(β)/φ(β)
        var wait = 1 / (1 + beta * ratio);
        return (Math.Log(wait), -wait * ratio - beta);
    }
}
