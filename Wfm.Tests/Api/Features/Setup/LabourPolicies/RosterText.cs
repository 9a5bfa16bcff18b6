using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Wfm.Scheduling.Problem;

namespace Wfm.Tests.Api.Features.Setup.LabourPolicies;

/// <summary>
/// Reads a person's roster from one line, such as <c>0-4 09:00-17:30 m13:00-13:30; 5 09:00-13:00 E4</c>: days of the period, start and end (an end not
/// after the start is on the next day), unpaid meals (m), paid breaks (b), and the exposure class of the work when it has one.
/// </summary>
internal static class RosterText
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static IReadOnlyList<PinnedShift> Read(string text, string agent, LocalDate start) =>
        [
            .. text.Split(';', StringSplitOptions.TrimEntries).SelectMany(part =>
                    Days(part[..part.IndexOf(' ', StringComparison.Ordinal)])
                        .Select(day => Shift(part[(part.IndexOf(' ', StringComparison.Ordinal) + 1)..], agent, start.PlusDays(day)))),
        ];

    private static IEnumerable<int> Days(string text) => text.Split(',').SelectMany(range =>
    {
        var ends = range.Split('-').Select(d => int.Parse(d, CultureInfo.InvariantCulture)).ToArray();
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    });

    private static PinnedShift Shift(string text, string agent, LocalDate date)
    {
        var words = text.Split(' ');
        var (start, end) = Span(words[0], date.At(LocalTime.Midnight));
        var group = words[^1][0] == 'E' ? words[^1] : "E0";
        var activities = new List<ShiftActivity>();
        var (at, paid) = (start, end - start);
        foreach (var pause in words.Skip(1).Where(w => w[0] is 'm' or 'b'))
        {
            var (from, to) = Span(pause[1..], start.InUtc().LocalDateTime);
            if (from > at) activities.Add(new ShiftActivity(ActivityKinds.Work, group, at, from));
            activities.Add(new ShiftActivity(pause[0] == 'm' ? ActivityKinds.Meal : ActivityKinds.Break, null, from, to));
            if (pause[0] == 'm') paid -= to - from;
            at = to;
        }

        if (end > at) activities.Add(new ShiftActivity(ActivityKinds.Work, group, at, end));
        return new PinnedShift(agent, date, new RosterShift(agent, date, "by hand", start, end, paid, activities));
    }

    // The first such times not before a moment.
    private static (Instant From, Instant To) Span(string text, LocalDateTime notBefore)
    {
        var times = text.Split('-').Select(t => Clock.Parse(t == "24:00" ? "00:00" : t).Value).ToArray();
        var from = Next(notBefore, times[0]);
        return (from.InUtc().ToInstant(), Next(from.PlusMinutes(1), times[1]).InUtc().ToInstant());
    }

    private static LocalDateTime Next(LocalDateTime notBefore, LocalTime time)
    {
        var same = notBefore.Date + time;
        return same >= notBefore ? same : same.PlusDays(1);
    }
}
