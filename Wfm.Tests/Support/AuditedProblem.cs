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
        Refuse(problem.Agents.Any(a => a.Contract.Rules.Count > 0), "rules of a contract");
        Refuse(problem.Templates.Any(t => t.Groups is not null), "templates of some groups only");
        Refuse(problem.Demand.Any(d => d.ExposureWeight != Math.Floor(d.ExposureWeight)), "broken exposure weights");
        var templates = problem.Templates.ToDictionary(t => t.Code);
        return new AuditedRoster(
            Hub,
            problem.Zone,
            problem.Start,
            problem.Days,
            [.. problem.Policy.Rules.Select(ToRule)],
            problem.Templates.ToDictionary(t => t.Code, ToTemplate),
            problem.Agents.ToDictionary(a => a.Id, ToAgent),
            problem.Demand.ToDictionary(d => d.Group, d => (int)d.ExposureWeight),
            [.. shifts.Select(s => ToShift(s, templates))])
        {
            Around = [.. problem.Surroundings.Select(s => ToShift(s, problem.Zone, templates))],
            FirstDayOfWeek = problem.Policy.FirstDayOfWeek,
            WeekendDays = ToDays(problem.Policy.WeekendDays),
            ExposureShares = problem.Demand.Where(d => d.ExposureShares is not null).ToDictionary(d => d.Group, d => d.ExposureShares!.ToArray()),
            IsExposureExpected = problem.Policy.ExposureBasis == ExposureBasis.Expected,
            Seats = problem.Seats,
        };
    }

    public static AuditedShift ToShift(RosterShift s, IReadOnlyDictionary<string, ShiftTemplate> templates) =>
        new(s.AgentId, s.Date, s.Template, s.Start, s.End, (int)s.Paid.TotalMinutes, ToActivities(s.Activities, templates.GetValueOrDefault(s.Template)));

    private static AuditedRule ToRule(LabourRule rule)
    {
        Refuse(rule.Parameters.Templates.Count + rule.Parameters.Successions.Count > 0, "rules on templates");
        return new AuditedRule(rule.Kind.Code, rule.Parameters.Names.ToDictionary(n => n, n => rule.Parameters[n]))
        {
            From = rule.ValidFrom,
            To = rule.ValidTo,
        };
    }

    private static AuditedTemplate ToTemplate(ShiftTemplate t) =>
        new(
            t.Code, t.EarliestStart, t.LatestStart, (int)t.StartStep.TotalMinutes, (int)t.Length.TotalMinutes, ToDays(t.Days),
            [
                .. t.Breaks.Select(b => new AuditedBreak(
                    b.Kind, (int)b.Length.TotalMinutes, (int)b.EarliestAfterStart.TotalMinutes, (int)b.LatestAfterStart.TotalMinutes, b.Paid)),
            ])
        {
            EndsOnTheClock = t.EndsAt is not null,
        };

    private static AuditedAgent ToAgent(RosterAgent a) => new(
        a.Id, Hub, Active: true, ToContract(a.Contract), a.Skills.ToDictionary(s => s.Group, s => s.Proficiency), a.OptOutGroups,
        [.. a.Availability.Select(w => new AuditedWindow(w.Day, w.From, w.To))],
        [.. a.TimeOff.Select(t => new AuditedLeave(t.Start, t.End, t.Kind.ToString().ToLowerInvariant()))])
    {
        Terms = [.. a.Terms.Select(t => (t.From, ToContract(t.Contract)))],
        EmployedFrom = a.EmployedFrom,
        EmployedTo = a.EmployedTo,
    };

    private static AuditedContract ToContract(Contract c) =>
        new(c.MinimumWeeklyHours.TotalHours, c.MaximumWeeklyHours.TotalHours, c.MaximumDaysPerWeek, c.Templates ?? [])
        {
            WorkingDays = c.WorkingDays is { } days ? ToDays(days) : null,
        };

    private static AuditedShift ToShift(OutsideShift s, DateTimeZone zone, IReadOnlyDictionary<string, ShiftTemplate> templates) => new(
        s.AgentId, s.Start.InZone(zone).Date, s.Template ?? "", s.Start, s.End, (int)s.Paid.TotalMinutes,
        ToActivities(s.Activities, s.Template is null ? null : templates.GetValueOrDefault(s.Template)))
    {
        Group = s.Group,
    };

    // The breaks of a shift are those of its template, in their order.
    private static AuditedActivity[] ToActivities(IReadOnlyList<ShiftActivity> activities, ShiftTemplate? template)
    {
        var breaks = new Queue<BreakRule>(template?.Breaks.OrderBy(b => b.EarliestAfterStart) ?? Enumerable.Empty<BreakRule>());
        return
        [
            .. activities.Select(a => new AuditedActivity(a.Kind, a.Group, a.Start, a.End)).Select(a =>
                !a.IsWork && breaks.TryDequeue(out var rule) ? a with { IsPaid = rule.Paid } : a),
        ];
    }

    private static IsoDayOfWeek[] ToDays(DaysOfWeek days) => [.. Enum.GetValues<IsoDayOfWeek>().Where(d => days.Contains(d))];

    private static void Refuse(bool isThere, string what)
    {
        if (isThere) throw new NotSupportedException($"The auditor does not know {what}.");
    }
}
