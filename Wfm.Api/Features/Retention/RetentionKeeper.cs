using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.People.Wellbeing;
using Wfm.Api.Features.Today.Actions;
using Wfm.Api.Features.Today.Feeds;
using Wfm.Api.Jobs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>At start and every hour: hands in the retention of the day, once, where anything is old enough to go.</summary>
internal sealed class RetentionKeeper(RetentionPeriods periods, IServiceScopeFactory scopes, IClock clock, ILogger<RetentionKeeper> logger)
    : PeriodicStoreWork(TimeSpan.FromHours(1), logger)
{
    protected override Task Work(CancellationToken cancellationToken) => Keep(cancellationToken);

    internal async Task Keep(CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var old = now - Duration.FromDays(periods.PlanDays);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<WfmDbContext>();
        var exposed = now - Duration.FromDays(periods.ExposureDays);
        var states = now - Duration.FromDays(periods.AgentStateDays);
        var told = now - Duration.FromDays(periods.FloorDays);
        if (!await db.ExposureEntries.AnyAsync(e => e.Start < exposed, cancellationToken)
            && !await db.AgentStates.AnyAsync(s => s.Start < states, cancellationToken)
            && !await db.BacklogCounts.AnyAsync(c => c.At < told, cancellationToken)
            && !await db.ServedIntervals.AnyAsync(s => s.Start < told, cancellationToken)
            && !await db.RecommendationSets.AnyAsync(s => s.MadeAt < told, cancellationToken)
            && !await db.Jobs.AnyAsync(j => j.RequestedAt < old, cancellationToken)
            && !await db.Forecasts.AnyAsync(f => f.CreatedAt < old, cancellationToken))
        {
            return; // whatever else goes was made by a job from a forecast
        }

        await scope.ServiceProvider.GetRequiredService<JobQueue>()
            .SubmitOnce<RetentionJob>(new RetentionArguments(), $"{RetentionJob.Kind}:{now.InUtc().Date:uuuu-MM-dd}", cancellationToken);
    }
}
