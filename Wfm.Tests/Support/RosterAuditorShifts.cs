using NodaTime;

namespace Wfm.Tests.Support;

/// <summary>What a single shift must be: inside the period, of its template, made of activities without a hole, on groups the person may work.</summary>
internal static class RosterAuditorShifts
{
    public static void Check(AuditedRoster roster, AuditedAgent agent, AuditedShift shift, List<AuditFinding> findings)
    {
        var local = roster.Local(shift.Start);
        if (local.Date != shift.Date)
        {
            findings.Add("date of the shift", shift, $"starts on {local.Date:uuuu-MM-dd} of {roster.Zone.Id}");
        }

        if (local.Date < roster.Start || local.Date >= roster.End)
        {
            findings.Add("inside the period", shift, $"starts {local}, the roster runs from {roster.Start:uuuu-MM-dd} to before {roster.End:uuuu-MM-dd}");
        }

        CheckTiling(shift, findings);
        CheckSkills(agent, shift, findings);
        if (!roster.Templates.TryGetValue(shift.Template, out var template))
        {
            findings.Add("template: known", shift, $"the hub has no template '{shift.Template}'");
            return;
        }

        if (agent.ContractOn(local.Date).Templates is { Count: > 0 } allowed && !allowed.Contains(shift.Template))
        {
            findings.Add("contract: templates", shift, $"{shift.Template} is none of {string.Join(", ", allowed)}");
        }

        CheckTimes(roster, template, shift, local, findings);
        CheckBreaks(template, shift, findings);
    }

    private static void CheckTiling(AuditedShift shift, List<AuditFinding> findings)
    {
        var at = shift.Start;
        foreach (var activity in shift.Activities)
        {
            if (activity.Start != at || activity.End <= activity.Start)
            {
                findings.Add("activities tile the shift", shift, $"{activity.Kind} from {activity.Start} to {activity.End}, expected from {at}");
            }

            at = activity.End;
        }

        if (at != shift.End)
        {
            findings.Add("activities tile the shift", shift, $"the last one ends {at}, the shift {shift.End}");
        }
    }

    private static void CheckSkills(AuditedAgent agent, AuditedShift shift, List<AuditFinding> findings)
    {
        foreach (var group in shift.Activities.Where(a => a.IsWork).Select(a => a.Group).Distinct())
        {
            if (group is null || !agent.Skills.ContainsKey(group))
            {
                findings.Add("skill", shift, $"works on {group ?? "nothing"}, knows {string.Join(", ", agent.Skills.Keys)}");
            }
            else if (agent.OptOutGroups.Contains(group))
            {
                findings.Add("opt-out", shift, $"works on {group}");
            }
        }
    }

    private static void CheckTimes(AuditedRoster roster, AuditedTemplate template, AuditedShift shift, LocalDateTime local, List<AuditFinding> findings)
    {
        if (template.Days.Count > 0 && !template.Days.Contains(local.DayOfWeek))
        {
            findings.Add("template: days", shift, $"{template.Code} on a {local.DayOfWeek}");
        }

        var ticks = local.TimeOfDay.TickOfDay - template.EarliestStart.TickOfDay;
        if (
            local.TimeOfDay < template.EarliestStart
            || local.TimeOfDay > template.LatestStart
            || ticks % (template.StepMinutes * NodaConstants.TicksPerMinute) != 0)
        {
            findings.Add(
                "template: start", shift,
                $"{local.TimeOfDay:HH:mm:ss} is not on {template.EarliestStart:HH:mm} … {template.LatestStart:HH:mm} by {template.StepMinutes} min");
        }

        if (template.EndOf(shift.Start, roster.Zone) is var end && shift.End != end)
        {
            findings.Add(
                "template: length", shift, $"ends {shift.End}, {template.LengthMinutes} min {(template.EndsOnTheClock ? "on the clock" : "elapsed")} end {end}"
            );
        }
    }

    private static void CheckBreaks(AuditedTemplate template, AuditedShift shift, List<AuditFinding> findings)
    {
        var taken = shift.Activities.Where(a => !a.IsWork).ToList();
        if (taken.Count != template.Breaks.Count)
        {
            findings.Add("template: breaks", shift, $"{taken.Count} breaks, {template.Code} has {template.Breaks.Count}");
        }

        var expected = template.Breaks.OrderBy(b => b.EarliestMinute).ToList();
        foreach (var (activity, rule) in taken.Zip(expected))
        {
            var minute = (activity.Start - shift.Start).TotalMinutes;
            if (
                activity.Kind != rule.Kind
                || activity.Length != Duration.FromMinutes(rule.LengthMinutes)
                || minute < rule.EarliestMinute
                || minute > rule.LatestMinute)
            {
                findings.Add(
                    "template: breaks", shift,
                    $"{activity.Kind} of {activity.Length.TotalMinutes:0.##} min at minute {minute:0.##}, expected {rule.Kind} of {rule.LengthMinutes} min "
                        + $"at {rule.EarliestMinute} … {rule.LatestMinute}");
            }
        }

        var paid = (int)Math.Round(shift.Length.TotalMinutes) - expected.Where(b => !b.Paid).Sum(b => b.LengthMinutes);
        if (shift.PaidMinutes != paid)
        {
            findings.Add("paid time", shift, $"{shift.PaidMinutes} min paid, length less unpaid breaks is {paid}");
        }
    }
}
