using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>
/// Checks every hard rule of a roster from its shifts and those around it, written from the meaning of the rules and not from the solver: hours are elapsed
/// hours, days and weeks those of the hub's zone, a shift belongs to the local day it starts on, a week runs from the first day of week of the policy.
/// </summary>
internal static class RosterAuditor
{
    /// <returns>Every broken rule; empty for a legal roster.</returns>
    /// <exception cref="NotSupportedException">A policy holds a rule that the auditor does not know: it must not pass unchecked.</exception>
    public static List<AuditFinding> Audit(AuditedRoster roster) => [.. AuditWidely(roster).Where(f => f.IsCertain)];

    /// <returns>Beside what <see cref="Audit"/> finds, what the words of a rule leave open and what shifts outside the roster break by themselves.</returns>
    /// <exception cref="NotSupportedException">A policy holds a rule that the auditor does not know.</exception>
    public static List<AuditFinding> AuditWidely(AuditedRoster roster)
    {
        var findings = new List<AuditFinding>();
        var here = roster.Agents.Values.Where(a => a.Active && a.Hub == roster.Hub).Select(a => a.Code);
        foreach (var code in roster.Shifts.Concat(roster.Around).Select(s => s.Agent).Concat(here).Distinct())
        {
            var own = roster.Shifts.Where(s => s.Agent == code).OrderBy(s => s.Start).ThenBy(s => s.End).ToList();
            if (!roster.Agents.TryGetValue(code, out var agent))
            {
                findings.Add(new AuditFinding("known agent", code, own.FirstOrDefault()?.Date, $"nobody of this code; {own.Count} shifts"));
                continue;
            }

            var work = new AuditedWork(roster, agent, own);
            RosterAuditorPeople.Check(work, findings);
            foreach (var shift in own)
            {
                RosterAuditorShifts.Check(roster, agent, shift, findings);
            }

            foreach (var rule in roster.Rules)
            {
                RosterAuditorLaw.Check(work, rule, findings);
            }
        }

        RosterAuditorSeats.Check(roster, findings);
        RosterAuditorTogether.Check(roster, findings);
        return findings;
    }

    internal static string Hours(Duration duration) => $"{duration.TotalHours:0.##} h";

    internal static void Add(this List<AuditFinding> findings, string rule, AuditedShift shift, string values) =>
        findings.Add(new AuditFinding(rule, shift.Agent, shift.Date, values));
}
