using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Tells night shifts by the elapsed time they have in the local night.</summary>
internal sealed class NightWindow(NodaTime.LocalTime from, NodaTime.LocalTime to, int minimumMinutes, RosterCalendar calendar)
{
    private readonly (int From, int To)[] _nights = calendar.Nights(from, to);
    private readonly int _minimum = Math.Max(1, minimumMinutes);

    public static NightWindow Of(RuleParameters parameters, RosterCalendar calendar) =>
        new(parameters.NightFrom!.Value, parameters.NightTo!.Value, (int)(parameters.NightMinimum?.TotalMinutes ?? 1), calendar);

    public bool IsNight(int row, in DayCell cell) => cell.IsWorking && IsNight(row, cell.Start, cell.End);

    public bool IsNight(int row, int start, int end)
    {
        var inside = 0;
        for (var night = row; night < row + 3; night++) // the nights of the day before, the day and the day after
        {
            var overlap = Math.Min(end, _nights[night].To) - Math.Max(start, _nights[night].From);
            if (overlap > 0) inside += overlap;
        }

        return inside >= _minimum;
    }
}
