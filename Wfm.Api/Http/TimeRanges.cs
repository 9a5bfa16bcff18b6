using NodaTime;

namespace Wfm.Api.Http;

/// <summary>A half-open range of time, told as instants or as local times of a hub.</summary>
internal static class TimeRanges
{
    /// <summary>The range in UTC, or findings that say what is missing or contradicts itself.</summary>
    /// <param name="zone">Zone of the hub; null when there is none, then local times cannot be read.</param>
    /// <remarks>A local time that the clocks skip is the moment they jump; one that happens twice is the earlier.</remarks>
    public static (Instant Start, Instant End) Resolve(
        Findings findings, DateTimeZone? zone, Instant? start, Instant? end, LocalDateTime? localStart, LocalDateTime? localEnd)
    {
        var from = One(findings, zone, start, localStart, "start", "localStart");
        var to = One(findings, zone, end, localEnd, "end", "localEnd");
        if (from is { } s && to is { } e)
        {
            findings.Require(s < e, end is null ? "/localEnd" : "/end", e, $"The end {e} must be after the start {s}.");
        }

        return (from ?? default, to ?? default);
    }

    /// <summary>The instant of a local time: the moment of the jump where the clocks skip it, the earlier one where it comes twice.</summary>
    public static Instant InstantOf(DateTimeZone zone, LocalDateTime local) => zone.ResolveLocal(local, Resolver).ToInstant();

    private static Instant? One(Findings findings, DateTimeZone? zone, Instant? instant, LocalDateTime? local, string name, string localName)
    {
        findings.Require(instant is null || local is null, $"/{localName}", local, $"Give {name} or {localName}, not both.");
        findings.Require(instant is not null || local is not null, $"/{name}", null, $"Give {name} as an instant, or {localName} in the hub's time.");
        findings.Require(
            (instant?.ToUnixTimeTicks() ?? 0) % NodaConstants.TicksPerSecond == 0 && (local?.TickOfDay ?? 0) % NodaConstants.TicksPerSecond == 0,
            instant is null ? $"/{localName}" : $"/{name}", instant?.ToString() ?? local?.ToString(), "A whole second is needed.");
        if (local is not { } time)
        {
            return instant;
        }

        findings.Require(
            zone is not null, $"/{localName}", time,
            "A local time needs a hub whose time it is; for all hubs give start and end both as instants, or both in local time.");
        return zone is null ? null : InstantOf(zone, time);
    }

    private static NodaTime.TimeZones.ZoneLocalMappingResolver Resolver { get; } =
        NodaTime.TimeZones.Resolvers.CreateMappingResolver(NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter);
}
