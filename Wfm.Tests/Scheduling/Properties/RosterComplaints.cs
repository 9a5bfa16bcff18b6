using NodaTime;
using Wfm.Scheduling.Rostering;
using Wfm.Tests.Support;

namespace Wfm.Tests.Scheduling.Properties;

/// <summary>What a roster says of itself: a rule or hours it could not keep.</summary>
internal sealed record Reported(string? Agent, string Rule, LocalDate From, LocalDate To, string Message);

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
    private const string Presence = "minimumPresence"; // no rule: it says that presence cannot be had

    /// <summary>The auditor's words for a rule that is reported.</summary>
    public static string WordsFor(string rule) => WordsOf.GetValueOrDefault(rule, rule);

    /// <returns>A line for each rule and person: broken where all that was fixed was legal, broken and not reported, reported and not broken; none when all is
    /// well.</returns>
    public static IReadOnlyList<string> About(RandomCase made, RosterResult result) => About(
        AuditedProblem.Of(made.Problem(), result.Shifts),
        made.Pinned.Where(p => p.Shift is not null).Select(p => (p.AgentId, p.Date)).ToHashSet(),
        [.. result.Violations.Select(v => new Reported(v.AgentId, v.Rule, v.From, v.To, v.Message))]);

    /// <param name="roster">The roster with what is around it.</param>
    /// <param name="pinned">Days of people that were given.</param>
    /// <param name="violations">What was reported.</param>
    public static IReadOnlyList<string> About(AuditedRoster roster, IReadOnlySet<(string Agent, LocalDate Date)> pinned, IReadOnlyList<Reported> violations)
    {
        var found = RosterAuditor.AuditWidely(roster);
        var given = RosterAuditor.AuditWidely(roster with { Shifts = [.. roster.Shifts.Where(s => pinned.Contains((s.Agent, s.Date)))] });
        var reported = violations.Select(v => (v.Agent ?? "", Rule: WordsFor(v.Rule))).ToHashSet();
        return
        [
            .. from finding in found where finding.IsCertain && !given.Exists(f => f.Agent == finding.Agent) select $"the solver broke {finding}",
            .. from finding in found
            where finding.IsCertain && given.Exists(f => f.Agent == finding.Agent) && !reported.Contains((finding.Agent ?? "", finding.Rule))
            select $"nobody said {finding}",
            .. from violation in violations
            where
                violation.Rule is not (Hours or Presence)
                && !found.Exists(f => f.Agent == violation.Agent && f.Rule == WordsFor(violation.Rule))
            select $"nobody broke {violation.Agent} {violation.Rule} {violation.From:MM-dd}…{violation.To:MM-dd}: {violation.Message}",
            .. AboutHours(roster, [.. violations.Where(v => v.Rule == Hours)]), .. AboutDays(roster),
        ];
    }

    private static IEnumerable<string> AboutHours(AuditedRoster roster, List<Reported> said)
    {
        var weeks = RosterAuditorHours.Short(roster);
        return
        [
            .. from week in weeks
               where week.IsCertain && !said.Exists(v => v.Agent == week.Agent && v.From <= week.Week.PlusDays(6) && v.To >= week.Week)
               select $"nobody said hours are short: {week}",
            .. from violation in said
               where !weeks.Exists(w => w.Agent == violation.Agent && violation.From <= w.Week.PlusDays(6) && violation.To >= w.Week)
               select $"no hours are short: {violation.Agent} {violation.From:MM-dd}…{violation.To:MM-dd} {violation.Message}",
        ];
    }

    private static IEnumerable<string> AboutDays(AuditedRoster roster) =>
        from day in roster.Shifts.GroupBy(s => (s.Agent, s.Date))
        where day.Count() > 1
        select $"{day.Key.Agent} has {day.Count()} shifts on {day.Key.Date:uuuu-MM-dd}";
}
