using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>Weekly local windows of availability as elapsed minutes, joined where they touch: a night shift may lie across two of them.</summary>
/// <remarks>
/// A window closes at its local time, but never before it has been open as long as on an ordinary day: whoever can work from 22:00 to 06:00 can work those
/// eight hours on the night that has only seven too.
/// </remarks>
internal static class AvailableTimes
{
    /// <summary>The windows from the week of the period's first day on; <see langword="null"/> for always.</summary>
    public static (int From, int To)[]? Of(RosterAgent person, RosterCalendar calendar)
    {
        if (person.Availability.Count == 0) return null;
        var first = calendar.WeekStart(calendar.Week(calendar.Offset)) - 1;
        return Stretches.Joined(Enumerable.Range(first, calendar.Rows + 1 - first).SelectMany(row => On(person, calendar, row)));
    }

    private static IEnumerable<(int From, int To)> On(RosterAgent person, RosterCalendar calendar, int row)
    {
        var date = calendar.Date(row);
        foreach (var window in person.Availability.Where(w => w.Day == date.DayOfWeek))
        {
            var (opens, closes) = (date + window.From, (window.To > window.From ? date : date.PlusDays(1)) + window.To);
            var from = Minute(opens);
            yield return (from, Math.Max(Minute(closes), from + (int)Period.Between(opens, closes, PeriodUnits.Minutes).Minutes));
        }

        int Minute(LocalDateTime local) => calendar.Minute(calendar.Zone.AtLeniently(local).ToInstant());
    }
}
