using NodaTime;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Calendar;

/// <summary>Where the days of the week stand: what a Sunday usually brings, beside the mean day.</summary>
internal sealed class WeekLevels
{
    private const int WeeksLookedAt = 26; // half a year: quiet queues need it, and weekdays drift little
    private const double Floor = 0.05; // of the mean interval: nights of single contacts say nothing of weekdays
    private const int LongestHours = 8 * 24; // an event of more than a week has no day of the week
    private const int LongestDayHours = 36; // a day, clock changes and half a night

    private readonly IntervalGrid _grid;
    private readonly double[] _usual; // by slot of the local week, NaN where closed
    private readonly double[] _meanDay; // by slot of the local day, over the days open then

    private readonly double _floor;

    private WeekLevels(IntervalGrid grid, double[] usual, double[] meanDay)
    {
        (_grid, _usual, _meanDay) = (grid, usual, meanDay);
        _floor = Floor * usual.Where(u => !double.IsNaN(u)).DefaultIfEmpty(0).Average();
        _floor = _floor > 0 ? _floor : 1;
    }

    /// <summary>Reads the levels; <see langword="null"/> on weekly grids and below two weeks.</summary>
    /// <param name="grid">Grid of the history.</param>
    /// <param name="frame">Open slots.</param>
    /// <param name="complete">Values of the open slots without events, outliers and gaps.</param>
    public static WeekLevels? Of(IntervalGrid grid, ModelFrame frame, double[] complete)
    {
        if (frame.DaysPerSlot > 1 || complete.Length < 2 * frame.SlotsPerWeek)
        {
            return null;
        }

        var (sums, counts) = (new double[grid.IntervalsPerWeek], new int[grid.IntervalsPerWeek]);
        for (var slot = Math.Max(0, complete.Length - (WeeksLookedAt * frame.SlotsPerWeek)); slot < complete.Length; slot++)
        {
            sums[frame.Clock.SlotOfWeek(slot)] += Math.Max(0, complete[slot]);
            counts[frame.Clock.SlotOfWeek(slot)]++;
        }

        double[] usual = [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.NaN)];
        var perDay = grid.IntervalsPerDay;
        double[] meanDay = [.. Enumerable.Range(0, perDay).Select(cell =>
            Enumerable.Range(0, 7).Select(day => usual[(day * perDay) + cell]).Where(u => !double.IsNaN(u)).DefaultIfEmpty(double.NaN).Average())];
        return new WeekLevels(grid, usual, meanDay);
    }

    /// <summary>Day of the local week, from Monday, and slot of the local day of an instant.</summary>
    public (int Weekday, int Cell) PhaseOf(Instant instant)
    {
        if (_grid.IsCalendar)
        {
            return ((int)_grid.DateOf(instant).DayOfWeek - 1, 0);
        }

        var local = instant.InZone(_grid.Zone);
        return ((int)local.DayOfWeek - 1, Math.Min(_grid.IntervalsPerDay - 1, (int)(local.TickOfDay / NodaConstants.TicksPerMinute) / _grid.Minutes));
    }

    /// <summary>What a day of the week usually brings at a time of day, to what a mean day brings then; near 1 where hardly anything comes.</summary>
    public double Relation(int weekday, int cell)
    {
        var (usual, mean) = (_usual[(weekday * _grid.IntervalsPerDay) + cell], _meanDay[cell]);
        return double.IsNaN(usual) ? 1 : (usual + _floor) / (mean + _floor);
    }

    /// <summary>Where a time stands.</summary>
    /// <param name="from">Start.</param>
    /// <param name="to">End, exclusive.</param>
    public WeekPlace PlaceOf(Instant from, Instant to)
    {
        var place = new WeekPlace();
        if ((to - from).TotalHours > LongestHours)
        {
            return place;
        }

        var (perDay, last) = (_grid.IntervalsPerDay, _grid.CeilingSlot(to));
        for (var slot = _grid.SlotOf(from); slot < last; slot++)
        {
            var (today, cell) = PhaseOf(_grid.StartOf(slot));
            place.Add(cell * Closures.Hours / perDay, _usual[(today * perDay) + cell], _meanDay[cell]);
            for (var day = 0; day < 7 && (to - from).TotalHours <= LongestDayHours; day++)
            {
                place.AddWeekday(day, _usual[(day * perDay) + cell], _meanDay[cell]);
            }
        }

        return place;
    }
}

/// <summary>Where a time stands in the week: logarithms of what it usually brings over what a mean day brings at the same hours.</summary>
internal sealed class WeekPlace
{
    private readonly double[] _usualByHour = new double[Closures.Hours];
    private readonly double[] _meanByHour = new double[Closures.Hours];
    private readonly double[] _usualByDay = new double[7];
    private readonly double[] _meanByDay = new double[7];

    /// <summary>Nothing known.</summary>
    public static WeekPlace Nowhere { get; } = new();

    /// <summary>All of it; nothing where it is longer than a week, or nothing is usual.</summary>
    public double? Whole => Of(_usualByHour.Sum(), _meanByHour.Sum());

    /// <summary>Each day of the week, from Monday, were it that day; NaN where closed, or where it is longer than a day.</summary>
    public double[] Weekdays => [.. _usualByDay.Zip(_meanByDay, (usual, mean) => Of(usual, mean) ?? double.NaN)];

    /// <summary>A part of the day (<see cref="EventEffect.HoursPerPart"/>).</summary>
    public double? Part(int part)
    {
        var hours = (part * EventEffect.HoursPerPart)..((part + 1) * EventEffect.HoursPerPart);
        return Of(_usualByHour[hours].Sum(), _meanByHour[hours].Sum());
    }

    /// <summary>An hour of the day.</summary>
    public double? Hour(int hour) => Of(_usualByHour[hour], _meanByHour[hour]);

    internal void Add(int hour, double usual, double mean) => Add(_usualByHour, _meanByHour, hour, usual, mean);

    internal void AddWeekday(int day, double usual, double mean) => Add(_usualByDay, _meanByDay, day, usual, mean);

    private static void Add(double[] usuals, double[] means, int at, double usual, double mean)
    {
        if (!double.IsNaN(usual))
        {
            usuals[at] += usual;
            means[at] += mean;
        }
    }

    private static double? Of(double usual, double mean) => usual > 0 && mean > 0 ? Math.Log(usual / mean) : null;
}
