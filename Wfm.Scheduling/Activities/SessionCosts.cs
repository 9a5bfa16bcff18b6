using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Editing;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Activities;

/// <summary>What coverage costs as people leave their work for sessions and come back.</summary>
internal sealed class SessionCosts
{
    private readonly CompiledProblem _compiled;
    private readonly PlacedPeople _people;
    private readonly Coverage _coverage;

    public SessionCosts(RosterDocument roster, PlacedPeople people)
    {
        (_compiled, _people, _coverage) = (roster.Compiled, people, new Coverage(roster.Compiled.Costs));
        _coverage.Start(roster.Covered);
        _coverage.Rebuild();
    }

    /// <summary>By how much the cost would rise if people left their work; nothing changes.</summary>
    public double Price(IEnumerable<int> agents, int from, int to)
    {
        var cost = Change(agents, from, to, -1) + _coverage.BandChange();
        Change(agents, from, to, 1);
        _coverage.DropBands();
        return cost / Money.Unit;
    }

    /// <summary>People leave their work, or with 1 come back; the rise of the cost. What a person has taken must not yet, or no more, hold the time.</summary>
    public double Move(IEnumerable<int> agents, int from, int to, int sign)
    {
        var cost = Change(agents, from, to, sign) + _coverage.BandChange();
        _coverage.KeepBands();
        return cost / Money.Unit;
    }

    private double Change(IEnumerable<int> agents, int from, int to, int sign) => agents.Sum(a => Change(a, from, to, sign));

    private double Change(int agent, int from, int to, int sign)
    {
        var (calendar, cost) = (_compiled.Calendar, 0.0);
        var (first, last) = (Math.Max(0, from / calendar.IntervalMinutes), Math.Min(calendar.IntervalCount, ((to - 1) / calendar.IntervalMinutes) + 1));
        if (last <= first) return 0;
        var shift = Array.Find(_people.Of(agent), s => s.From <= from && to <= s.To)!.Shift;
        var profile = new double[(last - first + 3) / 4 * 4];
        var origin = first * calendar.IntervalMinutes;
        foreach (var part in shift.Activities.Where(a => a.Kind == ActivityKinds.Work))
        {
            var begin = Math.Max(from, calendar.Minute(part.Start));
            var end = Math.Min(Math.Min(to, last * calendar.IntervalMinutes), calendar.Minute(part.End));
            if (end <= begin || _compiled.Skills.Find(part.Group!) is not (var group and >= 0) || _compiled.CountsShifts(group)) continue;
            Array.Clear(profile);
            ShiftCatalog.AddMinutes(profile, begin - origin, end - origin, calendar.IntervalMinutes, 1);
            var percent = _compiled.Skills.HasSkill(agent, group) ? _compiled.Skills.Percent(agent, group) : 100; // whoever was put there works there
            cost += _coverage.AddPart((group * _compiled.Costs.Stride) + first, profile, sign * percent);
        }

        return cost + Seat(agent, from, to, first, last, profile, sign);
    }

    // A seat is free in an interval only when nothing of the interval is worked.
    private double Seat(int agent, int from, int to, int first, int last, double[] profile, int sign)
    {
        if (!_compiled.Costs.HasSeats) return 0;
        Array.Clear(profile);
        for (var interval = first; interval < last; interval++)
        {
            var (begin, end) = (interval * _compiled.Calendar.IntervalMinutes, (interval + 1) * _compiled.Calendar.IntervalMinutes);
            var away = Math.Max(0, Math.Min(to, end) - Math.Max(from, begin));
            profile[interval - first] = away > 0 && _people.Worked(agent, begin, end) == away ? 1 : 0;
        }

        return _coverage.AddSeat(first, profile, sign);
    }
}
