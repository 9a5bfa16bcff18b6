using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Commands;

/// <summary>Hands in jobs for a command and waits for them.</summary>
/// <param name="owner">Whose jobs they are.</param>
internal sealed class CommandJobs(IServiceProvider services, string owner)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task<Guid> Submit<THandler>(Hub hub, object arguments, CancellationToken cancellationToken)
        where THandler : IJobHandler
    {
        await using var scope = services.CreateAsyncScope();
        var jobs = scope.ServiceProvider.GetRequiredService<JobQueue>();
        return (await jobs.Submit<THandler>(arguments, hub.Id, new JobOwner(owner), null, cancellationToken)).Id;
    }

    /// <param name="tell">Told how far it is: the job, and its step that runs.</param>
    /// <returns>The job when it has ended.</returns>
    public async Task<Job> Wait(Guid id, CancellationToken cancellationToken, Action<Job, Job?>? tell = null)
    {
        while (true)
        {
            await using var scope = services.CreateAsyncScope();
            var rows = await scope.ServiceProvider.GetRequiredService<WfmDbContext>().Jobs.AsNoTracking().Where(j => j.Id == id || j.ParentId == id)
                .ToListAsync(cancellationToken);
            var job = rows.Single(j => j.Id == id);
            if (job.IsFinished)
            {
                return job;
            }

            tell?.Invoke(job, rows.Find(j => j.ParentId == id && j.State == JobState.Running));
            await Task.Delay(Look, cancellationToken);
        }
    }
}
