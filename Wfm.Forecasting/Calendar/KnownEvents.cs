using NodaTime;

namespace Wfm.Forecasting.Calendar;

/// <summary>The events whose effect is learned, each told once: of one kind at one time there is one, and where kinds meet, their meeting is an event
/// too.</summary>
/// <remarks>
/// The same holiday may be known for the operation and for a hub, or under two kinds. What two kinds do together is learned from the times they met, as a
/// kind of its own (<c>christmas + holiday</c>): on days of which nobody can say what one of them did alone, nothing is counted twice.
/// </remarks>
internal static class KnownEvents
{
    private const string And = " + ";

    /// <summary>Events of one kind each, by start; those of a kind do not overlap.</summary>
    public static List<CalendarEvent> Single(IEnumerable<CalendarEvent> events)
    {
        var single = new List<CalendarEvent>();
        foreach (var kind in events.Where(e => e.IsLearned).GroupBy(e => e.Kind, StringComparer.Ordinal))
        {
            CalendarEvent? last = null;
            foreach (var e in kind.OrderBy(e => e.Start).ThenBy(e => e.End))
            {
                if (last is not null && e.Start < last.End)
                {
                    last = new CalendarEvent(e.Kind, last.Start, Instant.Max(last.End, e.End)) { Magnitude = Math.Max(last.Magnitude, e.Magnitude) };
                    single[^1] = last;
                }
                else
                {
                    single.Add(last = e);
                }
            }
        }

        return [.. single.OrderBy(e => e.Start).ThenBy(e => e.End).ThenBy(e => e.Kind, StringComparer.Ordinal)];
    }

    /// <summary>Times at which several kinds meet, each an event of their joint kind.</summary>
    /// <param name="single">As <see cref="Single"/> gives them.</param>
    public static List<CalendarEvent> Meetings(List<CalendarEvent> single)
    {
        var meetings = new List<CalendarEvent>();
        var running = new List<CalendarEvent>();
        Instant[] edges = [.. single.SelectMany(e => new[] { e.Start, e.End }).Distinct().Order()];
        var next = 0;
        for (var i = 0; i + 1 < edges.Length; i++)
        {
            running.RemoveAll(e => e.End <= edges[i]);
            for (; next < single.Count && single[next].Start <= edges[i]; next++)
            {
                running.Add(single[next]);
            }

            if (running.Count > 1)
            {
                var kind = string.Join(And, running.Select(e => e.Kind).Order(StringComparer.Ordinal));
                var before = meetings.FindLastIndex(m => m.Kind == kind && m.End == edges[i]);
                if (before >= 0)
                {
                    meetings[before] = new CalendarEvent(kind, meetings[before].Start, edges[i + 1]);
                }
                else
                {
                    meetings.Add(new CalendarEvent(kind, edges[i], edges[i + 1]));
                }
            }
        }

        return meetings;
    }

    /// <summary>The kinds of a joint kind; the kind itself where it is none.</summary>
    public static string[] KindsOf(string kind) => kind.Split(And);

    /// <summary>
    /// What several events at once do when they were never seen together: of those that push the same way the strongest, for they may be one thing under
    /// two names; what the others would have done is left as doubt.
    /// </summary>
    /// <param name="effects">Logarithm of the factor of each, and its variance.</param>
    public static (double Log, double Variance) Together(IEnumerable<(double Log, double Variance)> effects)
    {
        var (log, variance) = (0.0, 0.0);
        foreach (var side in effects.GroupBy(e => Math.Sign(e.Log)))
        {
            var strongest = side.MaxBy(e => Math.Abs(e.Log));
            var left = side.Sum(e => Math.Abs(e.Log)) - Math.Abs(strongest.Log);
            log += strongest.Log;
            variance += strongest.Variance + (0.25 * left * left); // half of the rest is one standard deviation: none and all of it are both possible
        }

        return (log, variance);
    }
}
