using NodaTime;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Setup.Hubs;

/// <summary>Checks local weekly windows: opening hours and availability.</summary>
internal static class WeeklyWindows
{
    private const long Day = NodaConstants.TicksPerDay;
    private const long Week = 7 * Day;

    /// <summary>Windows must not overlap; a window that runs past midnight, and Sunday's past the week's end, count in full.</summary>
    public static void Check(Findings findings, string field, IReadOnlyList<OpeningWindow> windows)
    {
        if (windows.Any(w => w is null))
        {
            findings.Add(field, null, "A window in the list is null.");
            return;
        }

        var sorted = windows.Select((window, index) => (Window: window, Index: index, Start: StartOf(window), Length: LengthOf(window))).OrderBy(w => w.Start)
            .ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            var (current, following) = (sorted[i], sorted[(i + 1) % sorted.Length]);
            var followingStart = i + 1 < sorted.Length ? following.Start : following.Start + Week;
            if (current.Start + current.Length > followingStart)
            {
                findings.Add(
                    $"{field}/{following.Index}",
                    Text(following.Window),
                    sorted.Length == 1 ? $"{Text(current.Window)} overlaps itself." : $"{Text(following.Window)} overlaps {Text(current.Window)}.");
            }
        }
    }

    private static long StartOf(OpeningWindow window) => ((int)window.Day - 1) * Day + window.From.TickOfDay;

    private static long LengthOf(OpeningWindow window) => window.To > window.From
        ? window.To.TickOfDay - window.From.TickOfDay
        : window.To.TickOfDay - window.From.TickOfDay + Day; // ends on the next day

    private static string Text(OpeningWindow window) => $"{window.Day.ToString().ToLowerInvariant()} {window.From:HH:mm}-{window.To:HH:mm}";
}
