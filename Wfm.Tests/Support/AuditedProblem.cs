using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Support;

/// <summary>A problem and its roster in the auditor's words: only what the two publish is read, nothing that the solver makes of it.</summary>
internal static class AuditedProblem
{
    private const string Hub = "hub";

    /// <exception cref="NotSupportedException">Something the auditor cannot judge: it must not pass unchecked.</exception>
    public static AuditedRoster Of(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        Refuse(problem.Surroundings.Count > 0, "shifts around the period");
        Refuse(problem.Pinned.Count > 0, "pinned days");
        Refuse(problem.Agents.Any(a => a.Contract.Rules.Count > 0), "rules of a contract");
        Refuse(problem.Templates.Any(t => t.Groups is not null), "templates of some groups only");
        Refuse(problem.Demand.Any(d => d.ExposureWeight != Math.Floor(d.ExposureWeight)), "broken exposure weights");
        return new AuditedRoster(
            Hub,
            problem.Zone,
            problem.Start,
            problem.Days,
            [.. problem.Policy.Rules.Select(r => ToRule(r, problem.Days))],
            problem.Templates.ToDictionary(t => t.Code, ToTemplate),
            problem.Agents.ToDictionary(a => a.Id, ToAgent),
            problem.Demand.ToDictionary(d => d.Group, d => (int)d.ExposureWeight),
            [.. shifts.Select(ToShift)]);
    }

    private static AuditedRule ToRule(LabourRule rule, int days)
    {
        Refuse(rule.ValidFrom is not null || rule.ValidTo is not null, "rules that begin or end");
        var numbers = rule.Parameters.Names.ToDictionary(name => name, name => rule.Parameters[name]);
        if (numbers.TryGetValue("weeks", out var weeks)) numbers["weeks"] = Math.Min(weeks, Math.Max(1, days / 7)); // nobody knows the weeks before: none of them lowers the average
        return new AuditedRule(rule.Kind.Code, numbers);
    }

    private static AuditedTemplate ToTemplate(ShiftTemplate t) => new(
        t.Code, t.EarliestStart, t.LatestStart, (int)t.StartStep.TotalMinutes, (int)t.Length.TotalMinutes,
        [.. Enum.GetValues<IsoDayOfWeek>().Where(d => t.Days.Contains(d))],
        [.. t.Breaks.Select(b => new AuditedBreak(b.Kind, (int)b.Length.TotalMinutes, (int)b.EarliestAfterStart.TotalMinutes, (int)b.LatestAfterStart.TotalMinutes, b.Paid))]);

    private static AuditedAgent ToAgent(RosterAgent a) => new(
        a.Id, Hub, Active: true, a.Contract.MaximumWeeklyHours.TotalHours, a.Contract.MaximumDaysPerWeek, a.Contract.Templates ?? [],
        a.Skills.ToDictionary(s => s.Group, s => s.Proficiency), a.OptOutGroups,
        [.. a.Availability.Select(w => new AuditedWindow(w.Day, w.From, w.To))], [.. a.TimeOff.Select(t => new Interval(t.Start, t.End))]);

    private static AuditedShift ToShift(RosterShift s) => new(
        s.AgentId, s.Date, s.Template, s.Start, s.End, (int)s.Paid.TotalMinutes, [.. s.Activities.Select(a => new AuditedActivity(a.Kind, a.Group, a.Start, a.End))]);

    private static void Refuse(bool isThere, string what)
    {
        if (isThere) throw new NotSupportedException($"The auditor does not know {what}.");
    }
}
