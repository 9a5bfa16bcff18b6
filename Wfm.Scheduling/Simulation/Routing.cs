using Wfm.Scheduling.Staffing;

namespace Wfm.Scheduling.Simulation;

/// <summary>Who takes the contact that arrives, and which contact an agent who gets free takes.</summary>
internal sealed class Routing
{
    private readonly CompiledScenario _x;
    private readonly AgentStates _agents;
    private readonly ServiceCounter _counter;

    public Routing(CompiledScenario scenario, AgentStates agents, ServiceCounter counter)
    {
        (_x, _agents, _counter) = (scenario, agents, counter);
        Lines = [.. Enumerable.Range(0, scenario.Queues).Select(_ => new WaitingLine())];
    }

    /// <summary>The waiting contacts per queue.</summary>
    public WaitingLine[] Lines { get; }

    /// <summary>The agent for a contact of the queue; −1 when all are busy. An agent without contacts is preferred to one who holds some.</summary>
    public int AgentFor(int queue)
    {
        if (_x.Slots[queue] > 1) return AgentForChat(queue);
        if (_agents.Free[queue] == 0) return -1;
        var (load, present, leaving, idleSince, best) = (_agents.Load, _agents.Present, _agents.Leaving, _agents.IdleSince, -1);
        foreach (var agent in _x.Skilled[queue])
        {
            if (!present[agent] || leaving[agent] || !_agents.HasRoom(agent, queue)) continue;
            if (best < 0)
            {
                best = agent;
                continue;
            }
            if (load[agent] != load[best])
            {
                if (load[agent] < load[best]) best = agent;
                continue;
            }
            if (!SameRank(agent, best, queue))
            {
                if (load[best] == 0) break; // the rest ranks lower, and nobody holds fewer
                continue;
            }
            if (idleSince[agent] < idleSince[best]) best = agent;
        }
        return best;
    }

    /// <summary>
    /// Chats go to agents who hold none, so that each is answered quickly; where the agent also serves live work that needs them alone, to the one who holds
    /// the most, so that others stay free for it.
    /// </summary>
    private int AgentForChat(int queue)
    {
        var (best, bestCost) = (-1, 0);
        foreach (var agent in _x.Skilled[queue])
        {
            if (!_agents.Present[agent] || _agents.Leaving[agent] || !_agents.HasRoom(agent, queue)) continue;
            var load = _agents.Load[agent];
            var cost = _x.ServesOneByOne[agent] ? _x.Slots[queue] - load : load;
            if (best < 0 || cost < bestCost || (cost == bestCost && SameRank(agent, best, queue) && _agents.IdleSince[agent] < _agents.IdleSince[best]))
                (best, bestCost) = (agent, cost);
        }
        return best;
    }

    /// <summary>The queue whose first contact the agent takes next; −1 when nothing waits that he may take.</summary>
    public int MostUrgent(int agent, double now)
    {
        var (best, bestUrgency, bestArrival) = (-1, default(Urgency), 0.0);
        foreach (var queue in _x.Skills[agent])
        {
            var line = Lines[queue];
            if (line.Count == 0 || !_agents.HasRoom(agent, queue)) continue;
            DropImpatient(queue, now);
            if (line.Count == 0) continue;
            ref readonly var first = ref line.First;
            var slack = (_x.IsDeferrable[queue] ? first.Limit : first.Arrival + _x.Threshold[queue]) - _x.WorkLeft[queue] - now;
            var urgency = _x.Claim[queue].At(slack);
            if (best >= 0)
            {
                if (_x.Rank[queue] > _x.Rank[best]) continue;
                if (_x.Rank[queue] == _x.Rank[best] && urgency.Against(bestUrgency) is var order
                    && (order > 0 || (order == 0 && first.Arrival >= bestArrival)))
                {
                    continue;
                }
            }
            (best, bestUrgency, bestArrival) = (queue, urgency, first.Arrival);
        }
        return best;
    }

    /// <summary>Takes those out of the line whose patience has ended, as far as they stand in front.</summary>
    public void DropImpatient(int queue, double now)
    {
        if (_x.IsDeferrable[queue]) return;
        var line = Lines[queue];
        while (line.Count > 0 && line.First.Limit < now) _counter.Abandon(queue, line.RemoveFirst().Arrival);
    }

    private bool SameRank(int a, int b, int queue) =>
        _x.Skills[a].Length == _x.Skills[b].Length && _x.Speed[a * _x.Queues + queue] == _x.Speed[b * _x.Queues + queue];
}
