namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>One interval of several queues with one pool of agents: the queue M/M/N with non-preemptive priorities.</summary>
/// <remarks>
/// Everybody waits with probability C(N, A), A the whole load. Who waits in class k waits on average AHT ÷ N ÷ ((1 − σ(k−1))(1 − σ(k))), σ(k) the load of the
/// classes up to k per agent; exact for one handle time (A. Cobham, Operations Research 2 (1954), 70–76; O. Kella, U. Yechiali, Naval Research Logistics 32
/// (1985), 297–311). The wait of those who wait is taken as exponential, which is exact for the first class and for a pool without priorities.
/// With unlike handle times it is an M/G/N queue. Its mean wait grows by (1 + c²)/2 (Lee and Longton; W. Whitt, Production and Operations Management 2 (1993),
/// 114–161): AHT becomes the mean of the queues' handle times weighted by load. How soon somebody gets free when all are busy, which decides about waits
/// that are short beside the handle time, goes by the mean weighted by contacts.
/// </remarks>
/// <param name="loads">Erlangs per queue.</param>
/// <param name="ahtSeconds">Handle time per queue, in seconds.</param>
/// <param name="priorities">1 is served first.</param>
internal sealed class PriorityPool(double[] loads, double[] ahtSeconds, int[] priorities)
{
    private readonly double _ahtOfLoad = loads.Zip(ahtSeconds, (load, aht) => load * aht).Sum() / loads.Sum();
    private readonly double _ahtOfContacts = loads.Sum() / loads.Zip(ahtSeconds, (load, aht) => load / aht).Sum();

    /// <summary>The whole load, in erlangs.</summary>
    public double Load { get; } = loads.Sum();

    /// <summary>Mean wait in seconds of those of a queue who wait; infinite where the classes up to it fill the agents.</summary>
    public double WaitOfWaiting(int queue, double agents) => _ahtOfLoad / Relief(queue, agents);

    /// <summary>Contacts per handle time by which the queue's wait shortens; 0 where the classes up to it fill the agents.</summary>
    private double Relief(int queue, double agents)
    {
        var (above, upTo) = (0.0, 0.0);
        for (var q = 0; q < loads.Length; q++)
        {
            if (priorities[q] < priorities[queue]) above += loads[q];
            if (priorities[q] <= priorities[queue]) upTo += loads[q];
        }
        return Math.Max(0, agents - upTo) * (1 - above / agents);
    }

    /// <summary>Share of a queue's contacts answered within the threshold.</summary>
    public double ServiceLevel(int queue, double agents, double thresholdSeconds) =>
        agents <= Load ? 0 : 1 - ErlangC.ProbabilityOfWait(Load, agents) * Math.Exp(-Relief(queue, agents) * thresholdSeconds / _ahtOfContacts);

    /// <summary>What a queue gets from agents who are more than the load.</summary>
    public PooledService Service(int queue, double agents, ImmediateGoal goal) =>
        new(
            goal.Threshold is null ? null : ServiceLevel(queue, agents, goal.ThresholdSeconds),
            ErlangC.ProbabilityOfWait(Load, agents) * WaitOfWaiting(queue, agents));

    /// <summary>The fewest agents, more than the load, that keep every queue's waiting targets.</summary>
    public int RequiredForWaiting(IReadOnlyList<ImmediateGoal> goals) =>
        Monotone.SmallestTrue((int)Load + 1, (int)(Load + Math.Sqrt(Load)) + 1, agents =>
        {
            var wait = ErlangC.ProbabilityOfWait(Load, agents);
            for (var q = 0; q < loads.Length; q++)
            {
                if (loads[q] > 0 && !Meets(goals[q], wait, Relief(q, agents))) return false;
            }
            return true;
        });

    /// <summary>The same, real, and with abandonment: for a requirement that is rounded later.</summary>
    public double AgentsForWaiting(IReadOnlyList<ImmediateGoal> goals)
    {
        return Load + ShortClock.SmallestMargin(Math.Sqrt(Load) + 1, spare =>
        {
            var wait = ErlangC.ProbabilityOfWait(Load, Load + spare);
            for (var q = 0; q < loads.Length; q++)
            {
                var relief = Relief(q, Load + spare);
                if (loads[q] > 0 && !(Meets(goals[q], wait, relief) && MeetsAbandonment(goals[q], wait, relief))) return false;
            }
            return true;
        });
    }

    /// <summary>Who would wait longer than an exponential patience leaves; in truth fewer, because those who leave make room.</summary>
    private bool MeetsAbandonment(ImmediateGoal goal, double wait, double relief) =>
        goal.MaximumAbandonment is not { } most || wait <= most * (1 + (relief * goal.MeanPatience!.Value.TotalSeconds / _ahtOfContacts));

    private bool Meets(ImmediateGoal goal, double wait, double relief) =>
        wait * _ahtOfLoad <= goal.MaximumAsaSeconds * relief
        && (goal.ServiceLevel is not { } level || wait * Math.Exp(-relief * goal.ThresholdSeconds / _ahtOfContacts) <= 1 - level);
}
