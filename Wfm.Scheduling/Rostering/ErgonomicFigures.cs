using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Rostering;

/// <summary>How a roster can be lived with, counted over the people who have shifts in it.</summary>
/// <param name="People">People with a shift in the period.</param>
/// <param name="DaysOff">Their days of the period without a shift, leave left out.</param>
/// <param name="LoneDaysOff">Of these, those between two working days.</param>
/// <param name="Weekends">Weekends that lie whole in the period.</param>
/// <param name="EveryWeekend">People who work on a day of every one of them; 0 when there are fewer than two.</param>
/// <param name="Nights">Night shifts.</param>
/// <param name="LoneNights">Of these, those without another on the day before or after.</param>
/// <param name="Successions">Shifts on the day after another.</param>
/// <param name="StartChanges">Of these, those whose start moves on the clock by more than the objective's tolerance.</param>
/// <param name="BackwardRotations">Shifts whose start turns back by more than that from a day before, or from the day before a single day off.</param>
public sealed record ErgonomicFigures(
    int People, int DaysOff, int LoneDaysOff, int Weekends, int EveryWeekend, int Nights, int LoneNights, int Successions, int StartChanges,
    int BackwardRotations)
{
    /// <summary>Counts the period of a roster. Shifts known around it count as neighbours, and what is not known breaks nothing.</summary>
    internal static ErgonomicFigures Of(CompiledProblem compiled, RosterState state)
    {
        var sum = new ErgonomicFigures(0, 0, 0, compiled.Calendar.WholeWeekends.Length, 0, 0, 0, 0, 0, 0);
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            sum = sum.With(compiled, agent, state.Days(agent));
        }

        return sum;
    }

    private ErgonomicFigures With(CompiledProblem compiled, int agent, ReadOnlySpan<DayCell> days)
    {
        var (calendar, goals, person) = (compiled.Calendar, compiled.Goals.Ergonomics, compiled.Problem.Agents[agent]);
        var (worked, off, lone, nights, loneNights, follows, moved, backward) = (0, 0, 0, 0, 0, 0, 0, 0);
        for (var row = calendar.Offset; row < calendar.End; row++)
        {
            var day = goals.Of(agent, days, row);
            if (days[row].IsWorking) worked++;
            else if (person.IsEmployed(calendar.Date(row)) && !goals.IsOnLeave(agent, row)) off++;
            if (days[row].IsNight) nights++;
            if (day.IsLoneDayOff) lone++;
            if (day.IsLoneNight) loneNights++;
            if (day.Follows) follows++;
            if (day.MovedMinutes > 0) moved++;
            if (day.TurnsBack) backward++;
        }

        if (worked == 0) return this;
        return this with
        {
            People = People + 1,
            DaysOff = DaysOff + off,
            LoneDaysOff = LoneDaysOff + lone,
            EveryWeekend = EveryWeekend + (compiled.Goals.WorksEveryWeekend(days) ? 1 : 0),
            Nights = Nights + nights,
            LoneNights = LoneNights + loneNights,
            Successions = Successions + follows,
            StartChanges = StartChanges + moved,
            BackwardRotations = BackwardRotations + backward,
        };
    }
}
