using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>What happens inside a shift: breaks, unbroken work, harmful content.</summary>
internal static class RosterAuditorBreaks
{
    /// <summary>Working time is what is paid: a paid break counts, an unpaid meal does not. Wellness time is no rest.</summary>
    public static void BreakAfter(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var within = Duration.FromHours(rule.Find("withinHours") ?? rule["afterHours"]);
        foreach (var shift in shifts.Where(s => s.Paid > rule.Hours("afterHours")))
        {
            if (!shift.Activities.Any(a => a.IsRest && a.Length >= rule.Minutes("minutes") && a.Start - shift.Start <= within))
            {
                findings.Add(
                    rule.Kind, shift,
                    $"{RosterAuditor.Hours(shift.Paid)} of work without a break of {rule["minutes"]} min that begins within {RosterAuditor.Hours(within)}");
            }
        }
    }

    public static void ContinuousWork(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var shift in shifts)
        {
            var run = Duration.Zero;
            foreach (var activity in shift.Activities.OrderBy(a => a.Start))
            {
                run = Counts(roster, rule, activity) ? run + activity.Length : Duration.Zero;
                if (run > rule.Minutes("minutes"))
                {
                    findings.Add(rule.Kind, shift, $"{run.TotalMinutes:0.##} min of unbroken work until {activity.End}, at most {rule["minutes"]}");
                }
            }
        }
    }

    /// <summary>Per shift when the rule names no days or one, else over every window of local days; without a class all work counts, times its class.</summary>
    public static void Exposure(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var days = (int)(rule.Find("days") ?? 1);
        foreach (var shift in shifts)
        {
            var date = roster.Local(shift.Start).Date;
            var window = days == 1 ? [shift] : shifts.Where(s => roster.Local(s.Start).Date <= date && roster.Local(s.Start).Date > date.PlusDays(-days));
            var minutes = window.Sum(s => s.Activities.Where(a => Counts(roster, rule, a)).Sum(a => a.Length.TotalMinutes * Weight(roster, rule, a)));
            if (minutes > rule["minutes"])
            {
                findings.Add(rule.Kind, shift, $"{minutes:0.##} min in {days} days, at most {rule["minutes"]}");
            }
        }
    }

    public static void NoExposureAtEnd(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var shift in shifts)
        {
            var from = shift.End - rule.Minutes("minutes");
            foreach (var activity in shift.Activities.Where(a => Counts(roster, rule, a) && a.End > from))
            {
                findings.Add(rule.Kind, shift, $"{activity.Group} until {activity.End}, none after {from}");
            }
        }
    }

    private static int Weight(AuditedRoster roster, AuditedRule rule, AuditedActivity activity) =>
        rule.Find("minimumExposureClass") is null ? roster.ExposureOf.GetValueOrDefault(activity.Group ?? "") : 1;

    private static bool Counts(AuditedRoster roster, AuditedRule rule, AuditedActivity activity) =>
        activity.IsWork && (rule.Find("minimumExposureClass") is not { } least || roster.ExposureOf.GetValueOrDefault(activity.Group ?? "") >= least);
}
