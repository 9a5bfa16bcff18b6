using System.Text.Json;
using NodaTime;
using Wfm.Api.Json;
using Wfm.Api.Persistence;

namespace Wfm.Api.Jobs;

/// <summary>Where a job is: waiting for a worker, with one, or ended in one of three ways.</summary>
public enum JobState { Queued, Running, Succeeded, Failed, Cancelled }

/// <summary>A long operation as a row that everybody with the permission can see.</summary>
public sealed class Job
{
    public Guid Id { get; init; } = SequentialId.Next();

    /// <summary>Which handler runs it.</summary>
    public required string Kind { get; init; }

    /// <summary>The handler's arguments as JSON.</summary>
    public required string Arguments { get; init; }
    public Guid? HubId { get; init; }

    /// <summary>The chain this job is a step of.</summary>
    public Guid? ParentId { get; init; }
    public JobState State { get; set; } = JobState.Queued;

    /// <summary>0 … 1.</summary>
    public double Progress { get; set; }

    /// <summary>What it is doing, in words.</summary>
    public string? Step { get; set; }

    /// <summary>Name of the key or schedule that asked for it.</summary>
    public required string Owner { get; init; }

    /// <summary>The key that asked for it and in whose quota it counts; null for a schedule.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>Path of what it made.</summary>
    public string? Result { get; set; }
    public string? Error { get; set; }

    /// <summary>At most one unfinished job has the same key.</summary>
    public string? DeduplicationKey { get; init; }
    public bool CancelRequested { get; set; }

    /// <summary>The engine's message that brings the row to a worker; null before it is handed in.</summary>
    public string? MessageId { get; set; }

    /// <summary>How often a worker took it up; what a worker hands back when it shuts down does not count.</summary>
    public int Attempt { get; set; }
    public Instant RequestedAt { get; init; }
    public Instant? StartedAt { get; set; }

    /// <summary>When it is tried again after an attempt that broke; null when it does not wait for that.</summary>
    public Instant? RetryAt { get; set; }
    public Instant? FinishedAt { get; set; }

    /// <summary>Last sign of life of the worker; a running job without one is taken up again.</summary>
    public Instant? HeartbeatAt { get; set; }
    public int Version { get; set; } = 1;

    /// <summary>Arguments as rows keep them; <see cref="JobContext.Arguments{T}"/> reads them back.</summary>
    public static string Serialize(object arguments) => JsonSerializer.Serialize(arguments, arguments.GetType(), WfmJson.Options);

    /// <summary>Id at the end of the result's path, of jobs that make one thing.</summary>
    public Guid ResultId() => Guid.Parse(Result!.Split('/')[^1]);

    public bool IsFinished => State is JobState.Succeeded or JobState.Failed or JobState.Cancelled;
}
