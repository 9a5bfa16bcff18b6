using System.Runtime.InteropServices;
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
        var (moved, backward, lone, nights) = (0, 0, 0, 0);
        var to = Math.Min(Math.Min(last + 2, _calendar.End), days.Length - 1);
        for (var row = Math.Max(Math.Max(first, _calendar.Offset) - 1, 1); row <= to; row++)
        {
            var day = Of(agent, days, row);
            if (day.IsLoneDayOff) lone++;
            if (day.IsLoneNight) nights++;
            if (day.TurnsBack) backward++;
            moved += day.MovedMinutes;
        }

        return new AgentScore
        {
            LoneDaysOff = lone * _loneDayOff,
            LoneNights = nights * _loneNight,
            StartChanges = moved * _startChange,
            BackwardRotations = backward * _backward,
        };
    }

    /// <summary>What a day is among those around it.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="days">The agent's days.</param>
    /// <param name="row">The day; the first of all has nothing before it and is nothing.</param>
    public DayAmongDays Of(int agent, ReadOnlySpan<DayCell> days, int row)
    {
        if (row == 0) return default;
        ref readonly var before = ref days[row - 1];
        ref readonly var day = ref days[row];
        if (!day.IsWorking)
        {
            return before.IsWorking && row + 1 < days.Length && days[row + 1].IsWorking && !IsOnLeave(agent, row) ? new DayAmongDays { IsLoneDayOff = true }
                : default;
        }

        var isLone = day.IsNight && !before.IsNight && row > _calendar.Known && row + 1 < days.Length && !days[row + 1].IsNight;
        var (known, turn) = (false, 0);
        if (IsOnLeave(agent, row))
        {
            // the hours that leave left decide when the day starts
        }
        else if (before.IsWorking)
        {
            known = !IsOnLeave(agent, row - 1) && before.Clock >= 0 && day.Clock >= 0;
            turn = known ? Turn(before.Clock, day.Clock) : 0;
        }
        else if (row > 1 && days[row - 2] is { IsWorking: true, Clock: >= 0 and var clock } && day.Clock >= 0)
        {
            turn = Turn(clock, day.Clock);
        }

        return new DayAmongDays
        {
            IsLoneNight = isLone,
            Follows = known,
            MovedMinutes = known ? Math.Max(0, Math.Abs(turn) - _tolerance) : 0,
            TurnsBack = turn < -_tolerance,
        };
    }

    /// <summary>Whether leave touches a day: being off was asked for.</summary>
    public bool IsOnLeave(int agent, int row) => _onLeave[(agent * _calendar.Rows) + row];

    /// <summary>By how many minutes a start on the clock moves, the short way round: −719 to 720, below 0 when it turns back.</summary>
    private static int Turn(int from, int to)
    {
        var by = (to - from + MinutesPerDay) % MinutesPerDay;
        return by > MinutesPerDay / 2 ? by - MinutesPerDay : by;
    }
}

/// <summary>What a day of an agent is among those around it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct DayAmongDays
{
    /// <summary>A day off between two working days that is no leave.</summary>
    public bool IsLoneDayOff { get; init; }

    /// <summary>A night shift without another on the day before or after, as far as they are known.</summary>
    public bool IsLoneNight { get; init; }

    /// <summary>A shift on the day after another, neither cut by leave.</summary>
    public bool Follows { get; init; }

    /// <summary>Minutes beyond the tolerance by which its start lies off that of the day before.</summary>
    public int MovedMinutes { get; init; }

    /// <summary>Its start turns back by more than the tolerance from the day before, or from the day before a single day off.</summary>
    public bool TurnsBack { get; init; }
}
