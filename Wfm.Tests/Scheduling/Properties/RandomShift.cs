using NodaTime;
using Wfm.Scheduling.Problem;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>A shift that fits person and template; nobody has asked the rules.</summary>
internal static class RandomShift
{
    /// <returns>Null when the person cannot have it.</returns>
    public static RosterShift? Of(AuditedRoster roster, RosterAgent agent, ShiftTemplate template, LocalDate date, int step)
    {
        var local = date.At(template.EarliestStart).PlusMinutes(step * (long)template.StartStep.TotalMinutes);
        if (local.TimeOfDay > template.LatestStart || local.Date != date) return null;
        var start = roster.Zone.AtLeniently(local).ToInstant();
        var (end, group) = (
            roster.Templates[template.Code].EndOf(start, roster.Zone),
            agent.Skills.Select(s => s.Group).FirstOrDefault(g => !agent.OptOutGroups.Contains(g)));
        if (group is null) return null;
        var (at, activities) = (start, new List<ShiftActivity>());
        foreach (var rule in template.Breaks)
        {
            var from = start + rule.EarliestAfterStart;
            activities.Add(new ShiftActivity(ActivityKinds.Work, group, at, from));
            activities.Add(new ShiftActivity(rule.Kind, null, from, at = from + rule.Length));
        }

        activities.Add(new ShiftActivity(ActivityKinds.Work, group, at, end));
        var unpaid = template.Breaks.Where(b => !b.Paid).Aggregate(Duration.Zero, (sum, b) => sum + b.Length);
        var shift = new RosterShift(agent.Id, date, template.Code, start, end, end - start - unpaid, activities);
        var templates = new Dictionary<string, ShiftTemplate> { [template.Code] = template };
        return RosterAuditor.AuditWidely(roster with { Rules = [], Around = [], Seats = null, Shifts = [AuditedProblem.ToShift(shift, templates)] }).Count == 0
            ? shift
            : null;
    }
}
