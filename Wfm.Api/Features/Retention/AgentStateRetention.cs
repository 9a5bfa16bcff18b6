using Wfm.Api.Features.Adherence.Claims;
using Wfm.Api.Features.Adherence.States;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Retention;

/// <summary>States that persons were in.</summary>
internal sealed class AgentStateRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 1000;

    public string What => "rows of agent states";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken) =>
        db.AgentStates.Where(s => s.Start < limits.AgentStates).RemoveInBatches(s => s.Id, RowsAtOnce, cancellationToken);
}

/// <summary>Exceptions from adherence and disputes about it, when the states that they are about are gone.</summary>
internal sealed class AdherenceClaimRetention(WfmDbContext db) : IRetention
{
    private const int RowsAtOnce = 1000;

    public string What => "adherence claims";

    public Task<int> Remove(RetentionLimits limits, CancellationToken cancellationToken) =>
        db.AdherenceClaims.Where(c => c.To < limits.AgentStates).RemoveInBatches(c => c.Id, RowsAtOnce, cancellationToken);
}
