using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Activities;

/// <summary>Sessions as they are put into a roster and taken out again, with what they cost together.</summary>
internal sealed class PlacementPlan
{
    private readonly PlacementTask[] _tasks;
    private readonly SessionCosts _costs;
    private readonly List<Session> _sessions = [];

    public PlacementPlan(RosterDocument roster, PlacementTask[] tasks)
    {
        _tasks = tasks;
        People = new PlacedPeople(roster);
        _costs = new SessionCosts(roster, People);
    }

    public PlacedPeople People { get; }

    public IReadOnlyList<Session> Sessions => _sessions;

    /// <summary>By how much the sessions raise the cost of coverage.</summary>
    public double Cost { get; private set; }

    /// <summary>Prices and people asked for: what the search measures its work by.</summary>
    public long Asked { get; private set; }

    /// <summary>People of a task who are in none of its sessions, in its order.</summary>
    public int[] Missing(int task)
    {
        var placed = _sessions.Where(s => s.Task == task).SelectMany(s => s.People).ToHashSet();
        return [.. _tasks[task].People.Where(p => !placed.Contains(p))];
    }

    /// <summary>Whether a person can be in a session that begins then.</summary>
    public bool Can(int task, int agent, int start)
    {
        var end = start + _tasks[task].Length;
        Asked++;
        return People.IsFree(agent, start, end) && People.Stops(agent, start, end, _tasks[task].Activity.Code) is null;
    }

    /// <summary>Whether the coach can give a session that begins then; true where there is none.</summary>
    public bool CanCoach(int task, int start) => _tasks[task].Coach < 0 || Can(task, _tasks[task].Coach, start);

    public double Price(Session session)
    {
        Asked += session.People.Length;
        return _costs.Price(Everybody(session), session.Start, session.Start + _tasks[session.Task].Length);
    }

    public void Put(Session session)
    {
        var (end, code) = (session.Start + _tasks[session.Task].Length, _tasks[session.Task].Activity.Code);
        Cost += _costs.Move(Everybody(session), session.Start, end, -1);
        foreach (var agent in Everybody(session))
        {
            People.Take(agent, session.Start, end, code);
        }

        _sessions.Add(session);
    }

    public void Take(Session session)
    {
        var (end, code) = (session.Start + _tasks[session.Task].Length, _tasks[session.Task].Activity.Code);
        foreach (var agent in Everybody(session))
        {
            People.Leave(agent, session.Start, end, code);
        }

        Cost += _costs.Move(Everybody(session), session.Start, end, 1);
        _sessions.Remove(session);
    }

    /// <summary>Exactly these sessions.</summary>
    public void Become(IReadOnlyList<Session> sessions)
    {
        foreach (var gone in _sessions.Where(s => !sessions.Contains(s)).ToList())
        {
            Take(gone);
        }

        foreach (var come in sessions.Where(s => !_sessions.Contains(s)))
        {
            Put(come);
        }
    }

    /// <summary>How good it is: the lower the better.</summary>
    public PlanValue Value()
    {
        var (must, others) = (0.0, 0.0);
        for (var task = 0; task < _tasks.Length; task++)
        {
            var missing = Missing(task).Length * _tasks[task].Weight;
            if (_tasks[task].Activity.Must) must += missing;
            else others += missing;
        }

        return new PlanValue(must, others, Cost);
    }

    private IEnumerable<int> Everybody(Session session) => _tasks[session.Task].Coach is var coach and >= 0 ? session.People.Append(coach) : session.People;
}

/// <summary>People without a place, those of what must be first, then the cost of coverage.</summary>
internal readonly record struct PlanValue(double Must, double Others, double Cost)
{
    private const double Same = 1e-6; // far below the price of a minute

    public bool IsBetterThan(in PlanValue other) =>
        Must != other.Must ? Must < other.Must : Others != other.Others ? Others < other.Others : Cost < other.Cost - Same;
}
