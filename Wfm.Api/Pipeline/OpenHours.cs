using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Pipeline;

/// <summary>Opening hours as local weekly windows; none means always open.</summary>
public sealed record OpenHours(IReadOnlyList<AvailabilityWindow> Windows)
{
    public static OpenHours Always { get; } = new([]);

    /// <summary>The same in a zone, but for the dates of closures.</summary>
    internal OpenTimes In(DateTimeZone zone, IReadOnlyList<DateInterval> closures) => new(this, closures, zone);
}
