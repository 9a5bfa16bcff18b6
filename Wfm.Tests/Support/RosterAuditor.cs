using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>
/// Checks every hard rule of a roster from its shifts alone, written from the meaning of the rules and not from the solver: hours are elapsed
/// hours, days and weeks those of the hub's zone, a shift belongs to the local day it starts on, a week runs from Monday to Sunday.
/// </summary>
internal static class RosterAuditor
{
    /// <returns>Every broken rule; empty for a legal roster.</returns>
    /// <exception cref="NotSupportedException">A policy holds a rule that the auditor does not know: it must not pass unchecked.</exception>
    public static List<AuditFinding> Audit(AuditedRoster roster)
    {
        var findings = new List<AuditFinding>();
        foreach (var byAgent in roster.Shifts.GroupBy(s => s.Agent))
        {
            var shifts = byAgent.OrderBy(s => s.Start).ThenBy(s => s.End).ToList();
            if (!roster.Agents.TryGetValue(byAgent.Key, out var agent))
            {
                findings.Add(new AuditFinding("known agent", byAgent.Key, shifts[0].Date, $"nobody of this code; {shifts.Count} shifts"));
                continue;
            }

            RosterAuditorPeople.Check(roster, agent, shifts, findings);
            foreach (var shift in shifts)
            {
                RosterAuditorShifts.Check(roster, agent, shift, findings);
            }

            foreach (var rule in roster.Rules)
            {
                RosterAuditorLaw.Check(roster, rule, shifts, findings);
            }
        }

        return findings;
    }

    /// <summary>The local week a day belongs to, by its Monday.</summary>
    internal static LocalDate WeekOf(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);

    internal static string Hours(Duration duration) => $"{duration.TotalHours:0.##} h";

    internal static void Add(this List<AuditFinding> findings, string rule, AuditedShift shift, string values) =>
        findings.Add(new AuditFinding(rule, shift.Agent, shift.Date, values));
}
