using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Simulation;

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

        var options = Options(arguments, input);
        var service = await simulator.Simulate(
            input.Work, new ServiceOptions(options.Seed, options.Replications, options.Confidence, Duration.FromHours(options.WarmUpHours), options.Shrinkage),
            new ReplicationSteps(job.Progress, options.Replications), cancellationToken);
        db.ServiceChecks.Add(ToRow(input, options, service, job.Id, clock.GetCurrentInstant()));
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return result;
    }

    private static ServiceCheckOptions Options(ServiceCheckArguments arguments, ServiceInput input)
    {
        var affordable = (int)Math.Min(int.MaxValue, arguments.MaximumContacts / Math.Max(1, input.Work.ExpectedContacts));
        return new ServiceCheckOptions
        {
            Replications = Math.Min(arguments.Replications, Math.Max(ServiceDefaults.FewestReplications, affordable)),
            Seed = arguments.Seed,
            WarmUpHours = arguments.WarmUpHours,
            Shrinkage = arguments.Shrinkage,
            AllSkills = arguments.AllSkills,
            Confidence = ServiceDefaults.Confidence,
        };
    }

    private static ServiceCheck ToRow(ServiceInput input, ServiceCheckOptions options, RosterService service, Guid jobId, Instant now)
    {
        var queues = input.Queues.Select((queue, q) => ToResult(queue, input, options, service.Report.Queues[q], service.Days[q])).ToList();
        var legal = queues.Where(q => q.Goal.LegalClock).ToList();
        return new ServiceCheck
        {
            RosterId = input.Roster.Id,
            Options = options,
            Queues = queues,
            CreatedAt = now,
            JobId = jobId,
            Summary = new ServiceCheckSummary
            {
                Queues = queues.Count,
                QueuesMeetingGoal = queues.Count(q => q.ProbabilityGoalMet.Mean >= input.Roster.RiskLevel),
                ProbabilityEveryGoalMet = Probability.Of(service.Report.Total.ProbabilityGoalMet, options.Replications),
                LegalClocks = legal.Count,
                LowestLegalProbability = legal.Count == 0 ? null : legal.Min(q => q.ProbabilityNoBreach!.Mean),
                WorstQueue = queues.OrderBy(q => q.ProbabilityGoalMet.Mean).ThenBy(q => (q.ServiceLevel ?? q.Turnaround)?.Mean ?? 1).First().Queue,
                Occupancy = service.Report.Total.Occupancy?.Mean,
                OvertimeHours = service.Report.OvertimeHours.Mean,
                Contacts = service.Report.Contacts,
                CheckedAt = now,
            },
        };
    }

    private static QueueServiceResult ToResult(WorkQueue queue, ServiceInput input, ServiceCheckOptions options, QueueService s, IReadOnlyList<DayService> days)
    {
        var deferrable = queue.Kind == WorkKind.Deferrable;
        List<QueueServiceDay> byDay = [.. days.Select((d, i) => new QueueServiceDay(input.Dates[i], d.Offered.Mean, d.InTime?.Mean, d.ProbabilityMet))];
        return new QueueServiceResult
        {
            Queue = queue.Code,
            Group = queue.SkillGroup,
            Kind = queue.Kind,
            Goal = queue.Goal,
            ProbabilityGoalMet = Probability.Of(s.ProbabilityGoalMet, options.Replications),
            ProbabilityNoBreach = deferrable ? Probability.Of(1 - s.ProbabilityOfBreach, options.Replications) : null,
            Offered = s.Offered.Mean,
            ServiceLevel = Interval(s.ServiceLevel),
            AsaSeconds = Interval(s.AsaSeconds),
            Abandonment = Interval(s.Abandonment),
            Turnaround = Interval(s.Attainment),
            Breaches = deferrable ? Interval(s.Breaches) : null,
            FirstBreach = deferrable && s.FirstBreach is { } first ? input.Work.Window.Start + Duration.FromSeconds(Math.Floor(first.TotalSeconds)) : null,
            Occupancy = Interval(s.Occupancy),
            Backlog = Interval(s.Left),
            WorstDay = byDay.Where(d => d.InTime is not null).OrderBy(d => d.InTime).ThenBy(d => d.Date).FirstOrDefault(),
            Days = byDay,
        };
    }

    private static MeanEstimate? Interval(Estimate? e) => e is { } x ? new MeanEstimate(x.Mean, x.Mean - x.HalfWidth, x.Mean + x.HalfWidth) : null;

    /// <summary>What the simulation says, on the job.</summary>
    private sealed class ReplicationSteps(JobProgress progress, int replications) : IProgress<int>
    {
        public void Report(int value) => progress.Report(0.1 + (0.85 * value / replications), $"simulated {value} of {replications} replications");
    }
}
