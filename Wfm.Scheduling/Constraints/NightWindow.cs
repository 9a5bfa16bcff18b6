using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Constraints;

/// <summary>Tells night shifts by the elapsed time they have in the local night.</summary>
internal sealed class NightWindow(NodaTime.LocalTime from, NodaTime.LocalTime to, int minimumMinutes, RosterCalendar calendar)
{
    private const string FromHour = "nightFromHour";
    private const string ToHour = "nightToHour";
    private const string Minimum = "minimumNightHours";

    private readonly (int From, int To)[] _nights = calendar.Nights(from, to);
    private readonly int _minimum = Math.Max(1, minimumMinutes);

    /// <summary>The parameters of a rule on nights.</summary>
    public static RuleParameter[] Parameters { get; } =
    [
        RuleParameter.Number(FromHour, 0, 24, "Local hour the night begins."),
        RuleParameter.Number(ToHour, 0, 24, "Local hour the night ends."),
        RuleParameter.Number(Minimum, 0, 24, "Hours of a shift within the night from which it counts as night work; any when absent.").Optional,
    ];

    public static NightWindow Of(RuleParameters parameters, RosterCalendar calendar) =>
        new(parameters.Time(FromHour), parameters.Time(ToHour), parameters.Find(Minimum) is null ? 1 : parameters.Minutes(Minimum), calendar);

    /// <summary>A night that is empty.</summary>
    public static (string Parameter, string Message)? Check(RuleParameters parameters) => parameters.Time(FromHour) != parameters.Time(ToHour) ? null
        : (ToHour, $"{FromHour} and {ToHour} are both {parameters[ToHour]}; the night is empty.");

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
