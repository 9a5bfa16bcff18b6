namespace Wfm.Tests.Support;

/// <summary>What a person agreed to: hub, contract, availability, time off, one shift at a time.</summary>
internal static class RosterAuditorPeople
{
    public static void Check(AuditedRoster roster, AuditedAgent agent, List<AuditedShift> shifts, List<AuditFinding> findings)
    {
        if (!agent.Active || agent.Hub != roster.Hub)
        {
            findings.Add("active agent of the hub", shifts[0], $"hub {agent.Hub}, active {agent.Active}, rostered at {roster.Hub}");
        }

        for (var i = 1; i < shifts.Count; i++)
        {
            var latest = shifts.Take(i).Max(s => s.End); // not only the one before: a long shift can cover two
            if (shifts[i].Start < latest)
            {
                findings.Add("one shift at a time", shifts[i], $"starts {shifts[i].Start}, an earlier one ends {latest}");
            }
        }

        foreach (var week in shifts.GroupBy(s => RosterAuditor.WeekOf(roster.Local(s.Start).Date)))
        {
            var (paid, days) = (week.Sum(s => s.PaidMinutes) / 60.0, week.Select(s => roster.Local(s.Start).Date).Distinct().Count());
            if (paid > agent.MaximumWeeklyHours + 1e-9)
            {
                findings.Add(new AuditFinding("contract: hours a week", agent.Code, week.Key, $"{paid:0.##} h, at most {agent.MaximumWeeklyHours:0.##} h"));
            }

            if (days > agent.MaximumDaysPerWeek)
            {
                findings.Add(new AuditFinding("contract: days a week", agent.Code, week.Key, $"{days} days, at most {agent.MaximumDaysPerWeek}"));
            }
        }

        foreach (var shift in shifts)
        {
            foreach (var off in agent.TimeOff.Where(t => shift.Start < t.End && t.Start < shift.End))
            {
                findings.Add("time off", shift, $"{shift.Start} to {shift.End} meets time off {off}");
            }

            if (agent.Availability.Count > 0 && !IsAvailable(roster, agent.Availability, shift))
            {
                findings.Add("availability", shift, $"{roster.Local(shift.Start)} to {roster.Local(shift.End)} is not inside the windows");
            }
        }
    }

    /// <summary>From the start on, the windows that touch are followed as far as they reach without a hole.</summary>
    private static bool IsAvailable(AuditedRoster roster, IReadOnlyList<AuditedWindow> windows, AuditedShift shift)
    {
        var first = roster.Local(shift.Start).Date.PlusDays(-8);
        var spans = (from day in Enumerable.Range(0, 18).Select(first.PlusDays)
                     from window in windows
                     where window.Day == day.DayOfWeek
                     let to = (window.To > window.From ? day : day.PlusDays(1)).At(window.To)
                     select (From: roster.Zone.AtLeniently(day.At(window.From)).ToInstant(), To: roster.Zone.AtLeniently(to).ToInstant())).OrderBy(s => s.From);
        var covered = shift.Start;
        foreach (var span in spans)
        {
            if (span.From <= covered && span.To > covered)
            {
                covered = span.To;
            }
        }

        return covered >= shift.End;
    }
}
