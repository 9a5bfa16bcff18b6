using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Breaks of a shift and unbroken work.</summary>
internal static class RosterAuditorBreaks
{
    /// <summary>
    /// Working time is what is paid: a paid break counts, an unpaid meal does not. Rests add up from the smallest part that counts, the first of them begins in
    /// time. Wellness time is no rest.
    /// </summary>
    public static void BreakAfter(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var within = Duration.FromHours(rule.Find("withinHours") ?? rule["afterHours"]);
        var part = Duration.FromMinutes(rule.Find("minimumPartMinutes") ?? rule["minutes"]);
        foreach (var shift in work.InPeriod.Where(s => rule.IsInForce(work.DateOf(s)) && s.Paid > rule.Hours("afterHours")))
        {
            var rests = shift.Activities.Where(a => a.IsRest && a.Length >= part).ToList();
            var rest = rests.Aggregate(Duration.Zero, (sum, a) => sum + a.Length);
            if (rest < rule.Minutes("minutes") || !rests.Exists(a => a.Start - shift.Start <= within))
            {
                work.Add(
                    findings, rule, shift,
                    $"{RosterAuditor.Hours(shift.Paid)} of work with {rest.TotalMinutes:0} min of rest in parts of {part.TotalMinutes:0}; "
                        + $"{rule["minutes"]} are due, the first to begin within {RosterAuditor.Hours(within)}");
            }
        }
    }

    /// <summary>Any pause breaks the work up; where the rule looks at severe content alone, so does other work. A block counts as the worst it can
    /// show.</summary>
    public static void ContinuousWork(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var shift in work.InPeriod.Where(s => rule.IsInForce(work.DateOf(s))))
        {
            var run = 0.0;
            foreach (var activity in shift.Activities.OrderBy(a => a.Start))
            {
                run = Counts(work.Roster, rule, activity) ? run + activity.Length.TotalMinutes : 0;
                if (run > rule["minutes"])
                {
                    work.Add(findings, rule, shift, $"{run:0.##} min of unbroken work until {activity.End}, at most {rule["minutes"]}");
                }
            }
        }
    }

    private static bool Counts(AuditedRoster roster, AuditedRule rule, AuditedActivity activity) =>
        rule.Find("minimumExposureClass") is null ? activity.IsWorkingTime : RosterAuditorExposure.IsOfClass(roster, rule, activity);
}
