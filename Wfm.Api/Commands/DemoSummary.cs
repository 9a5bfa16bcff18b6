using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Runs;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Rosters.Runs;
using Wfm.Api.Features.Rosters.Service;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Rosters;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Forecasting;

namespace Wfm.Api.Commands;

/// <summary>What the night gave, hub by hub, read back from the store.</summary>
internal static class DemoSummary
{
    public static async Task Print(IServiceProvider services, List<Job> nights, TextWriter output, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var hubs = new List<HubNight>();
        foreach (var night in nights)
        {
            hubs.Add(await Read(db, night, cancellationToken));
        }

        await output.WriteLineAsync("\nForecast, back-tested at rolling origins (WAPE = Σ|error| ÷ Σ volume per 30 minutes; queues weighted by volume)");
        await output.WriteLineAsync($"  {"hub",-14} {"queues",6} {"WAPE",7} {"copy week",10} {"better by",10} {"bias",7} {"in 80 %",8} {"in 95 %",8}");
        foreach (var hub in hubs.Where(h => h.Forecast is not null))
        {
            var (ours, naive) = (hub.Weighted(d => d.Overall.Wape), hub.Weighted(d => d.SeasonalNaive.Wape));
            await output.WriteLineAsync(
                $"  {hub.Hub.Name,-14} {hub.Forecast!.Series.Count,6} {ours,7:P1} {naive,10:P1} {1 - (ours / naive),10:P1} {hub.Weighted(d => d.Overall.Bias),7:P1} "
                + $"{hub.Weighted(d => d.Overall.Coverage80),8:P1} {hub.Weighted(d => d.Overall.Coverage95),8:P1}");
        }

        await output.WriteLineAsync("\nHeads required (after shrinkage, all queues of a hub together, mean and peak over the horizon) and the draft roster; goals met: queues whose goal the simulated service meets with at least the probability staffed for");
        await output.WriteLineAsync(
            $"  {"hub",-14} {"P50 mean",9} {"P50 peak",9} {"P90 mean",9} {"P90 peak",9} {"agents",7} {"shifts",7} {"coverage",9} {"over",7} {"rules broken",13} {"goals met",10} {"time",6}");
        foreach (var hub in hubs)
        {
            await output.WriteLineAsync(hub.Roster is null
                ? $"  {hub.Hub.Name,-14} {hub.Night.State}: {hub.Night.Error}"
                : $"  {hub.Hub.Name,-14} {hub.Heads(0.5).Mean,9:0.0} {hub.Heads(0.5).Peak,9:0} {hub.Heads(0.9).Mean,9:0.0} {hub.Heads(0.9).Peak,9:0} {hub.Roster.Summary.Agents,7} "
                    + $"{hub.Roster.Summary.Shifts,7} {hub.Roster.Summary.Coverage,9:P1} {hub.Roster.Summary.OverHours / hub.Roster.Summary.RequiredHours,7:P1} "
                    + $"{hub.Roster.Violations.Count(v => v.Hard),13} {hub.GoalsMet,10} {(hub.Night.FinishedAt - hub.Night.StartedAt)?.TotalSeconds,4:0} s");
        }
    }

    private static async Task<HubNight> Read(WfmDbContext db, Job night, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == night.HubId, cancellationToken);
        var steps = await db.Jobs.AsNoTracking().Where(j => j.ParentId == night.Id && j.State == JobState.Succeeded).ToListAsync(cancellationToken);
        Guid? Made(string kind) => steps.Find(s => s.Kind == kind)?.ResultId();
        var (forecast, requirement, roster) = (Made(ForecastJob.Kind), Made(RequirementJob.Kind), Made(RosterJob.Kind));
        return new HubNight(
            hub,
            night,
            await db.Forecasts.AsNoTracking().Include(f => f.Series).SingleOrDefaultAsync(f => f.Id == forecast, cancellationToken),
            await db.Requirements.AsNoTracking().Include(r => r.Series).SingleOrDefaultAsync(r => r.Id == requirement, cancellationToken),
            await db.Rosters.AsNoTracking().SingleOrDefaultAsync(r => r.Id == roster, cancellationToken),
            roster is { } made ? (await db.ServiceOf([made], cancellationToken)).GetValueOrDefault(made) : null);
    }

    private sealed record HubNight(Hub Hub, Job Night, ForecastRun? Forecast, RequirementRun? Requirement, Roster? Roster, ServiceCheckSummary? Service)
    {
        /// <summary>Queues whose goal the simulated roster meets as surely as it was staffed for.</summary>
        public string GoalsMet => Service is null ? "–" : $"{Service.QueuesMeetingGoal} of {Service.Queues}";

        public double Weighted(Func<BacktestReport, double> measure) =>
            Forecast!.Series.Sum(s => s.Mean.Sum() * measure(s.Detail.Backtest)) / Forecast.Series.Sum(s => s.Mean.Sum());

        public (double Mean, double Peak) Heads(double level)
        {
            var curves = Requirement!.Series.Where(s => s.RiskLevel == level).Select(s => s.Heads).ToList();
            var total = Enumerable.Range(0, curves.Min(c => c.Length)).Select(i => curves.Sum(c => c[i])).ToList();
            return (total.Average(), total.Max());
        }
    }
}
