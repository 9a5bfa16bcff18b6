using System.ComponentModel.DataAnnotations;
using NodaTime;
using Wfm.Api.Http;
using Wfm.Api.Jobs;

namespace Wfm.Api.Features.Platform.Jobs;

/// <summary>A nightly chain to run now.</summary>
public sealed record NightlyRequest
{
    /// <summary>Code of the hub.</summary>
    [Required, Code]
    public string Hub { get; init; } = "";
}

/// <summary>A long operation; everybody with the permission sees it, not only who asked for it.</summary>
/// <param name="Id">Id of the job.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Hub">Code of the hub it works for; null for none.</param>
/// <param name="Parent">Id of the chain it is a step of; null for none.</param>
/// <param name="State">Where it is.</param>
/// <param name="Progress">How far it is, 0 to 1.</param>
/// <param name="Step">What it is doing, in words.</param>
/// <param name="Owner">Name of the key or schedule that asked for it.</param>
/// <param name="Attempt">How often a worker took it up; more than 1 after a worker died or an attempt broke on our side; after four it has failed.</param>
/// <param name="CancelRequested">True once somebody asked it to stop.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="StartedAt">When a worker took it up; null before.</param>
/// <param name="RetryAt">When it is tried again after an attempt that broke on our side; null when it does not wait for that.</param>
/// <param name="FinishedAt">When it ended; null before.</param>
/// <param name="Result">Path of what it made; null when there is nothing to look at.</param>
/// <param name="Error">Why it failed, or why it is tried again, in words; null otherwise.</param>
public record JobResponse(
    Guid Id, string Kind, string? Hub, Guid? Parent, JobState State, double Progress, string? Step, string Owner, int Attempt, bool CancelRequested,
    Instant RequestedAt, Instant? StartedAt, Instant? RetryAt, Instant? FinishedAt, string? Result, string? Error)
{
    internal static JobResponse From(Job job, string? hub) => new(
        job.Id, job.Kind, hub, job.ParentId, job.State, job.Progress, job.Step, job.Owner, job.Attempt, job.CancelRequested,
        job.RequestedAt, job.StartedAt, job.RetryAt, job.FinishedAt, job.Result, job.Error);
}

/// <summary>A job with the steps of its chain.</summary>
public sealed record JobDetailResponse : JobResponse
{
    internal JobDetailResponse(JobResponse job, IReadOnlyList<JobResponse> children)
        : base(job) => Children = children;

    /// <summary>Steps of the chain in the order they ran; empty for a job that is no chain.</summary>
    public IReadOnlyList<JobResponse> Children { get; }
}
