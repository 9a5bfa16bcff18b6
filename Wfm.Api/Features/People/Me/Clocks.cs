using NodaTime;
using NodaTime.Text;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Http;

namespace Wfm.Api.Features.People.Me;

/// <summary>The clocks on which a person reads times: that of the hub where the work is, and one asked for.</summary>
internal sealed class Clocks
{
    private readonly DateTimeZone? _asked;

    private Clocks(DateTimeZone? asked) => _asked = asked;

    /// <param name="zone">IANA zone; null for the clock of the hub.</param>
    /// <exception cref="ProblemException">422 for a zone that is unknown.</exception>
    public static Clocks In(string? zone) => new(
        zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)
            ?? throw ProblemException.Semantic("zone", $"'{zone}' is not an IANA time zone such as Europe/Dublin."));

    public string ZoneAt(Hub hub) => (_asked ?? hub.Zone).Id;

    /// <summary>A time on the hub's clock, ISO 8601 with offset.</summary>
    public static string Local(Instant time, Hub hub) => Text(time, hub.Zone);

    /// <summary>A time on the clock asked for, ISO 8601 with offset.</summary>
    public string Asked(Instant time, Hub hub) => Text(time, _asked ?? hub.Zone);

    private static string Text(Instant time, DateTimeZone zone) => OffsetDateTimePattern.Rfc3339.Format(time.InZone(zone).ToOffsetDateTime());
}
