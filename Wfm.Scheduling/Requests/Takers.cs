using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Requests;

/// <summary>Somebody who was asked whether he or she may take some work.</summary>
/// <param name="AgentId">The person.</param>
/// <param name="Rule">What stops the person, the first found: a rule, or why the days cannot be changed; <see langword="null"/> for nothing.</param>
/// <param name="Message">The same in words; empty for nothing.</param>
public sealed record Taker(string AgentId, string? Rule, string Message);

/// <summary>Who may take some work by every rule about a person's own days. Seats and coverage, which do not depend on the person, are left to the check of
/// the edit.</summary>
public static class Takers
{
    /// <summary>Asks some people.</summary>
    /// <param name="roster">The roster.</param>
    /// <param name="agents">The people.</param>
    /// <param name="take">What a person would take, as operations.</param>
    /// <returns>One entry each, in the order of the people.</returns>
    public static IReadOnlyList<Taker> Of(RosterDocument roster, IEnumerable<string> agents, Func<string, IReadOnlyList<EditOperation>> take)
    {
        ArgumentNullException.ThrowIfNull(roster);
        ArgumentNullException.ThrowIfNull(agents);
        ArgumentNullException.ThrowIfNull(take);
        return [.. agents.Select(agent => Ask(roster, agent, take(agent)))];
    }

    private static Taker Ask(RosterDocument roster, string agent, IReadOnlyList<EditOperation> operations)
    {
        var (days, refusals) = roster.Propose(operations);
        if (refusals.Count > 0) return new Taker(agent, refusals[0].Code, refusals[0].Message);
        var stop = Stop(roster, agent, [.. days.Where(d => d.AgentId == agent)]);
        return new Taker(agent, stop?.Rule, stop?.Message ?? "");
    }

    private static Violation? Stop(RosterDocument roster, string agent, List<DayEdit> days)
    {
        if (days.Count == 0) return null;
        var (index, compiled) = (roster.Agent(agent), roster.Compiled);
        var known = compiled.Shifts.Count;
        var before = roster.Days(index);
        var after = before.ToArray();
        foreach (var day in days)
        {
            var at = roster.At(index, day.Date);
            after[compiled.Calendar.Row(day.Date)] = compiled.Start.Place(at, day.Shift is { } shift ? roster.Cell(shift) : default);
            var was = roster.Find(agent, day.Date);
            var old = was is null ? [] : roster.DayRules.Broken(index, was).Select(v => v.Rule).ToHashSet(StringComparer.Ordinal);
            if (day.Shift is { } taken && roster.DayRules.Broken(index, taken).FirstOrDefault(v => !old.Contains(v.Rule)) is { } broken)
            {
                compiled.Shifts.Forget(known);
                return broken;
            }
        }

        var worse = roster.WorseRules(index, before, after);
        compiled.Shifts.Forget(known);
        return worse.Count > 0 ? worse[0] : null;
    }
}
