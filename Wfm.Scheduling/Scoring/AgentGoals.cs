using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Scoring;

/// <summary>The soft goals that look at one agent: contract hours, wishes, steady starts, fair shares of nights, weekends and
/// holidays.</summary>
internal sealed class AgentGoals
{
    private readonly RosterProblem _problem;
    private readonly RosterCalendar _calendar;
    private readonly int _templates;
    private readonly HoursDue _due;
    private readonly double[] _wishes;
    private readonly double _missing;
    private readonly double _extra;
    private readonly FairnessLedger _shared;
    private readonly double _night;
    private readonly double _weekend;
    private readonly double _holiday;
    private readonly int[] _holidays;
    private readonly double _split;
    private readonly double _every;
    private readonly bool _weekly;

    public AgentGoals(RosterProblem problem, RosterCalendar calendar, ShiftCatalog shifts, HoursDue due)
    {
        (_problem, _calendar, _templates, _due) = (problem, calendar, shifts.TemplateCount, due);
        var objective = problem.Objective;
        (_missing, _extra) = (Money.PerMinute(objective.MissingContractHourCost), Money.PerMinute(objective.ExtraHourCost));
        Ergonomics = new ErgonomicGoals(problem, calendar);
        _shared = new FairnessLedger(Quarter(problem.Agents, l => l.Nights), Quarter(problem.Agents, l => l.Weekends))
        {
            Holidays = Quarter(problem.Agents, l => l.Holidays),
            RefusedWishes = Quarter(problem.Agents, l => l.RefusedWishes),
        };
        (_night, _weekend) = (Money.Of(objective.NightFairnessCost), Money.Of(objective.WeekendFairnessCost));
        _holidays = [.. problem.Holidays.Select(calendar.Row).Where(row => row >= calendar.Offset && row < calendar.End).Distinct().Order()];
        _holiday = _holidays.Length == 0 ? 0 : Money.Of(objective.HolidayFairnessCost);
        (_split, _every) = (Money.Of(objective.SplitWeekendCost), Money.Of(objective.NoFreeWeekendCost));
        _weekly = _extra > 0 || (_missing > 0 && due.IsAny);
        _wishes = new double[problem.Agents.Count * calendar.Days * (_templates + 1)];
        for (var a = 0; a < problem.Agents.Count; a++)
        {
            FillWishes(a, problem.Agents[a].Preferences, shifts);
        }
    }

    /// <summary>Whether an agent's days cost nothing but their wishes, so that a day's cost does not depend on other days.</summary>
    public bool AreWishes => !_weekly && !Ergonomics.IsAny && _night == 0 && _holiday == 0 && !WeighWeekends;

    /// <summary>Whether it matters who works which weekends.</summary>
    public bool WeighWeekends => _weekend > 0 || _split > 0 || _every > 0;

    /// <summary>The largest unit of which every cost of an agent is a multiple.</summary>
    public double Grain => new[] { _missing, _extra, _night, _weekend, _holiday, _split, _every }.Concat(Ergonomics.Costs).Concat(_wishes).Aggregate(0.0, Gcd);

    /// <summary>Cost of everything the rows can influence; the same set whatever stands in them.</summary>
    public AgentScore Score(int agent, ReadOnlySpan<DayCell> days, int first, int last)
    {
        var (missing, extra, wishes) = (0.0, 0.0, 0.0);
        for (var week = _calendar.Week(first); _weekly && week <= _calendar.Week(last); week++)
        {
            var minutes = 0;
            for (var row = _calendar.WeekStart(week); row < _calendar.WeekEnd(week); row++)
            {
                if (days[row].IsWorking) minutes += days[row].Work;
            }

            var due = _due.Of(agent, week);
            missing += Math.Max(0, due - minutes);
            extra += Math.Max(0, minutes - due);
        }

        for (var row = first; row <= last; row++)
        {
            wishes += Wish(agent, row, days[row]);
        }

        var score = Ergonomics.IsAny ? Ergonomics.Score(agent, days, first, last) : default;
        var (fairness, split) = Fairness(agent, days);
        return score with
        {
            Missing = missing * _missing,
            Extra = extra * _extra,
            Fairness = fairness,
            SplitWeekends = split,
            NoFreeWeekends = _every > 0 && WorksEveryWeekend(days) ? _every : 0,
            Preferences = wishes,
        };
    }

    /// <summary>How days follow one another.</summary>
    public ErgonomicGoals Ergonomics { get; }

    /// <summary>Cost of the wishes that a day refuses.</summary>
    public double Wish(int agent, int row, in DayCell day) =>
        _wishes[((((agent * _calendar.Days) + row - _calendar.Offset) * (_templates + 1)) + (day.IsWorking ? day.Template + 1 : 0))];

    /// <summary>Cost of the paid minutes of a week, missing to the contract or above it.</summary>
    public double WeekCost(int agent, int week, int minutes)
    {
        var due = _due.Of(agent, week);
        return (Math.Max(0, due - minutes) * _missing) + (Math.Max(0, minutes - due) * _extra);
    }

    /// <summary>Cost of the square of an agent's nights, of its weekends and of its holidays.</summary>
    public (double Night, double Weekend, double Holiday) FairnessCosts => (_night, _weekend, _holiday);

    /// <summary>Whether it matters who works on a row because it is a public holiday.</summary>
    public bool WeighsHoliday(int row) => _holiday > 0 && Array.IndexOf(_holidays, row) >= 0;

    private (double Fairness, double Split) Fairness(int agent, ReadOnlySpan<DayCell> days)
    {
        var holidays = _holiday == 0 ? 0 : Holidays(agent, days);
        if (_night == 0 && _weekend == 0 && _split == 0) return (_holiday * holidays * holidays, 0);
        var (nights, weekends, split) = Count(agent, days);
        return ((_night * nights * nights) + (_weekend * weekends * weekends) + (_holiday * holidays * holidays), _split * split);
    }

    private int Holidays(int agent, ReadOnlySpan<DayCell> days)
    {
        var holidays = Math.Max(0, _problem.Agents[agent].Ledger.Holidays - _shared.Holidays);
        foreach (var row in _holidays)
        {
            if (days[row].IsWorking) holidays++;
        }

        return holidays;
    }

    /// <summary>Whether days leave no weekend of the period free, where it has two or more.</summary>
    public bool WorksEveryWeekend(ReadOnlySpan<DayCell> days)
    {
        var weekends = _calendar.WholeWeekends;
        foreach (var (from, to) in weekends)
        {
            var row = from;
            while (row < to && !days[row].IsWorking)
            {
                row++;
            }

            if (row == to) return false;
        }

        return weekends.Length > 1;
    }

    /// <summary>Night shifts, weekends and holidays of an agent, with what its ledger has beyond the share that most carry.</summary>
    public (int Nights, int Weekends, int Holidays) Shares(int agent, ReadOnlySpan<DayCell> days)
    {
        var (nights, weekends, _) = Count(agent, days);
        return (nights, weekends, _holiday == 0 ? 0 : Holidays(agent, days));
    }

    // And the weekends of which some days are worked and others are free for no leave.
    private (int Nights, int Weekends, int Split) Count(int agent, ReadOnlySpan<DayCell> days)
    {
        var ledger = _problem.Agents[agent].Ledger;
        var (nights, weekends) = (Math.Max(0, ledger.Nights - _shared.Nights), Math.Max(0, ledger.Weekends - _shared.Weekends));
        var (split, isWorked, isFree) = (0, false, false);
        days = days[.._calendar.End]; // so that no bound is checked in the loop
        for (var row = _calendar.Offset; row < days.Length; row++)
        {
            if (days[row].IsNight) nights++;
            if (!_calendar.IsWeekend(row)) continue;
            if (!_calendar.GoesOn(row)) (isWorked, isFree) = (false, false);
            if (days[row].IsWorking)
            {
                if (!isWorked) weekends++; // once, however many of its days
                if (isFree && !isWorked) split++;
                isWorked = true;
            }
            else if (!Ergonomics.IsOnLeave(agent, row))
            {
                if (isWorked && !isFree) split++;
                isFree = true;
            }
        }

        return (nights, weekends, split);
    }

    private static double Gcd(double a, double b) => b == 0 ? a : Gcd(b, a % b);

    // What a quarter of the people carry at most.
    private static int Quarter(IReadOnlyList<RosterAgent> agents, Func<FairnessLedger, int> count) =>
        agents.Count == 0 ? 0 : agents.Select(a => count(a.Ledger)).Order().ElementAt((agents.Count - 1) / 4);

    private void FillWishes(int agent, AgentPreferences preferences, ShiftCatalog shifts)
    {
        var refused = Math.Clamp(_problem.Agents[agent].Ledger.RefusedWishes - _shared.RefusedWishes, 0, RosterObjective.MostRefusedWishes);
        var rate = _problem.Objective.PreferenceCost * (1 + (_problem.Objective.RefusedWishFairness * refused));
        foreach (var preference in preferences.Templates)
        {
            for (var day = 0; day < _calendar.Days; day++)
            {
                _wishes[Wish(agent, day, shifts.Template(preference.Template, "preference"))] += Money.Of(preference.Cost * rate);
            }
        }

        foreach (var wish in preferences.Wishes)
        {
            var day = Period.DaysBetween(_problem.Start, wish.Date);
            if (day < 0 || day >= _calendar.Days) continue;
            for (var template = -1; template < _templates; template++)
            {
                var has = template >= 0 && (wish.Template is null || template == shifts.Template(wish.Template, "wish"));
                if (has != wish.Wanted) _wishes[Wish(agent, day, template)] += Money.Of(wish.Weight * rate);
            }
        }
    }

    private int Wish(int agent, int day, int template) => (((agent * _calendar.Days) + day) * (_templates + 1)) + template + 1;
}
