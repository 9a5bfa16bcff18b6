using Wfm.Scheduling.Rostering;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>What the auditor has against a roster and what it says about itself.</summary>
internal static class RosterComplaints
{
    private static readonly Dictionary<string, string> WordsOf = new()
    {
        ["contractMaximumHours"] = "contract: hours a week",
        ["contractMaximumDays"] = "contract: days a week",
        ["oneShiftAtATime"] = "one shift at a time",
    };

    private const string Hours = "contractMinimumHours";

    /// <returns>A line for each rule and person: broken where all that was fixed was legal, broken and not reported, reported and not broken; none when all is well.</returns>
    public static IReadOnlyList<string> About(RandomCase made, RosterResult result)
    {
        var roster = AuditedProblem.Of(made.Problem(), result.Shifts);
        var found = RosterAuditor.AuditWidely(roster);
        var pinned = made.Pinned.Where(p => p.Shift is not null).Select(p => (p.AgentId, p.Date)).ToHashSet();
        var given = RosterAuditor.AuditWidely(roster with { Shifts = [.. roster.Shifts.Where(s => pinned.Contains((s.Agent, s.Date)))] });
        var reported = result.Violations.Select(v => (v.AgentId ?? "", Rule: WordsOf.GetValueOrDefault(v.Rule, v.Rule))).ToHashSet();
        return
        [
            .. from finding in found
               where finding.IsCertain && !given.Exists(f => f.Agent == finding.Agent)
               select $"the solver broke {finding}",
            .. from finding in found
               where finding.IsCertain && given.Exists(f => f.Agent == finding.Agent) && !reported.Contains((finding.Agent ?? "", finding.Rule))
               select $"nobody said {finding}",
            .. from violation in result.Violations
               where violation.Rule != Hours && !found.Exists(f => (f.Agent ?? "") == (violation.AgentId ?? "") && f.Rule == WordsOf.GetValueOrDefault(violation.Rule, violation.Rule))
               select $"nobody broke {violation.AgentId} {violation.Rule} {violation.From:MM-dd}…{violation.To:MM-dd}: {violation.Message}",
            .. AboutHours(roster, result),
            .. AboutDays(roster),
        ];
    }

    private static IEnumerable<string> AboutHours(AuditedRoster roster, RosterResult result)
    {
        var weeks = RosterAuditorHours.Short(roster);
        var said = result.Violations.Where(v => v.Rule == Hours).ToList();
        return
        [
            .. from week in weeks
               where week.IsCertain && !said.Exists(v => v.AgentId == week.Agent && v.From <= week.Week.PlusDays(6) && v.To >= week.Week)
               select $"nobody said hours are short: {week}",
            .. from violation in said
               where !weeks.Exists(w => w.Agent == violation.AgentId && violation.From <= w.Week.PlusDays(6) && violation.To >= w.Week)
               select $"no hours are short: {violation.AgentId} {violation.From:MM-dd}…{violation.To:MM-dd} {violation.Message}",
        ];
    }

    private static IEnumerable<string> AboutDays(AuditedRoster roster) =>
        from day in roster.Shifts.GroupBy(s => (s.Agent, s.Date)) where day.Count() > 1 select $"{day.Key.Agent} has {day.Count()} shifts on {day.Key.Date:uuuu-MM-dd}";
}
