using System.Diagnostics;
using Wfm.Api.Telemetry;

namespace Wfm.Api.Jobs;

/// <summary>One attempt at a job, measured and traced.</summary>
internal sealed class JobMetrics : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _kind;
    private readonly Activity? _trace;

    private JobMetrics(Job job)
    {
        _kind = job.Kind;
        _trace = WfmMetrics.Traces.StartActivity($"job {job.Kind}");
        _trace?.SetTag("wfm.job.id", job.Id).SetTag("wfm.job.kind", job.Kind).SetTag("wfm.job.attempt", job.Attempt).SetTag("wfm.hub.id", job.HubId);
    }

    public static JobMetrics Begin(Job job)
    {
        if (job is { Attempt: 1, StartedAt: { } started })
        {
            WfmMetrics.JobWait.Record(Math.Max(0, (started - job.RequestedAt).TotalSeconds), new KeyValuePair<string, object?>("kind", job.Kind));
        }

        return new JobMetrics(job);
    }

    /// <param name="state">Queued when it is tried again.</param>
    public void End(JobState state)
    {
        var outcome = state.ToString().ToLowerInvariant();
        WfmMetrics.JobRun.Record(
            Stopwatch.GetElapsedTime(_start).TotalSeconds, new KeyValuePair<string, object?>("kind", _kind),
            new KeyValuePair<string, object?>("outcome", outcome));
        _trace?.SetTag("wfm.job.outcome", outcome).SetStatus(state == JobState.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }

    public void Dispose() => _trace?.Dispose();
}
