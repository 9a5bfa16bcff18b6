namespace Wfm.Scheduling.Simulation;

/// <summary>The event loop of one replication after another. Its arrays are made once; nothing is allocated per contact.</summary>
/// <remarks>
/// Sources of events: each slot of an agent (its contact ends), each agent (comes or goes), each queue (the next contact arrives). Giving up is no
/// event: who would have given up is found out when an agent looks at the front of the line, which changes nothing for anybody else.
/// A break begins when the contact in hand is finished and keeps its length.
/// </remarks>
internal sealed class ServiceRun
{
    private readonly CompiledScenario _x;
    private readonly SimulationTrace? _trace;
    private readonly EventTree _events;
    private readonly WaitingLine[] _lines;
    private readonly int[] _slotQueue; // −1 when free
    private readonly double[] _slotArrival;
    private readonly double[] _slotLimit;
    private readonly double[] _slotStart;
    private readonly double[] _slotPace; // handle time left at speed 1 per second
    private readonly int[] _slotAgent;
    private readonly int[] _load;
    private readonly int[] _cap; // contacts the agent may hold given those in hand
    private readonly bool[] _present;
    private readonly bool[] _leaving;
    private readonly int[] _span;
    private readonly double[] _presentSince;
    private readonly double[] _idleSince;
    private readonly double[] _busySince;
    private readonly double[] _busy;
    private readonly double[] _duty;
    private readonly int[] _free; // per queue: agents on duty without a contact
    private double _now;

    public ServiceRun(CompiledScenario scenario, SimulationTrace? trace)
    {
        (_x, _trace) = (scenario, trace);
        var (agents, slots) = (scenario.Agents, scenario.FirstSlot[^1]);
        _events = new EventTree(slots + agents + scenario.Queues);
        _lines = [.. Enumerable.Range(0, scenario.Queues).Select(_ => new WaitingLine())];
        (_slotQueue, _slotAgent) = (new int[slots], new int[slots]);
        (_slotArrival, _slotLimit, _slotStart, _slotPace) = (new double[slots], new double[slots], new double[slots], new double[slots]);
        (_load, _cap, _span, _free) = (new int[agents], new int[agents], new int[agents], new int[scenario.Queues]);
        (_present, _leaving) = (new bool[agents], new bool[agents]);
        (_presentSince, _idleSince, _busySince, _busy, _duty) = (new double[agents], new double[agents], new double[agents], new double[agents], new double[agents]);
        for (var a = 0; a < agents; a++) Array.Fill(_slotAgent, a, scenario.FirstSlot[a], scenario.FirstSlot[a + 1] - scenario.FirstSlot[a]);
        Tallies = new ServiceTally[scenario.Queues];
        SlotEnd = new double[slots];
    }

    public ServiceTally[] Tallies { get; }

    public double OvertimeSeconds { get; private set; }

    public double BusySeconds => _busy.Sum();

    public double DutySeconds => _duty.Sum();

    /// <summary>Contacts simulated since the run was made.</summary>
    public long Contacts { get; private set; }

    private double[] SlotEnd { get; }

    private int AgentSource => _slotQueue.Length;

    private int ArrivalSource => _slotQueue.Length + _x.Agents;

    public void Replicate(int seed, int replication)
    {
        Restart(seed, replication);
        while (_events.NextTime < _x.Horizon)
        {
            _now = _events.NextTime;
            var source = _events.NextSource;
            if (source < AgentSource) Finish(source);
            else if (source < ArrivalSource) Turn(source - AgentSource);
            else Arrive(source - ArrivalSource);
        }
        _now = _x.Horizon;
        Close();
    }

    private void Restart(int seed, int replication)
    {
        (_now, OvertimeSeconds) = (0, 0);
        _events.Clear();
        Array.Fill(_slotQueue, -1);
        Array.Fill(Tallies, ServiceTally.Empty);
        foreach (var array in (ReadOnlySpan<double[]>)[_busy, _duty]) Array.Clear(array);
        foreach (var array in (ReadOnlySpan<int[]>)[_load, _span, _free]) Array.Clear(array);
        foreach (var array in (ReadOnlySpan<bool[]>)[_present, _leaving]) Array.Clear(array);
        for (var q = 0; q < _x.Queues; q++)
        {
            _lines[q].Clear();
            _x.Streams[q].Restart(seed, replication, q);
            foreach (var age in _x.OpeningAges[q]) _lines[q].Add(_x.Streams[q].TakeOpen(-age));
            if (_x.WarmUp == 0) Tallies[q].Opening = _x.OpeningAges[q].Length;
            Contacts += _x.OpeningAges[q].Length;
            _events.Set(ArrivalSource + q, _x.Streams[q].Time);
        }
        for (var a = 0; a < _x.Agents; a++) Await(a, double.NegativeInfinity);
    }

    private bool Counts(double arrival) => _x.WarmUp == 0 || arrival >= _x.WarmUp;

    private void Arrive(int queue)
    {
        var contact = _x.Streams[queue].Take();
        _events.Set(ArrivalSource + queue, _x.Streams[queue].Time);
        Contacts++;
        if (Counts(contact.Arrival)) Tallies[queue].Offered++;
        var agent = Choose(queue);
        if (agent >= 0)
        {
            Serve(agent, queue, contact);
            return;
        }
        DropImpatient(queue);
        _lines[queue].Add(contact);
    }

    /// <summary>The agent for a contact of the queue; −1 when all are busy. An agent without contacts is preferred to one who holds some.</summary>
    private int Choose(int queue)
    {
        if (_free[queue] == 0 && _x.Slots[queue] == 1) return -1;
        var best = -1;
        foreach (var agent in _x.Skilled[queue])
        {
            if (!_present[agent] || _leaving[agent] || !HasRoom(agent, queue)) continue;
            if (best < 0)
            {
                best = agent;
                continue;
            }
            if (_load[agent] != _load[best])
            {
                if (_load[agent] < _load[best]) best = agent;
                continue;
            }
            if (!SameRank(agent, best, queue))
            {
                if (_load[best] == 0) break; // the rest ranks lower, and nobody holds fewer
                continue;
            }
            if (_idleSince[agent] < _idleSince[best]) best = agent;
        }
        return best;
    }

    private bool SameRank(int a, int b, int queue) =>
        _x.Skills[a].Length == _x.Skills[b].Length && _x.Speed[a * _x.Queues + queue] == _x.Speed[b * _x.Queues + queue];

    private bool HasRoom(int agent, int queue) => _load[agent] == 0 || _load[agent] < Math.Min(_cap[agent], _x.Slots[queue]);

    private void Serve(int agent, int queue, in Contact contact)
    {
        if (_load[agent] == 0)
        {
            if (_idleSince[agent] >= 0) MarkFree(agent, -1);
            (_busySince[agent], _cap[agent]) = (_now, int.MaxValue);
        }
        var slot = _x.FirstSlot[agent];
        while (_slotQueue[slot] >= 0) slot++;
        var pace = _x.Speed[agent * _x.Queues + queue] / (1 + _x.Inflation[queue] * _load[agent]);
        _load[agent]++;
        _cap[agent] = Math.Min(_cap[agent], _x.Slots[queue]);
        (_slotQueue[slot], _slotArrival[slot], _slotLimit[slot], _slotStart[slot], _slotPace[slot]) = (queue, contact.Arrival, contact.Limit, _now, pace);
        SlotEnd[slot] = _now + contact.Work / pace;
        _events.Set(slot, SlotEnd[slot]);
        CountAnswer(queue, contact.Arrival, _now, 1);
    }

    private void CountAnswer(int queue, double arrival, double start, int sign)
    {
        if (!Counts(arrival)) return;
        ref var tally = ref Tallies[queue];
        tally.Answered += sign;
        tally.WaitSeconds += sign * (start - arrival);
        if (_x.HasThreshold[queue] && start - arrival <= _x.Threshold[queue]) tally.AnsweredInTime += sign;
    }

    private void Finish(int slot)
    {
        var (agent, queue) = (_slotAgent[slot], _slotQueue[slot]);
        if (_x.IsDeferrable[queue]) CountDone(queue, _slotArrival[slot], _slotLimit[slot], _now);
        Release(slot);
        if (_leaving[agent])
        {
            if (_load[agent] == 0) Leave(agent);
        }
        else
        {
            TakeNext(agent);
        }
    }

    private void Release(int slot)
    {
        var agent = _slotAgent[slot];
        _trace?.Contacts.Add(new(agent, _slotQueue[slot], _slotArrival[slot], _slotStart[slot], _now));
        _slotQueue[slot] = -1;
        _events.Set(slot, EventTree.Never);
        if (--_load[agent] == 0) _busy[agent] += Counted(_busySince[agent]);
        _idleSince[agent] = -1; // no longer free and not yet: TakeNext decides
    }

    private double Counted(double since) => Math.Max(0, _now - Math.Max(since, _x.WarmUp));

    /// <summary>A deferrable contact is done at a time, or still open then.</summary>
    private void CountDone(int queue, double arrival, double due, double time, bool open = false)
    {
        if (!Counts(arrival) || (open && due > time)) return;
        ref var tally = ref Tallies[queue];
        tally.Done++;
        if (!open && time <= due)
        {
            tally.DoneInTime++;
            return;
        }
        var deadline = _x.Clocks[queue]!.Due(arrival, _x.DeadlineAfter[queue]);
        if (open ? deadline > time : time <= deadline) return;
        tally.Breaches++;
        tally.FirstBreach = Math.Min(tally.FirstBreach, deadline);
    }

    private void TakeNext(int agent)
    {
        for (var queue = MostUrgent(agent); queue >= 0; queue = MostUrgent(agent)) Serve(agent, queue, _lines[queue].RemoveFirst());
        if (_load[agent] > 0) return;
        _idleSince[agent] = _now;
        MarkFree(agent, 1);
    }

    private int MostUrgent(int agent)
    {
        var (best, bestScore, bestArrival) = (-1, 0.0, 0.0);
        foreach (var queue in _x.Skills[agent])
        {
            var line = _lines[queue];
            if (line.Count == 0 || !HasRoom(agent, queue)) continue;
            DropImpatient(queue);
            if (line.Count == 0) continue;
            ref readonly var first = ref line.First;
            var slack = (_x.IsDeferrable[queue] ? first.Limit : first.Arrival + _x.Threshold[queue]) - _now;
            var score = slack >= 0 ? slack / _x.Weight[queue] : slack * _x.Weight[queue];
            if (best >= 0)
            {
                if (_x.Tier[queue] > _x.Tier[best]) continue;
                if (_x.Tier[queue] == _x.Tier[best] && (score > bestScore || (score == bestScore && first.Arrival >= bestArrival))) continue;
            }
            (best, bestScore, bestArrival) = (queue, score, first.Arrival);
        }
        return best;
    }

    private void DropImpatient(int queue)
    {
        if (_x.IsDeferrable[queue]) return;
        var line = _lines[queue];
        while (line.Count > 0 && line.First.Limit < _now)
        {
            if (Counts(line.RemoveFirst().Arrival)) Tallies[queue].Abandoned++;
        }
    }

    private void MarkFree(int agent, int change)
    {
        foreach (var queue in _x.Skills[agent]) _free[queue] += change;
    }

    /// <summary>The agent comes on duty, or the stretch of work ends.</summary>
    private void Turn(int agent)
    {
        if (!_present[agent])
        {
            (_present[agent], _presentSince[agent], _idleSince[agent]) = (true, _now, -1);
            _events.Set(AgentSource + agent, _x.Spans[agent][_span[agent]].End);
            TakeNext(agent);
            return;
        }
        _events.Set(AgentSource + agent, EventTree.Never);
        if (_load[agent] == 0)
        {
            MarkFree(agent, -1);
            Leave(agent);
            return;
        }
        _leaving[agent] = true;
        if (!_x.ReturnsDeferrable || _x.Spans[agent][_span[agent]].BreakAfter > 0) return;
        for (var slot = _x.FirstSlot[agent]; slot < _x.FirstSlot[agent + 1]; slot++)
        {
            if (_slotQueue[slot] >= 0 && _x.IsDeferrable[_slotQueue[slot]]) HandBack(slot);
        }
        if (_load[agent] == 0) Leave(agent);
    }

    private void HandBack(int slot)
    {
        var queue = _slotQueue[slot];
        var contact = new Contact(_slotArrival[slot], (SlotEnd[slot] - _now) * _slotPace[slot], _slotLimit[slot]);
        CountAnswer(queue, contact.Arrival, _slotStart[slot], -1);
        Release(slot);
        var colleague = Choose(queue);
        if (colleague >= 0) Serve(colleague, queue, contact);
        else _lines[queue].Return(contact);
    }

    private void Leave(int agent)
    {
        var span = _x.Spans[agent][_span[agent]];
        (_present[agent], _leaving[agent]) = (false, false);
        _duty[agent] += Counted(_presentSince[agent]);
        _trace?.Presences.Add(new(agent, _presentSince[agent], _now));
        if (span.BreakAfter == 0) OvertimeSeconds += Counted(span.End);
        _span[agent]++;
        Await(agent, _now + span.BreakAfter);
    }

    /// <summary>Sets when the agent comes next. A break that runs late may use up the stretch after it; the break after that follows at once.</summary>
    private void Await(int agent, double ready)
    {
        var spans = _x.Spans[agent];
        for (; _span[agent] < spans.Length && ready >= spans[_span[agent]].End; _span[agent]++) ready += spans[_span[agent]].BreakAfter;
        while (_span[agent] < spans.Length && spans[_span[agent]].End <= 0) _span[agent]++;
        if (_span[agent] < spans.Length) _events.Set(AgentSource + agent, Math.Max(0, Math.Max(ready, spans[_span[agent]].Start)));
    }

    private void Close()
    {
        for (var a = 0; a < _x.Agents; a++)
        {
            if (_load[a] > 0) _busy[a] += Counted(_busySince[a]);
            if (!_present[a]) continue;
            _duty[a] += Counted(_presentSince[a]);
            var span = _x.Spans[a][_span[a]];
            if (_leaving[a] && span.BreakAfter == 0) OvertimeSeconds += Counted(span.End);
            _trace?.Presences.Add(new(a, _presentSince[a], _now));
        }
        for (var slot = 0; slot < _slotQueue.Length; slot++)
        {
            if (_slotQueue[slot] < 0) continue;
            if (_x.IsDeferrable[_slotQueue[slot]]) CountDone(_slotQueue[slot], _slotArrival[slot], _slotLimit[slot], _now, open: true);
            _trace?.Contacts.Add(new(_slotAgent[slot], _slotQueue[slot], _slotArrival[slot], _slotStart[slot], _now));
        }
        for (var q = 0; q < _x.Queues; q++) CloseLine(q);
    }

    private void CloseLine(int queue)
    {
        ref var tally = ref Tallies[queue];
        for (var line = _lines[queue]; line.Count > 0;)
        {
            var contact = line.RemoveFirst();
            if (!Counts(contact.Arrival)) continue;
            if (!_x.IsDeferrable[queue] && contact.Limit < _now)
            {
                tally.Abandoned++;
                continue;
            }
            tally.Left++;
            tally.OldestAge = Math.Max(tally.OldestAge, _now - contact.Arrival);
            if (_x.IsDeferrable[queue]) CountDone(queue, contact.Arrival, contact.Limit, _now, open: true);
        }
        foreach (var agent in _x.Skilled[queue])
        {
            tally.BusySeconds += _busy[agent];
            tally.DutySeconds += _duty[agent];
        }
    }
}
