using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes;

public sealed record ImportCheckArguments;

/// <summary>Before a night is spent on fitting: is there data, and how fresh is it?</summary>
public sealed class ImportCheckJob(WfmDbContext db, VolumeHistory volumes) : IJobHandler
{
    public static string Kind => "import-check";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var series = await db.Series.AsNoTracking().Include(s => s.Queue).Where(s => s.HubId == hub.Id).ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(series.Select(s => s.Id).ToArray(), cancellationToken);
        if (last.Count == 0)
        {
            throw new JobFailedException($"Hub '{hub.Code}' has no volumes yet; import some with POST /api/v1/volumes:import.");
        }

        var newest = last.Values.Max();
        var behind = series.Where(s => !last.TryGetValue(s.Id, out var end) || newest - end > Duration.FromDays(1)).Select(s => s.Queue!.Code)
            .Order(StringComparer.Ordinal).ToList();
        job.Progress.Report(1, behind.Count == 0
            ? $"{series.Count} series, all up to {newest}"
            : $"{series.Count} series up to {newest}; more than a day behind: {string.Join(", ", behind)}");
        return $"/api/v1/volumes/quality?hub={hub.Code}";
    }
}
