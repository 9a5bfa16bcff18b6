using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>The goals on how the days of one agent follow one another. Each reads three days at most, so a changed day costs a look at its neighbours.</summary>
/// <remarks>What is not known (before the first known day, after the last) counts for nothing.</remarks>
internal sealed class ErgonomicGoals
{
    private const int MinutesPerDay = 1440;

    private readonly RosterCalendar _calendar;
    private readonly int _tolerance;
    private readonly double _loneDayOff;
    private readonly double _loneNight;
    private readonly double _startChange;
    private readonly double _backward;

    public ErgonomicGoals(RosterObjective objective, RosterCalendar calendar)
    {
        _calendar = calendar;
        _tolerance = (int)objective.StartTolerance.TotalMinutes;
        (_loneDayOff, _loneNight) = (Money.Of(objective.LoneDayOffCost), Money.Of(objective.LoneNightCost));
        (_startChange, _backward) = (Money.PerMinute(objective.StartChangeCost), Money.Of(objective.BackwardRotationCost));
    }

    /// <summary>Whether any of them costs anything.</summary>
    public bool IsAny => _loneDayOff > 0 || _loneNight > 0 || _startChange > 0 || _backward > 0;

    /// <summary>What there is of each cost, for the largest unit of which all are multiples.</summary>
    public IEnumerable<double> Costs => [_loneDayOff, _loneNight, _startChange, _backward];

    /// <summary>Adds the cost of everything the rows can influence; the same set whatever stands in them.</summary>
    public AgentScore Score(ReadOnlySpan<DayCell> days, int first, int last)
    {
        var (changed, backward, lone, nights) = (0, 0, 0, 0);
        var to = Math.Min(Math.Min(last + 2, _calendar.End), days.Length - 1);
        for (var row = Math.Max(Math.Max(first, _calendar.Offset) - 1, 1); row <= to; row++)
        {
            ref readonly var before = ref days[row - 1];
            ref readonly var day = ref days[row];
            if (!day.IsWorking)
            {
                if (before.IsWorking && IsLone(days, row)) lone++;
                continue;
            }

            if (day.IsNight && !before.IsNight && row > _calendar.Known && row + 1 < days.Length && !days[row + 1].IsNight) nights++;
            if (before.IsWorking)
            {
                if (before.Clock < 0 || day.Clock < 0) continue;
                var by = Turn(before.Clock, day.Clock);
                changed += Math.Max(0, Math.Abs(by) - _tolerance);
                if (by < -_tolerance) backward++;
            }
            else if (row > 1 && days[row - 2] is { IsWorking: true, Clock: >= 0 and var clock } && day.Clock >= 0 && Turn(clock, day.Clock) < -_tolerance)
            {
                backward++;
            }
        }

        return new AgentScore
        {
            LoneDaysOff = lone * _loneDayOff,
            LoneNights = nights * _loneNight,
            StartChanges = changed * _startChange,
            BackwardRotations = backward * _backward,
        };
    }

    /// <summary>Whether a day off lies alone between two working days. A day of leave was asked for and is none.</summary>
    public static bool IsLone(ReadOnlySpan<DayCell> days, int row) =>
        !days[row].IsWorking && !days[row].Leave.IsAway && row > 0 && days[row - 1].IsWorking && row + 1 < days.Length && days[row + 1].IsWorking;

    /// <summary>By how many minutes a start on the clock moves, the short way round: −719 to 720, below 0 when it turns back.</summary>
    public static int Turn(int from, int to)
    {
        var by = (to - from + MinutesPerDay) % MinutesPerDay;
        return by > MinutesPerDay / 2 ? by - MinutesPerDay : by;
    }
}
