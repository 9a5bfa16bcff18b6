using NodaTime;

namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>Requirement of several immediate queues that share their agents.</summary>
/// <param name="Pool">Heads of all queues together; <see cref="Waterfall.Volume"/> is the sum of the contacts.</param>
/// <param name="SeparateAgents">[queue][interval]: agents on the phone if the queue were staffed by itself, patient callers, minimum heads left aside.</param>
/// <param name="PoolingGain">Agents the pool saves in each interval: the sum of the separate agents − the agents of the pool before minimum heads.</param>
/// <param name="PrimaryAgents">
/// [queue][interval]: agents whose first skill should be the queue, fractional; they add up to the pool. Load + a share of the margin by √load. When
/// each of them has a second skill too, the pool works nearly as if everybody could do everything.
/// </param>
/// <param name="Service">[queue][interval]: what the queue gets from the agents of <paramref name="Pool"/>.</param>
public sealed record PooledRequirement(
    StaffingRequirement Pool, int[][] SeparateAgents, double[] PoolingGain, double[][] PrimaryAgents, PooledService[][] Service);

/// <summary>What one queue of a pool gets in one interval, patient callers, agents before shrinkage.</summary>
/// <param name="ServiceLevel">Share of contacts answered within the goal's threshold, in [0, 1]; null without a threshold or without contacts.</param>
/// <param name="AsaSeconds">Mean wait in seconds; null without contacts.</param>
public readonly record struct PooledService(double? ServiceLevel, double? AsaSeconds);

/// <summary>Heads for several immediate queues served by the same, or overlapping, agents.</summary>
/// <remarks>
/// The pool is one multi-server queue with priorities; the fewest agents that keep every queue's promise at once. Every agent is taken to have every skill.
/// With two skills each, spread so that the queues hang together, nearly the same is reached: R. Wallace, W. Whitt, “A staffing algorithm for call centers
/// with skill-based routing”, Manufacturing &amp; Service Operations Management 7 (2005), 276–294, which is also the source of the split by √load.
/// Measured against the simulator in the tests: the service level of each queue within 2 points, the agents exact; with last-priority work of three
/// times the handle time that fills half of the idle time, 3 points too high; with two skills each, two agents more
/// than the 46 of the full pool, where separate teams need 60.
/// </remarks>
public static class PooledStaffing
{
    /// <summary>The fewest heads in each interval that keep every queue's goal.</summary>
    /// <param name="queues">At least one, all over the same intervals.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="shrinkage">Share of paid time without work per interval, at least 0 and less than 1.</param>
    /// <param name="open">Per interval: whether contacts are answered.</param>
    /// <param name="minimumHeads">Agents on the phone in every open interval at least, 0 or more.</param>
    /// <returns>The pool, what it saves, and how to split it by first skill.</returns>
    /// <exception cref="ArgumentException">No queue, arrays of unequal length, or a value outside its range; the parameter's name carries the
    /// index.</exception>
    public static PooledRequirement Require(IReadOnlyList<PooledQueue> queues, Duration interval, double[] shrinkage, bool[] open, int minimumHeads = 0)
    {
        ArgumentNullException.ThrowIfNull(queues);
        if (queues.Count == 0) throw new ArgumentException("There must be at least one queue.", nameof(queues));
        Guard.Positive(interval);
        Guard.Filled(open, nameof(open));
        for (var q = 0; q < queues.Count; q++)
        {
            ArgumentNullException.ThrowIfNull(queues[q], $"queues[{q}]");
            Guard.OfLength(queues[q].Volume, open.Length, $"queues[{q}].Volume");
        }
        Guard.EachBelowOne(Guard.OfLength(shrinkage, open.Length, nameof(shrinkage)), nameof(shrinkage));
        Guard.AtLeast(minimumHeads, 0);
        return new Build(queues, interval, open).Require(shrinkage, minimumHeads);
    }

    private sealed class Build(IReadOnlyList<PooledQueue> queues, Duration interval, bool[] open)
    {
        private readonly OfferedLoad[] _loads = [.. queues.Select(q => q.Load(interval, open))];
        private readonly int[] _priorities = [.. queues.Select(q => q.Priority)];
        private readonly ImmediateGoal[] _goals = [.. queues.Select(q => q.Goal)];

        public PooledRequirement Require(double[] shrinkage, int minimumHeads)
        {
            double[] volume = [.. open.Select((_, i) => queues.Sum(q => q.Volume[i]))];
            IntervalNeed[] needs = [.. open.Select((isOpen, i) => isOpen ? Need(i) : default)];
            int[][] separate = [.. queues.Select((_, q) => open.Select((isOpen, i) => isOpen ? Separate(q, i) : 0).ToArray())];
            var pool = ImmediateStaffing.Build(volume, needs, shrinkage, open, minimumHeads);
            double[] gain = [.. needs.Select((need, i) => separate.Sum(s => s[i]) - need.ForOccupancy)];
            return new PooledRequirement(pool, separate, gain, Split(pool.Agents), Service(pool.Agents));
        }

        private IntervalNeed Need(int i)
        {
            double[] loads = Loads(i);
            var arriving = _loads.Sum(load => load.Arriving[i]);
            if (loads.Sum() == 0) return new IntervalNeed(arriving, 0, 0, 0);
            var pool = Pool(i);
            var waiting = pool.RequiredForWaiting(_goals);
            var occupancy = _goals.Where((_, q) => loads[q] > 0).Max(goal => ErlangC.RequiredForOccupancy(pool.Load, goal));
            return new IntervalNeed(arriving, pool.Load, waiting, Math.Max(waiting, occupancy));
        }

        private double[] Loads(int i) => [.. _loads.Select(load => load.Staffed(i))];

        private PriorityPool Pool(int i) => new(Loads(i), [.. queues.Select(q => q.AgentSeconds(i))], _priorities);

        private PooledService[][] Service(int[] agents)
        {
            PooledService[][] service = [.. queues.Select(_ => new PooledService[agents.Length])];
            for (var i = 0; i < agents.Length; i++)
            {
                if (agents[i] == 0 || Loads(i).Sum() == 0) continue;
                var pool = Pool(i);
                for (var q = 0; q < queues.Count; q++)
                {
                    if (_loads[q].Staffed(i) > 0) service[q][i] = pool.Service(q, agents[i], _goals[q]);
                }
            }
            return service;
        }

        /// <summary>The queue as a pool of its own.</summary>
        private int Separate(int q, int i)
        {
            var load = _loads[q].Staffed(i);
            if (load == 0) return 0;
            var alone = new PriorityPool([load], [queues[q].AgentSeconds(i)], [1]);
            return Math.Max(alone.RequiredForWaiting([_goals[q]]), ErlangC.RequiredForOccupancy(load, _goals[q]));
        }

        private double[][] Split(int[] agents) => [.. _loads.Select(load => agents.Select((count, i) =>
        {
            var (all, roots) = (_loads.Sum(l => l.Staffed(i)), _loads.Sum(l => Math.Sqrt(l.Staffed(i))));
            return roots > 0 ? load.Staffed(i) + (count - all) * Math.Sqrt(load.Staffed(i)) / roots : (double)count / _loads.Length;
        }).ToArray())];
    }
}
