namespace Wfm.Tests.Support;

/// <summary>Work on harmful content. The limit binds on what a person may be shown: the worst the group can show, or minutes as expected from its
/// work.</summary>
internal static class RosterAuditorExposure
{
    /// <summary>Per shift when the rule names no days or one, else over every window of local days; without a class all work counts, times its class.</summary>
    public static void Exposure(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var days = (int)(rule.Find("days") ?? 1);
        for (var date = work.Roster.Start; date < work.Roster.End.PlusDays(days - 1); date = date.PlusDays(1))
        {
            var first = date.PlusDays(1 - days);
            var shifts = work.Between(first, date);
            if (!rule.IsInForce(first, date)) continue;
            var (least, most) = (shifts.Sum(s => Minutes(work.Roster, rule, s).Least), shifts.Sum(s => Minutes(work.Roster, rule, s).Most));
            if (most > rule["minutes"] + 1e-6)
            {
                work.Add(
                    findings, rule.Kind, date, $"{most:0.##} min in {days} days, at most {rule["minutes"]}", shifts,
                    least > rule["minutes"] + 1e-6 && rule.IsInForce(date) && rule.IsInForce(work.LastInside(date)));
            }
        }
    }

    /// <summary>Nothing that the group can show, however rarely.</summary>
    public static void NoExposureAtEnd(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var shift in work.InPeriod.Where(s => rule.IsInForce(work.DateOf(s))))
        {
            var from = shift.End - rule.Minutes("minutes");
            foreach (var activity in shift.Activities.Where(a => IsOfClass(work.Roster, rule, a) && a.End > from))
            {
                work.Add(findings, rule, shift, $"{activity.Group} until {activity.End}, none after {from}");
            }
        }
    }

    /// <summary>Whether an activity can show content of the rule's class or a higher one.</summary>
    public static bool IsOfClass(AuditedRoster roster, AuditedRule rule, AuditedActivity activity) =>
        activity.IsWork && roster.ExposureOf.GetValueOrDefault(activity.Group ?? "") >= rule["minimumExposureClass"];

    private static double Weight(AuditedRoster roster, AuditedRule rule, string group)
    {
        var least = rule.Find("minimumExposureClass");
        double Of(int exposure) => least is null ? exposure : exposure >= least ? 1 : 0;
        return roster.IsExposureExpected && roster.ExposureShares.TryGetValue(group, out var shares)
            ? shares.Select((share, exposure) => share * Of(exposure)).Sum() : Of(roster.ExposureOf.GetValueOrDefault(group));
    }

    private static (double Least, double Most) Minutes(AuditedRoster roster, AuditedRule rule, AuditedShift shift)
    {
        if (shift.Activities.Count == 0)
        {
            var weight = shift.Group is { } group ? Weight(roster, rule, group) : 0;
            return (weight * shift.PaidMinutes, weight * shift.Length.TotalMinutes);
        }

        var minutes = shift.Activities.Where(a => a.IsWork).Sum(a => a.Length.TotalMinutes * Weight(roster, rule, a.Group ?? ""));
        return (minutes, minutes);
    }
}
