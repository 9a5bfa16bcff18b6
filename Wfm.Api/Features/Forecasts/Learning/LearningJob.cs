using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Forecasts.Learning;

/// <param name="HorizonDays">Days that the forecasts reach.</param>
/// <param name="CutOff">As if the histories ended here; null for the end of the data.</param>
public sealed record LearningArguments(int HorizonDays, Instant? CutOff = null);

/// <summary>The step of a night that trains models across the operation, where this week's are not there yet.</summary>
public sealed class LearningJob(WfmDbContext db, VolumeHistory volumes, OperationLearning learning) : IJobHandler
{
    public static string Kind => "learning";

    public static JobPriority Priority => JobPriority.Nightly;

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<LearningArguments>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        var series = await db.Series.AsNoTracking().Where(s => s.HubId == hub.Id).Select(s => new { s.Id, s.IntervalMinutes })
            .ToListAsync(cancellationToken);
        var last = await volumes.LastInterval(series.ConvertAll(s => s.Id), cancellationToken);
        var said = new List<string>();
        foreach (var minutes in series.Where(s => last.ContainsKey(s.Id)).GroupBy(s => s.IntervalMinutes).OrderBy(g => g.Key))
        {
            var end = minutes.Max(s => last[s.Id]) + Duration.FromMinutes(minutes.Key);
            var week = OperationLearning.WeekOf(Instant.Min(end, arguments.CutOff ?? end).InZone(hub.Zone).Date);
            said.Add(
                await learning.Train(week, minutes.Key, arguments.HorizonDays, cancellationToken) is { } count
                    ? $"learned across {count} series of {minutes.Key} minutes"
                    : $"this week's models of {minutes.Key} minutes are there");
        }

        job.Progress.Report(1, string.Join("; ", said));
        return null;
    }
}
