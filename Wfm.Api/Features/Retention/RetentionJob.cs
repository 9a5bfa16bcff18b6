using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Features.Retention;

public sealed record RetentionArguments;

/// <summary>Takes away what nobody needs any more, kind by kind.</summary>
internal sealed partial class RetentionJob(
    WfmDbContext db, IEnumerable<IRetention> kinds, RetentionPeriods periods, IClock clock, ILogger<RetentionJob> logger) : IJobHandler
{
    public static string Kind => "retention";

    public static JobPriority Priority => JobPriority.Nightly;

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var (all, told) = (kinds.ToList(), new List<string>());
        foreach (var (i, kind) in all.Index())
        {
            job.Progress.Report((double)i / all.Count, kind.What);
            var limits = new RetentionLimits(clock.GetCurrentInstant(), periods, await Held(cancellationToken));
            var count = await kind.Remove(limits, cancellationToken);
            if (count > 0)
            {
                WfmMetrics.Retired.Add(count, new KeyValuePair<string, object?>("what", kind.What));
                told.Add($"{count} {kind.What}");
            }
        }

        var text = told.Count == 0 ? "nothing" : string.Join(", ", told);
        job.Progress.Report(1, $"went: {text}");
        Went(logger, text);
        return null;
    }

    /// <summary>Whatever unfinished jobs name: forecasts, requirements, rosters they are about to read.</summary>
    private async Task<HashSet<Guid>> Held(CancellationToken cancellationToken)
    {
        var arguments = await db.Jobs.AsNoTracking().Where(j => j.State == JobState.Queued || j.State == JobState.Running).Select(j => j.Arguments)
            .ToListAsync(cancellationToken);
        return [.. arguments.SelectMany(text => Identity().Matches(text)).Select(found => Guid.Parse(found.Value))];
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Identity();

    [LoggerMessage(2020, LogLevel.Information, "Retention took away {What}")]
    private static partial void Went(ILogger logger, string what);
}
