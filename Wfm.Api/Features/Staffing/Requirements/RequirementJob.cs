using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

public sealed record RequirementArguments(Guid ForecastId, double[] RiskLevels, int Paths, int Seed);

/// <summary>Turns a stored forecast into heads required at each risk level, series by series.</summary>
public sealed class RequirementJob(WfmDbContext db, VolumeHistory volumes, HubStaffer staffer, IClock clock) : IJobHandler
{
    public static string Kind => "requirement";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.Requirements.Where(r => r.JobId == job.Id).Select(r => (Guid?)r.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/requirements/{made}"; // stored before the worker died
        }

        var arguments = job.Arguments<RequirementArguments>();
        var forecast = await db.Forecasts.AsNoTracking().Include(f => f.Series).ThenInclude(s => s.Series).ThenInclude(s => s!.Queue).AsSplitQuery()
            .SingleOrDefaultAsync(f => f.Id == arguments.ForecastId, cancellationToken)
            ?? throw new JobFailedException($"There is no forecast '{arguments.ForecastId}'.");
        if (forecast.Content != ForecastContent.Whole)
        {
            throw new JobFailedException($"Forecast '{forecast.Id}' was superseded long ago and is kept to be judged by alone; take a newer one.");
        }

        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == forecast.HubId, cancellationToken);
        var layers = await db.AdjustmentsOf(forecast.Id, cancellationToken);
        var run = new RequirementRun
        {
            HubId = hub.Id,
            ForecastRunId = forecast.Id,
            RiskLevels = arguments.RiskLevels,
            Paths = arguments.Paths,
            Seed = arguments.Seed,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = job.Id,
        };

        var rows = forecast.Series.OrderBy(s => s.SeriesId).ToList();
        var open = await volumes.OpenAt(
            rows.Where(row => row.Series!.Queue!.Kind == WorkKind.Deferrable).Select(row => (row.SeriesId, row.Start)),
            cancellationToken);
        var forecasts = rows.ConvertAll(row =>
            row.With(layers[row.SeriesId]).ToForecasted(run.Seed) with
            {
                OpeningBacklog = open.GetValueOrDefault(row.SeriesId),
            });
        var requirement = await staffer.Staff(
            hub.ToPlanned(), forecasts, run.RiskLevels, run.Paths, run.Seed,
            done => job.Progress.Report(0.9 * done / rows.Count, $"staffed {done} of {rows.Count} series"), cancellationToken);
        run.Series.AddRange(requirement.Queues.SelectMany(queue => queue.Curves.Select(curve => ToRow(queue, run, curve))));
        run.Skipped.AddRange(requirement.Skipped.Select(s => new SkippedSeries(s.Queue, s.Reason)));
        db.Requirements.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return $"/api/v1/requirements/{run.Id}";
    }

    private static SeriesRequirement ToRow(StaffedQueue queue, RequirementRun run, RequirementCurve curve) => new()
    {
        RequirementRunId = run.Id,
        SeriesId = queue.Key,
        RiskLevel = curve.RiskLevel,
        Start = queue.Span.Start,
        IntervalMinutes = queue.Span.Grid.Minutes,
        TimeZone = queue.Span.Grid.Zone.Id,
        OpeningBacklogHours = queue.OpeningBacklogHours,
        Heads = curve.Heads,
        Waterfall = WaterfallRow.Flatten(curve.Waterfall),
        DueHours = curve.DueHours,
        ArrivedHours = curve.ArrivedHours,
        Breach = curve.FirstBreach is { } breach ? Describe(breach, queue.Span.Start) : null,
    };

    private static string Describe(StaffingBreach breach, Instant start) =>
        breach.Reason switch
        {
            BreachReason.OverdueAtStart => $"{breach.Hours:0.#} hours of work are overdue at the start.",
            BreachReason.DueWhileClosed =>
                $"{breach.Hours:0.#} hours of work arrive and fall due while closed, first at {start + breach.Offset}; no staffing of the open hours meets it.",
            _ => $"{breach.Hours:0.#} hours of work miss their deadline, first at {start + breach.Offset}.",
        };
}
