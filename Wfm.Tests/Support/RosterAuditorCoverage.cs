using NodaTime;
using Wfm.Api.Features.Setup.Queues;

namespace Wfm.Tests.Support;

/// <summary>Counts again what a roster stores about itself: heads required, heads scheduled, the figures of its summary.</summary>
internal static class RosterAuditorCoverage
{
    internal const double Tolerance = 1e-6; // an interval: sums of a few dozen fractions in another order

    /// <param name="before">Shifts of the roster before: who is still at work from the last night counts as scheduled.</param>
    public static List<AuditFinding> Audit(StoredRoster stored, IReadOnlyList<AuditedShift>? before = null)
    {
        var (roster, row, findings) = (stored.Audited, stored.Row, new List<AuditFinding>());
        var atWork = before is null ? roster : roster with { Shifts = [.. before, .. roster.Shifts] };
        var interval = Duration.FromMinutes(row.IntervalMinutes);
        var count = (int)((roster.Midnight(roster.End) - roster.Midnight(roster.Start)) / interval);
        var groups = stored.Demand.Select(d => d.Series!.Queue!.SkillGroup)
            .Concat(roster.Shifts.SelectMany(s => s.Activities).Where(a => a.IsWork).Select(a => a.Group!)).Distinct().Order().ToList();
        var (requiredHours, scheduledHours, underHours, overHours) = (0.0, 0.0, 0.0, 0.0);
        var deferrable = new DeferrableAudit(stored, interval, count);
        foreach (var group in groups)
        {
            var required = Required(stored, group, roster.Midnight(roster.Start), interval, count);
            var scheduled = Scheduled(atWork, group, roster.Midnight(roster.Start), interval, count);
            if (row.Coverage.SingleOrDefault(c => c.Group == group) is { } curve)
            {
                Compare($"required heads of {group}", required, curve.Required, findings);
                Compare($"scheduled heads of {group}", scheduled, curve.Scheduled, findings);
            }
            else if (required.Any(r => r > 0) || scheduled.Any(s => s > 0))
            {
                findings.Add(new AuditFinding("coverage", null, null, $"no stored curve of {group}"));
            }

            for (var i = 0; i < count; i++)
            {
                requiredHours += required[i] * interval.TotalHours;
                scheduledHours += scheduled[i] * interval.TotalHours;
                underHours += Math.Max(0, required[i] - scheduled[i]) * interval.TotalHours;
            }

            var work = deferrable.Work(group, required, scheduled, findings);
            requiredHours += work.Due;
            underHours += work.Late;
            overHours += work.Superfluous;
        }

        foreach (var extra in row.Coverage.Where(c => !groups.Contains(c.Group)))
        {
            Compare($"heads of {extra.Group}, which nobody asked for", new double[extra.Required.Length], extra.Required, findings);
        }

        deferrable.FindStrangers(groups, findings);
        var n = count * Math.Max(1, groups.Count);
        CompareFigure("agents", stored.ActiveAgents, row.Summary.Agents, n, findings);
        CompareFigure("shifts", roster.Shifts.Count, row.Summary.Shifts, n, findings);
        CompareFigure("required hours", requiredHours, row.Summary.RequiredHours, n, findings);
        CompareFigure("scheduled hours", scheduledHours, row.Summary.ScheduledHours, n, findings);
        CompareFigure("under hours", underHours, row.Summary.UnderHours, n, findings);
        CompareFigure("over hours", overHours, row.Summary.OverHours, n, findings, DeferrableAudit.Tolerance * (1 + row.Deadlines.Count));
        CompareFigure("due hours", row.Deadlines.Sum(d => d.DueHours[^1]), row.Summary.DueHours, n, findings);
        CompareFigure("late hours", row.Deadlines.Sum(d => d.LateHours), row.Summary.LateHours, n, findings);
        CompareFigure("paid hours", roster.Shifts.Sum(s => s.PaidMinutes) / 60.0, row.Summary.PaidHours, n, findings);
        CompareFigure("coverage", requiredHours > 0 ? (requiredHours - underHours) / requiredHours : 1, row.Summary.Coverage, n, findings);
        return findings;
    }

    /// <summary>Heads on the group's work, on average over each interval; a person counts by proficiency.</summary>
    public static double[] Scheduled(AuditedRoster roster, string group, Instant start, Duration interval, int count) =>
        Heads(roster, group, agent => roster.Agents.TryGetValue(agent, out var person) ? person.Skills.GetValueOrDefault(group) : 0, start, interval, count);

    /// <summary>People on the group's work, on average over each interval, whatever their proficiency: what a minimum presence asks for.</summary>
    public static double[] Present(AuditedRoster roster, string group, Instant start, Duration interval, int count) =>
        Heads(roster, group, _ => 1, start, interval, count);

    private static double[] Heads(AuditedRoster roster, string group, Func<string, double> weight, Instant start, Duration interval, int count)
    {
        var heads = new double[count];
        foreach (var shift in roster.Shifts)
        {
            var counts = weight(shift.Agent);
            foreach (var work in shift.Activities.Where(a => a.IsWork && a.Group == group))
            {
                for (var i = Math.Max(0, (int)Math.Floor((work.Start - start) / interval)); i < count && start + (interval * i) < work.End; i++)
                {
                    var present = AuditedWork.Common(work.Start, work.End, start + (interval * i), start + (interval * (i + 1)));
                    heads[i] += counts * (present / interval);
                }
            }
        }

        return heads;
    }

    /// <summary>Heads of the group's immediate queues; deferrable ones are free within their deadlines.</summary>
    private static double[] Required(StoredRoster stored, string group, Instant start, Duration interval, int count)
    {
        var heads = new double[count];
        foreach (var curve in stored.Demand.Where(d => d.Series!.Queue!.SkillGroup == group && d.Series.Queue.Kind == WorkKind.Immediate))
        {
            for (var i = 0; i < count; i++)
            {
                heads[i] += curve.Heads[(int)Math.Floor((start + (interval * i) - curve.Start) / Duration.FromMinutes(curve.IntervalMinutes))];
            }
        }

        return heads;
    }

    internal static void Compare(string what, double[] counted, double[] stored, List<AuditFinding> findings, double tolerance = Tolerance)
    {
        if (counted.Length != stored.Length)
        {
            findings.Add(new AuditFinding(what, null, null, $"{stored.Length} intervals stored, the period has {counted.Length}"));
            return;
        }

        var wrong = Enumerable.Range(0, counted.Length).Where(i => Math.Abs(counted[i] - stored[i]) > tolerance).ToList();
        if (wrong.Count > 0)
        {
            findings.Add(
                new AuditFinding(
                    what, null, null,
                    $"{wrong.Count} intervals differ, first {wrong[0]}: counted {counted[wrong[0]]:0.######}, stored {stored[wrong[0]]:0.######}"));
        }
    }

    private static void CompareFigure(string what, double counted, double stored, int n, List<AuditFinding> findings, double rounding = 0)
    {
        if (Math.Abs(counted - stored) > (Tolerance * n) + rounding)
        {
            findings.Add(new AuditFinding($"summary: {what}", null, null, $"counted {counted:0.######}, stored {stored:0.######}"));
        }
    }
}
