using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>What a person agreed to: hub, employment, contract, availability, time off, one shift at a time.</summary>
internal static class RosterAuditorPeople
{
    public static void Check(AuditedWork work, List<AuditFinding> findings)
    {
        var (roster, agent) = (work.Roster, work.Agent);
        var own = work.Own.ToList();
        if (own.Count > 0 && (!agent.Active || agent.Hub != roster.Hub))
        {
            findings.Add("active agent of the hub", own[0], $"hub {agent.Hub}, active {agent.Active}, rostered at {roster.Hub}");
        }

        CheckOverlaps(work, findings);
        foreach (var week in work.Weeks)
        {
            CheckWeek(work, week, findings);
        }

        foreach (var shift in own)
        {
            if (!agent.IsEmployed(work.DateOf(shift)))
            {
                findings.Add("employment", shift, $"employed from {agent.EmployedFrom:uuuu-MM-dd} to {agent.EmployedTo:uuuu-MM-dd}");
            }

            foreach (var off in agent.TimeOff.Where(t => shift.IsThere(t.Start, t.End)))
            {
                findings.Add("time off", shift, $"{shift.Start} to {shift.End} meets {off.Kind} leave {off.Start} to {off.End}");
            }

            if (agent.Availability.Count > 0 && !IsAvailable(roster, agent.Availability, shift.Start, shift.End))
            {
                findings.Add("availability", shift, $"{roster.Local(shift.Start)} to {roster.Local(shift.End)} is not inside the windows");
            }
        }
    }

    /// <summary>Whether leave, taken together, lies over the whole of a span.</summary>
    public static bool Covers(IEnumerable<AuditedLeave> leave, Instant from, Instant to) =>
        Reach(from, leave.Select(l => (l.Start, l.End)).OrderBy(l => l.Start)) >= to;

    /// <summary>From the start on, the windows that touch are followed as far as they reach without a hole.</summary>
    public static bool IsAvailable(AuditedRoster roster, IReadOnlyList<AuditedWindow> windows, Instant start, Instant end)
    {
        var first = roster.Local(start).Date.PlusDays(-8);
        var spans = from day in Enumerable.Range(0, 18).Select(first.PlusDays)
                    from window in windows
                    where window.Day == day.DayOfWeek
                    let to = (window.To > window.From ? day : day.PlusDays(1)).At(window.To)
                    select (From: roster.Zone.AtLeniently(day.At(window.From)).ToInstant(), To: roster.Zone.AtLeniently(to).ToInstant());
        return Reach(start, spans.OrderBy(s => s.From)) >= end - Skipped(roster, start, end);
    }

    /// <summary>What the clocks skip during a shift; a window stays open so much longer for it.</summary>
    private static Duration Skipped(AuditedRoster roster, Instant start, Instant end) =>
        Duration.Max(Duration.Zero, roster.Local(end).Minus(roster.Local(start)).ToDuration() - (end - start));

    private static Instant Reach(Instant from, IEnumerable<(Instant From, Instant To)> spans)
    {
        foreach (var span in spans)
        {
            if (span.From <= from && span.To > from) from = span.To;
        }

        return from;
    }

    private static void CheckOverlaps(AuditedWork work, List<AuditFinding> findings)
    {
        for (var i = 1; i < work.All.Count; i++)
        {
            var latest = work.All.Take(i).MaxBy(s => s.End)!; // not only the one before: a long shift can cover two
            if (work.All[i].Start < latest.End)
            {
                work.Add(
                    findings, "one shift at a time", work.All[i].Date, $"starts {work.All[i].Start}, an earlier one ends {latest.End}", [latest, work.All[i]]);
            }
        }
    }

    /// <summary>Paid leave counts as if it had been worked. Of a week in which the contract changes each part has its share of the hours, by usual working
    /// days.</summary>
    private static void CheckWeek(AuditedWork work, LocalDate week, List<AuditFinding> findings)
    {
        var (shifts, dates) = (work.Between(week, week.PlusDays(6)), Enumerable.Range(0, 7).Select(week.PlusDays).ToList());
        var most = RosterAuditorHours.MostIn(work, week);
        var worked = shifts.Sum(s => s.PaidMinutes) / 60.0;
        var credits = dates.ConvertAll(d => (Date: d, Credit: RosterAuditorHours.PaidLeave(work, d)));
        var (least, all) = (credits.Where(c => work.Roster.Holds(c.Date)).Sum(c => c.Credit.Least), credits.Sum(c => c.Credit.Most));
        if (worked + all > most.Least + 1e-6)
        {
            work.Add(
                findings, "contract: hours a week", week, $"{worked:0.##} h worked and {least:0.##} to {all:0.##} h of paid leave, at most {most.Least:0.##} h",
                shifts, worked + least > most.Most + (1.0 / 60));
        }

        var limits = dates.Select(d => work.Agent.ContractOn(d).MaximumDaysPerWeek ?? 7).ToList();
        var taken = shifts.Select(work.DateOf).ToHashSet();
        var away = dates.Where(d => !taken.Contains(d) && RosterAuditorHours.IsAway(work, d, onEveryReading: false)).ToList();
        if (taken.Count + away.Count > limits.Min())
        {
            work.Add(
                findings, "contract: days a week", week, $"{taken.Count} days worked and {away.Count} of paid leave, at most {limits.Min()}", shifts,
                taken.Count + away.Count(d => work.Roster.Holds(d) && RosterAuditorHours.IsAway(work, d, onEveryReading: true)) > limits.Max());
        }
    }
}
