namespace Wfm.Forecasting.Pooled;

/// <summary>A history seen from an origin, relative to its slow level: what <see cref="CalendarTrees"/> read.</summary>
internal sealed class CalendarView
{
    /// <summary>Numbers in a row.</summary>
    public const int Width = 10;

    /// <summary>Weeks of the slow level, and the fewest to look back on.</summary>
    public const int LevelWeeks = 8;

    private const int ProfileWeeks = 3 * YearOfWeeks; // emergency department: deviance 1.030 with one year, 1.027 with two, 1.025 with three
    private const int YearOfWeeks = 52;
    private const double Prior = 10; // contacts as expected, added to both sides of a ratio: one of few contacts says little

    private readonly CalendarHistory _history;
    private readonly int _origin;
    private readonly int _weeks;
    private readonly int _profileWeeks;
    private readonly double _growth;
    private readonly double _lastWeek;
    private readonly double _lastDay;

    /// <summary>Looks back.</summary>
    /// <param name="history">The history, which may reach beyond the origin: nothing from there on is read.</param>
    /// <param name="origin">Slots known, at least <see cref="LevelWeeks"/>.</param>
    public CalendarView(CalendarHistory history, int origin)
    {
        (_history, _origin) = (history, origin);
        var (week, day) = (history.Clock.Week, history.Clock.Day);
        _weeks = origin / week;
        _profileWeeks = Math.Min(ProfileWeeks, _weeks);
        Level = history.Sum(origin - (LevelWeeks * week), origin) / (LevelWeeks * week);
        var year = Math.Min(YearOfWeeks, _weeks);
        _growth = Ratio(Level * LevelWeeks * week, history.Sum(origin - (year * week), origin) * LevelWeeks / year);
        _lastWeek = Ratio(history.Sum(origin - week, origin), Level * week);
        var usual = 0.0;
        for (var t = origin - day; t < origin; t++)
        {
            usual += Level * history.Profile(origin, t, _profileWeeks);
        }

        _lastDay = Ratio(history.Sum(origin - day, origin), usual);
    }

    /// <summary>Mean of the last eight weeks.</summary>
    public double Level { get; }

    /// <summary>Writes the features of a step.</summary>
    /// <param name="step">Step ahead, from 0.</param>
    /// <param name="row"><see cref="Width"/> cells.</param>
    public void Write(int step, Span<float> row)
    {
        var (slot, clock) = (_origin + step, _history.Clock);
        var year = 2 * Math.PI * _history.YearFraction(slot);
        row[0] = (float)clock.DayFraction(slot);
        row[1] = (float)clock.WeekFraction(slot);
        (row[2], row[3]) = ((float)Math.Sin(year), (float)Math.Cos(year));
        row[4] = (float)_history.Profile(_origin, slot, _profileWeeks);
        row[5] = (float)LastYear(step);
        row[6] = (float)_growth;
        row[7] = (float)_lastWeek;
        row[8] = (float)_lastDay;
        row[9] = step / clock.Day;
    }

    /// <summary>How the week around the same time of last year differed from the level then.</summary>
    private double LastYear(int step)
    {
        var week = _history.Clock.Week;
        var then = _origin - (YearOfWeeks * week);
        if (then < LevelWeeks * week)
        {
            return 0;
        }

        var end = Math.Min(_origin, then + step + (week / 2) + 1); // steps of more than a year see the last week known
        return Ratio(_history.Sum(end - week, end), _history.Sum(then - (LevelWeeks * week), then) / LevelWeeks);
    }

    private static double Ratio(double sum, double expected) => Math.Log((sum + Prior) / (expected + Prior));
}
