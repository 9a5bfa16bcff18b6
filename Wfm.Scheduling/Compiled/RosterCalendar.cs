using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>The days of a problem as numbers: rows count local days from the start of the history, minutes count elapsed time from the period's start.</summary>
internal sealed class RosterCalendar
{
    private readonly LocalDate _first;
    private readonly int[] _midnights;
    private readonly int[] _weeks;
    private readonly int[] _weekStarts;

    public RosterCalendar(RosterProblem problem, int lookBackDays)
    {
        (Zone, Origin, Days) = (problem.Zone, problem.Origin, problem.Days);
        IntervalMinutes = (int)problem.Interval.TotalMinutes;
        IntervalCount = problem.IntervalCount;
        var earliest = problem.History.Count == 0 ? problem.Start : problem.History.Min(h => h.Start).InZone(Zone).Date;
        var reach = LocalDate.Max(earliest, problem.Start.PlusDays(-lookBackDays));
        _first = Monday(reach);
        Offset = Period.DaysBetween(_first, problem.Start);
        Known = Math.Max(0, Period.DaysBetween(_first, LocalDate.Min(problem.Start, reach)));
        _midnights = [.. Enumerable.Range(0, Rows + 7).Select(r => Minute(Zone.AtStartOfDay(_first.PlusDays(r)).ToInstant()))];
        _weeks = [.. Enumerable.Range(0, Rows).Select(r => r / 7)]; // the first row is a Monday
        _weekStarts = [.. Enumerable.Range(0, _weeks[^1] + 2).Select(w => Math.Min(w * 7, Rows))];
    }

    public DateTimeZone Zone { get; }

    public Instant Origin { get; }

    /// <summary>Days of the period.</summary>
    public int Days { get; }

    /// <summary>Rows before the period.</summary>
    public int Offset { get; }

    /// <summary>First row whose work is known; rows before it are taken as days off.</summary>
    public int Known { get; }

    public int Rows => Offset + Days;

    public int Weeks => _weekStarts.Length - 1;

    public int IntervalMinutes { get; }

    public int IntervalCount { get; }

    public LocalDate Date(int row) => _first.PlusDays(row);

    public int Row(LocalDate date) => Period.DaysBetween(_first, date);

    /// <summary>Elapsed minutes from the period's start to the local start of a row's day; known for six days after the last row's midnight too.</summary>
    public int Midnight(int row) => _midnights[row];

    /// <summary>ISO week of a row, counted from the first row.</summary>
    public int Week(int row) => _weeks[row];

    /// <summary>First row of a week; of the week after the last, the row after the last.</summary>
    public int WeekStart(int week) => _weekStarts[week];

    public int WeekEnd(int week) => _weekStarts[week + 1];

    /// <summary>0 is Monday.</summary>
    public static int Weekday(int row) => row % 7;

    public int Minute(Instant instant) => (int)Math.Floor((instant - Origin).TotalMinutes);

    public Instant At(int minute) => Origin + Duration.FromMinutes(minute);

    /// <summary>Row of the period whose day a minute falls into; the last row for what comes after it.</summary>
    public int RowAt(int minute)
    {
        var found = Array.BinarySearch(_midnights, Offset, Days, minute);
        return Math.Max(Offset, found >= 0 ? found : ~found - 1);
    }

    /// <summary>Row in which each demand interval starts.</summary>
    public int[] RowsOfIntervals() => [.. Enumerable.Range(0, IntervalCount).Select(i => RowAt(i * IntervalMinutes))];

    /// <summary>Local night windows, one per row and the row before the first, as elapsed minutes; the window belongs to the day on which it starts.</summary>
    public (int From, int To)[] Nights(LocalTime from, LocalTime to) => [.. Enumerable.Range(-1, Rows + 2).Select(r =>
    {
        var date = _first.PlusDays(r);
        return (Minute(Zone.AtLeniently(date + from).ToInstant()), Minute(Zone.AtLeniently((to > from ? date : date.PlusDays(1)) + to).ToInstant()));
    })];

    private static LocalDate Monday(LocalDate date) => date.PlusDays(1 - (int)date.DayOfWeek);
}
