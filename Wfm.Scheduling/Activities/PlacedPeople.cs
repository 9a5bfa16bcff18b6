using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Activities;

/// <summary>When people are at work without a break, and what of it activities have taken. Times are minutes of the calendar.</summary>
internal sealed class PlacedPeople(RosterDocument roster)
{
    private readonly Dictionary<int, Stretch[]> _stretches = [];
    private readonly Dictionary<int, List<Taken>> _taken = [];
    private readonly Dictionary<string, Violation?> _judged = new(StringComparer.Ordinal); // by person and all that is taken: what is tried comes again

    /// <summary>Stretches of work of a person on days that can be edited.</summary>
    public Stretch[] Of(int agent)
    {
        if (!_stretches.TryGetValue(agent, out var found)) _stretches.Add(agent, found = [.. Find(agent)]);
        return found;
    }

    /// <summary>Whether a person is at work all the time and does nothing else.</summary>
    public bool IsFree(int agent, int from, int to) =>
        Array.Exists(Of(agent), s => s.From <= from && to <= s.To) && !TakenOf(agent).Exists(t => t.From < to && from < t.To);

    /// <summary>The first rule that an activity breaks for a person, beside what is taken already; <see langword="null"/> for none.</summary>
    public Violation? Stops(int agent, int from, int to, string code)
    {
        Taken[] all = [.. TakenOf(agent).Append(new Taken(from, to, code)).OrderBy(t => t.From)];
        var key = string.Join('|', all.Select(t => $"{t.From},{t.To},{t.Code}").Prepend($"{agent}"));
        if (!_judged.TryGetValue(key, out var stop)) _judged.Add(key, stop = Judge(agent, all));
        return stop;
    }

    public void Take(int agent, int from, int to, string code) => TakenOf(agent).Add(new Taken(from, to, code));

    public void Leave(int agent, int from, int to, string code) => TakenOf(agent).Remove(new Taken(from, to, code));

    /// <summary>Minutes of work of a person in a stretch of time.</summary>
    public int Worked(int agent, int from, int to) =>
        Of(agent).Sum(s => Math.Max(0, Math.Min(s.To, to) - Math.Max(s.From, from)))
        - TakenOf(agent).Sum(t => Math.Max(0, Math.Min(t.To, to) - Math.Max(t.From, from)));

    private List<Taken> TakenOf(int agent)
    {
        if (!_taken.TryGetValue(agent, out var taken)) _taken.Add(agent, taken = []);
        return taken;
    }

    private IEnumerable<Stretch> Find(int agent)
    {
        var (problem, calendar) = (roster.Problem, roster.Compiled.Calendar);
        var id = problem.Agents[agent].Id;
        for (var day = 0; day < problem.Days; day++)
        {
            var date = problem.Start.PlusDays(day);
            if (roster.Find(id, date) is not { } shift || roster.IsLocked(id, date)) continue;
            Stretch? open = null;
            foreach (var part in shift.Activities)
            {
                if (part.Kind == ActivityKinds.Work)
                {
                    var (start, end) = (calendar.Minute(part.Start), calendar.Minute(part.End));
                    open = open is null ? new Stretch(shift, start, end) : open with { To = end };
                    continue;
                }

                if (open is not null) yield return open;
                open = null;
            }

            if (open is not null) yield return open;
        }
    }

    private Violation? Judge(int agent, Taken[] taken)
    {
        var (compiled, calendar) = (roster.Compiled, roster.Compiled.Calendar);
        var known = compiled.Shifts.Count;
        var days = roster.Days(agent);
        var after = days.ToArray();
        Violation? stop = null;
        foreach (var mine in taken.GroupBy(t => Array.Find(Of(agent), s => s.From <= t.From && t.To <= s.To)!.Shift))
        {
            IReadOnlyList<ShiftActivity> activities = mine.Key.Activities;
            foreach (var part in mine)
            {
                activities = ShiftSurgery.Overlaid(activities, new ShiftActivity(part.Code, null, calendar.At(part.From), calendar.At(part.To)));
            }

            var changed = roster.Pay.With(mine.Key, mine.Key.Date, activities);
            var old = roster.DayRules.Broken(agent, mine.Key).Select(v => v.Rule).ToHashSet(StringComparer.Ordinal);
            stop ??= roster.DayRules.Broken(agent, changed).FirstOrDefault(v => !old.Contains(v.Rule));
            after[calendar.Row(mine.Key.Date)] = compiled.Start.Place(roster.At(agent, mine.Key.Date), roster.Cell(changed));
        }

        stop ??= roster.WorseRules(agent, days, after).FirstOrDefault();
        compiled.Shifts.Forget(known);
        return stop;
    }

    private readonly record struct Taken(int From, int To, string Code);
}

/// <summary>A stretch of work between two breaks of a shift.</summary>
internal sealed record Stretch(RosterShift Shift, int From, int To);
