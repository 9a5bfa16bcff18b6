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
    private readonly ContactSlots _slots;
    private readonly AgentStates _agents;
    private readonly ServiceCounter _counter;
    private readonly Routing _routing;
    private readonly bool[] _awaited; // queues whose backlog is not there yet
    private double _now;

    public ServiceRun(CompiledScenario scenario, SimulationTrace? trace)
    {
        (_x, _trace) = (scenario, trace);
        (_slots, _agents, _counter) = (new ContactSlots(scenario), new AgentStates(scenario), new ServiceCounter(scenario));
        _routing = new Routing(scenario, _agents, _counter);
        _awaited = new bool[scenario.Queues];
        _events = new EventTree(_slots.Count + scenario.Agents + scenario.Queues);
    }

    public ServiceTally[] Tallies => _counter.Tallies;

    public double OvertimeSeconds { get; private set; }

    public double BusySeconds => _agents.Busy.Sum();

    public double DutySeconds => _agents.Duty.Sum();

    /// <summary>Contacts simulated since the run was made.</summary>
    public long Contacts { get; private set; }

    private int AgentSource => _slots.Count;

    private int ArrivalSource => _slots.Count + _x.Agents;

    /// <summary>Who is there from the next replication on.</summary>
    /// <param name="spans">Stretches of work of each agent.</param>
    public void Staff(CompiledScenario.Span[][] spans) => _x.Spans = spans;

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
        var contacts = _x.OpeningContacts;
        foreach (var stream in _x.Streams) contacts += stream.VolumeOf(replication);
        ServiceScenario.RequireAffordable(contacts);
        (_now, OvertimeSeconds) = (0, 0);
        _events.Clear();
        _slots.Clear();
        _agents.Clear();
        _counter.Clear();
        for (var q = 0; q < _x.Queues; q++)
        {
            var (line, stream) = (_routing.Lines[q], _x.Streams[q]);
            line.Clear();
            stream.Restart(seed, replication, _x.StreamNumber[q]);
            Contacts += _x.OpeningAges[q].Length;
            _awaited[q] = _x.EntersAt[q] > 0 && _x.OpeningAges[q].Length > 0;
            if (_awaited[q]) _events.Set(ArrivalSource + q, _x.EntersAt[q]);
            else Open(q);
        }
        for (var a = 0; a < _x.Agents; a++) Await(a, double.NegativeInfinity);
    }

    /// <summary>The backlog is there, and the contacts that arrive after it.</summary>
    private void Open(int queue)
    {
        var (line, stream) = (_routing.Lines[queue], _x.Streams[queue]);
        foreach (var age in _x.OpeningAges[queue])
        {
            var contact = stream.TakeOpen(-age);
            _trace?.Arrivals.Add(new(queue, contact.Arrival, contact.Limit));
            line.Add(contact);
        }

        _events.Set(ArrivalSource + queue, Math.Max(_now, stream.Time));
    }

    /// <summary>The backlog that was counted after the start is there, and whoever is free begins with it.</summary>
    private void Enter(int queue)
    {
        _awaited[queue] = false;
        Open(queue);
        for (var line = _routing.Lines[queue]; line.Count > 0;)
        {
            var agent = _routing.AgentFor(queue);
            if (agent < 0) return;
            Serve(agent, queue, line.RemoveFirst());
        }
    }

    private void Arrive(int queue)
    {
        if (_awaited[queue])
        {
            Enter(queue);
            return;
        }
        var contact = _x.Streams[queue].Take();
        _events.Set(ArrivalSource + queue, _x.Streams[queue].Time);
        Contacts++;
        _trace?.Arrivals.Add(new(queue, contact.Arrival, contact.Limit));
        _counter.Offer(queue, contact.Arrival);
        var agent = _routing.AgentFor(queue);
        if (agent >= 0)
        {
            Serve(agent, queue, contact);
            return;
        }
        _routing.DropImpatient(queue, _now);
        _routing.Lines[queue].Add(contact);
    }

    private void Serve(int agent, int queue, in Contact contact)
    {
        var load = _agents.Load[agent];
        if (load == 0)
        {
            if (_agents.IdleSince[agent] >= 0) _agents.MarkFree(agent, -1);
            (_agents.BusySince[agent], _agents.Cap[agent]) = (_now, int.MaxValue);
        }
        var slot = _x.FirstSlot[agent];
        while (_slots.Queue[slot] >= 0) slot++;
        _agents.Load[agent] = load + 1;
        _agents.Cap[agent] = Math.Min(_agents.Cap[agent], _x.Slots[queue]);
        _slots.Put(slot, queue, contact, _now, _x.Speed[agent * _x.Queues + queue] / (1 + _x.Inflation[queue] * load));
        _events.Set(slot, _slots.End[slot]);
        _counter.Answer(queue, contact.Arrival, _now, 1);
    }

    private void Finish(int slot)
    {
        var (agent, queue) = (_slots.Agent[slot], _slots.Queue[slot]);
        if (_x.IsDeferrable[queue]) _counter.Done(queue, _slots.Arrival[slot], _slots.Limit[slot], Deed(slot));
        Release(slot);
        if (!_agents.Leaving[agent]) TakeNext(agent);
        else if (_agents.Load[agent] == 0) Leave(agent);
    }

    private void Release(int slot)
    {
        var agent = _slots.Agent[slot];
        Trace(slot);
        _slots.Queue[slot] = -1;
        _events.Set(slot, EventTree.Never);
        if (--_agents.Load[agent] == 0) _agents.Busy[agent] += _agents.Counted(_agents.BusySince[agent], _now);
        _agents.IdleSince[agent] = -1; // no longer free and not yet: TakeNext decides
    }

    private void TakeNext(int agent)
    {
        for (var queue = _routing.MostUrgent(agent, _now); queue >= 0; queue = _routing.MostUrgent(agent, _now))
        {
            Serve(agent, queue, _routing.Lines[queue].RemoveFirst());
            if (_agents.Load[agent] >= _agents.Cap[agent]) return; // hands full: no need to look at the lines again
        }
        if (_agents.Load[agent] > 0) return;
        _agents.IdleSince[agent] = _now;
        _agents.MarkFree(agent, 1);
    }

    /// <summary>The agent comes on duty, or the stretch of work ends.</summary>
    private void Turn(int agent)
    {
        var span = _x.Spans[agent][_agents.Span[agent]];
        if (!_agents.Present[agent])
        {
            (_agents.Present[agent], _agents.PresentSince[agent], _agents.IdleSince[agent]) = (true, _now, -1);
            _events.Set(AgentSource + agent, span.End);
            TakeNext(agent);
            return;
        }
        _events.Set(AgentSource + agent, EventTree.Never);
        if (_agents.Load[agent] == 0)
        {
            _agents.MarkFree(agent, -1);
            Leave(agent);
            return;
        }
        _agents.Leaving[agent] = true;
        if (!_x.ReturnsDeferrable || span.BreakAfter > 0) return;
        for (var slot = _x.FirstSlot[agent]; slot < _x.FirstSlot[agent + 1]; slot++)
        {
            if (_slots.Queue[slot] >= 0 && _x.IsDeferrable[_slots.Queue[slot]]) HandBack(slot);
        }
        if (_agents.Load[agent] == 0) Leave(agent);
    }

    private void HandBack(int slot)
    {
        var queue = _slots.Queue[slot];
        var contact = _slots.Unfinished(slot, _now);
        _counter.Answer(queue, contact.Arrival, _slots.Start[slot], -1);
        Release(slot);
        var colleague = _routing.AgentFor(queue);
        if (colleague >= 0) Serve(colleague, queue, contact);
        else _routing.Lines[queue].Return(contact);
    }

    private void Leave(int agent)
    {
        var span = _x.Spans[agent][_agents.Span[agent]];
        (_agents.Present[agent], _agents.Leaving[agent]) = (false, false);
        EndDuty(agent, late: span.BreakAfter == 0);
        _agents.Span[agent]++;
        Await(agent, _now + span.BreakAfter);
    }

    /// <summary>Books the time on duty, and what of it is past the end of the shift.</summary>
    private void EndDuty(int agent, bool late)
    {
        _agents.Duty[agent] += _agents.Counted(_agents.PresentSince[agent], _now);
        if (late) OvertimeSeconds += _agents.Counted(_x.Spans[agent][_agents.Span[agent]].End, _now);
        _trace?.Presences.Add(new(agent, _agents.PresentSince[agent], _now));
    }

    /// <summary>Sets when the agent comes next. A break that runs late may use up the stretch after it; the break after that follows at once.</summary>
    private void Await(int agent, double ready)
    {
        var spans = _x.Spans[agent];
        ref var next = ref _agents.Span[agent];
        for (; next < spans.Length && ready >= spans[next].End; next++) ready += spans[next].BreakAfter;
        while (next < spans.Length && spans[next].End <= 0) next++;
        if (next < spans.Length) _events.Set(AgentSource + agent, Math.Max(0, Math.Max(ready, spans[next].Start)));
    }

    private void Close()
    {
        for (var a = 0; a < _x.Agents; a++)
        {
            if (_agents.Load[a] > 0) _agents.Busy[a] += _agents.Counted(_agents.BusySince[a], _now);
            if (_agents.Present[a]) EndDuty(a, late: _agents.Leaving[a] && _x.Spans[a][_agents.Span[a]].BreakAfter == 0);
        }
        for (var slot = 0; slot < _slots.Count; slot++)
        {
            var queue = _slots.Queue[slot];
            if (queue < 0) continue;
            if (_x.IsDeferrable[queue]) CloseInHand(slot, queue);
            Trace(slot);
        }
        for (var q = 0; q < _x.Queues; q++)
        {
            for (var line = _routing.Lines[q]; line.Count > 0;) _counter.Left(q, line.RemoveFirst(), _now);
            foreach (var agent in _x.Skilled[q])
            {
                Tallies[q].BusySeconds += _agents.Busy[agent];
                Tallies[q].DutySeconds += _agents.Duty[agent];
            }
        }
    }

    /// <summary>When the contact is done, which may be before the handling ends.</summary>
    private double Deed(int slot) => _slots.Start[slot] + (_x.ActionFraction[_slots.Queue[slot]] * (_slots.End[slot] - _slots.Start[slot]));

    private void CloseInHand(int slot, int queue)
    {
        var deed = Deed(slot);
        _counter.Done(queue, _slots.Arrival[slot], _slots.Limit[slot], Math.Min(deed, _now), open: deed > _now);
    }

    private void Trace(int slot) =>
        _trace?.Contacts.Add(new(_slots.Agent[slot], _slots.Queue[slot], _slots.Arrival[slot], _slots.Start[slot], _now, Deed(slot)));
}
