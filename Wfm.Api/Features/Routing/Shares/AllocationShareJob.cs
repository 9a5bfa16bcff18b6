using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Routing.Shares;

/// <param name="AllocationId">The allocation.</param>
public sealed record AllocationShareArguments(Guid AllocationId);

/// <summary>Makes a requirement for each hub of its share of an allocation, to be rostered like any other.</summary>
internal sealed class AllocationShareJob(WfmDbContext db, AllocationInputs inputs, ComputeSlots slots, IClock clock) : IJobHandler
{
    public static string Kind => "allocation-shares";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var id = job.Arguments<AllocationShareArguments>().AllocationId;
        if (await db.Requirements.AnyAsync(r => r.JobId == job.Id, cancellationToken))
        {
            return Address(id); // stored before the worker died
        }

        job.Progress.Report(0.05, "reading forecasts and people of all hubs");
        var run = await db.Allocations.AsNoTracking().SingleAsync(a => a.Id == id, cancellationToken);
        var input = await inputs.Read(run.Question, cancellationToken);
        if (input.Forecasts.FirstOrDefault(f => run.Data.Forecasts.GetValueOrDefault(f.Key) != f.Value) is { Key: { } other })
        {
            throw new JobFailedException($"Hub '{other}' has another forecast in force than the one that was allocated; allocate anew.");
        }

        job.Progress.Report(0.3, "splitting the work");
        var shares = await slots.Run(() => AllocationShares.Of(input, run.Data, run.Question.RiskLevel, cancellationToken), cancellationToken);
        job.Progress.Report(0.8, "storing");
        var hubs = await db.Hubs.AsNoTracking().Where(h => run.Hubs.Contains(h.Code)).OrderBy(h => h.Code).ToListAsync(cancellationToken);
        var series = await db.Series.AsNoTracking().Include(s => s.Queue).OrderBy(s => s.Id).ToListAsync(cancellationToken);
        db.Requirements.AddRange(
            hubs.Where(h => shares.GetValueOrDefault(h.Code) is { Count: > 0 }).Select(h => Requirement(h, shares[h.Code], run, input, series, job.Id)));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return Address(id);
    }

    private static string Address(Guid id) => $"/api/v1/allocations/{id}/rosters";

    private RequirementRun Requirement(
        Hub hub, List<SharedCurve> shares, AllocationRun run, AllocationInput input, List<Series> series, Guid jobId)
    {
        var requirement = new RequirementRun
        {
            HubId = hub.Id,
            ForecastRunId = run.Data.Forecasts[hub.Code],
            RiskLevels = [run.Question.RiskLevel],
            Paths = run.Question.Paths,
            Seed = run.Question.Seed,
            CreatedAt = clock.GetCurrentInstant(),
            JobId = jobId,
            AllocationId = run.Id,
        };
        var minutes = input.Works[0].Work.Span.Grid.Minutes;
        foreach (var (queue, curve) in shares)
        {
            // A hub may be asked for work that never arrives there: the series of another hub says which queue it is.
            var mine = series.FindAll(s => s.Queue!.Code == queue);
            requirement.Series.Add(new SeriesRequirement
            {
                RequirementRunId = requirement.Id,
                SeriesId = (mine.Find(s => s.HubId == hub.Id) ?? mine[0]).Id,
                RiskLevel = curve.RiskLevel,
                Start = input.Window.Start,
                IntervalMinutes = minutes,
                TimeZone = IntervalGrid.Of(minutes, hub.Zone).Zone.Id,
                Heads = curve.Heads,
                Waterfall = WaterfallRow.Flatten(curve.Waterfall),
                DueHours = curve.DueHours,
                ArrivedHours = curve.ArrivedHours,
            });
        }

        requirement.Skipped.AddRange(input.Skipped.Select(s => new SkippedSeries("", s)));
        return requirement;
    }
}
