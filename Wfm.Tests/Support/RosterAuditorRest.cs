using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Rest between shifts, of a week, and after a row of nights.</summary>
internal static class RosterAuditorRest
{
    /// <summary>The rule must be in force when the rest is over, on the day the next shift begins; of a rule that ended before, its words leave it
    /// open.</summary>
    public static void DailyRest(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var (before, after) in work.All.Zip(work.All.Skip(1)))
        {
            Judge(work, rule, before, after, [before, after], findings);
        }
    }

    /// <summary>
    /// One unbroken rest inside every week that meets the period, or, where the rule counts days, in every window of so many local days that does. What is
    /// not known is rest; it leaves open a window that begins before or ends after everything that is known.
    /// </summary>
    public static void WeeklyRest(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var isRolling = rule.Find("perDays") is not null;
        var days = (int)(rule.Find("perDays") ?? 7);
        var firsts = isRolling ? Enumerable.Range(1 - days, work.Roster.Days + days - 1).Select(work.Roster.Start.PlusDays) : work.Weeks;
        foreach (var first in work.All.Count > 0 ? firsts : [])
        {
            var last = first.PlusDays(days - 1);
            if (!rule.IsInForce(first, last)) continue;
            var (from, to) = (work.Roster.Midnight(first), work.Roster.Midnight(last.PlusDays(1)));
            var rest = LongestRest(work.All, from, to);
            if (rest < rule.Hours("hours"))
            {
                var shifts = work.All.Where(s => s.Start < to && s.End > from).ToList();
                var isKnown =
                    (first >= work.Roster.Start || work.DateOf(work.All[0]) <= first) && (last < work.Roster.End || work.DateOf(work.All[^1]) >= last);
                work.Add(
                    findings, rule.Kind, first, $"longest rest of the {days} days is {RosterAuditor.Hours(rest)}, at least {rule["hours"]:0.##} h", shifts,
                    isRolling ? isKnown && rule.IsInForce(work.LastInside(last)) : work.BindsInWeek(rule, first) == true);
            }
        }
    }

    /// <summary>After the last of a row of at least so many nights.</summary>
    public static void RestAfterNights(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var nights = work.All.Where(s => RosterAuditorLaw.IsNight(work.Roster, rule, s)).ToList();
        foreach (var (first, length) in RosterAuditorRuns.Runs([.. nights.Select(work.DateOf)]).Where(r => r.Length >= rule["nights"]))
        {
            var row = nights.Where(s => work.DateOf(s) >= first && work.DateOf(s) < first.PlusDays(length)).ToList();
            var next = work.All.FirstOrDefault(s => s.Start > row[^1].Start);
            if (next is not null) Judge(work, rule, row[^1], next, [.. row, next], findings);
        }
    }

    private static void Judge(AuditedWork work, AuditedRule rule, AuditedShift before, AuditedShift after, AuditedShift[] shifts, List<AuditFinding> findings)
    {
        var rest = after.Start - before.End;
        if (rest >= rule.Hours("hours") || !rule.IsInForce(work.DateOf(before), work.DateOf(after))) return;
        work.Add(
            findings, rule.Kind, work.DateOf(after), $"{RosterAuditor.Hours(rest)} of rest since {before.End}, at least {rule["hours"]:0.##} h", shifts,
            rule.IsInForce(work.DateOf(after)));
    }

    private static Duration LongestRest(IReadOnlyList<AuditedShift> shifts, Instant from, Instant to)
    {
        var (free, longest) = (from, Duration.Zero);
        foreach (var shift in shifts.Where(s => s.Start < to && s.End > from))
        {
            longest = Duration.Max(longest, shift.Start - free);
            free = Instant.Max(free, shift.End);
        }

        return Duration.Max(longest, to - free);
    }
}
