using Microsoft.EntityFrameworkCore;
using NodaTime;
using Spectre.Console;
using Wfm.Api.Features.Forecasts.Accuracy;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting;

namespace Wfm.Api.Commands;

/// <summary>What the night gave and what it goes on from, hub by hub, read back from the store.</summary>
internal static class DemoSummary
{
    public static async Task Print(IServiceProvider services, List<Job> nights, IAnsiConsole console, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var hubs = new List<HubNight>();
        foreach (var night in nights)
        {
            hubs.Add(await Read(scope.ServiceProvider, night, cancellationToken));
        }

        PrintRosters(hubs, console);
        console.WriteLine(
            "\nForecast, back-tested at rolling origins (WAPE = Σ|error| ÷ Σ volume per 30 minutes; queues weighted by volume); came true: WAPE of the "
                + "forecast of a week ago against the week since, and that of copying the week before");
        var forecasts = CommandConsole.Figures("hub", "queues", "WAPE", "copy week", "better by", "bias", "in 80 %", "in 95 %", "came true", "copied");
        foreach (var hub in hubs.Where(h => h.Forecast is not null))
        {
            var (ours, naive) = (hub.Weighted(d => d.Overall?.Wape), hub.Weighted(d => d.SeasonalNaive?.Wape));
            forecasts.Add(
                hub.Hub.Name, $"{hub.Forecast!.Series.Count}", $"{ours:P1}", $"{naive:P1}", $"{1 - (ours / naive):P1}",
                $"{hub.Weighted(d => d.Overall?.Bias):P1}",
                $"{hub.Weighted(d => d.Overall?.Coverage80):P1}",
                $"{hub.Weighted(d => d.Overall?.Coverage95):P1}",
                $"{hub.LastWeek?.Published.Wape:P1}",
                $"{hub.LastWeek?.SeasonalNaive.Wape:P1}");
        }

        console.Write(forecasts);
        console.WriteLine(
            "\nHeads required (after shrinkage, all queues of a hub together, mean and peak over the horizon) and the draft roster; goals met: queues "
                + "whose goal the simulated service meets with at least the probability staffed for");
        var rosters = CommandConsole.Figures(
            "hub", "P50 mean", "P50 peak", "P90 mean", "P90 peak", "agents", "shifts", "coverage", "over", "rules broken", "goals met", "time");
        foreach (var hub in hubs.Where(h => h.Roster is not null))
        {
            var summary = hub.Roster!.Summary;
            rosters.Add(
                hub.Hub.Name, $"{hub.Heads(0.5).Mean:0.0}", $"{hub.Heads(0.5).Peak:0}", $"{hub.Heads(0.9).Mean:0.0}", $"{hub.Heads(0.9).Peak:0}",
                $"{summary.Agents}", $"{summary.Shifts}", $"{summary.Coverage:P1}", $"{summary.Figures.SurplusShare:P1}",
                $"{hub.Roster.Violations.Count(v => v.Hard)}",
                hub.GoalsMet, $"{(hub.Night.FinishedAt - hub.Night.StartedAt)?.TotalSeconds:0} s");
        }

        console.Write(rosters);
        GoalTable.Print(hubs.Select(h => (h.Hub, h.Service)), console);
        foreach (var hub in hubs.Where(h => h.Roster is null))
        {
            console.WriteLine($"{hub.Hub.Name} {hub.Night.State}: {hub.Night.Error}");
        }
    }

    private static void PrintRosters(List<HubNight> hubs, IAnsiConsole console)
    {
        console.WriteLine("\nRosters, first and last day: what is published, and the draft that a planner would publish next");
        var table = CommandConsole.Figures("hub", "history to", "published", "shifts", "coverage", "draft", "shifts", "coverage");
        foreach (var hub in hubs)
        {
            string[] Figures(Roster? roster) => roster is null ? ["–", "–", "–"]
                :
                [
                    $"{roster.Start:uuuu-MM-dd} … {roster.Start.PlusDays(roster.Days - 1):MM-dd}", $"{roster.Summary.Shifts}",
                    $"{roster.Summary.Coverage:P1}",
                ];
            var last = hub.Forecast is { } forecast ? $"{hub.Hub.Days.DateOf(forecast.CutOff).PlusDays(-1):uuuu-MM-dd}" : "–";
            table.Add([hub.Hub.Name, last, .. Figures(hub.Published), .. Figures(hub.Roster)]);
        }

        console.Write(table);
    }

    private static async Task<HubNight> Read(IServiceProvider services, Job night, CancellationToken cancellationToken)
    {
        var db = services.GetRequiredService<WfmDbContext>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == night.HubId, cancellationToken);
        var steps = await db.Jobs.AsNoTracking().Where(j => j.ParentId == night.Id && j.State == JobState.Succeeded).ToListAsync(cancellationToken);
        Guid? Made(string kind) => steps.Find(s => s.Kind == kind)?.ResultId();
        var (forecast, requirement) = (Made(ForecastJob.Kind), Made(RequirementJob.Kind));
        Guid? roster = steps.Find(s => s.Kind == RosterProofJob.Kind) is { } proof ? RosterProofJob.RosterOf(proof) : Made(RosterJob.Kind);
        var made = await db.Forecasts.AsNoTracking().Include(f => f.Series).SingleOrDefaultAsync(f => f.Id == forecast, cancellationToken);
        return new HubNight(
            hub,
            night,
            made,
            await db.Requirements.AsNoTracking().Include(r => r.Series).SingleOrDefaultAsync(r => r.Id == requirement, cancellationToken),
            await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roster, cancellationToken),
            await db.ServiceChecks.AsNoTracking().Where(c => c.RosterId == roster).OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken),
            await db.Rosters.AsNoTracking().Where(r => r.HubId == hub.Id && r.State == PublicationState.Published).OrderByDescending(r => r.Publication)
                .FirstOrDefaultAsync(cancellationToken),
            made is null ? null : await LastWeek(db, services.GetRequiredService<VolumeHistory>(), hub, made.CutOff, cancellationToken));
    }

    /// <summary>What the forecasts in force in the seven days before the cut-off were worth.</summary>
    private static async Task<AccuracyGroup> LastWeek(WfmDbContext db, VolumeHistory volumes, Hub hub, Instant cutOff, CancellationToken cancellationToken)
    {
        var range = new ScoredRange(cutOff - Duration.FromDays(7), cutOff);
        var (study, spans) = (new AccuracyStudy(db, volumes, hub), await db.InForce(hub.Id, range, Duration.Zero, cancellationToken));
        foreach (var series in await db.SeriesOf(hub, null, cancellationToken))
        {
            await study.Add(series, range, spans, AccuracyGrouping.Hub, cancellationToken);
        }

        return study.Overall;
    }

    private sealed record HubNight(
        Hub Hub, Job Night, ForecastRun? Forecast, RequirementRun? Requirement, Roster? Roster, ServiceCheck? Service, Roster? Published,
        AccuracyGroup? LastWeek)
    {
        /// <summary>Queues whose goal the simulated roster meets as surely as it was staffed for.</summary>
        public string GoalsMet => Service is null ? "–" : $"{Service.Summary.QueuesMeetingGoal} of {Service.Summary.Queues}";

        /// <summary>Mean of a figure over the queues that have it, by volume; null where none has.</summary>
        public double? Weighted(Func<BacktestReport, double?> measure)
        {
            var known = Forecast!.Series.Select(s => (Volume: s.Mean.Sum(), Figure: measure(s.Detail.Backtest))).Where(s => s.Figure is not null).ToList();
            return known.Count == 0 ? null : known.Sum(s => s.Volume * s.Figure) / known.Sum(s => s.Volume);
        }

        public (double Mean, double Peak) Heads(double level)
        {
            var curves = Requirement!.Series.Where(s => s.RiskLevel == level).Select(s => s.Heads).ToList();
            var total = Enumerable.Range(0, curves.Min(c => c.Length)).Select(i => curves.Sum(c => c[i])).ToList();
            return (total.Average(), total.Max());
        }
    }
}
