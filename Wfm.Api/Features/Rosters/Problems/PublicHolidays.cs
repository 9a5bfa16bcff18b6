using Microsoft.EntityFrameworkCore;
using NodaTime;
using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Rosters.Problems;

/// <summary>Public holidays of hubs: the local days of events whose kind is holiday, or begins with <c>holiday-</c>, and that touch every queue.</summary>
internal static class PublicHolidays
{
    private const string Kind = "holiday";

    /// <param name="hubs">The hubs.</param>
    /// <param name="from">First local day.</param>
    /// <param name="to">First local day after.</param>
    public static async Task<Dictionary<Guid, HashSet<LocalDate>>> Of(
        WfmDbContext db, IReadOnlyCollection<Hub> hubs, LocalDate from, LocalDate to, CancellationToken cancellationToken)
    {
        var (first, last) = (from.PlusDays(-2).AtMidnight().InUtc().ToInstant(), to.PlusDays(2).AtMidnight().InUtc().ToInstant());
        var events = await db.Events.AsNoTracking()
            .Where(e => e.QueueId == null && (e.Kind == Kind || EF.Functions.Like(e.Kind, Kind + "-%")) && e.Start < last && e.End > first)
            .ToListAsync(cancellationToken);
        return hubs.ToDictionary(
            h => h.Id, h => events.Where(e => e.Touches(h)).SelectMany(e => Days(e, h.Zone)).Where(d => d >= from && d < to).ToHashSet());
    }

    private static IEnumerable<LocalDate> Days(OperationEvent holiday, DateTimeZone zone)
    {
        var (start, end) = holiday.During(zone);
        for (var day = start.InZone(zone).Date; zone.AtStartOfDay(day).ToInstant() < end; day = day.PlusDays(1))
        {
            yield return day;
        }
    }
}
