using Microsoft.EntityFrameworkCore;
using Wfm.Api.Features.Forecasts.Stored;
using Wfm.Api.Features.Forecasts;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>Which roster of a hub holds on a day: the published one, and where nothing is published the newest draft.</summary>
internal sealed class RostersInForce
{
    private readonly List<Roster> _ranked;

    private RostersInForce(IEnumerable<Roster> rosters) =>
        _ranked = [.. rosters.OrderByDescending(r => r.State == PublicationState.Published).ThenByDescending(r => r.Id)];

    public IReadOnlyList<Guid> Ids => _ranked.ConvertAll(r => r.Id);

    /// <param name="rosters">Of one hub; superseded ones are left out.</param>
    public static async Task<RostersInForce> Of(IQueryable<Roster> rosters, CancellationToken cancellationToken) =>
        new(await rosters.AsNoTracking().Where(r => r.State != PublicationState.Superseded).ToListAsync(cancellationToken));

    public bool Holds(Shift shift) => _ranked.Find(r => r.Start <= shift.Date && shift.Date < r.Start.PlusDays(r.Days))?.Id == shift.RosterId;
}
