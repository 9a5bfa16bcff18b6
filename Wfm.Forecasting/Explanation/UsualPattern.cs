using NodaTime;
using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Explanation;

/// <summary>A history in the words of a planner: a level, a growth, a year, a week and a day.</summary>
/// <remarks>
/// Growth and year by ridge regression of weekly means on a straight line and, with a year and a half of history, two harmonics of the year; the level from
/// the last eight weeks; the days of the week and the times of the day from the last thirteen. No forecast comes from it: what the models know better is the
/// remainder of the explanation.
/// </remarks>
internal sealed class UsualPattern
{
    private const int LevelWeeks = 8;
    private const int ShapeWeeks = 13;
    private const int FewestWeeks = 8;
    private const int WeeksForAYear = 78;
    private const int MostWeeksForSlope = 26; // without a year to tell apart from it
    private const int Harmonics = 2;

    private readonly TimeSeries _history;
    private readonly ModelFrame _frame;
    private readonly double _level;
    private readonly double _slope; // per week
    private readonly double[] _year;
    private readonly double _shapeLevel;
    private readonly double[] _byDay;
    private readonly double[] _bySlot;
    private readonly bool _proportional;

    /// <summary>Reads the pattern.</summary>
    /// <param name="history">The history.</param>
    /// <param name="prepared">The same as the models saw it.</param>
    public UsualPattern(TimeSeries history, PreparedHistory prepared)
    {
        (_history, _frame) = (history, prepared.Frame);
        var y = prepared.Complete;
        var week = Math.Max(1, prepared.Frame.SlotsPerWeek);
        var weeks = Enumerable.Range(0, y.Length / week).Select(w => Statistics.Mean(y.AsSpan(y.Length - ((w + 1) * week), week))).ToArray(); // newest first
        (_slope, _year) = SlopeAndYear(weeks);
        var recent = Math.Min(LevelWeeks, weeks.Length);
        _level = recent == 0 ? Statistics.Mean(y)
            : weeks.Take(recent).Average() - Enumerable.Range(0, recent).Average(w => Year(MiddleOf(w))) + (0.5 * recent * _slope);
        (_shapeLevel, _byDay, _bySlot) = Shape(y, Math.Min(y.Length, ShapeWeeks * week));
        _proportional = prepared.NonNegative && _shapeLevel > 0;
    }

    /// <summary>The usual volume of an interval in parts; nothing where closed.</summary>
    /// <param name="index">Interval counted from the first of the history; beyond its end the steps ahead.</param>
    public Contributions At(int index)
    {
        if (!_frame.IsOpen(index))
        {
            return default;
        }

        var instant = _history.InstantAt(index);
        var trend = _slope * ((instant - _history.End).TotalDays / 7);
        var year = Year(instant);
        var scale = _proportional ? (_level + trend + year) / _shapeLevel : 1;
        var (day, slot) = PhaseOf(instant);
        return new Contributions(
            _level, trend, year, scale * (_byDay[day] - _shapeLevel), scale * (_bySlot[slot] - _byDay[day]), 0, 0, 0);
    }

    private (double Slope, double[] Year) SlopeAndYear(double[] weeks)
    {
        if (weeks.Length < FewestWeeks || _history.Grid.IntervalsPerWeek == 1)
        {
            return (0, []);
        }

        var yearly = weeks.Length >= WeeksForAYear;
        var n = yearly ? weeks.Length : Math.Min(weeks.Length, MostWeeksForSlope);
        var columns = 2 + (yearly ? 2 * Harmonics : 0);
        var (a, b, row) = (new double[columns * columns], new double[columns], new double[columns]);
        for (var w = 0; w < n; w++)
        {
            (row[0], row[1]) = (1, -(w + 0.5) / 52);
            WriteHarmonics(row.AsSpan(2), MiddleOf(w));
            for (var i = 0; i < columns; i++)
            {
                b[i] += row[i] * weeks[w];
                for (var j = 0; j < columns; j++)
                {
                    a[(i * columns) + j] += row[i] * row[j];
                }
            }
        }

        for (var i = 1; i < columns; i++)
        {
            a[(i * columns) + i] += i == 1 ? 0.02 * n / 52 : 0.5; // a growth seen over weeks is doubted, a year too
        }

        return RidgeRegression.Solve(a, b) ? (b[1] / 52, b[2..]) : (0, []);
    }

    private (double Level, double[] ByDay, double[] BySlot) Shape(double[] y, int used)
    {
        var slots = _history.Grid.IntervalsPerWeek;
        var days = new double[7];
        var dayCounts = new int[7];
        var bySlot = new double[slots];
        var counts = new int[slots];
        for (var i = 0; i < _history.Length; i++)
        {
            if (_frame.IsOpen(i) && _frame.SlotOf(i) is var position && position >= y.Length - used)
            {
                var (day, slot) = PhaseOf(_history.InstantAt(i));
                (days[day], dayCounts[day]) = (days[day] + y[position], dayCounts[day] + 1);
                (bySlot[slot], counts[slot]) = (bySlot[slot] + y[position], counts[slot] + 1);
            }
        }

        var level = dayCounts.Sum() > 0 ? days.Sum() / dayCounts.Sum() : Statistics.Mean(y);
        var byDay = days.Select((sum, d) => dayCounts[d] > 0 ? sum / dayCounts[d] : level).ToArray();
        return (level, byDay, [.. bySlot.Select((sum, s) => counts[s] > 0 ? sum / counts[s] : byDay[DayOfSlot(s, slots)])]);
    }

    private (int Day, int Slot) PhaseOf(Instant instant)
    {
        var grid = _history.Grid;
        if (grid.IntervalsPerWeek == 1)
        {
            return (0, 0);
        }

        var local = instant.InZone(grid.Zone).LocalDateTime;
        var day = (int)local.DayOfWeek - 1;
        var ofDay = grid.IsCalendar ? 0 : (int)(local.TimeOfDay.TickOfDay / (NodaConstants.TicksPerDay / grid.IntervalsPerDay));
        return (day, (day * grid.IntervalsPerDay) + ofDay);
    }

    private static int DayOfSlot(int slot, int slots) => slot * 7 / Math.Max(7, slots);

    private Instant MiddleOf(int weeksBack) => _history.End - Duration.FromDays((7 * weeksBack) + 3.5);

    private double Year(Instant instant)
    {
        Span<double> row = stackalloc double[2 * Harmonics];
        WriteHarmonics(row[.._year.Length], instant);
        return Vectors.Dot(_year, row[.._year.Length]);
    }

    private void WriteHarmonics(Span<double> row, Instant instant)
    {
        var day = instant.InZone(_history.Grid.Zone).DayOfYear;
        for (var k = 0; k < row.Length; k++)
        {
            var angle = 2 * Math.PI * ((k / 2) + 1) * day / 365.25;
            row[k] = k % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle);
        }
    }
}
