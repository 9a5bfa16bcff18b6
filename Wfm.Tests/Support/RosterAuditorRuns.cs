using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Days on and off, nights and weekends. A rule binds on the days on which it is in force; rows go on over both edges of the period.</summary>
internal static class RosterAuditorRuns
{
    public static void MostDaysInARow(AuditedWork work, AuditedRule rule, List<AuditFinding> findings) =>
        AddLongRuns(work, rule, DaysOf(work, work.All), "days", findings);

    public static void MostNightsInARow(AuditedWork work, AuditedRule rule, List<AuditFinding> findings) =>
        AddLongRuns(work, rule, DaysOf(work, work.All.Where(s => RosterAuditorLaw.IsNight(work.Roster, rule, s))), "nights", findings);

    /// <summary>Days count on which the worst that the groups can show was shown long enough.</summary>
    public static void MostSevereDaysInARow(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var least = rule.Find("minutes") ?? 1;
        var severe = work.All.GroupBy(work.DateOf).Where(d => d.Sum(s => RosterAuditorExposure.SevereMinutes(work.Roster, rule, s)) >= least);
        AddLongRuns(work, rule, [.. severe.Select(d => d.Key)], "days", findings);
    }

    /// <summary>Where nothing is known beyond the edge of the period, a row there may go on outside it.</summary>
    public static void LeastDaysInARow(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var days = DaysOf(work, work.All);
        foreach (var (first, length) in Runs(days).Where(r => r.Length < rule["days"]))
        {
            var last = first.PlusDays(length - 1);
            var (begins, ends) = (first > work.Roster.Start || days.Min < first, last < work.Roster.End.PlusDays(-1) || days.Max > last);
            AddShortRun(work, rule, first, length, "days", work.Between(first, last), begins && ends, findings);
        }
    }

    /// <summary>Days off between two shifts that are known.</summary>
    public static void LeastDaysOffInARow(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var days = DaysOf(work, work.All).ToList();
        foreach (var (before, after) in days.Zip(days.Skip(1)))
        {
            var length = Period.DaysBetween(before, after) - 1;
            if (length > 0 && length < rule["days"])
            {
                AddShortRun(work, rule, before.PlusDays(1), length, "days off", work.Between(before, after), true, findings);
            }
        }

        AddEdges(work, rule, days, findings);
    }

    public static void DaysOffPerWeek(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var week in work.Weeks)
        {
            if (work.BindsInWeek(rule, week) is not { } isCertain) continue;
            var shifts = work.Between(week, week.PlusDays(6));
            var off = 7 - DaysOf(work, shifts).Count;
            if (off < rule["days"]) work.Add(findings, rule.Kind, week, $"{off} days off, at least {rule["days"]}", shifts, isCertain);
        }
    }

    /// <summary>Weekends of which a day of the period is worked while the rule is in force; weekend days that follow each other are one weekend.</summary>
    public static void Weekends(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var days = rule.WeekendDays ?? work.Roster.WeekendDays;
        LocalDate Begin(LocalDate date)
        {
            while (days.Contains(date.PlusDays(-1).DayOfWeek))
            {
                date = date.PlusDays(-1);
            }

            return date;
        }

        var worked = work.InPeriod.Where(s => days.Contains(work.DateOf(s).DayOfWeek)).ToList();
        var inForce = worked.Where(s => rule.IsInForce(work.DateOf(s))).Select(s => Begin(work.DateOf(s))).Distinct().Order().ToList();
        if (inForce.Count > rule["weekends"])
        {
            work.Add(findings, rule.Kind, inForce[0], $"{inForce.Count} weekends worked, at most {rule["weekends"]}", worked);
        }
    }

    internal static IEnumerable<(LocalDate First, int Length)> Runs(SortedSet<LocalDate> days) => days
        .Where(d => !days.Contains(d.PlusDays(-1)))
        .Select(first => (first, Enumerable.Range(0, days.Count + 1).First(n => !days.Contains(first.PlusDays(n)))));

    private static SortedSet<LocalDate> DaysOf(AuditedWork work, IEnumerable<AuditedShift> shifts) => [.. shifts.Select(work.DateOf)];

    /// <summary>A row is too long on each day beyond the limit on which the rule is in force.</summary>
    private static void AddLongRuns(AuditedWork work, AuditedRule rule, SortedSet<LocalDate> days, string what, List<AuditFinding> findings)
    {
        var most = (int)rule[what];
        foreach (var (first, length) in Runs(days).Where(r => r.Length > most && Meets(work, r.First, r.Length)))
        {
            if (!Enumerable.Range(most, length - most).Any(d => rule.IsInForce(first.PlusDays(d)))) continue;
            work.Add(findings, rule.Kind, first, $"{length} {what} in a row, at most {most}", work.Between(first, first.PlusDays(length - 1)));
        }
    }

    private static void AddShortRun(
        AuditedWork work, AuditedRule rule, LocalDate first, int length, string what, List<AuditedShift> shifts, bool isCertain, List<AuditFinding> findings)
    {
        if (first > work.Roster.End || first.PlusDays(length) < work.Roster.Start || !rule.IsInForce(first, first.PlusDays(length - 1))) return;
        work.Add(
            findings, rule.Kind, first, $"{length} {what} in a row, at least {rule["days"]}", shifts,
            isCertain && rule.IsInForce(first) && rule.IsInForce(first.PlusDays(length - 1)));
    }

    // Days off from the edge of the period to the first shift, or from the last one: nobody knows how they go on.
    private static void AddEdges(AuditedWork work, AuditedRule rule, List<LocalDate> days, List<AuditFinding> findings)
    {
        if (days.Count == 0) return;
        var (before, after) = (Period.DaysBetween(work.Roster.Start, days[0]), Period.DaysBetween(days[^1], work.Roster.End) - 1);
        if (before > 0 && before < rule["days"]) AddShortRun(work, rule, work.Roster.Start, before, "days off", [], false, findings);
        if (after > 0 && after < rule["days"]) AddShortRun(work, rule, days[^1].PlusDays(1), after, "days off", [], false, findings);
    }

    private static bool Meets(AuditedWork work, LocalDate first, int length) => first < work.Roster.End && first.PlusDays(length) > work.Roster.Start;
}
