using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Rosters;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Commands.Plan;

/// <summary>What a plan leaves behind: three CSV files and a report, also printed.</summary>
internal static class PlanReport
{
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
    private static readonly OffsetDateTimePattern Local = OffsetDateTimePattern.GeneralIso;

    public static async Task Write(
        PlanRequest request, PlanVolumes volumes, SeriesPlan[] planned, List<(SeriesPlan Plan, RosterProblem Problem, RosterResult Result)> rosters, Stopwatch watch, TextWriter output,
        CancellationToken cancellationToken)
    {
        await WriteLines(request, "forecast.csv", Forecast(planned, request.Zone), cancellationToken);
        await WriteLines(request, "requirement.csv", Requirement(planned, request.Zone), cancellationToken);
        await WriteLines(request, "roster.csv", Roster(rosters, request.Zone), cancellationToken);
        await WriteLines(request, "rejected.csv", volumes.Rejected.Select(r => $"{r.Line},{Cell(r.Field)},{Cell(r.Value)},{Cell(r.Reason)}").Prepend("line,field,value,reason"), cancellationToken);
        var report = Report(request, volumes, planned, rosters, watch.Elapsed);
        await WriteLines(request, "report.md", [report], cancellationToken);
        await output.WriteLineAsync(report);
        await output.WriteLineAsync($"Written to {request.Out.FullName}: forecast.csv, requirement.csv, roster.csv, rejected.csv, report.md");
    }

    private static string Report(
        PlanRequest request, PlanVolumes volumes, SeriesPlan[] planned, List<(SeriesPlan Plan, RosterProblem Problem, RosterResult Result)> rosters, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Plan of {request.Volumes.Name}, {request.HorizonDays} days").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{volumes.Rows:N0} rows read, {volumes.Rejected.Count} left out (see rejected.csv).").AppendLine()
            .AppendLine("## Forecast").AppendLine("Held back and compared: WAPE = Σ|error| ÷ Σ volume, per interval.").AppendLine()
            .AppendLine("| series | held back | WAPE | copy of last week | better by | bias | in 95 % interval | models |").AppendLine("|---|---|---|---|---|---|---|---|");
        foreach (var plan in planned)
        {
            var models = string.Join(", ", plan.Forecast.Models.Where(m => m.Weight > 0.05).Take(3).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Model} {m.Weight:P0}")));
            text.AppendLine(plan.HeldBack is { } h
                ? string.Create(CultureInfo.InvariantCulture, $"| {plan.Series.Id} | {h.Days} days | {h.Wape:P2} | {h.SeasonalNaiveWape:P2} | {1 - (h.Wape / h.SeasonalNaiveWape):P1} | {h.Bias:P1} | {h.Coverage95:P1} | {models} |")
                : $"| {plan.Series.Id} | too short to hold any back | | | | | | {models} |");
        }

        text.AppendLine().AppendLine("## Requirement and roster").AppendLine(CultureInfo.InvariantCulture, $"Shrinkage {request.ShrinkageFraction:P0}; {Promise(request)}.").AppendLine()
            .AppendLine("| series | P50 mean heads | P50 peak | P90 mean | P90 peak | team | shifts | coverage at P80 | over | rules broken | contract hours unmet |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (plan, problem, result) in rosters)
        {
            var summary = RosterRows.Summarise(problem, result);
            var (p50, p90) = (plan.Requirements[0].Heads, plan.Requirements[^1].Heads);
            var unmet = result.Violations.Count(v => v.Rule == "contract-minimum-hours");
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {plan.Series.Id} | {MeanOpen(p50, plan.Open):0.0} | {p50.Max():0} | {MeanOpen(p90, plan.Open):0.0} | {p90.Max():0} | {problem.Agents.Count} | {result.Shifts.Count} | {summary.Coverage:P1} | {summary.OverHours / Math.Max(1, summary.RequiredHours):P1} | {result.Violations.Count - unmet} | {unmet} |");
        }

        if (rosters.Count < planned.Length)
        {
            text.AppendLine().AppendLine("Daily and weekly series are forecast only: heads within a day need intervals of an hour or less.");
        }

        foreach (var (plan, _, result) in rosters)
        {
            foreach (var gap in result.Uncovered.Take(3))
            {
                text.AppendLine().Append(CultureInfo.InvariantCulture,
                    $"* {plan.Series.Id}: {gap.HeadHours:0.0} head-hours missing from {Text(gap.Start, request.Zone)} to {Text(gap.End, request.Zone)}. {string.Join(" ", gap.Reasons.Select(r => $"{r.Agents}: {r.Message}"))}");
            }
        }

        return text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Time used: {elapsed.TotalSeconds:0.0} s.").ToString();
    }

    private static string Promise(PlanRequest request) => string.Create(CultureInfo.InvariantCulture, $"{(request.TurnaroundMinutes is { } minutes
        ? $"all work done within {minutes} minutes" : $"{request.ServiceLevel:P0} answered within {request.ThresholdSeconds} s")}, handle time {request.AhtSeconds} s where the file has none");

    private static IEnumerable<string> Forecast(SeriesPlan[] planned, DateTimeZone zone) =>
        planned.SelectMany(p =>
        {
            var curves = Array.ConvertAll(Levels, p.Forecast.Quantile);
            return Enumerable.Range(0, p.Forecast.Horizon).Where(i => p.Open[i]).Select(i => string.Create(CultureInfo.InvariantCulture,
                $"{Cell(p.Series.Id)},{Text(p.Forecast.Grid.InstantAt(p.Forecast.Start, i), zone)},{p.Forecast.Mean[i]:0.###},{string.Join(',', curves.Select(c => c[i].ToString("0.###", CultureInfo.InvariantCulture)))},{p.AhtSeconds[i]:0.#}"));
        }).Prepend($"series_id,interval_start,mean,{string.Join(',', Levels.Select(l => $"p{l * 100:00}"))},aht_seconds");

    private static IEnumerable<string> Requirement(SeriesPlan[] planned, DateTimeZone zone) =>
        planned.SelectMany(p => p.Requirements.SelectMany(r => Enumerable.Range(0, r.Heads.Length).Where(i => p.Open[i]).Select(i =>
        {
            var w = r.Waterfall;
            return string.Create(CultureInfo.InvariantCulture,
                $"{Cell(p.Series.Id)},{Text(p.Forecast.Grid.InstantAt(p.Forecast.Start, i), zone)},{r.RiskLevel},{w.Volume[i]:0.###},{w.Workload[i]:0.###},{w.DeferralMargin[i]:0.###},{w.QueueingMargin[i]:0.###},{w.OccupancyMargin[i]:0.###},{w.MinimumMargin[i]:0.###},{w.ShrinkageMargin[i]:0.###},{w.Rounding[i]:0.###},{r.Heads[i]:0.###}");
        }))).Prepend("series_id,interval_start,risk_level,volume,workload,deferral,queueing,occupancy,minimum,shrinkage,rounding,heads");

    private static IEnumerable<string> Roster(List<(SeriesPlan Plan, RosterProblem Problem, RosterResult Result)> rosters, DateTimeZone zone) =>
        rosters.SelectMany(r => r.Result.Shifts.Select(s => string.Create(CultureInfo.InvariantCulture,
            $"{Cell(s.AgentId)},{LocalDatePattern.Iso.Format(s.Date)},{s.Template},{Text(s.Start, zone)},{Text(s.End, zone)},{s.Paid.TotalMinutes:0},{string.Join(';', s.Activities.Select(a => $"{a.Kind}@{Text(a.Start, zone)}"))}")))
            .Prepend("agent,date,template,start,end,paid_minutes,activities");

    private static double MeanOpen(double[] heads, bool[] open) => heads.Where((_, i) => open[i]).DefaultIfEmpty().Average();

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
