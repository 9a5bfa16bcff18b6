using NodaTime;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>
/// The days of a problem as numbers: rows count local days from the first that is known, minutes count elapsed time from the period's start. Rows before
/// <see cref="Offset"/> and from <see cref="End"/> on surround the period; they are fixed.
/// </summary>
internal sealed class RosterCalendar
{
    private const int DaysPerWeek = 7;

    private readonly LocalDate _first;
    private readonly int[] _midnights;
    private readonly int[] _weeks;
    private readonly int[] _weekStarts;
    private readonly IsoDayOfWeek _firstDayOfWeek;
    private readonly bool[] _isWeekend;
    private readonly (int From, int To)[] _wholeWeekends;

    /// <param name="problem">The problem.</param>
    /// <param name="daysAround">Days before the period, and after it, that its rules have to know.</param>
    public RosterCalendar(RosterProblem problem, int daysAround)
    {
        (Zone, Origin, Days) = (problem.Zone, problem.Origin, problem.Days);
        _firstDayOfWeek = problem.Policy.FirstDayOfWeek;
        IntervalMinutes = (int)problem.Interval.TotalMinutes;
        IntervalCount = problem.IntervalCount;
        var (start, end) = (problem.Start, problem.Start.PlusDays(problem.Days));
        LocalDate[] dates = [.. problem.Surroundings.Select(s => s.Start.InZone(Zone).Date)];
        var earliest = dates.Append(start).Min();
        var latest = dates.Append(end.PlusDays(-1)).Max();
        var known = LocalDate.Max(earliest, start.PlusDays(-daysAround));
        _first = StartOfWeek(known);
        (Offset, Known) = (Period.DaysBetween(_first, start), Period.DaysBetween(_first, known));
        End = Offset + Days;
        Rows = End + (latest < end ? 0 : Period.DaysBetween(end, EndOfWeek(LocalDate.Min(latest, end.PlusDays(daysAround)))));
        _midnights = [.. Enumerable.Range(0, Rows + DaysPerWeek).Select(r => Minute(Zone.AtStartOfDay(_first.PlusDays(r)).ToInstant()))];
        _isWeekend = [.. Enumerable.Range(-1, Rows + DaysPerWeek).Select(r => problem.Policy.WeekendDays.Contains(_first.PlusDays(r).DayOfWeek))];
        _wholeWeekends = [.. FindWholeWeekends()];
        _weeks = [.. Enumerable.Range(0, Rows).Select(r => r / DaysPerWeek)]; // the first row starts a week
        _weekStarts = [.. Enumerable.Range(0, _weeks[^1] + 2).Select(w => Math.Min(w * DaysPerWeek, Rows))];
    }

    public DateTimeZone Zone { get; }

    public Instant Origin { get; }

    /// <summary>Days of the period.</summary>
    public int Days { get; }

    /// <summary>Rows before the period.</summary>
    public int Offset { get; }

    /// <summary>Row after the last day of the period.</summary>
    public int End { get; }

    /// <summary>First row whose work is known; rows before it are taken as days off.</summary>
    public int Known { get; }

    /// <summary>All rows. After the period work is known to the end of the week in which the last shift after it starts, if there is one.</summary>
    public int Rows { get; }

    public int Weeks => _weekStarts.Length - 1;

    /// <summary>The week of the last day of the period.</summary>
    public int LastWeek => Week(End - 1);

    public int IntervalMinutes { get; }

    public int IntervalCount { get; }

    public LocalDate Date(int row) => _first.PlusDays(row);

    public int Row(LocalDate date) => Period.DaysBetween(_first, date);

    /// <summary>Whether the rows from one up to but not including another hold a day of the period.</summary>
    public bool Meets(int from, int to) => from < End && to > Offset;

    /// <summary>Whether such rows hold a day of the period or lie next to it, so that its first or last day ends them.</summary>
    public bool Touches(int from, int to) => from <= End && to >= Offset;

    /// <summary>Elapsed minutes from the period's start to the local start of a row's day; known for six days after the last row's midnight too.</summary>
    public int Midnight(int row) => _midnights[row];

    /// <summary>Week of a row, counted from the first row. The only place that says which week a day belongs to.</summary>
    public int Week(int row) => _weeks[row];

    /// <summary>First row of a week; of the week after the last, the row after the last.</summary>
    public int WeekStart(int week) => _weekStarts[week];

    public int WeekEnd(int week) => _weekStarts[week + 1];

    /// <summary>The days of a week that lie in the period: first row, and row after the last.</summary>
    public (int From, int To) OpenDays(int week) => (Math.Max(Offset, WeekStart(week)), Math.Min(End, WeekEnd(week)));

    /// <summary>Days from the start of its week to a row, 0 to 6.</summary>
    public static int DayOfWeek(int row) => row % DaysPerWeek;

    /// <summary>Whether a week ends with a row.</summary>
    public static bool EndsWeek(int row) => DayOfWeek(row) == DaysPerWeek - 1;

    /// <summary>Whether a row is a day of a weekend.</summary>
    public bool IsWeekend(int row) => _isWeekend[row + 1];

    /// <summary>Whether a row is a day of the same weekend as the row before it.</summary>
    public bool GoesOn(int row) => _isWeekend[row + 1] && _isWeekend[row];

    /// <summary>The weekends of which no day lies outside the period: first row, and row after the last.</summary>
    public ReadOnlySpan<(int From, int To)> WholeWeekends => _wholeWeekends;

    /// <summary>First day of the weekend of a row, as far back as rows go; the row itself when it is of none.</summary>
    public int WeekendStart(int row)
    {
        while (row > 0 && GoesOn(row))
        {
            row--;
        }

        return row;
    }

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

    private IEnumerable<(int From, int To)> FindWholeWeekends()
    {
        for (var row = Offset; row < End; row++)
        {
            if (!IsWeekend(row) || GoesOn(row)) continue;
            var to = row + 1;
            while (GoesOn(to))
            {
                to++;
            }

            if (to <= End) yield return (row, to);
        }
    }

    private LocalDate StartOfWeek(LocalDate date) => date.PlusDays(-(((int)date.DayOfWeek - (int)_firstDayOfWeek + DaysPerWeek) % DaysPerWeek));

    // The day after the last.
    private LocalDate EndOfWeek(LocalDate date) => StartOfWeek(date).PlusDays(DaysPerWeek);
}
