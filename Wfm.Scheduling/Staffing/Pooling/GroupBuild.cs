using NodaTime;

namespace Wfm.Scheduling.Staffing.Pooling;

/// <summary>One requirement of a group while it is made; see <see cref="GroupStaffing"/>.</summary>
internal sealed class GroupBuild
{
    private const double RoundingSlack = 1e-9;
    private const double HalfDay = 43_200; // seconds

    private readonly IReadOnlyList<GroupedQueue> _queues;
    private readonly double _level;
    private readonly int _intervals;
    private readonly double _hours; // of an interval
    private readonly int[] _live;
    private readonly int[] _deferrable; // by urgency
    private readonly GroupLoads _loads;
    private readonly Waterfall[] _steps;
    private readonly RequirementCurve?[] _bands;
    private readonly CancellationToken _cancellation;

    public GroupBuild(IReadOnlyList<GroupedQueue> queues, double level, CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        (_queues, _level, _intervals, _hours) = (queues, level, queues[0].AhtSeconds.Length, queues[0].Interval.TotalHours);
        var all = Enumerable.Range(0, queues.Count).ToArray();
        _live = [.. all.Where(q => queues[q].Live is not null)];
        _deferrable = [.. all.Where(q => queues[q].Deferrable is not null).OrderBy(q => Slack(queues[q]))];
        _loads = new GroupLoads(queues, cancellationToken);
        _steps = [.. all.Select(_ => new Waterfall(_intervals))];
        _bands = new RequirementCurve?[queues.Count];
    }

    public IReadOnlyList<RequirementCurve> Require()
    {
        if (_live.Length == 1) KeepOwn(_live[0]);
        else if (_live.Length > 1) PoolLive();
        if (_deferrable.Length > 0) PoolDeadlines();
        for (var i = 0; i < _intervals; i++) RaiseToMinimum(i);
        Shrink();
        return [.. _queues.Select((queue, q) => Curve(queue, q))];
    }

    /// <summary>Weighted slack of what has just arrived: the order of the classes.</summary>
    private static double Slack(GroupedQueue queue) => queue.Claim.At(queue.Deferrable!.Goal.Turnaround.TotalHours).Slack;

    /// <summary>A single live queue: its own requirement, up to the agents.</summary>
    private void KeepOwn(int q)
    {
        var own = RiskStaffing.Require(_queues[q].Live!, _level, _cancellation).Waterfall;
        _steps[q] = new Waterfall(_intervals)
        {
            Volume = own.Volume,
            Workload = own.Workload,
            DeferralMargin = own.DeferralMargin,
            QueueingMargin = own.QueueingMargin,
            OccupancyMargin = own.OccupancyMargin,
        };
    }

    private void PoolLive()
    {
        ImmediateGoal[] goals = [.. _live.Select(q => _queues[q].Live!.Goal)];
        int[] priorities = [.. _live.Select(q => _queues[q].Priority)];
        var anyAlone = Array.Exists(_live, q => _queues[q].Live!.Concurrency == 1);
        var (arriving, staffed) = (new double[_live.Length], new double[_live.Length]);
        for (var i = 0; i < _intervals; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            _loads.At(_live, i, _level, arriving, staffed);
            var load = staffed.Sum();
            double waiting = 0, occupancy = 0;
            if (load > 0)
            {
                double[] held = [.. staffed.Select((x, k) => x + (anyAlone ? HalfEmpty(x, _queues[_live[k]].Live!.Chat) : 0))];
                var pool = new PriorityPool(held, [.. _live.Select(q => AgentSeconds(q, i))], priorities);
                waiting = pool.AgentsForWaiting(goals);
                occupancy = Math.Max(waiting, goals.Where((_, k) => staffed[k] > 0).Max(g => g.MaximumOccupancy is { } cap ? load / cap : 0));
            }
            var roots = staffed.Sum(Math.Sqrt);
            for (var k = 0; k < _live.Length; k++)
            {
                var (steps, share) = (_steps[_live[k]], roots > 0 ? Math.Sqrt(staffed[k]) / roots : 0);
                steps.Volume[i] = arriving[k] * _hours * 3600 / AgentSeconds(_live[k], i);
                steps.Workload[i] = arriving[k];
                steps.DeferralMargin[i] = staffed[k] - arriving[k];
                steps.QueueingMargin[i] = share * (waiting - load);
                steps.OccupancyMargin[i] = share * (occupancy - waiting);
            }
        }
    }

    /// <summary>Agents who hold chats with slots left, beyond the load: lost to work that needs an agent alone.</summary>
    /// <remarks>
    /// Chats go to who holds some already, so at most a few agents are in between: their number moves up by a pair that loses one and down by an arrival, as
    /// often, and down by chats that end; so it is half normal with variance a, the slots in use. Of their slots the share (c − 1) ÷ c is empty.
    /// </remarks>
    private static double HalfEmpty(double load, ChatConcurrency chat) =>
        chat.Slots == 1 ? 0 : (chat.Slots - 1.0) / chat.Slots * Math.Sqrt(2 / Math.PI * load * chat.Slots);

    /// <summary>Seconds of an agent per contact.</summary>
    private double AgentSeconds(int q, int i) => _queues[q].Live!.Chat.InflatedAhtSeconds(_queues[q].AhtSeconds[i]) / _queues[q].Live!.Concurrency;

    private void PoolDeadlines()
    {
        var count = _deferrable.Length;
        var added = _deferrable.Select(_ => new double[_intervals]).ToArray();
        var (arriving, staffed, all) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < _intervals; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            var pool = new DeadlinePool([.. _deferrable.Select(q => Class(_queues[q].Deferrable!.Goal, _queues[q].AhtSeconds[i]))]);
            _loads.At(_deferrable, i, _level, arriving, all);
            var before = 0.0;
            for (var k = 0; k < count; k++)
            {
                all.CopyTo(staffed, 0);
                if (k + 1 < count) _loads.At(_deferrable.AsSpan(0, k + 1), i, _level, arriving, staffed);
                var agents = Math.Max(before, pool.Agents(staffed, k + 1));
                (added[k][i], before) = (agents - before, agents);
            }
            _loads.At(_deferrable, i, _level, arriving, all);
            for (var k = 0; k < count; k++)
            {
                var steps = _steps[_deferrable[k]];
                steps.Volume[i] = arriving[k] * _hours * 3600 / _queues[_deferrable[k]].AhtSeconds[i];
                steps.Workload[i] = arriving[k];
                steps.QueueingMargin[i] = added[k][i] - all[k];
            }
        }
        var agentsOfAll = added.Sum(a => a.Average());
        for (var k = 0; k < count; k++) PlanBand(_deferrable[k], added[k], agentsOfAll);
    }

    private static DeadlineClass Class(DeferrableGoal goal, double ahtSeconds) =>
        new(ahtSeconds, goal.Turnaround.TotalSeconds, goal.JudgedFraction, goal.ActionFraction);

    /// <summary>When the agents a queue adds are at work: the smoothest way within its band.</summary>
    private void PlanBand(int q, double[] added, double agentsOfAll)
    {
        _cancellation.ThrowIfCancellationRequested();
        var (work, steps) = (_queues[q].Deferrable!, _steps[q]);
        var turnaround = Duration.Max(work.Goal.Turnaround - Reserve(work, agentsOfAll), Duration.Min(work.Goal.Turnaround, Duration.FromSeconds(1)));
        var band = new DeferrableWork(
            [[.. added.Select((a, i) => a * _hours * 3600 / work.AhtSeconds[i])]], work.AhtSeconds, work.Interval,
            new DeferrableGoal(turnaround, 1, ClockStopsWhenClosed: work.Goal.ClockStopsWhenClosed), work.Shrinkage, work.Open, work.OpeningBacklogContacts,
            ClosingBacklogContacts: work.ClosingBacklogContacts);
        var breach = RiskStaffing.Require(work, _level, _cancellation).FirstBreach;
        _bands[q] = RiskStaffing.Require(band, 0.5, _cancellation) with { FirstBreach = breach };
        var agents = _bands[q]!.Waterfall.Agents();
        for (var i = 0; i < _intervals; i++) steps.DeferralMargin[i] = agents[i] - steps.Workload[i] - steps.QueueingMargin[i];
    }

    /// <summary>Part of the turnaround that the plan leaves for chance; what is due sooner is worked in the interval in which it arrives.</summary>
    /// <remarks>
    /// An interval, the time before its deadline at which a contact must begin, or what chance adds up to while a plan works on a backlog without a pause: work
    /// that comes over a time B deviates by AHT × √(2 × contacts), which N agents take √(2 × AHT × B ÷ N) for, and √(2 ln(1 ÷ (1 − promise))) times that is
    /// exceeded with the probability the promise leaves at most (Chernoff). B is three turnarounds, at most half a day, after which the load of a day has
    /// risen and fallen.
    /// </remarks>
    private static Duration Reserve(DeferrableWork work, double agents)
    {
        var (aht, turnaround) = (work.AhtSeconds.Average(), work.Goal.Turnaround.TotalSeconds);
        var action = aht * work.Goal.ActionFraction;
        var share = ShortClock.StaffedShare(work.Goal.JudgedFraction, action, turnaround);
        var noise = agents > 0 ? Math.Sqrt(-2 * Math.Log(1 - share) * 2 * aht * Math.Min(3 * turnaround, HalfDay) / agents) : 0;
        return Duration.FromSeconds(Math.Max(work.Interval.TotalSeconds, Math.Max(noise, ServiceDiscipline.LatestStartSeconds(action))));
    }

    /// <summary>Presence is people in a room: the largest minimum of the queues that are open counts, once.</summary>
    private void RaiseToMinimum(int i)
    {
        var (most, agents) = (-1, 0.0);
        for (var q = 0; q < _queues.Count; q++)
        {
            agents += Agents(_steps[q], i);
            if (_queues[q].Open[i] && (most < 0 || _queues[q].MinimumHeads > _queues[most].MinimumHeads)) most = q;
        }
        if (most >= 0) _steps[most].MinimumMargin[i] = Math.Max(0, _queues[most].MinimumHeads - agents);
    }

    private void Shrink()
    {
        var isWhole = _queues.Select(q => q.Deferrable is not { } work || work.Goal.Turnaround <= work.Interval).ToArray();
        for (var i = 0; i < _intervals; i++)
        {
            var total = 0.0;
            for (var q = 0; q < _queues.Count; q++)
            {
                var agents = Agents(_steps[q], i);
                _steps[q].ShrinkageMargin[i] = agents / (1 - _queues[q].Shrinkage[i]) - agents;
                if (isWhole[q]) total += agents + _steps[q].ShrinkageMargin[i];
            }
            if (total <= 0) continue;
            var rounding = Math.Max(0, Math.Ceiling(total - RoundingSlack) - total);
            for (var q = 0; q < _queues.Count; q++)
            {
                if (isWhole[q]) _steps[q].Rounding[i] = rounding * (Agents(_steps[q], i) + _steps[q].ShrinkageMargin[i]) / total;
            }
        }
    }

    private RequirementCurve Curve(GroupedQueue queue, int q)
    {
        var steps = _steps[q];
        double[] heads = [.. Enumerable.Range(0, _intervals).Select(i => Agents(steps, i) + steps.ShrinkageMargin[i] + steps.Rounding[i])];
        heads = [.. heads.Select(h => h > RoundingSlack ? h : 0)]; // where steps cancel each other nobody is needed
        if (_queues.Count == 1 && queue.Live is not null) heads = [.. heads.Select(h => Math.Round(h))];
        return new RequirementCurve(_level, steps, heads, _bands[q]?.DueHours, _bands[q]?.ArrivedHours, _bands[q]?.FirstBreach);
    }

    private static double Agents(Waterfall steps, int i) =>
        steps.Workload[i] + steps.DeferralMargin[i] + steps.QueueingMargin[i] + steps.OccupancyMargin[i] + steps.MinimumMargin[i];
}
