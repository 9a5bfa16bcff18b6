using NodaTime;

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

    /// <summary>After a block that is long enough nothing severe comes until the time is over, or not in this shift any more.</summary>
    public static void Cooldown(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var shift in work.InPeriod.Where(s => rule.IsInForce(work.DateOf(s))))
        {
            var severe = shift.Activities.Where(a => IsOfClass(work.Roster, rule, a)).OrderBy(a => a.Start).ToList();
            for (var i = 0; i + 1 < severe.Count; i++)
            {
                var begin = i;
                while (begin > 0 && severe[begin - 1].End == severe[begin].Start)
                {
                    begin--;
                }

                var (block, pause) = (severe[i].End - severe[begin].Start, severe[i + 1].Start - severe[i].End);
                if (pause > Duration.Zero && block >= rule.Minutes("afterMinutes") && pause < rule.Minutes("minutes"))
                {
                    work.Add(
                        findings, rule, shift, $"{pause.TotalMinutes} min after {block.TotalMinutes} min until {severe[i].End}, {rule["minutes"]} are due");
                }
            }
        }
    }

    /// <summary>Week by week after the first day of employment or of being back, an own limit; leaves that follow one another are one.</summary>
    public static void Ramp(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var start in RampStarts(work, rule).Distinct())
        {
            for (var week = 0; week < rule["weeks"]; week++)
            {
                var share = (rule["firstPercent"] + ((100 - rule["firstPercent"]) * week / rule["weeks"])) / 100;
                var (from, to) = (start.PlusWeeks(week), start.PlusWeeks(week).PlusDays(6));
                var step = new AuditedRule(
                    rule.Kind, rule.Parameters.ToDictionary(p => p.Key, p => p.Key == "minutes" ? Math.Floor((p.Value * share) + 1e-9) : p.Value))
                {
                    From = rule.From > from ? rule.From : from,
                    To = rule.To < to ? rule.To : to,
                };
                if (step.From <= step.To) Exposure(work, step, findings);
            }
        }
    }

    /// <summary>Minutes of a shift on groups that can show content of the rule's class.</summary>
    public static double SevereMinutes(AuditedRoster roster, AuditedRule rule, AuditedShift shift) =>
        shift.Activities.Count > 0 ? shift.Activities.Where(a => IsOfClass(roster, rule, a)).Sum(a => a.Length.TotalMinutes)
        : roster.ExposureOf.GetValueOrDefault(shift.Group ?? "") >= rule["minimumExposureClass"] ? shift.PaidMinutes : 0;

    private static IEnumerable<LocalDate> RampStarts(AuditedWork work, AuditedRule rule)
    {
        if (work.Agent.EmployedFrom is { } first) yield return first;
        if (rule.Find("afterLeaveDays") is not { } least) yield break;
        var away = work.Agent.TimeOff.Select(l => (From: work.Roster.Local(l.Start).Date, Back: work.Roster.Local(l.End).Date)).ToList();
        foreach (var leave in away)
        {
            var from = leave.From;
            while (away.Exists(l => l.From < from && l.Back >= from))
            {
                from = away.Where(l => l.From < from && l.Back >= from).Min(l => l.From);
            }

            var isLast = !away.Exists(l => l.Back > leave.Back && l.From <= leave.Back);
            if (isLast && Period.DaysBetween(from, leave.Back) >= least) yield return leave.Back;
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
