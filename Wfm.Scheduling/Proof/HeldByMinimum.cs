using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Proof;

/// <summary>Who cannot be moved because a minimum of people must be where they are.</summary>
/// <param name="problem">The problem, with the minimum presence of its groups.</param>
/// <param name="shifts">The roster.</param>
internal sealed class HeldByMinimum(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
{
    private readonly Dictionary<string, (DemandLine Line, int[] People)> _groups = problem.Demand.Where(d => d.MinimumPresence is not null)
        .ToDictionary(d => d.Group, d => (d, Present(problem, shifts, d)), StringComparer.Ordinal);

    /// <summary>Of those with a skill who work on the local day of a moment, but not at the moment, the share without whom a minimum would be missed.</summary>
    /// <returns>0 to 1; 0 where nobody does.</returns>
    public double ShareOf(string group, Instant at)
    {
        if (_groups.Count == 0) return 0;
        var date = at.InZone(problem.Zone).Date;
        var skilled = problem.Agents.Where(a => a.Skills.Any(s => s.Group == group)).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
        RosterShift[] others = [.. shifts.Where(s => s.Date == date && skilled.Contains(s.AgentId) && (at < s.Start || at >= s.End))];
        return others.Length == 0 ? 0 : others.Average(s => IsHeld(s) ? 1.0 : 0);
    }

    private bool IsHeld(RosterShift shift) => shift.Activities.Any(a => a.Group is { } group && _groups.TryGetValue(group, out var there)
        && Intervals(problem, a).Any(i => there.Line.MinimumPresence![i] > 0 && there.People[i] <= there.Line.MinimumPresence[i]));

    private static int[] Present(RosterProblem problem, IReadOnlyList<RosterShift> shifts, DemandLine line)
    {
        var people = new int[line.Heads.Length];
        foreach (var i in shifts.SelectMany(s => s.Activities).Where(a => a.Group == line.Group).SelectMany(a => Intervals(problem, a))) people[i]++;
        return people;
    }

    /// <summary>The intervals that somebody works the greater part of.</summary>
    private static IEnumerable<int> Intervals(RosterProblem problem, ShiftActivity activity)
    {
        var first = Math.Max(0, (int)Math.Round((activity.Start - problem.Origin) / problem.Interval));
        var end = Math.Min(problem.Demand[0].Heads.Length, (int)Math.Round((activity.End - problem.Origin) / problem.Interval));
        return Enumerable.Range(first, Math.Max(0, end - first));
    }
}
