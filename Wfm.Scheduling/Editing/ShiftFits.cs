using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Editing;

/// <summary>Who could take open work: everybody with the skill is looked at, by the rules and goals of the roster.</summary>
/// <remarks>
/// Somebody who is off gets, of the shifts that may be given, the one that covers most of the work and among those the cheapest; somebody at work on another
/// group changes to it; somebody whose shift lies beside it works longer; of several ways the one that covers most. Nobody gets a shift that a rule forbids:
/// what stops the person is told, and of the ways that are forbidden rather one for which waivers of the organisation's own rules would do.
/// </remarks>
internal sealed class ShiftFits
{
    private const int Stopped = 2; // the last class
    private const int MostWays = 4; // forbidden shifts of one person that are looked at for one that waivers would allow

    private readonly RosterDocument _roster;
    private readonly CompiledProblem _compiled;
    private readonly OpenWork _work;
    private readonly int _group;
    private readonly int _day;
    private readonly int _from;
    private readonly int _to;
    private readonly Duration _longest;
    private readonly CoverPrices _prices;
    private readonly Dictionary<(int Variant, short Pattern, double Percent), double> _costs = [];
    private readonly Dictionary<(int RuleSet, string Groups), Candidate[]> _shifts = []; // groups only where a shift may serve two

    /// <param name="roster">The roster.</param>
    /// <param name="work">The work.</param>
    /// <param name="longest">By how much a shift may grow.</param>
    public ShiftFits(RosterDocument roster, OpenWork work, Duration longest)
    {
        (_roster, _compiled, _work, _longest) = (roster, roster.Compiled, work, longest);
        _group = _compiled.Skills.Find(work.Group);
        (_from, _to) = (_compiled.Calendar.Minute(work.Start), _compiled.Calendar.Minute(work.End));
        _day = _compiled.Calendar.RowAt(_from);
        _prices = new CoverPrices(roster, 0, null);
    }

    /// <summary>At most one entry for everybody with the skill, those who could take it first, the best first; then those who could by a waiver.</summary>
    public List<Fit> Find()
    {
        if (_group < 0) return [];
        return
        [
            .. Enumerable.Range(0, _compiled.Agents).Where(a => _compiled.Skills.HasSkill(a, _group)).Select(Best).OfType<Fit>()
                .OrderBy(Class).ThenByDescending(f => Class(f) == Stopped ? 0 : Math.Round(f.CoveredMinutes)).ThenBy(f => f.Cost)
                .ThenBy(f => f.AgentId, StringComparer.Ordinal),
        ];
    }

    private Fit? Best(int agent)
    {
        var (known, best, isAtWork) = (_compiled.Shifts.Count, (Fit?)null, false);
        for (var row = Math.Max(_compiled.Calendar.Offset, _day - 1); row <= Math.Min(_day + 1, _compiled.Calendar.End - 1); row++)
        {
            ref readonly var cell = ref _roster.Days(agent)[row];
            if (!cell.IsWorking) continue;
            var overlaps = cell.Start < _to && cell.End > _from;
            isAtWork |= overlaps;
            var (id, date) = (_compiled.Problem.Agents[agent].Id, _compiled.Calendar.Date(row));
            if (_roster.IsLocked(id, date)) continue;
            var shift = _roster.Find(id, date)!;
            if (overlaps) best = Better(best, Beside(agent, shift));
            best = Better(best, Longer(agent, shift));
        }

        if (!isAtWork) best = Better(best, New(agent));
        _compiled.Shifts.Forget(known);
        return best;
    }

    // Who could, who could by a waiver, who is stopped.
    private static int Class(Fit fit) => fit.Stops.Count == 0 ? 0 : fit.IsByWaiver ? 1 : Stopped;

    private static Fit? Better(Fit? one, Fit? other)
    {
        if (one is null || other is null) return one ?? other;
        if (Class(one) == Stopped && Class(other) == Stopped) return one.Kind == FitKind.LongerShift && other.Kind == FitKind.NewShift ? other : one;
        return (Class(other), -other.CoveredMinutes, other.Cost).CompareTo((Class(one), -one.CoveredMinutes, one.Cost)) < 0 ? other : one;
    }

    // At work then, on something else.
    private Fit? Beside(int agent, RosterShift shift)
    {
        var activities = Onto(shift.Activities);
        return ReferenceEquals(activities, shift.Activities) ? null : Judged(agent, FitKind.OtherWork, shift, _roster.Pay.With(shift, shift.Date, activities));
    }

    // What other work of a shift lies in the time of the open work becomes it; breaks and trainings stay.
    private IReadOnlyList<ShiftActivity> Onto(IReadOnlyList<ShiftActivity> activities)
    {
        var changed = activities;
        foreach (var part in activities.Where(a => a.Kind == ActivityKinds.Work && a.Group != _work.Group && a.Start < _work.End && _work.Start < a.End))
        {
            changed = ShiftSurgery.Overlaid(
                changed, new ShiftActivity(ActivityKinds.Work, _work.Group, Instant.Max(part.Start, _work.Start), Instant.Min(part.End, _work.End)));
        }

        return changed;
    }

    // At work before or after it, or in a part of it.
    private Fit? Longer(int agent, RosterShift shift)
    {
        var (start, end) = (Instant.Min(shift.Start, _work.Start), Instant.Max(shift.End, _work.End));
        var longer = end - start - (shift.End - shift.Start);
        if (longer == Duration.Zero || longer > _longest || end - start > Duration.FromHours(24)) return null;
        if (start.InZone(_compiled.Problem.Zone).Date != shift.Date || !shift.Activities.Any(a => a.Kind == ActivityKinds.Work)) return null;
        var resized = Onto(ShiftSurgery.Resized(shift.Activities, start, end));
        return Judged(agent, FitKind.LongerShift, shift, _roster.Pay.With(shift, shift.Date, resized));
    }

    // Off on the day: of the shifts that no rule forbids, the one that covers most of it, and of those the cheapest.
    private Fit? New(int agent)
    {
        var days = _roster.Days(agent);
        var then = days.ToArray();
        (DayCell Cell, int Minutes, double Cost)? best = null;
        (DayCell? stopped, DayCell? waived) = (null, null);
        var ways = 0;
        foreach (var candidate in Candidates(agent))
        {
            if (best is { } found && candidate.Minutes < found.Minutes) break;
            var cell = candidate.Cell;
            var row = _compiled.Shifts[cell.Variant].Row;
            var at = (agent * _compiled.Calendar.Rows) + row;
            if (days[row].IsWorking || _compiled.Start.Pinned[at]) continue;
            stopped ??= cell;
            if (!_compiled.Eligibility.IsAllowed(agent, cell.Variant) || !_compiled.Skills.CanWork(agent, _group)) continue;
            then[row] = _compiled.Start.Place(at, cell);
            if (_roster.IsLegal(agent, days, then, row))
            {
                var cost = CostOf(agent, cell) + _roster.Dearer(agent, days, then, row);
                if ((best is null || cost < best.Value.Cost) && SeatStops(null, _compiled.ShiftOf(agent, cell)).Count == 0)
                    best = (cell, candidate.Minutes, cost);
            }
            else if (best is null && waived is null && ways++ < MostWays && CanBeWaived(_roster.FirstWorse(agent, days, then, row))
                && CanBeWaived(_roster.WorseRules(agent, days, then)))
            {
                waived = cell;
            }

            then[row] = days[row];
        }

        return (best?.Cell ?? waived ?? stopped) is { } made ? Judged(agent, FitKind.NewShift, null, _compiled.ShiftOf(agent, made), made) : null;
    }

    // Those that cover most first. Somebody who may be given none is told why by those that others may be given.
    private Candidate[] Candidates(int agent)
    {
        var groups = Enumerable.Range(0, _compiled.Eligibility.MixesAny ? _compiled.Costs.Groups : 0).Where(g => _compiled.Skills.CanWork(agent, g));
        var key = (_compiled.RuleSetOf[agent], string.Join(' ', groups));
        if (!_shifts.TryGetValue(key, out var found))
            _shifts.Add(key, found = [.. Covering(agent).OrderByDescending(c => c.Minutes).ThenBy(c => c.Cell.Work)]);
        return found;
    }

    private IEnumerable<Candidate> Covering(int agent)
    {
        for (var row = Math.Max(_compiled.Calendar.Offset, _day - 1); row <= _day; row++)
        {
            foreach (var variant in _compiled.Shifts.DayVariants[row])
            {
                var shift = _compiled.Shifts[variant];
                if (shift.Start >= _to || shift.End <= _from) continue;
                var cells = Serves(variant) ? Whole(agent, variant).Concat(Mixed(agent, variant)) : [];
                var most = cells.Select(c => new Candidate(c, Overlap(c))).DefaultIfEmpty().MaxBy(c => c.Minutes);
                if (most.Minutes > 0) yield return most;
            }
        }
    }

    private IEnumerable<DayCell> Whole(int agent, int variant) =>
        _compiled.Eligibility.Patterns(agent, variant, _group).Select(p => _compiled.Cell(variant, _group, p));

    // A shift of two groups, where one of this group alone is forbidden.
    private IEnumerable<DayCell> Mixed(int agent, int variant)
    {
        var groups = _compiled.Skills.GroupsOn(agent, _compiled.Shifts[variant].Template);
        if (!_compiled.Eligibility.MixesAny || !groups.Contains(_group) || _compiled.Eligibility.Patterns(agent, variant, _group).Length > 0) return [];
        return
            from other in groups
            from pair in new[] { (First: _group, Second: other), (First: other, Second: _group) }
            let shifts = _compiled.Eligibility.Mixed(agent, variant, pair.First, pair.Second)
            from blocks in shifts.IsEmpty ? [] : shifts.Blocks
            select _compiled.Cell(variant, pair.First, pair.Second, blocks, shifts.Patterns(blocks)[0]);
    }

    private bool Serves(int variant) =>
        _compiled.Problem.Templates[_compiled.Shifts[variant].Template].Groups is not { } groups || groups.Contains(_work.Group);

    private int Overlap(in DayCell cell)
    {
        var minutes = 0;
        foreach (var part in _compiled.Shifts.Parts(cell))
        {
            if (part.Group == _group) minutes += Math.Max(0, Math.Min(part.To, _to) - Math.Max(part.From, _from));
        }

        return minutes;
    }

    private Fit Judged(int agent, FitKind kind, RosterShift? before, RosterShift after, DayCell? made = null)
    {
        var days = _roster.Days(agent);
        var then = days.ToArray();
        var row = _compiled.Calendar.Row(after.Date);
        then[row] = _compiled.Start.Place((agent * _compiled.Calendar.Rows) + row, made ?? _roster.Cell(after));
        var person = _roster.Dearer(agent, days, then, row);
        var cost = person + (made is { } cell ? CostOf(agent, cell) : _prices.For(agent, before).Instead(after));
        var covered = after.Activities.Where(a => a.Group == _work.Group && a.Start < _work.End && _work.Start < a.End)
            .Sum(a => (Instant.Min(a.End, _work.End) - Instant.Max(a.Start, _work.Start)).TotalMinutes);
        return new Fit(
            after.AgentId, kind, new DayEdit(after.AgentId, after.Date, after), before, covered, cost, person, _roster.Figures(agent, days),
            _roster.Figures(agent, then), Stops(agent, days, then, row, before, after));
    }

    private IReadOnlyList<Violation> Stops(
        int agent, ReadOnlySpan<DayCell> days, ReadOnlySpan<DayCell> then, int row, RosterShift? before, RosterShift after) =>
        _roster.Stops(agent, days, then, row, before, after) is { Count: > 0 } rules ? All(rules, agent, days, then, before, after) : SeatStops(before, after);

    // Whoever thinks of a waiver has to know every rule that it takes; a rule that nobody can waive is enough by itself.
    private IReadOnlyList<Violation> All(
        IReadOnlyList<Violation> first, int agent, ReadOnlySpan<DayCell> days, ReadOnlySpan<DayCell> then, RosterShift? before, RosterShift after)
    {
        if (!CanBeWaived(first)) return first;
        Violation[] all = [.. _roster.WorseRules(agent, days, then), .. SeatStops(before, after)];
        return [.. all.OrderBy(v => Waivable.WhyNot(v) is null)];
    }

    private static bool CanBeWaived(IReadOnlyList<Violation> rules) => rules.All(v => Waivable.WhyNot(v) is null);

    private IReadOnlyList<Violation> SeatStops(RosterShift? before, RosterShift after)
    {
        if (_compiled.Problem.Seats is not { } seats) return [];
        var (calendar, most) = (_compiled.Calendar, (seats - 1) * _compiled.Calendar.IntervalMinutes * 100.0);
        var from = calendar.Minute(after.Start) / calendar.IntervalMinutes;
        var to = Math.Min((calendar.Minute(after.End) / calendar.IntervalMinutes) + 1, _compiled.Costs.Intervals);
        return _roster.Covered.Seated.AsSpan(from, to - from).ContainsAnyInRange(most + 1, double.MaxValue)
            ? _roster.SeatsBroken([new ChangedDay(after.AgentId, after.Date, before, after)]) : [];
    }

    // A shift of one group costs coverage the same whoever of one proficiency works it.
    private double CostOf(int agent, in DayCell cell)
    {
        if (cell.Blocks != 0) return _prices.For(agent, null).Instead(_compiled.ShiftOf(agent, cell));
        var key = (cell.Variant, cell.Pattern, _compiled.Skills.Percent(agent, _group));
        if (_costs.TryGetValue(key, out var cost)) return cost;
        return _costs[key] = _prices.For(agent, null).Instead(_compiled.ShiftOf(agent, cell));
    }

    /// <summary>A shift of the catalog, and how much of the work it covers.</summary>
    private readonly record struct Candidate(DayCell Cell, int Minutes);
}
