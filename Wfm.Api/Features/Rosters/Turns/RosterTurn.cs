using Microsoft.EntityFrameworkCore;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Turns;

/// <summary>The one row that whoever changes what is in force takes first in its transaction: changes come one after the other, whatever process makes
/// them.</summary>
/// <remarks>What was checked before is only as good as when it was read. Who has the turn reads again whether it still holds (<see cref="RosterStamp"/>), and
/// nobody can change it until the end of the transaction, some milliseconds later.</remarks>
public sealed class RosterTurn
{
    internal const int Only = 1;

    public int Id { get; init; }
    public long Value { get; init; }

    /// <summary>Takes the turn until the transaction ends; the first statement of it, so that the embedded store waits rather than refuses.</summary>
    internal static Task Take(WfmDbContext db, CancellationToken cancellationToken) => db.Set<RosterTurn>().Where(t => t.Id == Only)
        .ExecuteUpdateAsync(t => t.SetProperty(x => x.Value, x => x.Value + 1), cancellationToken);
}
