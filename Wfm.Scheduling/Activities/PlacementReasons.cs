using NodaTime.Text;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Activities;

/// <summary>Why somebody has no place: the first thing on the way from the windows to a session that nothing gets past.</summary>
internal sealed class PlacementReasons(RosterDocument roster, PlacementPlan plan, PlacementTask[] tasks)
{
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH:mm");

    public IEnumerable<UnplacedPerson> All() => tasks.SelectMany((task, index) =>
    {
        var sessions = plan.Sessions.Where(s => s.Task == index);
        var placed = sessions.SelectMany(s => s.People).Select(p => roster.Problem.Agents[p].Id).ToHashSet(StringComparer.Ordinal);
        return task.Activity.People.Where(p => !placed.Contains(p)).Select(p => Of(index, p));
    });

    private UnplacedPerson Of(int index, string person)
    {
        var (task, length) = (tasks[index], tasks[index].Length);
        if (!roster.Knows(person)) return Because("notRostered", $"The roster has no agent '{person}'.");
        if (!task.HasWindow)
            return Because("noWindow", $"No window of the {roster.Problem.Days} days from {roster.Problem.Start} has {length} minutes.");
        if (task.Starts.Length == 0) return Because("coachAway", $"The roster has no agent '{task.Activity.Coach}', who gives it.");
        var agent = roster.Agent(person);
        if (Shifts(task, agent) is { } shifts) return Because(shifts.Code, shifts.Message);
        var (code, message, rule) = Times(index, agent);
        return Because(code, message, rule);

        UnplacedPerson Because(string why, string words, string? broken = null) => new(task.Activity.Id, person, why, words, broken);
    }

    // From what the person works.
    private (string Code, string Message)? Shifts(PlacementTask task, int agent)
    {
        var (problem, id, windows) = (roster.Problem, roster.Problem.Agents[agent].Id, task.Activity.Windows);
        var shifts = Enumerable.Range(0, problem.Days).Select(d => roster.Find(id, problem.Start.PlusDays(d))).OfType<RosterShift>()
            .Where(s => windows.Any(w => w.Start < s.End && s.Start < w.End)).ToList();
        if (shifts.Count == 0) return ("noShift", $"'{id}' has no shift in any window.");
        var open = shifts.Where(s => !roster.IsLocked(id, s.Date)).ToList();
        if (open.Count == 0) return ("lockedDay", $"'{id}' has shifts in the windows only on days that are decided elsewhere: {Dates(shifts)}.");
        var longest = plan.People.Of(agent).SelectMany(s => windows.Select(w => Common(s, w))).DefaultIfEmpty().Max();
        return longest >= task.Length && task.Starts.Any(t => Array.Exists(plan.People.Of(agent), s => s.From <= t && t + task.Length <= s.To)) ? null
            : ("tooLong", $"The longest stretch of work of '{id}' without a break in a window has {Math.Max(0, longest)} minutes; {task.Length} are needed.");
    }

    // From the times at which the person is at work.
    private (string Code, string Message, string? Rule) Times(int index, int agent)
    {
        var (task, id) = (tasks[index], roster.Problem.Agents[agent].Id);
        var free = task.Starts.Where(s => plan.People.IsFree(agent, s, s + task.Length)).ToList();
        if (free.Count == 0)
            return ("busy", $"Other activities fill the work of '{id}' in the windows.", null);
        var legal = free.Where(s => plan.Can(index, agent, s)).ToList();
        if (legal.Count == 0)
        {
            var stop = plan.People.Stops(agent, free[0], free[0] + task.Length, task.Activity.Code)!;
            return ("rule", $"At each of {free.Count} times it would break '{stop.Rule}', at {At(free[0])} for instance: {stop.Message}", stop.Rule);
        }

        var coached = legal.Where(s => plan.CanCoach(index, s)).ToList();
        if (coached.Count == 0)
            return ("coachAway", $"'{task.Activity.Coach}', who gives it, is not free at any of the {legal.Count} times at which '{id}' is.", null);
        if (task.IsTogether && plan.Sessions.FirstOrDefault(s => s.Task == index) is { } held)
            return ("awayThen", $"The session is at {At(held.Start)}, with most of the people; '{id}' is free at {coached.Count} other times.", null);
        var waiting = plan.Missing(index);
        var (most, when) = coached.Select(s => (Count: waiting.Count(p => plan.Can(index, p, s)), Start: s)).MaxBy(s => s.Count);
        return ("quorum", $"A session needs {task.Quorum} people; at most {most} of the {waiting.Length} who wait are free together, at {At(when)}.", null);
    }

    private int Common(Stretch stretch, ActivityWindow window)
    {
        var calendar = roster.Compiled.Calendar;
        return Math.Min(stretch.To, calendar.Minute(window.End)) - Math.Max(stretch.From, calendar.Minute(window.Start));
    }

    private string At(int minute) => Local.Format(roster.Compiled.Calendar.At(minute).InZone(roster.Problem.Zone).LocalDateTime);

    private static string Dates(IEnumerable<RosterShift> shifts) => string.Join(", ", shifts.Select(s => LocalDatePattern.Iso.Format(s.Date)));
}
