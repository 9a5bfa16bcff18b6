using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>Local windows of availability, weekly or of dates, as elapsed minutes, joined where they touch: a night shift may lie across two.</summary>
/// <remarks>
/// A window closes at its local time. For a shift during which the clocks go forward it stays open as long as on an ordinary day: whoever can work from 22:00
/// to 06:00 can work those eight hours on the night that has only seven too.
/// </remarks>
internal sealed class AvailableTimes
{
    private readonly RosterCalendar _calendar;
    private readonly (int From, int To)[] _windows;
    private readonly (int From, int To)[] _asLong;

    private AvailableTimes(RosterAgent person, RosterCalendar calendar)
    {
        _calendar = calendar;
        var first = calendar.WeekStart(calendar.Week(calendar.Offset)) - 1;
        var all = Enumerable.Range(first, calendar.Rows + 1 - first).SelectMany(row => On(person, calendar, row)).ToArray();
        _windows = Stretches.Joined(all.Select(w => (w.From, w.To)));
        _asLong = Stretches.Joined(all.Select(w => (w.From, Math.Max(w.To, w.From + w.Usual))));
    }

    /// <summary>The windows from the week of the period's first day on; <see langword="null"/> for always.</summary>
    public static AvailableTimes? Of(RosterAgent person, RosterCalendar calendar) =>
        person.Availability.Count == 0 && person.DatedAvailability.Count == 0 ? null : new AvailableTimes(person, calendar);

    /// <summary>Whether a shift lies inside.</summary>
    public bool Cover(int start, int end) => IsIn(_windows, start, end) || (IsIn(_asLong, start, end) && ClocksGoForward(start, end));

    /// <summary>Minutes of a shift that do not lie inside; 0 when all do.</summary>
    public int Outside(int start, int end) => Cover(start, end) ? 0 : end - start - Stretches.Within(_windows, start, end);

    private static bool IsIn((int From, int To)[] windows, int start, int end) => Array.Exists(windows, w => w.From <= start && end <= w.To);

    private static IEnumerable<(int From, int To, int Usual)> On(RosterAgent person, RosterCalendar calendar, int row)
    {
        var date = calendar.Date(row);
        foreach (var window in WindowsOf(person, date))
        {
            var (opens, closes) = (date + window.From, (window.To > window.From ? date : date.PlusDays(1)) + window.To);
            yield return (Minute(opens), Minute(closes), (int)Period.Between(opens, closes, PeriodUnits.Minutes).Minutes);
        }

        int Minute(LocalDateTime local) => calendar.Minute(calendar.Zone.AtLeniently(local).ToInstant());
    }

    // Whoever has no weekly windows is there all day but on dates of which something else is said.
    private static IEnumerable<AvailabilityWindow> WindowsOf(RosterAgent person, LocalDate date)
    {
        var windows = person.DatedAvailability.LastOrDefault(d => d.Covers(date))?.Windows
            ?? (person.Availability.Count > 0 ? person.Availability : [new AvailabilityWindow(date.DayOfWeek, LocalTime.Midnight, LocalTime.Midnight)]);
        return windows.Where(w => w.Day == date.DayOfWeek);
    }

    private bool ClocksGoForward(int start, int end) => _calendar.Zone.GetUtcOffset(_calendar.At(end)) > _calendar.Zone.GetUtcOffset(_calendar.At(start));
}
