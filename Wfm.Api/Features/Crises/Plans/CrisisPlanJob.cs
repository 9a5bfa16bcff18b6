using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Edits;
using Wfm.Api.Features.Rosters.Stored;
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
internal sealed class CrisisPlanJob(WfmDbContext db, DecidingRosters deciding, RosterDesk rosters, ComputeSlots slots, IClock clock) : IJobHandler
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
        var open = await Open(arguments, cancellationToken);
        job.Progress.Report(0.3, "planning");
        var hubs = open.ConvertAll(o => o.Hub);
        var surges = Surges(arguments, hubs);
        var options = new JointPlanOptions(arguments.From, arguments.Request.Seed, arguments.Request.MovesPerHub);
        JointPlan plan;
        try
        {
            plan = await slots.Run(() => JointPlanner.Plan(hubs, surges, options, cancellationToken), cancellationToken);
        }
        catch (SchedulingDataException e)
        {
            throw new JobFailedException(e.Message);
        }

        job.Progress.Report(0.97, "storing");
        var stored = Stored(arguments, job.Id, plan, surges, open);
        db.CrisisPlans.Add(stored);
        await db.SaveChangesAsync(cancellationToken);
        return Address(arguments.CrisisId, stored.Id);
    }

    private static string Address(Guid crisis, Guid plan) => $"/api/v1/crises/{crisis}/plans/{plan}";

    private async Task<List<(SurgeHub Hub, Guid Roster, int Version)>> Open(CrisisPlanArguments arguments, CancellationToken cancellationToken)
    {
        var crisis = await db.Crises.AsNoTracking().Include(c => c.Hubs).ThenInclude(h => h.Hub)
            .SingleAsync(c => c.Id == arguments.CrisisId, cancellationToken);
        var found = new List<(SurgeHub, Guid, int)>();
        foreach (var hub in crisis.Hubs.Select(h => h.Hub!).OrderBy(h => h.Code, StringComparer.Ordinal))
        {
            if (await deciding.Last(hub.Id, hub.Days.DateOf(arguments.From), cancellationToken) is not { } id) continue;
            found.Add(await rosters.Look(
                id, open => (new SurgeHub(hub.Code, open.Document.Problem, open.Document.Shifts), id, open.Roster.Version), cancellationToken));
        }

        return found.Count > 0 ? found
            : throw new JobFailedException($"None of the crisis's hubs has a published roster over {arguments.From}; there is nobody to plan with.");
    }

    private static List<SharedSurge> Surges(CrisisPlanArguments arguments, IReadOnlyList<SurgeHub> hubs) =>
    [
        .. arguments.Request.Surges.Select(s => new SharedSurge(
            s.Group, arguments.From, Duration.FromHours(1),
            s.Heads is { } heads ? [.. heads] : Expected(s.Group, arguments, hubs, s.Factor!.Value - 1))
        {
            Urgency = s.Urgency,
        }),
    ];

    // What the rosters expect of a group, hour by hour, times a factor.
    private static double[] Expected(string group, CrisisPlanArguments arguments, IReadOnlyList<SurgeHub> hubs, double factor)
    {
        var heads = new double[arguments.Request.Hours];
        foreach (var problem in hubs.Select(h => h.Problem))
        {
            if (problem.Demand.FirstOrDefault(d => d.Group == group) is not { } line) continue;
            for (var i = 0; i < line.Heads.Length; i++)
            {
                var start = problem.Origin + (problem.Interval * i) - arguments.From;
                for (var h = Math.Max(0, (int)Math.Floor(start.TotalHours)); h < heads.Length && Duration.FromHours(h) < start + problem.Interval; h++)
                {
                    var common = Duration.Min(Duration.FromHours(h + 1), start + problem.Interval) - Duration.Max(Duration.FromHours(h), start);
                    if (common > Duration.Zero) heads[h] += factor * line.Heads[i] * common.TotalHours;
                }
            }
        }

        return heads.Sum() > 0 ? heads
            : throw new JobFailedException($"The rosters expect no work of '{group}' in these hours, of which nothing is a multiple; give heads instead.");
    }

    private CrisisPlan Stored(
        CrisisPlanArguments arguments, Guid jobId, JointPlan plan, IReadOnlyList<SharedSurge> surges,
        List<(SurgeHub Hub, Guid Roster, int Version)> open) => new()
        {
            CrisisId = arguments.CrisisId,
            JobId = jobId,
            MadeAt = clock.GetCurrentInstant(),
            MadeBy = arguments.By,
            From = arguments.From,
            Hours = arguments.Request.Hours,
            Surges = [.. plan.Surges.Zip(surges, (c, s) => new PlannedSurge(c.Group, c.Hours, c.UnmetBefore, c.UnmetHours, s.Heads, c.Unmet))],
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
        };
}
