using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Compiled;

/// <summary>The hours a contract owes an agent week by week, and what leave counts as: the one definition, for the goal, the contract's maxima, the
/// explanation and the result.</summary>
/// <remarks>
/// <para>The minimum of a contract spreads evenly over its usual working days: those agreed, or as many of the days on which the agent can work, Monday
/// first, as the contract has days a week, else five (<see cref="ContractSpans"/>).</para>
/// <para>Due in a week are the hours of its usual days on which the agent is employed and which the period holds, or the days around it of which
/// shifts of the agent's own are known. So a period that
/// starts on Friday owes a Monday-to-Friday worker of 40 hours 8 of them, and leave on a free weekend takes nothing off.</para>
/// <para>Leave takes off the hours of the usual days one would have worked. Of a day that it takes in part it takes the minutes between the first start and
/// the last end of the shifts the agent could have had, at most the usual hours, and all of these when it leaves nothing of that time; where a shift fits
/// beside it and both come within an hour of the usual day
/// (the meal between them), exactly what is missing to that day.</para>
/// <para>An absence that was reported after the roster was made takes the hours that were rostered in it, whatever days are usual.</para>
/// <para>Paid leave is credited: the contract's maximum of hours holds for worked and credited together, so that a day of leave is not paid back on a free
/// day, and its maximum of days counts the days that paid leave takes. Unpaid leave takes hours off and is not credited.</para>
/// </remarks>
internal sealed class HoursDue
{
    private const int Day = 1_440;
    private const int Meal = 60; // minutes by which leave and the shift beside it may miss the usual day

    private readonly RosterProblem _problem;
    private readonly RosterCalendar _calendar;
    private readonly ContractSpans[] _spans;
    private readonly (int From, int To)[] _known;
    private readonly int[] _due;
    private readonly Dictionary<int, DayLeave[]> _leave = [];

    public HoursDue(RosterProblem problem, RosterCalendar calendar)
    {
        (_problem, _calendar) = (problem, calendar);
        _spans = [.. problem.Agents.Select(a => new ContractSpans(a, problem, calendar))];
        var outside = problem.Surroundings.ToLookup(s => s.AgentId, s => calendar.Row(s.Start.InZone(calendar.Zone).Date), StringComparer.Ordinal);
        _known = [.. problem.Agents.Select(a => Known(outside[a.Id]))];
        _due = new int[problem.Agents.Count * calendar.Weeks];
        for (var agent = 0; agent < problem.Agents.Count; agent++)
        {
            var lost = new double[calendar.Rows];
            if (problem.Agents[agent].TimeOff.Count > 0) _leave.Add(agent, Leave(agent, problem.Agents[agent].TimeOff, lost));
            for (var week = 0; week < calendar.Weeks; week++)
            {
                _due[(agent * calendar.Weeks) + week] = Due(agent, week, lost);
            }
        }
    }

    /// <summary>The contracts of an agent.</summary>
    public ContractSpans Contracts(int agent) => _spans[agent];

    /// <summary>Whether anything is due to anybody.</summary>
    public bool IsAny => Array.Exists(_due, d => d > 0);

    /// <summary>Paid minutes due to an agent in a week of the calendar.</summary>
    public int Of(int agent, int week) => _due[(agent * _calendar.Weeks) + week];

    /// <summary>What leave makes of an agent's day.</summary>
    public DayLeave Leave(int agent, int row) => _leave.TryGetValue(agent, out var days) ? days[row] : default;

    /// <summary>What leave would make of an agent's days if there were only some of it.</summary>
    public DayLeave[] Leave(int agent, IReadOnlyList<TimeOff> some) => Leave(agent, some, new double[_calendar.Rows]);

    private int Due(int agent, int week, double[] lost)
    {
        var (from, to) = (Math.Max(_calendar.WeekStart(week), _known[agent].From), Math.Min(_calendar.WeekEnd(week), _known[agent].To));
        if (!_calendar.Meets(from, to)) return 0;
        var sum = 0.0;
        for (var row = from; row < to; row++)
        {
            sum += (IsUsual(agent, row) ? _spans[agent].On(row).UsualMinutes : 0) - lost[row];
        }

        return (int)Math.Floor(Math.Max(0, sum) + 1e-6);
    }

    // The days around the period that an agent's own shifts make known: from the first before it, and to the end of the week of the last after it.
    private (int From, int To) Known(IEnumerable<int> outside)
    {
        var (from, to) = (_calendar.Offset, _calendar.End);
        foreach (var row in outside)
        {
            if (row < _calendar.Offset) from = Math.Min(from, Math.Max(row, _calendar.Known));
            else if (row < _calendar.Rows) to = Math.Max(to, _calendar.WeekEnd(_calendar.Week(row)));
        }

        return (from, to);
    }

    private bool IsUsual(int agent, int row) =>
        _calendar.Date(row) is var date && _spans[agent].On(row).Usual.Contains(date.DayOfWeek) && _problem.Agents[agent].IsEmployed(date);

    private DayLeave[] Leave(int agent, IReadOnlyList<TimeOff> leave, double[] lost)
    {
        var known = leave.ToLookup(o => o.Rostered is null);
        var (planned, absences) = (Spells.Of([.. known[true]], _calendar), Spells.Of([.. known[false]], _calendar));
        var rostered = leave.SelectMany(o => o.Rostered ?? []).DistinctBy(s => s.Date).ToDictionary(s => _calendar.Row(s.Date));
        var days = new DayLeave[_calendar.Rows];
        var first = _calendar.WeekStart(_calendar.Week(_calendar.Offset)); // nothing is due in the weeks before
        int[] left =
        [
            .. Enumerable.Range(0, _calendar.Weeks).Select(w => Math.Max(0, _calendar.WeekEnd(w) - Math.Max(_calendar.WeekStart(w), _calendar.Known)) * Day),
        ];
        for (var row = 0; row < days.Length; row++)
        {
            var (credit, isAway, isNeutral) = (0.0, false, IsNeutral(agent, row, planned.Neutral));
            if (row >= first && IsUsual(agent, row))
            {
                lost[row] = Lost(agent, row, planned.All);
                credit = planned.Paid.Length == 0 ? 0 : Math.Min(lost[row], Lost(agent, row, planned.Paid));
                isAway = TakesDay(agent, row, planned.Paid, credit);
            }

            if (rostered.GetValueOrDefault(row) is { } shift)
            {
                lost[row] += Lost(shift, absences.All);
                credit += Lost(shift, absences.Paid);
                isAway |= Lost(shift, absences.Paid) == shift.Paid.TotalMinutes;
                isNeutral |= Lost(shift, absences.Neutral) == shift.Paid.TotalMinutes;
            }

            var share = isNeutral ? Math.Min(PartOfWeek(agent, row), left[_calendar.Week(row)]) : 0;
            left[_calendar.Week(row)] -= share;
            days[row] = new DayLeave((int)credit, isAway, share);
        }

        return days;
    }

    private double Lost(RosterShift shift, (int From, int To)[] leave) =>
        Math.Min(shift.Paid.TotalMinutes, Stretches.Within(leave, _calendar.Minute(shift.Start), _calendar.Minute(shift.End)));

    private bool IsNeutral(int agent, int row, (int From, int To)[] leave) =>
        leave.Length > 0 && IsUsual(agent, row)
        && (IsWhole(leave, row) || (_spans[agent].On(row).UsualMinutes is var usual and > 0 && Lost(agent, row, leave) >= usual));

    // One of five usual days is a fifth of its week; of a week of which fewer days are known, never more than an even part of those.
    private int PartOfWeek(int agent, int row)
    {
        var (from, to) = (Math.Max(_calendar.WeekStart(_calendar.Week(row)), _calendar.Known), _calendar.WeekEnd(_calendar.Week(row)));
        var part = 7 * Day / Math.Max(1, _spans[agent].On(row).Usual.Count());
        return to - from == 7 ? part : Math.Min(part, (to - from) * Day / Math.Max(1, Enumerable.Range(from, to - from).Count(r => IsUsual(agent, r))));
    }

    private bool TakesDay(int agent, int row, (int From, int To)[] paid, double credit) =>
        IsWhole(paid, row) || (credit > 0 && credit >= _spans[agent].On(row).UsualMinutes);

    private bool IsWhole((int From, int To)[] leave, int row) =>
        Array.Exists(leave, s => s.From <= _calendar.Midnight(row) && s.To >= _calendar.Midnight(row + 1));

    // Minutes of the usual day that leave takes.
    private double Lost(int agent, int row, (int From, int To)[] leave)
    {
        var usual = _spans[agent].On(row).UsualMinutes;
        if (usual == 0 || IsWhole(leave, row)) return usual;
        if (!Array.Exists(leave, s => s.From < _calendar.Midnight(row + 2) && s.To > _calendar.Midnight(row))) return 0;
        var shifts = Shifts(agent, row).ToArray();
        if (shifts.Length == 0) return 0;
        var (first, last) = (shifts.Min(s => s.Times.Start), shifts.Max(s => s.Times.End));
        if (Stretches.Within(leave, first, last) == last - first) return usual;
        var part = Math.Min(usual, PartMinutes(leave, row, first, last));
        if (part == 0) return 0;
        var beside = shifts.Where(s => Stretches.Within(leave, s.Times.Start, s.Times.End) == 0).Select(s => usual - s.Paid).Where(missing => missing >= 0)
            .OrderBy(missing => Math.Abs(missing - part)).Cast<double?>().FirstOrDefault();
        return beside is { } missing && Math.Abs(missing - part) <= Meal ? missing : part;
    }

    // Whole days of leave count by themselves, not towards a shift that reaches into them.
    private int PartMinutes((int From, int To)[] leave, int row, int from, int to)
    {
        var minutes = 0;
        for (var day = row; day < row + 3; day++)
        {
            if (!IsWhole(leave, day)) minutes += Stretches.Within(leave, Math.Max(from, _calendar.Midnight(day)), Math.Min(to, _calendar.Midnight(day + 1)));
        }

        return minutes;
    }

    // The shifts an agent could have on a day if there were no leave.
    private IEnumerable<(ShiftTimes Times, int Paid)> Shifts(int agent, int row)
    {
        var (person, date) = (_problem.Agents[agent], _calendar.Date(row));
        var windows = AvailableTimes.Of(person, _calendar);
        foreach (var template in _problem.Templates)
        {
            if (!template.Days.Contains(date.DayOfWeek) || _spans[agent].On(row).Contract.Templates?.Contains(template.Code) == false) continue;
            if (template.Groups is { } groups && !person.Skills.Any(s => groups.Contains(s.Group))) continue;
            for (var k = 0; k < ShiftTimes.Starts(template); k++)
            {
                var times = ShiftTimes.Of(template, k, date, _calendar);
                if (windows?.Cover(times.Start, times.End) != false) yield return (times, ShiftTimes.Paid(template, times.Minutes));
            }
        }
    }

    /// <summary>When an agent is away: at all, paid, and left out of averages.</summary>
    private sealed record Spells((int From, int To)[] All, (int From, int To)[] Paid, (int From, int To)[] Neutral)
    {
        public static Spells Of(IReadOnlyList<TimeOff> leave, RosterCalendar calendar)
        {
            (int From, int To)[] Joined(Func<LeaveKind, bool> isMeant) => Stretches.Joined(leave.Where(o => isMeant(o.Kind))
                .Select(o => (calendar.Minute(o.Start), (int)Math.Ceiling((o.End - calendar.Origin).TotalMinutes))));
            return new Spells(Joined(_ => true), Joined(k => k.IsPaid()), Joined(k => k.IsNeutralInAverages()));
        }
    }
}
