using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>The days of an event that still runs, as a week of their own: what their hours brought, not what they brought beside the usual.</summary>
/// <remarks>
/// volume = A(time of day)·r(day of week, time of day)·W(day of week): A from the event's own days, r what weekdays usually are to each other, W what is left
/// of that. No multiple of the usual makes a peak at hours that are usually empty. How much it counts beside the usual bent by the event follows from the
/// squared errors of both on the days so far, its own with the day left out.
/// </remarks>
internal sealed class RunningCourse
{
    private const int FewestDays = 3;
    private const int DaysForWeekdays = 7;

    private readonly WeekLevels _levels;
    private readonly double[] _byCell; // NaN where not seen
    private readonly double[] _byWeekday;

    private RunningCourse(WeekLevels levels, double[] byCell, double[] byWeekday, double weight) =>
        (_levels, _byCell, _byWeekday, Weight) = (levels, byCell, byWeekday, weight);

    /// <summary>Share of it in the forecast, in [0, 1].</summary>
    public double Weight { get; }

    /// <summary>Reads the course; <see langword="null"/> where it is too short, or the week is not known.</summary>
    /// <param name="history">The history.</param>
    /// <param name="intervals">Intervals of the event that count.</param>
    /// <param name="levels">Where the days of the week stand.</param>
    /// <param name="bent">The usual volume of each interval, bent by the event.</param>
    /// <param name="dispersion">Variance ÷ mean.</param>
    public static RunningCourse? Of(TimeSeries history, IReadOnlyList<int> intervals, WeekLevels? levels, IReadOnlyList<double> bent, double dispersion)
    {
        if (levels is null)
        {
            return null;
        }

        List<Seen> seen = [.. intervals.Select((i, k) =>
        {
            var (weekday, cell) = levels.PhaseOf(history.InstantAt(i));
            return new Seen(history.Grid.DateOf(history.InstantAt(i)).DayOfYear, weekday, cell, levels.Relation(weekday, cell), history.Values[i], bent[k]);
        })];
        var days = seen.GroupBy(s => s.Day).ToList();
        if (days.Count < FewestDays)
        {
            return null;
        }

        var (volume, relation) = (new double[history.Grid.IntervalsPerDay], new double[history.Grid.IntervalsPerDay]);
        foreach (var s in seen)
        {
            volume[s.Cell] += s.Value;
            relation[s.Cell] += s.Relation;
        }

        double LeftOut(Seen s) => relation[s.Cell] > s.Relation ? (volume[s.Cell] - s.Value) / (relation[s.Cell] - s.Relation) * s.Relation : s.Value;
        var own = seen.Sum(s => Square(s.Value - LeftOut(s)));
        var scale = seen.Sum(s => s.Bent) is > 0 and var sum ? seen.Sum(s => s.Value) / sum : 1;
        var other = seen.Sum(s => Square(s.Value - (scale * s.Bent)));
        var weight = own + other > 0 ? Square(other) / (Square(other) + Square(own)) : 0.5;
        double[] byCell = [.. volume.Zip(relation, (v, r) => r > 0 ? Math.Max(0, v) / r : double.NaN)];
        var byWeekday = days.Count < DaysForWeekdays ? [.. Enumerable.Repeat(1.0, 7)] : Weekdays(days, LeftOut, dispersion);
        return new RunningCourse(levels, byCell, byWeekday, weight);
    }

    /// <summary>What it says of an interval ahead; NaN where its time of day was not seen.</summary>
    /// <param name="instant">Start of the interval.</param>
    public double At(NodaTime.Instant instant)
    {
        var (weekday, cell) = _levels.PhaseOf(instant);
        return _byCell[cell] * _levels.Relation(weekday, cell) * _byWeekday[weekday];
    }

    /// <summary>What days of the week are to each other beside what they usually are, as far as it is more than counting noise and not just that day.</summary>
    private static double[] Weekdays(List<IGrouping<int, Seen>> days, Func<Seen, double> expected, double dispersion)
    {
        var half = 0.5 * dispersion;
        var left = days.ConvertAll(d =>
        {
            var (volume, usual) = (d.Sum(s => s.Value), d.Sum(expected));
            return (d.First().Weekday, Log: Math.Log((Math.Max(0, volume) + half + 1e-9) / (Math.Max(0, usual) + half + 1e-9)),
                Noise: dispersion / (Math.Max(0, usual) + half + 1e-9));
        });
        var (squares, noise) = (left.Average(d => d.Log * d.Log), left.Average(d => d.Noise));
        var trust = squares > noise ? 1 - (noise / squares) : 0;
        return [.. Enumerable.Range(0, 7).Select(weekday =>
        {
            var of = left.FindAll(d => d.Weekday == weekday);
            return of.Count == 0 ? 1 : Math.Exp(trust * of.Sum(d => d.Log) / (of.Count + 1)); // one day more of none: the day may have been odd
        })];
    }

    private static double Square(double x) => x * x;

    private readonly record struct Seen(int Day, int Weekday, int Cell, double Relation, double Value, double Bent);
}
