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
        var (kind, p) = (char.ToLowerInvariant(rule.Kind.ToString()[0]) + rule.Kind.ToString()[1..], rule.Parameters);
        var isShort = rule.Kind is LabourRuleKind.BreakAfter or LabourRuleKind.MaximumContinuousWork or LabourRuleKind.MaximumExposure or LabourRuleKind.NoExposureAtEnd;
        (string, double?)[] numbers =
        [
            (isShort ? "minutes" : "hours", isShort ? p.Limit?.TotalMinutes : p.Limit?.TotalHours),
            (rule.Kind is LabourRuleKind.MaximumConsecutiveNights ? "nights" : rule.Kind is LabourRuleKind.MaximumWeekends ? "weekends" : "days", p.Count ?? p.Days),
            ("weeks", p.Weeks is { } weeks ? Math.Min(weeks, Math.Max(1, days / 7)) : null), // nobody knows the weeks before: none of them lowers the average
            ("perDays", p.Rolling ? 7 : null),
            ("afterHours", p.ShiftLength?.TotalHours),
            ("withinHours", p.Within?.TotalHours),
            ("nightFromHour", Hour(p.NightFrom)),
            ("nightToHour", Hour(p.NightTo)),
            ("minimumNightHours", p.NightMinimum?.TotalHours),
            ("minimumExposureClass", p.MinimumSeverity),
        ];
        return new AuditedRule(kind, numbers.Where(n => n.Item2 is not null).ToDictionary(n => n.Item1, n => n.Item2!.Value));
    }

    private static double? Hour(LocalTime? time) => time is { } t ? (double)t.TickOfDay / NodaConstants.TicksPerHour : null;

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
