using Microsoft.AspNetCore.Http.HttpResults;

namespace Wfm.Api.Jobs;

/// <summary>The answer to a request for long work; Location is the job.</summary>
/// <param name="JobId">Identity of the job.</param>
/// <param name="Job">Path of the job, to be polled until its state is succeeded, failed or cancelled.</param>
public sealed record JobAccepted(Guid JobId, string Job)
{
    public static AcceptedAtRoute<JobAccepted> At(Job job) =>
        TypedResults.AcceptedAtRoute(new JobAccepted(job.Id, $"/api/v1/jobs/{job.Id}"), "GetJob", new { id = job.Id });
}
