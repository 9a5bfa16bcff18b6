using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Rest between shifts, days on and days off.</summary>
internal static class RosterAuditorRest
{
    public static void DailyRest(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var (before, after) in shifts.Zip(shifts.Skip(1)))
        {
            if (after.Start - before.End < rule.Hours("hours"))
            {
                findings.Add(rule.Kind, after, $"{RosterAuditor.Hours(after.Start - before.End)} of rest since {before.End}, at least {rule["hours"]:0.##} h");
            }
        }
    }

    /// <summary>
    /// One unbroken rest inside every ISO week that lies in the period, or, where the rule counts days, in every window of so many local days from each
    /// midnight of the period on. Before and after the period nobody works.
    /// </summary>
    public static void WeeklyRest(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var rolling = rule.Find("perDays") is not null;
        var days = (int)(rule.Find("perDays") ?? 7);
        for (var first = roster.Start; first.PlusDays(days) <= roster.End; first = first.PlusDays(1))
        {
            if (!rolling && first.DayOfWeek != NodaTime.IsoDayOfWeek.Monday) continue;
            var rest = LongestRest(shifts, roster.Midnight(first), roster.Midnight(first.PlusDays(days)));
            if (rest < rule.Hours("hours"))
            {
                findings.Add(new AuditFinding(
                    rule.Kind, shifts[0].Agent, first, $"longest rest of the {days} days is {RosterAuditor.Hours(rest)}, at least {rule["hours"]:0.##} h"));
            }
        }
    }

    public static void MostDaysInARow(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        foreach (var (first, length) in Runs(DaysOf(roster, shifts)).Where(r => r.Length > rule["days"]))
        {
            findings.Add(new AuditFinding(rule.Kind, shifts[0].Agent, first, $"{length} days in a row, at most {rule["days"]}"));
        }
    }

    public static void MostNightsInARow(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var nights = DaysOf(roster, shifts.Where(s => RosterAuditorLaw.IsNight(roster, rule, s)));
        foreach (var (first, length) in Runs(nights).Where(r => r.Length > rule["nights"]))
        {
            findings.Add(new AuditFinding(rule.Kind, shifts[0].Agent, first, $"{length} nights in a row, at most {rule["nights"]}"));
        }
    }

    /// <summary>A run at the edge of the period may go on outside it, so only runs with both ends inside are judged.</summary>
    public static void LeastDaysInARow(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings) =>
        AddShortRuns(roster, rule, shifts[0].Agent, "days", DaysOf(roster, shifts), findings);

    public static void LeastDaysOffInARow(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var worked = DaysOf(roster, shifts);
        AddShortRuns(roster, rule, shifts[0].Agent, "days off", [.. AllDays(roster).Where(d => !worked.Contains(d))], findings);
    }

    /// <summary>Judged for the weeks that lie in the period as a whole.</summary>
    public static void DaysOffPerWeek(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var worked = DaysOf(roster, shifts);
        foreach (var week in AllDays(roster).GroupBy(RosterAuditor.WeekOf).Where(w => w.Count() == 7))
        {
            var off = week.Count(d => !worked.Contains(d));
            if (off < rule["days"])
            {
                findings.Add(new AuditFinding(rule.Kind, shifts[0].Agent, week.Key, $"{off} days off, at least {rule["days"]}"));
            }
        }
    }

    public static void Weekends(AuditedRoster roster, AuditedRule rule, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        var weekends = DaysOf(roster, shifts).Where(d => d.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday).Select(RosterAuditor.WeekOf).Distinct().Order().ToList();
        if (weekends.Count > rule["weekends"])
        {
            findings.Add(new AuditFinding(rule.Kind, shifts[0].Agent, weekends[0], $"{weekends.Count} weekends worked, at most {rule["weekends"]}"));
        }
    }

    private static void AddShortRuns(AuditedRoster roster, AuditedRule rule, string agent, string what, SortedSet<LocalDate> days, List<AuditFinding> findings)
    {
        foreach (var (first, length) in Runs(days).Where(r => r.First > roster.Start && r.First.PlusDays(r.Length) < roster.End && r.Length < rule["days"]))
        {
            findings.Add(new AuditFinding(rule.Kind, agent, first, $"{length} {what} in a row, at least {rule["days"]}"));
        }
    }

    private static Duration LongestRest(List<AuditedShift> shifts, Instant from, Instant to)
    {
        var (free, longest) = (from, Duration.Zero);
        foreach (var shift in shifts.Where(s => s.Start < to && s.End > from))
        {
            longest = Duration.Max(longest, shift.Start - free);
            free = Instant.Max(free, shift.End);
        }

        return Duration.Max(longest, to - free);
    }

    private static SortedSet<LocalDate> DaysOf(AuditedRoster roster, IEnumerable<AuditedShift> shifts) => [.. shifts.Select(s => roster.Local(s.Start).Date)];

    private static IEnumerable<LocalDate> AllDays(AuditedRoster roster) => Enumerable.Range(0, roster.Days).Select(roster.Start.PlusDays);

    private static IEnumerable<(LocalDate First, int Length)> Runs(SortedSet<LocalDate> days) => days
        .Where(d => !days.Contains(d.PlusDays(-1)))
        .Select(first => (first, Enumerable.Range(0, days.Count + 1).First(n => !days.Contains(first.PlusDays(n)))));
}
