using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Rosters.Proof;
using Wfm.Api.Features.Rosters.Stored;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Staffing.Requirements;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters.Goals;

/// <param name="RosterId">The roster whose goals are priced.</param>
/// <param name="Limits">Limits of each of the searches.</param>
public sealed record GoalPriceArguments(Guid RosterId, SolveLimits Limits);

/// <summary>Solves the problem of a stored roster with all soft goals, without each and without any, and keeps the figures beside it. No roster is
/// changed.</summary>
internal sealed class GoalPriceJob(
    WfmDbContext db, ShiftsInForce inForce, StoredRosterProblem problems, HubRosterer rosterer, IClock clock) : IJobHandler
{
    public static string Kind => "goal-prices";

    public async Task<string?> Run(JobContext job, CancellationToken cancellationToken)
    {
        var arguments = job.Arguments<GoalPriceArguments>();
        var roster = await db.Rosters.AsNoTracking().SingleAsync(r => r.Id == arguments.RosterId, cancellationToken);
        var hub = await db.Hubs.AsNoTracking().SingleAsync(h => h.Id == roster.HubId, cancellationToken);
        var requirement = await db.RequirementOf(hub, roster.RequirementRunId, cancellationToken)
            ?? throw new JobFailedException("The requirement of the roster is not stored any more; make a new roster instead.");
        var shifts = (await inForce.Kept(roster.Id, cancellationToken)).ConvertAll(StoredShifts.ToShift);
        var problem = await problems.Of(hub, roster, shifts, requirement, cancellationToken);
        var prices = await rosterer.Price(
            problem, arguments.Limits, (done, all) => job.Progress.Report(0.02 + (0.95 * done / all), $"solved {done} of {all}"), cancellationToken);
        var stored = RosterGoalPrices.From(prices, arguments.Limits, clock.GetCurrentInstant());
        await db.Rosters.Where(r => r.Id == arguments.RosterId).ExecuteUpdateAsync(r => r.SetProperty(x => x.GoalPrices, stored), cancellationToken);
        return $"/api/v1/rosters/{arguments.RosterId}/goal-prices";
    }
}
