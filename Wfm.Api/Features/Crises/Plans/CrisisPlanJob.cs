using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Crises.Outlook;
using Wfm.Api.Features.Crises.Stored;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling;
using Wfm.Scheduling.Crises;
using Wfm.Scheduling.Editing;

namespace Wfm.Api.Features.Crises.Plans;

/// <param name="CrisisId">The crisis.</param>
/// <param name="From">The moment from which rosters may change.</param>
/// <param name="By">Name of the key that asked.</param>
/// <param name="Request">What to plan for.</param>
public sealed record CrisisPlanArguments(Guid CrisisId, Instant From, string By, PlanCrisisRequest Request);

/// <summary>Plans a crisis over its hubs from their rosters in force, and keeps the plan. No roster is changed.</summary>
internal sealed class CrisisPlanJob(WfmDbContext db, CrisisReader reader, CrisisOutlookDesk outlook, ComputeSlots slots, IClock clock) : IJobHandler
{
    public static string Kind => "crisis-plan";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<CrisisPlanArguments>();
        if (await db.CrisisPlans.Where(p => p.JobId == job.Id).Select(p => (Guid?)p.Id).SingleOrDefaultAsync(cancellationToken) is { } made)
        {
            return Address(arguments.CrisisId, made); // stored before the worker died
        }

        job.Progress.Report(0.02, "reading the rosters in force");
        var crisis = await db.Crises.AsNoTracking().Include(c => c.Hubs).ThenInclude(h => h.Hub)
            .SingleAsync(c => c.Id == arguments.CrisisId, cancellationToken);
        var open = await outlook.Open(crisis, arguments.From, cancellationToken);
        if (open.Count == 0)
        {
            throw new JobFailedException($"None of the crisis's hubs has a published roster over {arguments.From}; there is nobody to plan with.");
        }

        job.Progress.Report(0.2, "reading what came");
        var now = Instant.Min(clock.GetCurrentInstant(), arguments.From);
        var (request, hours) = (arguments.Request, (int)Math.Ceiling((arguments.From - now).TotalHours) + arguments.Request.Hours);
        var facts = await reader.Read(
            crisis, now, hours, [.. request.Surges.Where(s => s.Factor is not null).Select(s => s.Group)], cancellationToken);
        job.Progress.Report(0.3, "planning");
        var stored = await slots.Run(
            () => Plan(arguments, job, SurgeWork.Of(facts, Factors(request), arguments.From, request.Seed, cancellationToken), open, cancellationToken),
            cancellationToken);
        job.Progress.Report(0.97, "storing");
        db.CrisisPlans.Add(stored);
        await db.SaveChangesAsync(cancellationToken);
        return Address(arguments.CrisisId, stored.Id);
    }

    private static string Address(Guid crisis, Guid plan) => $"/api/v1/crises/{crisis}/plans/{plan}";

    private static Dictionary<string, double> Factors(PlanCrisisRequest request) =>
        request.Surges.Where(s => s.Factor is not null).ToDictionary(s => s.Group, s => s.Factor!.Value, StringComparer.Ordinal);

    private CrisisPlan Plan(
        CrisisPlanArguments arguments, JobContext job, SurgeWork work, List<(SurgeHub Hub, Guid Roster, int Version)> open,
        CancellationToken cancellationToken)
    {
        var hubs = open.ConvertAll(o => o.Hub);
        var surges = PlannedSurges.Of(arguments, work, hubs);
        try
        {
            var plan = JointPlanner.Plan(
                hubs, surges, new JointPlanOptions(arguments.From, arguments.Request.Seed, arguments.Request.MovesPerHub), cancellationToken);
            job.Progress.Report(0.8, "simulating it");
            return Stored(arguments, job.Id, plan, surges, open, PlannedEffects.Of(arguments.Request, work, hubs, surges, plan, cancellationToken));
        }
        catch (SchedulingDataException e)
        {
            throw new JobFailedException(e.Message);
        }
    }

    private CrisisPlan Stored(
        CrisisPlanArguments arguments, Guid jobId, JointPlan plan, IReadOnlyList<SharedSurge> surges,
        List<(SurgeHub Hub, Guid Roster, int Version)> open, PlannedEffect effect) => new()
        {
            CrisisId = arguments.CrisisId,
            JobId = jobId,
            MadeAt = clock.GetCurrentInstant(),
            MadeBy = arguments.By,
            From = arguments.From,
            Hours = arguments.Request.Hours,
            Surges = [.. plan.Surges.Zip(surges, (c, s) => new PlannedSurge(c.Group, c.Hub, c.Hours, c.UnmetBefore, c.UnmetHours, s.Heads, c.Unmet))],
            Hubs =
            [
                .. plan.Hubs.Zip(open, (h, o) => new PlannedHelp(
                    h.Code, o.Roster, o.Version, [.. h.Shares.Zip(surges, (share, s) => new PlannedShare(s.Group, share.Sum(), share))],
                    [.. h.Lent.Select(l => new PlannedLending(l.Group, l.MissingBefore, l.MissingAfter))],
                    [
                        .. h.Repair.Changes.Select(c => new PlannedMove(
                            new EditedDayData(c.AgentId, c.Date, EditedShift.From(c.From), EditedShift.From(c.To)),
                            (new ChangedDay(c.AgentId, c.Date, c.From, c.To).FirstChange - arguments.From).TotalHours, c.Why)),
                    ])),
            ],
            Effect = effect,
        };
}
