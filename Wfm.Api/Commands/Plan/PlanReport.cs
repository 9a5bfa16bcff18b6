using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Commands.Plan;

/// <summary>What a plan leaves behind: CSV files and a report, also printed.</summary>
internal static class PlanReport
{
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
    private static readonly OffsetDateTimePattern Local = OffsetDateTimePattern.Rfc3339;

    public static async Task Write(
        PlanRequest request, PlanVolumes volumes, IReadOnlyList<HubPlan> plans, Stopwatch watch, TextWriter output, CancellationToken cancellationToken)
    {
        await WriteLines(request, "forecast.csv", Forecast(plans, request.Zone), cancellationToken);
        await WriteLines(request, "requirement.csv", Requirement(plans, request.Zone), cancellationToken);
        await WriteLines(request, "roster.csv", Roster(plans, request.Zone), cancellationToken);
        await WriteLines(
            request, "rejected.csv",
            volumes.Rejected.Select(r => $"{r.Row},{Cell(r.Field ?? "row")},{Cell(r.Value ?? "")},{Cell(r.Reason)}").Prepend("line,field,value,reason"),
            cancellationToken);
        var report = Report(request, volumes, plans, watch.Elapsed);
        await WriteLines(request, "report.md", [report], cancellationToken);
        await output.WriteLineAsync(report);
        await output.WriteLineAsync($"Written to {request.Out.FullName}: forecast.csv, requirement.csv, roster.csv, rejected.csv, report.md");
    }

    private static string Report(PlanRequest request, PlanVolumes volumes, IReadOnlyList<HubPlan> plans, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Plan of {request.Volumes.Name}, {request.HorizonDays} days").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{volumes.Rows:N0} rows read, {volumes.RejectedRows:N0} left out (see rejected.csv).").AppendLine();
        string[] left =
        [
            .. volumes.Unusable.Select(u => u.Reason),
            .. plans.SelectMany(p => p.Hub.Skipped.Concat(p.Forecast.Skipped).Concat(p.Requirement.Skipped)).Select(s => s.Reason),
        ];
        foreach (var reason in left)
        {
            text.AppendLine($"* {Plain(reason)}");
        }

        Forecasts(text, plans);
        Rosters(text, request, plans);
        Gaps(text, request, plans);
        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Time used: {elapsed.TotalSeconds:0.0} s.").ToString();
    }

    private static void Forecasts(StringBuilder text, IReadOnlyList<HubPlan> plans)
    {
        text.AppendLine("## Forecast").AppendLine(
                "WAPE = Σ|error| ÷ Σ volume, per interval; beside it that of copying the last week known then. Held back: the last days were hidden, "
                    + "forecast once and compared.")
            .AppendLine("Rolling origins: the same from several earlier days; one look back can be lucky or unlucky, this is the figure to judge by.")
            .AppendLine()
            .AppendLine("| series | held back | WAPE | copy of last week | bias | in 95 % interval | rolling origins | WAPE | copy of last week | models |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (plan, forecast) in plans.SelectMany(p => p.Forecast.Queues.Select(f => (p, f))))
        {
            var models = string.Join(
                ", ",
                forecast.Volume.Models.Where(m => m.Weight > 0.05).Take(3).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Model} {m.Weight:P0}"))
            );
            var held = plan.HeldBack[forecast.Key] is { } h
                ? string.Create(CultureInfo.InvariantCulture, $"{h.Days} days | {h.Wape:P2} | {h.SeasonalNaiveWape:P2} | {h.Bias:P1} | {h.Coverage95:P1}")
                : "too short to hold any back | | | |";
            var test = forecast.Volume.Backtest;
            var rolling = test.Overall is { } overall
                ? string.Create(CultureInfo.InvariantCulture, $"{test.Origins} | {overall.Wape:P2} | {test.SeasonalNaive?.Wape:P2}")
                : "too short for any | |";
            text.AppendLine($"| {Name(plan, forecast.Queue)} | {held} | {rolling} | {models} |");
        }
    }

    private static void Rosters(StringBuilder text, PlanRequest request, IReadOnlyList<HubPlan> plans)
    {
        text.AppendLine().AppendLine("## Requirement and roster")
            .AppendLine(CultureInfo.InvariantCulture, $"Shrinkage {request.ShrinkageFraction:P0}; {Promise(request)}.").AppendLine().AppendLine(
                "Heads are people on duty, breaks not counted, mean over open hours; P90 is enough with a probability of 90 %. The roster is made for P80 "
                    + "by an assumed team:")
            .AppendLine(
                "seven people in ten work 37.5 hours a week, three 20 hours. Coverage = share of the required head-hours, or of work due, that is covered; "
                    + "over = scheduled beyond it ÷ required.")
            .AppendLine().AppendLine(
                "| series | P50 mean heads | P50 peak | P90 mean | P90 peak | team | roster | shifts | coverage | over | rules broken | weeks below "
                    + "contract hours |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (plan, queue) in plans.Where(p => p.Roster is not null).SelectMany(p => p.Requirement.Queues.Select(q => (p, q))))
        {
            var (problem, result) = (plan.Problem!, plan.Roster!);
            var team = problem.Agents.Where(a => a.Skills[0].Group == queue.Queue.Group).Select(a => a.Id).ToHashSet(StringComparer.Ordinal);
            var coverage = CoverageFigures.Of(
                problem,
                [.. result.Coverage.Where(c => c.Group == queue.Queue.Group)],
                [.. result.Deferrable.Where(d => d.Group == queue.Queue.Group)]);
            var violations = result.Violations.Where(v => v.AgentId is { } agent && team.Contains(agent)).ToList();
            var broken = violations.Count(v => v.IsHard);
            var (p50, p90) = (queue.Curves[0].Heads, queue.Curves[^1].Heads);
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {Name(plan, queue.Queue)} | {MeanOpen(queue, p50):0.0} | {p50.Max():0} | {MeanOpen(queue, p90):0.0} | {p90.Max():0} | {team.Count} | "
                    + $"{LocalDatePattern.Iso.Format(problem.Start)}, {problem.Days} days | {result.Shifts.Count(s => team.Contains(s.AgentId))} | "
                    + $"{coverage.Coverage:P1} | {coverage.SurplusShare:P1} | {broken} | {violations.Count - broken} |");
        }

        if (plans.Any(p => p.Forecast.Queues.Count > 0 && p.Requirement.Queues.Count + p.Requirement.Skipped.Count == 0))
        {
            text.AppendLine().AppendLine(
                    "Where all series of a hub are daily they are forecast only: heads within a day need to know when its doors are open, which no daily "
                        + "series shows.");
        }

        if (plans.Any(p => p.Requirement.Queues.Any(q => p.Forecast.Queues.Any(f => f.Key == q.Key && f.Volume.Grid.IsCalendar))))
        {
            text.AppendLine().AppendLine(
                    "Daily series beside others are spread over the open hours of each day: as the immediate series of their hub come, or, where the work "
                        + "may wait, evenly.");
        }
    }

    private static void Gaps(StringBuilder text, PlanRequest request, IReadOnlyList<HubPlan> plans)
    {
        foreach (
            var (plan, group) in plans.Where(p => p.Roster is not null)
                .SelectMany(p => p.Roster!.Uncovered.Where(u => u.MinimumPresence is null).GroupBy(u => u.Group).Select(g => (p, g))))
        {
            var team = plan.Problem!.Agents.Count(a => a.Skills[0].Group == group.Key);
            var name = Plain(PlanSeries.NameOf(group.Key, plan.Hub.Hub.Code));
            text.AppendLine()
                .AppendLine(CultureInfo.InvariantCulture, $"Largest of {group.Count()} gaps of {name}, and where its {team} people are at the deepest point:")
                .AppendLine();
            foreach (var gap in group.OrderByDescending(g => g.HeadHours).Take(3))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"* {gap.HeadHours:0.0} head-hours from {Text(gap.Start, request.Zone)} to {Text(gap.End, request.Zone)}, at most {gap.DeepestGap:0.#} "
                        + $"heads at once. {string.Join(" ", gap.Reasons.Select(r => $"{r.Agents}: {r.Message}"))}");
            }
        }
    }

    private static string Promise(PlanRequest request)
    {
        var answered = string.Create(CultureInfo.InvariantCulture, $"{request.ServiceLevel:P0} answered within {request.ThresholdSeconds} s");
        var done = request.Turnarounds.Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"all work{(t.Key.Length > 0 ? $" of {Plain(t.Key)}" : "")} done within {t.Value} minutes"));
        var promises = request.Turnarounds.ContainsKey("") ? done : done.Prepend(answered);
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", promises)}, handle time {request.AhtSeconds} s where the file has none");
    }

    private static IEnumerable<string> Forecast(IReadOnlyList<HubPlan> plans, DateTimeZone zone) =>
        plans.SelectMany(p =>
                p.Forecast.Queues.SelectMany(f =>
                {
                    var (volume, curves, name) = (f.Volume, Array.ConvertAll(Levels, f.Volume.Quantile), Cell(PlanSeries.NameOf(f.Queue.Code, p.Hub.Hub.Code)));
                    return Enumerable.Range(0, volume.Horizon).Where(i => volume.Closed.Length == 0 || !volume.Closed[i]).Select(i =>
                    {
                        var levels = string.Join(',', curves.Select(c => Number(c[i])));
                        return $"{name},{Text(volume.Grid.InstantAt(volume.Start, i), zone)},{Number(volume.Mean[i])},{levels},{Number(f.AhtSeconds[i])}";
                    });
                }))
            .Prepend($"series_id,interval_start,mean,{string.Join(',', Levels.Select(l => $"p{l * 100:00}"))},aht_seconds");

    private static IEnumerable<string> Requirement(IReadOnlyList<HubPlan> plans, DateTimeZone zone) =>
        plans.SelectMany(p =>
                p.Requirement.Queues.SelectMany(q =>
                {
                    var name = Cell(PlanSeries.NameOf(q.Queue.Code, p.Hub.Hub.Code));
                    return q.Curves.SelectMany(r =>
                        Enumerable.Range(0, r.Heads.Length).Where(i => q.Open[i]).Select(i => Line(name, Text(q.Span.StartOf(i), zone), r, i)));
                }))
            .Prepend("series_id,interval_start,risk_level,volume,workload,deferral,queueing,occupancy,minimum,shrinkage,rounding,heads");

    private static string Line(string name, string start, RequirementCurve curve, int i)
    {
        var w = curve.Waterfall;
        double[] steps =
        [
            curve.RiskLevel, w.Volume[i], w.Workload[i], w.DeferralMargin[i], w.QueueingMargin[i], w.OccupancyMargin[i], w.MinimumMargin[i],
            w.ShrinkageMargin[i], w.Rounding[i], curve.Heads[i],
        ];
        return $"{name},{start},{string.Join(',', steps.Select(Number))}";
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Roster(IReadOnlyList<HubPlan> plans, DateTimeZone zone) =>
        plans.Where(p => p.Roster is not null).SelectMany(p =>
                p.Roster!.Shifts.Select(s =>
                {
                    var (agent, date) = (Cell(PlanSeries.NameOf(s.AgentId, p.Hub.Hub.Code)), LocalDatePattern.Iso.Format(s.Date));
                    var activities = string.Join(';', s.Activities.Select(a => $"{a.Kind}@{Text(a.Start, zone)}"));
                    return $"{agent},{date},{s.Template},{Text(s.Start, zone)},{Text(s.End, zone)},{Number(s.Paid.TotalMinutes)},{activities}";
                }))
            .Prepend("agent,date,template,start,end,paid_minutes,activities");

    private static double MeanOpen(StaffedQueue queue, double[] heads) => heads.Where((_, i) => queue.Open[i]).DefaultIfEmpty().Average();

    private static string Name(HubPlan plan, PlannedQueue queue) => Plain(PlanSeries.NameOf(queue.Code, plan.Hub.Hub.Code));

    /// <summary>A text as part of a Markdown table.</summary>
    private static string Plain(string text) => text.Replace("|", "\\|").ReplaceLineEndings(" ");

    private static string Text(Instant instant, DateTimeZone zone) => Local.Format(instant.InZone(zone).ToOffsetDateTime());

    /// <summary>A CSV cell that a spreadsheet takes as text: quoted where needed, formulas defused.</summary>
    private static string Cell(string value)
    {
        var safe = value.Length > 0 && "=+-@\t\r".Contains(value[0]) ? "'" + value : value;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }

    private static Task WriteLines(PlanRequest request, string name, IEnumerable<string> lines, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(Path.Combine(request.Out.FullName, name), lines, cancellationToken);
}
