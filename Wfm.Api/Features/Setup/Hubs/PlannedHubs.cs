using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>Hubs as planning sees them.</summary>
internal static class PlannedHubs
{
    public static PlannedHub ToPlanned(this Hub hub) => new(hub.Code, hub.Zone, hub.OpeningHours.ToOpenHours(), hub.PlannedShrinkage, hub.UnplannedShrinkage);

    public static OpenHours ToOpenHours(this IEnumerable<OpeningWindow> windows) => new([.. windows.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))]);
}
