using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>Most hours of a day, by each of the four days a law can mean.</summary>
internal static class RosterAuditorDays
{
    private static readonly Duration Day = Duration.FromHours(24);

    public static void DailyHours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        switch ((int)(rule.Find("dayBasis") ?? 0))
        {
            case 0: OfShifts(work, rule, findings); break;
            case 1: CalendarDays(work, rule, findings); break;
            case 2: Any24Hours(work, rule, findings); break;
            case 3: FromStart(work, rule, findings); break;
            default: throw new NotSupportedException($"The auditor does not know the dayBasis {rule["dayBasis"]}.");
        }
    }

    private static void OfShifts(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var day in work.All.GroupBy(work.DateOf).Where(d => work.Roster.Holds(d.Key) && rule.IsInForce(d.Key)))
        {
            RosterAuditorLaw.AddWhenMore(work, rule, day.Key, RosterAuditorLaw.Paid(day), rule.Hours("hours"), day, findings);
        }
    }

    /// <summary>Between two local midnights, whatever shift the hours belong to; the night after the period is looked at too.</summary>
    private static void CalendarDays(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        for (var date = work.Roster.Start; date <= work.Roster.End.PlusDays(1); date = date.PlusDays(1))
        {
            if (rule.IsInForce(date)) Judge(work, rule, work.Roster.Midnight(date), work.Roster.Midnight(date.PlusDays(1)), findings, isInForce: true);
        }
    }

    /// <summary>
    /// The windows with most work begin with a piece of work or end with one. The rule is checked from the starts of shifts and up to their ends; that a break
    /// lies
    /// at another time in the next shift is left open.
    /// </summary>
    private static void Any24Hours(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        var pieces = work.All.SelectMany(Pieces).ToList();
        foreach (var from in pieces.Select(p => p.From).Concat(pieces.Select(p => p.To - Day)).Distinct())
        {
            var (first, last) = (work.Roster.Local(from).Date, work.Roster.Local(from + Day - Duration.Epsilon).Date);
            var isEdge = work.All.Any(s => s.Start == from || s.End == from + Day);
            if (rule.IsInForce(first, last)) Judge(work, rule, from, from + Day, findings, isEdge && rule.IsInForce(first) && rule.IsInForce(last));
        }
    }

    private static void FromStart(AuditedWork work, AuditedRule rule, List<AuditFinding> findings)
    {
        foreach (var shift in work.All.Where(s => rule.IsInForce(work.DateOf(s))))
        {
            Judge(work, rule, shift.Start, shift.Start + Day, findings, isInForce: true);
        }
    }

    private static IEnumerable<(Instant From, Instant To)> Pieces(AuditedShift shift) =>
        shift.Activities.Count == 0 ? [(shift.Start, shift.End)] : shift.Activities.Where(a => a.IsPaid).Select(a => (a.Start, a.End));

    private static void Judge(AuditedWork work, AuditedRule rule, Instant from, Instant to, List<AuditFinding> findings, bool isInForce)
    {
        var shifts = work.All.Where(s => s.Start < to && s.End > from).ToList();
        var least = shifts.Aggregate(Duration.Zero, (sum, s) => sum + s.Worked(from, to).Least);
        var most = shifts.Aggregate(Duration.Zero, (sum, s) => sum + s.Worked(from, to).Most);
        RosterAuditorLaw.AddWhenMore(
            work, rule, work.Roster.Local(from).Date, most, rule.Hours("hours"), shifts, findings, isInForce && least > rule.Hours("hours"));
    }
}
