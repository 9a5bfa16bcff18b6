using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;

namespace Wfm.Api.Features.Rosters.Service;

/// <param name="Replications">Most replications.</param>
/// <param name="MaximumContacts">Work limit: fewer replications are made, but at least ten, where more contacts would have to be simulated.</param>
public sealed record ServiceCheckArguments(
    Guid RosterId, int Replications = ServiceDefaults.Replications, int Seed = 1, double WarmUpHours = ServiceDefaults.WarmUpHours, bool Shrinkage = true,
    bool AllSkills = false, long MaximumContacts = ServiceDefaults.MaximumContacts);

internal static class ServiceDefaults
{
    public const int Replications = 40;
    public const int FewestReplications = 10;
    public const double WarmUpHours = 24;
    public const long MaximumContacts = 2_000_000; // a second or two of one core
    public const double Confidence = 0.95;
}

/// <summary>Simulates the service a stored roster delivers, and keeps the result beside it.</summary>
internal sealed class ServiceCheckJob(WfmDbContext db, ServiceScenarioBuilder builder, HubService simulator, IClock clock) : IJobHandler
{
    public static string Kind => "service";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<ServiceCheckArguments>();
        var result = $"/api/v1/rosters/{arguments.RosterId}/service";
        if (await db.ServiceChecks.AnyAsync(c => c.JobId == job.Id, cancellationToken))
        {
            return result; // stored before the worker died
        }

        job.Progress.Report(0.02, "reading roster and forecast");
        var input = await builder.Read(arguments.RosterId, arguments.AllSkills, arguments.Seed, cancellationToken);
        if (input.Work.People.Count == 0)
        {
            throw new JobFailedException("The roster has no shifts; there is no service to simulate.");
        }

        if (Duration.FromHours(arguments.WarmUpHours) >= input.Work.Window.End - input.Work.Window.Start)
        {
            throw new JobFailedException($"A warm-up of {arguments.WarmUpHours} hours leaves nothing of the roster's {input.Roster.Days} days.");
        }

        var options = ServiceCheckRows.Options(arguments, input);
        var service = await simulator.Simulate(
            input.Work, ServiceCheckRows.Simulated(options), new ReplicationSteps(job.Progress, options.Replications), cancellationToken);
        db.ServiceChecks.Add(ServiceCheckRows.From(input, options, service, job.Id, clock.GetCurrentInstant()));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return result;
    }

    /// <summary>What the simulation says, on the job.</summary>
    private sealed class ReplicationSteps(JobProgress progress, int replications) : IProgress<int>
    {
        public void Report(int value) => progress.Report(0.1 + (0.85 * value / replications), $"simulated {value} of {replications} replications");
    }
}
