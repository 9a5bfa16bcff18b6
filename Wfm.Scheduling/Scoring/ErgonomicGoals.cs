using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>The goals on how the days of one agent follow one another. Each reads three days at most, so a changed day costs a look
/// at its neighbours.</summary>
/// <remarks>What is not known (before the first known day, after the last) counts for nothing.</remarks>
internal sealed class ErgonomicGoals
{
    private const int MinutesPerDay = 1440;

    private readonly RosterCalendar _calendar;
    private readonly bool[] _onLeave; // agent × rows + row: a day off that was asked for
    private readonly int _tolerance;
    private readonly double _loneDayOff;
    private readonly double _loneNight;
    private readonly double _startChange;
    private readonly double _backward;

    public ErgonomicGoals(RosterProblem problem, RosterCalendar calendar)
    {
        var objective = problem.Objective;
        (_calendar, _onLeave) = (calendar, new bool[problem.Agents.Count * calendar.Rows]);
        for (var at = 0; at < _onLeave.Length; at++)
        {
            var leave = problem.Agents[at / calendar.Rows].TimeOff;
            if (leave.Count > 0) _onLeave[at] = leave.Any(t => t.Start < calendar.At(calendar.Midnight((at % calendar.Rows) + 1))
                && t.End > calendar.At(calendar.Midnight(at % calendar.Rows)));
        }

        _tolerance = (int)objective.StartTolerance.TotalMinutes;
        (_loneDayOff, _loneNight) = (Money.Of(objective.LoneDayOffCost), Money.Of(objective.LoneNightCost));
        (_startChange, _backward) = (Money.PerMinute(objective.StartChangeCost), Money.Of(objective.BackwardRotationCost));
    }

    /// <summary>Whether any of them costs anything.</summary>
    public bool IsAny => _loneDayOff > 0 || _loneNight > 0 || _startChange > 0 || _backward > 0;

    /// <summary>What there is of each cost, for the largest unit of which all are multiples.</summary>
    public IEnumerable<double> Costs => [_loneDayOff, _loneNight, _startChange, _backward];

    /// <summary>Adds the cost of everything the rows can influence; the same set whatever stands in them.</summary>
    public AgentScore Score(int agent, ReadOnlySpan<DayCell> days, int first, int last)
    {
        var (changed, backward, lone, nights) = (0, 0, 0, 0);
        var to = Math.Min(Math.Min(last + 2, _calendar.End), days.Length - 1);
        for (var row = Math.Max(Math.Max(first, _calendar.Offset) - 1, 1); row <= to; row++)
        {
            ref readonly var before = ref days[row - 1];
            ref readonly var day = ref days[row];
            if (!day.IsWorking)
            {
                if (before.IsWorking && row + 1 < days.Length && days[row + 1].IsWorking && !IsOnLeave(agent, row)) lone++;
                continue;
            }

            if (day.IsNight && !before.IsNight && row > _calendar.Known && row + 1 < days.Length && !days[row + 1].IsNight) nights++;
            if (IsOnLeave(agent, row)) continue; // the hours that leave left decide when the day starts
            if (before.IsWorking)
            {
                if (IsOnLeave(agent, row - 1) || before.Clock < 0 || day.Clock < 0) continue;
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

    /// <summary>Whether leave touches a day: being off was asked for.</summary>
    public bool IsOnLeave(int agent, int row) => _onLeave[(agent * _calendar.Rows) + row];

    /// <summary>By how many minutes a start on the clock moves, the short way round: −719 to 720, below 0 when it turns back.</summary>
    public static int Turn(int from, int to)
    {
        var by = (to - from + MinutesPerDay) % MinutesPerDay;
        return by > MinutesPerDay / 2 ? by - MinutesPerDay : by;
    }
}
