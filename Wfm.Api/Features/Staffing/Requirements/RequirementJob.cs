using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Adjustments;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Staffing;

namespace Wfm.Api.Features.Staffing.Requirements;

public sealed record RequirementArguments(Guid ForecastId, double[] RiskLevels, int Paths, int Seed);

/// <summary>Turns a stored forecast into heads required at each risk level, series by series.</summary>
public sealed class RequirementJob(WfmDbContext db, ComputeSlots slots, IClock clock) : IJobHandler
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

        var done = 0;
        var tasks = forecast.Series.OrderBy(s => s.SeriesId).Select(row => (Row: row, Curves: slots.Run(
            () =>
            {
                var curves = Require(row.With(layers[row.SeriesId], hub.Zone), hub, run);
                job.Progress.Report(0.9 * Interlocked.Increment(ref done) / forecast.Series.Count, $"staffed {done} of {forecast.Series.Count} series");
                return curves;
            },
            cancellationToken))).ToList();
        foreach (var (row, curves) in tasks)
        {
            try
            {
                run.Series.AddRange(await curves);
            }
            catch (ArgumentException e)
            {
                run.Skipped.Add(new SkippedSeries(row.Series!.Queue!.Code, $"Queue '{row.Series.Queue.Code}' cannot be staffed: {e.Message}"));
            }
        }

        db.Requirements.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return $"/api/v1/requirements/{run.Id}";
    }

    internal static List<SeriesRequirement> Require(SeriesForecastRow row, Hub hub, RequirementRun run)
    {
        var curves = QueueWork.Of(row, hub, run.Paths, run.Seed).Curves();
        return [.. run.RiskLevels.Select(level => ToRow(row, run, level, curves(level)))];
    }

    private static SeriesRequirement ToRow(SeriesForecastRow row, RequirementRun run, double level, RequirementCurve curve) => new()
    {
        RequirementRunId = run.Id,
        SeriesId = row.SeriesId,
        RiskLevel = level,
        Start = row.Start,
        IntervalMinutes = row.IntervalMinutes,
        Heads = curve.Heads,
        Waterfall = WaterfallRow.Flatten(curve.Waterfall),
        DueHours = curve.DueHours,
        ArrivedHours = curve.ArrivedHours,
        Breach = curve.FirstBreach is { } breach ? Describe(breach, row) : null,
    };

    private static string Describe(StaffingBreach breach, SeriesForecastRow row) => breach.Reason switch
    {
        BreachReason.OverdueAtStart => $"{breach.Hours:0.#} hours of work are overdue at the start.",
        BreachReason.DueWhileClosed => $"{breach.Hours:0.#} hours of work arrive and fall due while closed, first at {row.Start + breach.Offset}; no staffing of the open hours meets it.",
        _ => $"{breach.Hours:0.#} hours of work miss their deadline, first at {row.Start + breach.Offset}.",
    };
}
