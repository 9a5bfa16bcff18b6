using NodaTime;

namespace Wfm.Api.Features.Volumes.Quality;

/// <summary>The findings in sentences for a planner; times are the hub's.</summary>
internal static class QualityFindings
{
    public static IReadOnlyList<string> Describe(SeriesQuality quality, DateTimeZone zone)
    {
        var findings = new List<string>();
        if (quality.Gaps is [var longest, ..])
        {
            findings.Add(
                $"{quality.Missing:N0} of {quality.Expected:N0} intervals are missing ({(double)quality.Missing / quality.Expected:P1}) in "
                    + $"{Count(quality.GapCount, "gap")}; "
                    + $"the longest is {Stretch(longest.From, longest.To, zone)}. Send the missing rows if they exist.");
        }

        if (quality.ZeroRuns is [var silence, ..])
        {
            findings.Add(
                $"Nothing at all is recorded {Stretch(silence.From, silence.To, zone)}, where about {silence.UsuallyOffered:N0} contacts are usual"
                    + $"{More(quality.ZeroRuns.Count, "such silence")}. If that was an outage, leave the rows out rather than sending zeros, or name it as "
                    + "an event.");
        }

        foreach (var shift in quality.LevelShifts)
        {
            findings.Add($"From {shift.Day:uuuu'-'MM'-'dd} the volume is {Math.Abs(shift.Change):P0} {(shift.Change > 0 ? "higher" : "lower")}: "
                + $"{shift.Before:N0} contacts a day before, {shift.After:N0} after. Name the cause as an event if it will end.");
        }

        if (quality.Outliers is [var farthest, ..])
        {
            findings.Add(
                $"{Moment(farthest.IntervalStart, zone)} brought {farthest.Offered:N0} contacts where {farthest.Usual:N0} are usual at that time of the week"
                    + $"{More(quality.Outliers.Count, "such interval")}.");
        }

        return findings.Count > 0 ? findings : [$"Nothing to remark: {Count(quality.Expected, "interval")} without a gap, a silence, a wild value or a shift."];
    }

    private static string More(int listed, string what) =>
        listed == 1 ? "" : $", and {Count(listed - 1, $"more {what}")} {(listed == 2 ? "is" : "are")} listed";

    private static string Count(int count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    private static string Stretch(Instant from, Instant to, DateTimeZone zone) =>
        $"from {Moment(from, zone)} to {Moment(to, zone)} ({Length(to - from)})";

    private static string Moment(Instant instant, DateTimeZone zone) => $"{instant.InZone(zone):ddd uuuu'-'MM'-'dd HH':'mm}";

    private static string Length(Duration length) => length.TotalHours < 48 ? $"{length.TotalHours:0.##} hours" : $"{length.TotalDays:0.#} days";
}
