using System.Diagnostics;
using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;

namespace Wfm.Api.Commands.Plan;

/// <summary>What a plan leaves behind: three CSV files and a report, also printed.</summary>
internal static class PlanReport
{
    private static readonly double[] Levels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
    private static readonly OffsetDateTimePattern Local = OffsetDateTimePattern.Rfc3339;

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
            .AppendLine("## Forecast")
            .AppendLine("WAPE = Σ|error| ÷ Σ volume, per interval; beside it that of copying the last week known then. Held back: the last days were hidden, forecast once and compared.")
            .AppendLine("Rolling origins: the same from several earlier days; one look back can be lucky or unlucky, this is the figure to judge by.").AppendLine()
            .AppendLine("| series | held back | WAPE | copy of last week | bias | in 95 % interval | rolling origins | WAPE | copy of last week | models |").AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (var plan in planned)
        {
            var models = string.Join(", ", plan.Forecast.Models.Where(m => m.Weight > 0.05).Take(3).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Model} {m.Weight:P0}")));
            var held = plan.HeldBack is { } h
                ? string.Create(CultureInfo.InvariantCulture, $"{h.Days} days | {h.Wape:P2} | {h.SeasonalNaiveWape:P2} | {h.Bias:P1} | {h.Coverage95:P1}")
                : "too short to hold any back | | | |";
            var test = plan.Forecast.Backtest;
            var rolling = test.Origins > 0 && test.Overall.Observations > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{test.Origins} | {test.Overall.Wape:P2} | {test.SeasonalNaive.Wape:P2}")
                : "too short for any | |";
            text.AppendLine($"| {Name(plan)} | {held} | {rolling} | {models} |");
        }

        text.AppendLine().AppendLine("## Requirement and roster").AppendLine(CultureInfo.InvariantCulture, $"Shrinkage {request.ShrinkageFraction:P0}; {Promise(request)}.").AppendLine()
            .AppendLine("Heads are people on duty, breaks not counted, mean over open hours; P90 is enough with a probability of 90 %. The roster is made for P80 by an assumed team:")
            .AppendLine("seven people in ten work 37.5 hours a week, three 20 hours. Coverage = Σ min(scheduled, required) ÷ Σ required; over = scheduled beyond it ÷ required.").AppendLine()
            .AppendLine("| series | P50 mean heads | P50 peak | P90 mean | P90 peak | team | roster | shifts | coverage | over | rules broken | weeks below contract hours |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var (plan, problem, result) in rosters)
        {
            var summary = RosterRows.Summarise(problem, result);
            var (p50, p90) = (plan.Requirements[0].Heads, plan.Requirements[^1].Heads);
            var unmet = result.Violations.Count(v => !v.Kind.IsHard);
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {Name(plan)} | {MeanOpen(p50, plan.Open):0.0} | {p50.Max():0} | {MeanOpen(p90, plan.Open):0.0} | {p90.Max():0} | {problem.Agents.Count} | {LocalDatePattern.Iso.Format(problem.Start)}, {problem.Days} days | {result.Shifts.Count} | {summary.Coverage:P1} | {summary.OverHours / Math.Max(1, summary.RequiredHours):P1} | {result.Violations.Count - unmet} | {unmet} |");
        }

        if (rosters.Count < planned.Length)
        {
            text.AppendLine().AppendLine("Daily and weekly series are forecast only: heads within a day need intervals of an hour or less.");
        }

        foreach (var (plan, problem, result) in rosters.Where(r => r.Result.Uncovered.Count > 0))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Largest of {result.Uncovered.Count} gaps of {Name(plan)}, and where its {problem.Agents.Count} people are at the deepest point:").AppendLine();
            foreach (var gap in result.Uncovered.OrderByDescending(g => g.HeadHours).Take(3))
            {
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"* {gap.HeadHours:0.0} head-hours from {Text(gap.Start, request.Zone)} to {Text(gap.End, request.Zone)}, at most {gap.DeepestGap:0.#} heads at once. {string.Join(" ", gap.Reasons.Select(r => $"{r.Agents}: {r.Message}"))}");
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

    /// <summary>The id as a cell of a Markdown table.</summary>
    private static string Name(SeriesPlan plan) => plan.Series.Id.Replace("|", "\\|").ReplaceLineEndings(" ");

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
