using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Staffing.CapacityPlans;

/// <summary>Makes a capacity plan that takes longer than a request should: queues to forecast, or many people to find classes for.</summary>
internal sealed class CapacityPlanJob(WfmDbContext db, CapacityPlanMaker maker) : IJobHandler
{
    public static string Kind => "capacity-plan";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        if (await db.CapacityPlans.Where(p => p.JobId == job.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(cancellationToken) is { } made)
        {
            return $"/api/v1/capacity-plans/{made}"; // stored before the worker died
        }

        var draft = job.Arguments<CapacityDraft>();
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == job.HubId, cancellationToken);
        job.Progress.Report(0.05, "forecasting by week");
        var requirement = await maker.Resolve(hub, draft, cancellationToken);
        job.Progress.Report(0.7, "planning");
        var plan = await maker.Make(hub, draft, requirement, job.Id, cancellationToken);
        return $"/api/v1/capacity-plans/{plan.Id}";
    }
}
