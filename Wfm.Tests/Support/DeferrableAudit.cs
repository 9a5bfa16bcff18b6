using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Staffing.Requirements;

namespace Wfm.Tests.Support;

/// <summary>Works the deferrable queues of a stored roster through again, from the requirement's curves and the heads of its shifts.</summary>
internal sealed class DeferrableAudit
{
    public const double Tolerance = 0.02; // hours: the search counts in 1/6000 of a head-hour, each rounding a little, over four weeks of half-hours

    private readonly StoredRoster _stored;
    private readonly Duration _interval;
    private readonly bool[] _open;
    private readonly double _share;

    public DeferrableAudit(StoredRoster stored, Duration interval, int count)
    {
        var (roster, hub) = (stored.Audited, stored.Row.Hub!);
        (_stored, _interval) = (stored, interval);
        _share = (1 - hub.PlannedShrinkage) * (1 - hub.UnplannedShrinkage);
        _open = [.. Enumerable.Range(0, count).Select(i => IsOpen(hub.OpeningHours, roster.Local(roster.Midnight(roster.Start) + (interval * i))))];
    }

    /// <summary>Head-hours due, late and superfluous of a group, and what is wrong in its stored curves.</summary>
    public (double Due, double Late, double Superfluous) Work(string group, double[] immediate, double[] scheduled, List<AuditFinding> findings)
    {
        var curves = _stored.Row.Deadlines.Where(d => d.Group == group).OrderBy(d => d.Place).ToList();
        var queues = Deferrable(group).ToList();
        if (!curves.Select(c => c.Queue).Order(StringComparer.Ordinal).SequenceEqual(queues.Select(q => q.Series!.Queue!.Code).Order(StringComparer.Ordinal)))
        {
            findings.Add(
                new AuditFinding(
                    "deferrable work", null, null,
                    $"{group} has {string.Join(", ", queues.Select(q => q.Series!.Queue!.Code))}, stored are {string.Join(", ", curves.Select(c => c.Queue))}")
            );
            return default;
        }

        if (curves.Count == 0) return (0, 0, immediate.Zip(scheduled, (r, s) => Math.Max(0, s - r)).Sum() * _interval.TotalHours);
        double[] left = [.. scheduled.Select((s, i) => _open[i] ? Math.Max(0, s - Busy(group, immediate[i])) * _share * _interval.TotalHours : 0)];
        foreach (var curve in curves)
        {
            Follow(curve, queues.Single(q => q.Series!.Queue!.Code == curve.Queue), left, findings);
        }

        return (curves.Sum(c => c.DueHours[^1]) / _share, curves.Sum(c => c.LateHours) / _share, Superfluous(group, immediate, scheduled, left));
    }

    /// <summary>Curves of groups that nobody asked for.</summary>
    public void FindStrangers(List<string> groups, List<AuditFinding> findings) =>
        findings.AddRange(
            _stored.Row.Deadlines.Where(d => !groups.Contains(d.Group))
                .Select(d => new AuditFinding("deferrable work", null, null, $"{d.Queue} of {d.Group} is in no group")));

    private IEnumerable<SeriesRequirement> Deferrable(string group) =>
        _stored.Demand.Where(d => d.Series!.Queue!.SkillGroup == group && d.Series.Queue.Kind == WorkKind.Deferrable);

    private static double Busy(string group, double immediate) =>
        immediate == 0
            ? 0
            : throw new NotSupportedException(
                $"'{group}' has immediate and deferrable queues; the sample operation has no such group, and the auditor does not know them.");

    private double Superfluous(string group, double[] immediate, double[] scheduled, double[] left)
    {
        var queues = Deferrable(group).ToList();
        int Minimum(int i) => queues.Where(q => q.Heads[OffsetOf(q) + i] > 0).Select(q => q.Series!.Queue!.MinimumHeads).DefaultIfEmpty(0).Max();
        return Enumerable.Range(0, left.Length).Sum(i => _open[i]
            ? Math.Max(0, left[i] - (_share * Math.Min(scheduled[i], Minimum(i)) * _interval.TotalHours)) / _share
            : Math.Max(0, scheduled[i] - immediate[i]) * _interval.TotalHours);
    }

    /// <summary>Intervals of a requirement before the roster's first.</summary>
    private int OffsetOf(SeriesRequirement row) => (int)((_stored.Audited.Midnight(_stored.Audited.Start) - row.Start) / _interval);

    /// <summary>One queue: its curves are the requirement's, the work done is what its hands can do, the lateness what the curves say.</summary>
    private void Follow(DeadlineCoverage curve, SeriesRequirement row, double[] left, List<AuditFinding> findings)
    {
        var offset = OffsetOf(row);
        Duration.FromMinutes(row.IntervalMinutes).Should().Be(_interval);
        RosterAuditorCoverage.Compare(
            $"arrivals of {curve.Queue}", [.. Steps(row.ArrivedHours!).Skip(offset + 1).Take(left.Length - 1)], [.. Steps(curve.ArrivedHours).Skip(1)], findings
        );
        var shift = row.ArrivedHours![offset] - curve.ArrivedHours[0];
        RosterAuditorCoverage.Compare(
            $"deadlines of {curve.Queue}",
            [.. row.DueHours!.Skip(offset).Take(left.Length - 1).Select(d => Math.Max(0, d - shift))],
            curve.DueHours[..^1], findings);
        if (curve.DueHours[^1] < row.DueHours![offset + left.Length - 1] - shift - Tolerance || curve.DueHours[^1] > curve.ArrivedHours[^1] + Tolerance)
        {
            findings.Add(new AuditFinding($"last deadline of {curve.Queue}", null, null, $"{curve.DueHours[^1]} of {curve.ArrivedHours[^1]} hours"));
        }

        var (patience, gone, given, late) = (
            (int)(Duration.FromMinutes(Math.Min(1440, row.Series!.Queue!.Goal.TurnaroundMinutes!.Value)) / _interval), 0.0, 0.0, 0.0);
        var worked = new double[left.Length];
        for (var i = 0; i < left.Length; i++)
        {
            var done = Math.Min(left[i], curve.ArrivedHours[i] - gone);
            (left[i], gone) = (left[i] - done, gone + done);
            late += Math.Clamp(curve.DueHours[i] - gone, 0, curve.DueHours[i] - (i == 0 ? 0 : curve.DueHours[i - 1]));
            var hopeless = Math.Max(0, (i < patience ? 0 : curve.DueHours[i - patience]) - gone);
            (gone, given) = (gone + hopeless, given + hopeless);
            worked[i] = gone - given;
        }

        RosterAuditorCoverage.Compare($"work done of {curve.Queue}", worked, curve.WorkedHours, findings, Tolerance);
        RosterAuditorCoverage.Compare(
            $"late and undone of {curve.Queue}", [late, given + Math.Max(0, curve.DueHours[^1] - gone)], [curve.LateHours, curve.UndoneHours], findings,
            10 * Tolerance);
    }

    private static IEnumerable<double> Steps(double[] cumulative) => cumulative.Select((c, i) => i == 0 ? c : c - cumulative[i - 1]);

    private static bool IsOpen(List<OpeningWindow> windows, LocalDateTime at) =>
        windows.Count == 0
        || windows.Exists(w =>
            (w.Day == at.DayOfWeek && w.From <= at.TimeOfDay && (at.TimeOfDay < w.To || w.To <= w.From))
            || (w.Day == at.Date.PlusDays(-1).DayOfWeek && w.To <= w.From && at.TimeOfDay < w.To));
}
