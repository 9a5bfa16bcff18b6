using NodaTime;
using NodaTime.TimeZones;

namespace Wfm.Api.Features.Nights;

/// <summary>The nights of a hub: which local day each belongs to, and when its chain is due.</summary>
/// <param name="At">Local time of the chain.</param>
/// <param name="Zone">Zone of the hub.</param>
/// <remarks>
/// A night belongs to the day it ends on: a chain at 23:30 is that of the next day, as one at 00:30 is, so that a time moved across midnight neither loses
/// nor doubles a night. A time that the clocks skip is the moment they jump, one that happens twice is the earlier; a day the zone never had has no night.
/// </remarks>
public sealed record NightCalendar(LocalTime At, DateTimeZone Zone)
{
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>The moment a night's chain is due; null when the zone has no such day.</summary>
    public Instant? DueOf(LocalDate night)
    {
        var day = At >= LocalTime.Noon ? night.PlusDays(-1) : night;
        return IsSkipped(day) ? null : Zone.ResolveLocal(day + At, Resolver).ToInstant();
    }

    /// <summary>The night whose chain was due last.</summary>
    /// <param name="now">Not before it.</param>
    public (LocalDate Date, Instant Due) LastBefore(Instant now)
    {
        var night = now.InZone(Zone).Date.PlusDays(2); // safely ahead of every zone's jumps
        while (true)
        {
            if (DueOf(night) is { } due && due <= now)
            {
                return (night, due);
            }

            night = night.PlusDays(-1);
        }
    }

    /// <summary>The night whose chain is due next.</summary>
    /// <param name="now">It is due after this.</param>
    public (LocalDate Date, Instant Due) NextAfter(Instant now)
    {
        var night = now.InZone(Zone).Date.PlusDays(-1); // safely behind, as above
        while (true)
        {
            if (DueOf(night) is { } due && due > now)
            {
                return (night, due);
            }

            night = night.PlusDays(1);
        }
    }

    private bool IsSkipped(LocalDate day) =>
        Zone.MapLocal(day.AtMidnight()) is { Count: 0 } gap && gap.LateInterval.IsoLocalStart >= day.PlusDays(1).AtMidnight();
}
