using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Activities;

/// <summary>Puts activities one after the other where they hurt least, then moves what could lie better.</summary>
/// <remarks>
/// One session is put by looking at every time, which is exact. Several are improved until no single change helps: another time for a session, two sessions
/// at once, another person in it, or two activities taken out and put back in the other order. Deterministic: the work is counted, not timed.
/// </remarks>
internal sealed class PlacementSearch
{
    private const long MostAsked = 2_000_000; // a few seconds
    private const long MostPairs = 60_000; // times of two sessions that are tried together

    private readonly PlacementTask[] _tasks;
    private readonly int[] _order;
    private readonly PlacementPlan _plan;
    private readonly SessionChoice _choice;

    private PlacementSearch(RosterDocument roster, PlacementTask[] tasks, bool takesFirst)
    {
        _tasks = tasks;
        _plan = new PlacementPlan(roster, tasks);
        _choice = new SessionChoice(_plan, tasks);
        _order = [.. Enumerable.Range(0, tasks.Length).OrderByDescending(t => tasks[t].Activity.Must).ThenByDescending(t => tasks[t].Activity.Priority)
            .ThenBy(t => tasks[t].Starts.Length).ThenBy(t => t)];
        var first = takesFirst ? new SessionChoice(_plan, tasks, takesFirst: true) : _choice;
        foreach (var task in _order)
        {
            first.Fill(task);
        }
    }

    /// <summary>The best plan found.</summary>
    public static PlacementPlan Best(RosterDocument roster, PlacementTask[] tasks)
    {
        var best = new PlacementSearch(roster, tasks, takesFirst: false);
        best.Improve();
        var other = new PlacementSearch(roster, tasks, takesFirst: true);
        other.Improve();
        return other._plan.Value().IsBetterThan(best._plan.Value()) ? other._plan : best._plan;
    }

    private bool IsWorking => _plan.Asked < MostAsked;

    private void Improve()
    {
        while (IsWorking && (MoveSessions() | FillUp() | ExchangePeople() || MovePairs() || Rebuild()))
        {
        }

        foreach (var task in _order)
        {
            _choice.Fill(task); // a place that the last change opened
        }
    }

    // Keeps what was tried when it is better.
    private bool Keeps(IReadOnlyList<Session> before, PlanValue value)
    {
        if (_plan.Value().IsBetterThan(value)) return true;
        _plan.Become(before);
        return false;
    }

    private bool MoveSessions()
    {
        var found = false;
        foreach (var session in _plan.Sessions.ToList())
        {
            var (before, value) = (_plan.Sessions.ToList(), _plan.Value());
            _plan.Take(session);
            var better = _tasks[session.Task].IsTogether
                ? _choice.Best(session.Task, _plan.Missing(session.Task))
                : _choice.Cheapest(session.Task, session.People);
            if (better is not null && !better.IsSame(session)) _plan.Put(better);
            found |= Keeps(before, value);
        }

        return found;
    }

    // Somebody without a place joins a session, at its time or another, or takes the place of somebody who finds another.
    private bool FillUp()
    {
        var found = false;
        foreach (var task in _order.Where(t => !_tasks[t].IsTogether))
        {
            foreach (var agent in _plan.Missing(task))
            {
                foreach (var session in _plan.Sessions.Where(s => s.Task == task).ToList())
                {
                    if (Joins(session, agent))
                    {
                        found = true;
                        break;
                    }
                }
            }
        }

        return found;
    }

    private bool Joins(Session session, int agent)
    {
        var (before, value) = (_plan.Sessions.ToList(), _plan.Value());
        _plan.Take(session);
        if (session.People.Length < _tasks[session.Task].Size && _choice.Cheapest(session.Task, [.. session.People, agent]) is { } larger) _plan.Put(larger);
        else if (IsWorking)
        {
            foreach (var gone in session.People)
            {
                var others = session.People.Select(p => p == gone ? agent : p).ToArray();
                if (_choice.Cheapest(session.Task, others) is not { } changed) continue;
                _plan.Put(changed);
                if (_choice.Best(session.Task, [gone]) is { } alone) _plan.Put(alone);
                else _choice.Fill(session.Task);
                if (_plan.Value().IsBetterThan(value)) return true;
                _plan.Become([.. before.Where(s => s != session)]);
            }
        }

        return Keeps(before, value);
    }

    // One person to another session of the activity, or two change places.
    private bool ExchangePeople()
    {
        var found = false;
        foreach (var task in _order.Where(t => !_tasks[t].IsTogether))
        {
            var places = _plan.Sessions.Where(s => s.Task == task).OrderBy(s => s.Start).SelectMany(s => s.People.Select(p => (s.Start, Agent: p))).ToArray();
            foreach (var (_, agent) in places.TakeWhile(_ => IsWorking))
            {
                foreach (var (_, other) in places)
                {
                    found |= agent != other && Exchange(task, agent, other);
                }
            }
        }

        return found;
    }

    private bool Exchange(int task, int agent, int other)
    {
        var from = _plan.Sessions.First(s => s.Task == task && s.People.Contains(agent));
        var to = _plan.Sessions.First(s => s.Task == task && s.People.Contains(other));
        if (from.Start == to.Start) return false;
        var joins = _tasks[task].Size > to.People.Length && from.People.Length > _tasks[task].Quorum
            && TryAs(from, [.. from.People.Where(p => p != agent)], to, [.. to.People, agent]);
        return joins || (agent < other && TryAs(
            from, [.. from.People.Select(p => p == agent ? other : p)], to, [.. to.People.Select(p => p == other ? agent : p)]));
    }

    private bool TryAs(Session first, int[] people, Session second, int[] others)
    {
        var (before, value) = (_plan.Sessions.ToList(), _plan.Value());
        _plan.Take(first);
        _plan.Take(second);
        if (IsOpen(first with { People = people })) _plan.Put(first with { People = people });
        if (IsOpen(second with { People = others })) _plan.Put(second with { People = others });
        return Keeps(before, value);
    }

    private bool IsOpen(Session session) =>
        _plan.CanCoach(session.Task, session.Start) && Array.TrueForAll(session.People, p => _plan.Can(session.Task, p, session.Start));

    // Two sessions that lie well apart, each of which alone could not move.
    private bool MovePairs()
    {
        var pairs = _plan.Sessions.Count * (_plan.Sessions.Count - 1) / 2;
        var all = _plan.Sessions.ToList();
        for (var i = 0; i < all.Count; i++)
        {
            for (var j = i + 1; j < all.Count && IsWorking; j++)
            {
                if ((long)pairs * _tasks[all[i].Task].Starts.Length * _tasks[all[j].Task].Starts.Length > MostPairs) continue;
                if (MovePair(all[i], all[j])) return true;
            }
        }

        return false;
    }

    private bool MovePair(Session first, Session second)
    {
        var (before, value) = (_plan.Sessions.ToList(), _plan.Value());
        _plan.Take(first);
        _plan.Take(second);
        var (rest, bestCost) = (_plan.Cost, double.PositiveInfinity);
        (Session First, Session Second)? best = null;
        foreach (var start in _tasks[first.Task].Starts)
        {
            var moved = first with { Start = start };
            if (!IsOpen(moved)) continue;
            _plan.Put(moved);
            if (_choice.Cheapest(second.Task, second.People) is { } other && _plan.Cost - rest + _plan.Price(other) is var cost && cost < bestCost)
                (best, bestCost) = ((moved, other), cost);
            _plan.Take(moved);
        }

        if (best is { } found)
        {
            _plan.Put(found.First);
            _plan.Put(found.Second);
        }

        return Keeps(before, value);
    }

    // Two activities anew, the later first; or one.
    private bool Rebuild()
    {
        foreach (var first in _order.TakeWhile(_ => IsWorking))
        {
            foreach (var second in _order.TakeWhile(_ => IsWorking))
            {
                var (before, value) = (_plan.Sessions.ToList(), _plan.Value());
                _plan.Become([.. before.Where(s => s.Task != first && s.Task != second)]);
                _choice.Fill(first);
                if (second != first) _choice.Fill(second);
                if (Keeps(before, value)) return true;
            }
        }

        return false;
    }
}
