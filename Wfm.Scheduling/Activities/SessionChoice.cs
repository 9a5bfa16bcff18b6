namespace Wfm.Scheduling.Activities;

/// <summary>The best next session of an activity, by looking at every time it may begin.</summary>
/// <param name="plan">The plan.</param>
/// <param name="tasks">The activities.</param>
/// <param name="takesFirst">Takes the first time that serves rather than the one that hurts least.</param>
internal sealed class SessionChoice(PlacementPlan plan, PlacementTask[] tasks, bool takesFirst = false)
{
    private readonly Dictionary<(int Task, int Agent), int> _chances = [];

    /// <summary>Sessions for everybody without a place, as far as there are places.</summary>
    public void Fill(int task)
    {
        while (plan.Missing(task) is { Length: > 0 } missing && !(tasks[task].IsTogether && plan.Sessions.Any(s => s.Task == task)))
        {
            if (Best(task, missing) is not { } session) return;
            plan.Put(session);
        }
    }

    /// <summary>A session for some of those who wait: the one of most people, then of least cost, then the earliest.</summary>
    /// <returns><see langword="null"/> when no time has enough of them.</returns>
    public Session? Best(int task, int[] waiting)
    {
        var most = Most(task, waiting.Length);
        (Session Session, double Price)? best = null;
        foreach (var start in tasks[task].Starts)
        {
            int[] free = plan.CanCoach(task, start) ? [.. waiting.Where(p => plan.Can(task, p, start))] : [];
            if (free.Length < tasks[task].Quorum || Math.Min(free.Length, most) < best?.Session.People.Length) continue;
            var session = new Session(task, start, free.Length > most ? Chosen(task, start, free, most) : free);
            if (takesFirst && !tasks[task].IsTogether) return session;
            if (takesFirst && session.People.Length == best?.Session.People.Length) continue;
            var price = takesFirst ? 0 : plan.Price(session);
            if (best is not { } known || session.People.Length > known.Session.People.Length || price < known.Price) best = (session, price);
        }

        return best?.Session;
    }

    /// <summary>The time that hurts least of those at which all of some people can be there.</summary>
    public Session? Cheapest(int task, int[] people)
    {
        (Session Session, double Price)? best = null;
        foreach (var start in tasks[task].Starts)
        {
            if (!plan.CanCoach(task, start) || !Array.TrueForAll(people, p => plan.Can(task, p, start))) continue;
            var session = new Session(task, start, people);
            var price = plan.Price(session);
            if (best is null || price < best.Value.Price) best = (session, price);
        }

        return best?.Session;
    }

    // Sessions of even size, so that the last is not left with too few.
    private int Most(int task, int waiting)
    {
        var sessions = (waiting + tasks[task].Size - 1) / tasks[task].Size;
        return takesFirst ? tasks[task].Size : (waiting + sessions - 1) / sessions;
    }

    // Those with fewest other chances first, then those who are missed least.
    private int[] Chosen(int task, int start, int[] free, int most)
    {
        if (takesFirst) return free[..most];
        var chosen = free.Select((p, place) => (Agent: p, Place: place, Chances: Chances(task, p), Price: plan.Price(new Session(task, start, [p]))))
            .OrderBy(p => p.Chances).ThenBy(p => p.Price).ThenBy(p => p.Place).Take(most);
        return [.. chosen.OrderBy(p => p.Place).Select(p => p.Agent)];
    }

    private int Chances(int task, int agent)
    {
        if (!_chances.TryGetValue((task, agent), out var count))
            _chances.Add((task, agent), count = tasks[task].Starts.Count(s => plan.People.IsFree(agent, s, s + tasks[task].Length)));
        return count;
    }
}
