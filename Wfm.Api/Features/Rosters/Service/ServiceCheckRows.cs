using NodaTime;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Simulation;

namespace Wfm.Api.Features.Rosters.Service;

/// <summary>A simulated service as a stored row, whether it was checked alone or as the last word of a proof.</summary>
internal static class ServiceCheckRows
{
    private static readonly Duration Week = Duration.FromDays(7);

    /// <summary>How a roster is checked within the work limit.</summary>
    public static ServiceCheckOptions Options(ServiceCheckArguments arguments, ServiceInput input)
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

    /// <summary>The same for the simulator.</summary>
    public static ServiceOptions Simulated(ServiceCheckOptions options) =>
        new(options.Seed, options.Replications, options.Confidence, Duration.FromHours(options.WarmUpHours), options.Shrinkage);

    /// <param name="verdicts">What a proof says of each queue; null for a check alone.</param>
    public static ServiceCheck From(
        ServiceInput input, ServiceCheckOptions options, RosterService service, Guid jobId, Instant now, ProofSummary? proof = null,
        IReadOnlyList<QueueVerdict>? verdicts = null)
    {
        var queues = input.Queues
            .Select((queue, q) => ToResult(queue, input, options, service.Report.Queues[q], service.Days[q]) with { Verdict = verdicts?[q] }).ToList();
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
                LowestLegalProbability = legal.Count == 0 ? null : legal.Min(q => q.ProbabilityGoalMet.Mean),
                WorstQueue = queues.OrderBy(q => q.ProbabilityGoalMet.Mean).ThenBy(q => (q.ServiceLevel ?? q.Turnaround)?.Mean ?? 1).First().Queue,
                Occupancy = service.Report.Total.Occupancy?.Mean,
                OvertimeHours = service.Report.OvertimeHours.Mean,
                Contacts = service.Report.Contacts,
                CheckedAt = now,
                Proof = proof,
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
            BreachesPerWeek = deferrable ? s.Breaches.Mean * (Week / Counted(input, options)) : null,
            JudgedFraction = deferrable ? queue.Goal.ToDeferrable().JudgedFraction : null,
            FirstBreach = deferrable && s.FirstBreach is { } first ? input.Work.Window.Start + Duration.FromSeconds(Math.Floor(first.TotalSeconds)) : null,
            Occupancy = Interval(s.Occupancy),
            Backlog = Interval(s.Left),
            WorstDay = byDay.Where(d => d.InTime is not null).OrderBy(d => d.InTime).ThenBy(d => d.Date).FirstOrDefault(),
            Days = byDay,
        };
    }

    /// <summary>The time whose contacts are counted.</summary>
    private static Duration Counted(ServiceInput input, ServiceCheckOptions options) =>
        input.Work.Window.End - input.Work.Window.Start - Duration.FromHours(options.WarmUpHours);

    private static MeanEstimate? Interval(Estimate? e) => e is { } x ? new MeanEstimate(x.Mean, x.Mean - x.HalfWidth, x.Mean + x.HalfWidth) : null;
}
