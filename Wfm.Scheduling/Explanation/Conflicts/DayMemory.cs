using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>Remembers from which pasts the days to come were tried already: two pasts that no rule tells apart have the same future.</summary>
/// <remarks>What a rule has to know of the past is written as numbers, one line per kind of rule; with a kind not known here nothing is remembered,
/// which costs time and no exactness.</remarks>
internal sealed class DayMemory
{
    private readonly RosterCalendar _calendar;
    private readonly List<Func<DayCell[], int, int>> _numbers = [];
    private readonly List<(int Reach, Action<DayCell[], int, List<int>> Write)> _lists = [];
    private readonly Dictionary<(int Row, string Past), long> _seen = [];
    private readonly List<int> _key = [];
    private readonly bool _known = true;

    public DayMemory(CompiledProblem compiled, AgentChoices choices)
    {
        _calendar = compiled.Calendar;
        var rules = choices.Laws;
        var rest = rules.Where(r => r.Kind == LabourRuleKind.MinimumDailyRest).Select(r => Minutes(r)).Append(0).Max();
        _numbers.Add((days, row) => Math.Max(0, LastEnd(days, row) + rest - _calendar.Midnight(row)));
        if (Array.Exists(choices.All, r => r is MaximumWeeklyHours or ContractMaximumHours)) _numbers.Add(WeekWork);
        if (Array.Exists(choices.All, r => r is MinimumDaysOff or ContractMaximumDays)) _numbers.Add(WeekDays);
        foreach (var rule in rules)
        {
            _known &= Know(compiled, rule);
        }
    }

    /// <summary>True when the same past, or one that had reached at least as much, stood here before.</summary>
    public bool Knows(DayCell[] days, int row, long reached)
    {
        if (!_known) return false;
        _key.Clear();
        foreach (var number in _numbers)
        {
            _key.Add(number(days, row));
        }

        foreach (var (reach, write) in _lists)
        {
            for (var past = Math.Max(0, row - reach); past < row; past++)
            {
                write(days, past, _key);
            }
        }

        var key = (row, new string(MemoryMarshal.Cast<int, char>(CollectionsMarshal.AsSpan(_key))));
        if (_seen.TryGetValue(key, out var best) && best >= reached) return true;
        _seen[key] = reached;
        return false;
    }

    private bool Know(CompiledProblem compiled, LabourRule rule)
    {
        switch (rule.Kind)
        {
            case LabourRuleKind.MaximumDailyHours:
            case LabourRuleKind.MaximumSpread:
            case LabourRuleKind.BreakAfter:
            case LabourRuleKind.MaximumContinuousWork:
            case LabourRuleKind.MaximumNightHours:
            case LabourRuleKind.NoExposureAtEnd:
            case LabourRuleKind.MinimumDailyRest:
            case LabourRuleKind.MaximumWeeklyHours:
            case LabourRuleKind.MinimumDaysOffPerWeek:
                return true; // one shift by itself, or counted above
            case LabourRuleKind.MaximumConsecutiveDays or LabourRuleKind.MinimumConsecutiveDays or LabourRuleKind.MinimumConsecutiveDaysOff:
                _numbers.Add((days, row) => Run(days, row, (r, _) => days[r].IsWorking));
                return true;
            case LabourRuleKind.MaximumConsecutiveNights:
                var night = NightWindow.Of(rule.Parameters, _calendar);
                _numbers.Add((days, row) => Run(days, row, (r, cell) => night.IsNight(r, cell)));
                return true;
            case LabourRuleKind.MinimumWeeklyRest:
                _numbers.Add((days, row) => LastEnd(days, row) - _calendar.Midnight(row));
                _numbers.Add((days, row) => RestedWeeks(days, row, Minutes(rule)));
                return true;
            case LabourRuleKind.MaximumExposure:
                _lists.Add((rule.Parameters.Days!.Value - 1, (days, past, key) => key.AddRange([days[past].Exposure, days[past].Group])));
                return true;
            case LabourRuleKind.MaximumAverageWeeklyHours:
                _lists.Add((7 * rule.Parameters.Weeks!.Value, AddWeek));
                return true;
            case LabourRuleKind.MaximumPeriodHours or LabourRuleKind.MinimumPeriodHours:
                _numbers.Add((days, row) => WorkOf(days, _calendar.Offset, row));
                return true;
            case LabourRuleKind.MaximumShifts:
                foreach (var limit in rule.Parameters.Templates!)
                {
                    var template = compiled.Shifts.Find(limit.Template);
                    _numbers.Add((days, row) => Count(days, _calendar.Offset, row, cell => cell.IsWorking && cell.Template == template));
                }

                return true;
            case LabourRuleKind.MaximumWeekends:
                _numbers.Add(Weekends);
                return true;
            case LabourRuleKind.ForbiddenSuccession:
                _numbers.Add((days, row) => row > 0 && days[row - 1].IsWorking ? days[row - 1].Template + 1 : -1);
                return true;
            default:
                return false;
        }
    }

    // Work of a whole week, once, at its Monday; of days to come only what is fixed is in it.
    private void AddWeek(DayCell[] days, int row, List<int> key)
    {
        if (row % 7 == 0) key.Add(WorkOf(days, row, _calendar.WeekEnd(_calendar.Week(row))));
    }

    private static int Minutes(LabourRule rule) => (int)rule.Parameters.Limit!.Value.TotalMinutes;

    private static int LastEnd(DayCell[] days, int row)
    {
        for (var past = row - 1; past >= 0; past--)
        {
            if (days[past].IsWorking) return days[past].End;
        }

        return int.MinValue / 2;
    }

    private int WeekWork(DayCell[] days, int row) => row < _calendar.Rows ? WorkOf(days, _calendar.WeekStart(_calendar.Week(row)), row) : 0;

    private static int WorkOf(DayCell[] days, int from, int to)
    {
        var sum = 0;
        for (var row = from; row < to; row++)
        {
            sum += days[row].Work;
        }

        return sum;
    }

    private int WeekDays(DayCell[] days, int row) => Count(days, _calendar.WeekStart(_calendar.Week(row)), row, cell => cell.IsWorking);

    private static int Count(DayCell[] days, int from, int to, Func<DayCell, bool> counts)
    {
        var count = 0;
        for (var row = from; row < to; row++)
        {
            if (counts(days[row])) count++;
        }

        return count;
    }

    // Days in a row that are alike, negative for those that are not what is asked.
    private static int Run(DayCell[] days, int row, Func<int, DayCell, bool> counts)
    {
        if (row == 0) return 0;
        var kind = counts(row - 1, days[row - 1]);
        var past = row - 1;
        while (past > 0 && counts(past - 1, days[past - 1]) == kind)
        {
            past--;
        }

        return kind ? row - past : past - row;
    }

    // One bit for each stretch of seven days that has begun and already holds its rest.
    private int RestedWeeks(DayCell[] days, int row, int minutes)
    {
        var bits = 0;
        for (var start = Math.Max(0, row - 6); start < row; start++)
        {
            var free = _calendar.Midnight(start);
            if (start > 0 && days[start - 1].IsWorking) free = Math.Max(free, days[start - 1].End);
            for (var past = start; past < row; past++)
            {
                if (!days[past].IsWorking) continue;
                if (days[past].Start - free >= minutes) bits |= 1 << (row - start);
                free = Math.Max(free, days[past].End);
            }
        }

        return bits;
    }

    private int Weekends(DayCell[] days, int row)
    {
        var count = 0;
        for (var saturday = 5; saturday < row; saturday += 7)
        {
            if ((saturday >= _calendar.Offset && days[saturday].IsWorking) || (saturday + 1 < row && saturday + 1 >= _calendar.Offset && days[saturday + 1].IsWorking)) count++;
        }

        return (2 * count) + (row % 7 == 6 && row > 0 && days[row - 1].IsWorking ? 1 : 0);
    }
}
