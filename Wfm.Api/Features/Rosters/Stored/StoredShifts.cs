using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Persistence;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Rosters.Stored;

/// <summary>The shifts of a stored roster as the scheduling library's.</summary>
internal static class StoredShifts
{
    public static async Task<List<RosterShift>> Of(WfmDbContext db, Guid rosterId, CancellationToken cancellationToken)
    {
        var shifts = await db.Shifts.AsNoTracking().Include(s => s.Agent).Where(s => s.RosterId == rosterId).OrderBy(s => s.Start).ThenBy(s => s.Id)
            .ToListAsync(cancellationToken);
        return shifts.ConvertAll(ToShift);
    }

    /// <param name="shift">With its agent loaded.</param>
    public static RosterShift ToShift(Shift shift) => new(
        shift.Agent!.Code, shift.Date, shift.Template, shift.Start, shift.End, Duration.FromMinutes(shift.PaidMinutes),
        shift.Activities.ConvertAll(a => new ShiftActivity(a.Kind, a.Group, a.Start, a.End)));
}
