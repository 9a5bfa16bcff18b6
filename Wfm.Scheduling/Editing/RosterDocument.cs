using NodaTime;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Explanation;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Editing;

/// <summary>A roster that is edited: what an edit would break, cost and leave uncovered is known at once, by the rules and goals of the solver.</summary>
/// <remarks>
/// The problem is compiled once; a check looks at the days of the people concerned and at the coverage that changes. Not for use on two threads at once.
/// Pinned days of the problem are locked: they are known and count, and cannot be edited.
/// </remarks>
public sealed class RosterDocument
{
    private readonly CompiledProblem _compiled;
    private readonly DayRules _dayRules;
    private readonly ShiftPay _pay;
    private readonly Dictionary<string, int> _agents;
    private readonly RosterShift?[] _shifts;
    private readonly DayCell[] _cells;
    private readonly Covered _covered;
    private readonly int _rows;
    private CoverageCosts? _told;
    private CoverageScore _coverage;
    private AgentScore _agentScore;

    /// <summary>Opens a roster.</summary>
    /// <param name="problem">The problem that it answers to; the days it pins are locked.</param>
    /// <param name="shifts">The shifts of the other days, one per person and date at most. What is wrong with them is known and stands in no edit's
    /// way.</param>
    /// <param name="paidKinds">Kinds of activity beside work and breaks, and whether they are paid; <see langword="null"/> for what the problem's codes
    /// say.</param>
    /// <exception cref="SchedulingDataException">A shift is of an unknown person, outside the period, on a locked day or on another day than that on which
    /// it starts, or two are on one day.</exception>
    public RosterDocument(RosterProblem problem, IReadOnlyList<RosterShift> shifts, IReadOnlyDictionary<string, bool>? paidKinds = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(shifts);
        _compiled = new CompiledProblem(problem, isEdited: true);
        _rows = _compiled.Calendar.Rows;
        _dayRules = new DayRules(_compiled);
        _pay = new ShiftPay(problem.Templates, paidKinds ?? problem.Activities.Codes.ToDictionary(c => c.Code, c => c.IsPaid, StringComparer.Ordinal));
        _agents = problem.Agents.Select((a, i) => (a.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        _cells = [.. _compiled.Start.Cells];
        _shifts = new RosterShift?[_cells.Length];
        _covered = new Covered(_compiled.Costs);
        _covered.Take(_compiled.Start.Covered);
        foreach (var pin in problem.Pinned)
        {
            _shifts[At(_agents[pin.AgentId], pin.Date)] = pin.Shift;
        }

        foreach (var shift in shifts)
        {
            Open(shift);
        }

        _coverage = Coverage.Count(_compiled.Costs, _covered);
        _agentScore = Enumerable.Range(0, _compiled.Agents).Aggregate(default(AgentScore), (sum, a) => sum + Score(a, Days(a)));
    }

    /// <summary>The problem that the roster answers to.</summary>
    public RosterProblem Problem => _compiled.Problem;

    /// <summary>Its shifts, locked ones included, by agent as in the problem and by date.</summary>
    public IReadOnlyList<RosterShift> Shifts => [.. _shifts.OfType<RosterShift>()];

    /// <summary>The soft cost in parts.</summary>
    public RosterScore Score() => RosterScore.Of(_coverage, _agentScore);

    /// <summary>Whether a person is of the roster.</summary>
    /// <param name="agent">Id of the person.</param>
    public bool Knows(string agent) => _agents.ContainsKey(agent);

    /// <summary>The shift of a person on a date of the period; <see langword="null"/> for a day off.</summary>
    /// <param name="agent">Id of the person.</param>
    /// <param name="date">The local date.</param>
    public RosterShift? Find(string agent, LocalDate date) =>
        _agents.TryGetValue(agent, out var index) && IsInPeriod(date) ? _shifts[At(index, date)] : null;

    /// <summary>Whether a day cannot be edited.</summary>
    /// <param name="agent">Id of a person of the roster.</param>
    /// <param name="date">A date of the period.</param>
    public bool IsLocked(string agent, LocalDate date) => _compiled.Start.Pinned[At(_agents[agent], date)];

    /// <summary>What the operations of an edit make of the days.</summary>
    /// <param name="operations">The operations, in order.</param>
    /// <returns>The days that change, and why some operations cannot be done; the edit is only good when there is none of these.</returns>
    public (IReadOnlyList<DayEdit> Days, IReadOnlyList<OperationRefusal> Refusals) Propose(IReadOnlyList<EditOperation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        var days = new ProposedDays(this, _pay);
        days.Apply(operations);
        return (days.Edits, days.Refusals);
    }

    /// <summary>What an edit would do. Nothing changes.</summary>
    /// <param name="edits">The days that change, one entry for each.</param>
    /// <exception cref="SchedulingDataException">A day is locked, of nobody of the roster or outside the period, two entries are of one day, or a shift is of
    /// another person or day than its entry.</exception>
    public EditEffect Check(IReadOnlyList<DayEdit> edits) => Try(edits).Effect;

    /// <summary>What stops a day of one person from becoming something: rules of the day, else the first rule of working time; seats are not looked at.
    /// Quicker than <see cref="Check"/>, which also tells what it does.</summary>
    /// <param name="edit">The day.</param>
    /// <returns>Empty where no rule is broken further than it is.</returns>
    /// <exception cref="SchedulingDataException">The day is locked, of nobody of the roster or outside the period, or the shift is of another person or
    /// day.</exception>
    public IReadOnlyList<Violation> Stops(DayEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        var at = Editable(edit.AgentId, edit.Date);
        if (edit.Shift is { } given) Refuse(given, edit.AgentId, edit.Date);
        var (agent, known) = (_agents[edit.AgentId], _compiled.Shifts.Count);
        var row = at - (agent * _rows);
        var days = Days(agent);
        var then = days.ToArray();
        try
        {
            then[row] = _compiled.Start.Place(at, edit.Shift is { } shift ? Cell(shift) : default);
            return Stops(agent, days, then, row, _shifts[at], edit.Shift);
        }
        finally
        {
            _compiled.Shifts.Forget(known);
        }
    }

    /// <summary>Makes an edit, whatever it breaks.</summary>
    /// <param name="edits">The days that change, one entry for each.</param>
    /// <returns>What it does.</returns>
    /// <exception cref="SchedulingDataException">A day is locked, of nobody of the roster or outside the period, two entries are of one day, or a shift is of
    /// another person or day than its entry.</exception>
    public EditEffect Apply(IReadOnlyList<DayEdit> edits)
    {
        var (effect, proposal) = Try(edits);
        foreach (var day in effect.Days)
        {
            var at = At(_agents[day.AgentId], day.Date);
            _shifts[at] = day.After;
            _cells[at] = _compiled.Start.Place(at, day.After is { } shift ? Cell(shift) : default);
        }

        _covered.Take(proposal.Covered);
        (_coverage, _agentScore) = (proposal.Coverage, proposal.Agents);
        return effect;
    }

    /// <summary>Everybody with the skill for some open work: those who could take it first, the best first, then those who could by a waiver, then those whom a
    /// rule stops that nobody can waive.</summary>
    /// <param name="work">The work; it begins in the period.</param>
    /// <param name="longest">By how much a shift beside it may grow.</param>
    /// <returns>At most one entry a person; empty for a group of which the roster knows nothing.</returns>
    /// <exception cref="SchedulingDataException">The work begins outside the period.</exception>
    public IReadOnlyList<Fit> Fits(OpenWork work, Duration longest)
    {
        ArgumentNullException.ThrowIfNull(work);
        return work.Start < Problem.Origin || work.Start >= Problem.EndOfPeriod
            ? throw new SchedulingDataException($"open work at {work.Start} begins outside the period, {Problem.Origin} to {Problem.EndOfPeriod}.")
            : new ShiftFits(this, work, longest).Find();
    }

    /// <summary>Why a shift is there.</summary>
    /// <param name="agent">The person.</param>
    /// <param name="date">The date.</param>
    /// <returns><see langword="null"/> where there is no shift, or one that cannot be edited.</returns>
    public ShiftReason? Why(string agent, LocalDate date) =>
        Find(agent, date) is { } shift && !IsLocked(agent, date) ? new ShiftReasons(this).Of(shift) : null;

    /// <summary>Every rule that stands broken, and every minimum of presence that is missed, as a full check of the whole roster finds them.</summary>
    public IReadOnlyList<Violation> Violations()
    {
        var found = new List<Violation>();
        for (var agent = 0; agent < _compiled.Agents; agent++)
        {
            found.AddRange(Broken(agent, Days(agent)));
            for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
            {
                var at = (agent * _rows) + row;
                if (_shifts[at] is { } shift && !_compiled.Start.Pinned[at]) found.AddRange(_dayRules.Broken(agent, shift));
            }
        }

        found.AddRange(new MissedPresence(_compiled, _covered.People).Violations());
        found.AddRange(SeatsTaken.Violations(Problem, Shifts));
        return found;
    }

    /// <summary>The roster as the solver would tell it: figures, coverage, violations, gaps with their reasons.</summary>
    /// <param name="explain">Whether gaps and conflicts are looked behind, which takes a while.</param>
    public RosterResult Result(bool explain)
    {
        var state = new RosterState(_compiled);
        state.Restore(_cells, _covered);
        return new ResultBuilder(_compiled, state).Build(StopReason.NothingToDecide, 0, 0, explain, Shifts);
    }

    /// <summary>Whether two days are the same in every part.</summary>
    internal static bool IsSame(RosterShift? a, RosterShift? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ => a.Template == b.Template && a.Start == b.Start && a.End == b.End && a.Paid == b.Paid && a.Activities.SequenceEqual(b.Activities),
    };

    internal CompiledProblem Compiled => _compiled;

    internal Covered Covered => _covered;

    /// <summary>What coverage costs, presence at the price of the objective.</summary>
    internal CoverageCosts Told
    {
        get
        {
            if (_told is not null) return _told;
            _told = _compiled.CostsOf(Problem);
            _told.TellPresence();
            return _told;
        }
    }

    internal DayRules DayRules => _dayRules;

    internal ShiftPay Pay => _pay;

    internal int Agent(string id) => _agents.TryGetValue(id, out var agent) ? agent : throw new SchedulingDataException($"The roster has no agent '{id}'.");

    internal ReadOnlySpan<DayCell> Days(int agent) => _cells.AsSpan(agent * _rows, _rows);

    internal int At(int agent, LocalDate date) => (agent * _rows) + _compiled.Calendar.Row(date);

    internal AgentScore Score(int agent, ReadOnlySpan<DayCell> days) =>
        _compiled.Goals.Score(agent, days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1);

    /// <summary>Rules of the day that a shift breaks further than the one before it; where there are none, the first of working time.</summary>
    internal IReadOnlyList<Violation> Stops(
        int agent, ReadOnlySpan<DayCell> days, ReadOnlySpan<DayCell> then, int row, RosterShift? before, RosterShift? after) =>
        Worse(DayRulesOf(agent, before), DayRulesOf(agent, after)).ToList() is { Count: > 0 } own ? own : FirstWorse(agent, days, then, row);

    /// <summary>How much dearer a person's own days are with another day.</summary>
    internal double Dearer(int agent, ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after, int row) =>
        (_compiled.Goals.Score(agent, after, row, row).Total - _compiled.Goals.Score(agent, before, row, row).Total) / Money.Unit;

    /// <summary>The cell of a shift; the caller has the catalog forget it when it does not stay.</summary>
    internal DayCell Cell(RosterShift shift) =>
        _compiled.PinnedCell(_compiled.Shifts.AddPinned(shift, _compiled.Calendar), shift.Template, shift.Activities);

    private List<Violation> Broken(int agent, ReadOnlySpan<DayCell> days)
    {
        var found = new List<Violation>();
        var sink = new ViolationSink(Problem.Agents[agent].Id, _compiled.Calendar, found);
        foreach (var rule in _compiled.Rules(agent).All)
        {
            rule.Penalize(days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1, sink);
        }

        return found;
    }

    private void Open(RosterShift shift)
    {
        var at = Editable(shift.AgentId, shift.Date);
        Refuse(shift, shift.AgentId, shift.Date);
        if (_shifts[at] is not null) throw new SchedulingDataException($"agent '{shift.AgentId}' has two shifts on {shift.Date}.");
        _shifts[at] = shift;
        _cells[at] = _compiled.Start.Place(at, Cell(shift));
        Cover(_covered, _agents[shift.AgentId], shift, 1);
    }

    private int Editable(string agent, LocalDate date)
    {
        if (!_agents.TryGetValue(agent, out var index)) throw new SchedulingDataException($"The roster has no agent '{agent}'.");
        if (!IsInPeriod(date)) throw new SchedulingDataException($"{date} of agent '{agent}' is not in the {Problem.Days} days from {Problem.Start}.");
        var at = At(index, date);
        return _compiled.Start.Pinned[at] ? throw new SchedulingDataException($"{date} of agent '{agent}' is locked.") : at;
    }

    private void Refuse(RosterShift shift, string agent, LocalDate date)
    {
        if (shift.AgentId != agent || shift.Date != date || shift.Start.InZone(Problem.Zone).Date != date)
        {
            throw new SchedulingDataException(
                $"{date} of agent '{agent}' cannot hold the shift of '{shift.AgentId}' on {shift.Date} that starts at {shift.Start} in {Problem.Zone.Id}.");
        }
    }

    private bool IsInPeriod(LocalDate date) => date >= Problem.Start && date < Problem.Start.PlusDays(Problem.Days);

    private void Cover(Covered covered, int agent, RosterShift shift, int sign) =>
        FixedDays.Cover(_compiled, covered, agent, shift.Activities.Where(a => a.Kind == ActivityKinds.Work), isOutside: false, sign);

    private (EditEffect Effect, Proposal Proposal) Try(IReadOnlyList<DayEdit> edits)
    {
        ArgumentNullException.ThrowIfNull(edits);
        var days = new List<ChangedDay>();
        foreach (var edit in edits)
        {
            var at = Editable(edit.AgentId, edit.Date);
            if (days.Exists(d => d.AgentId == edit.AgentId && d.Date == edit.Date))
                throw new SchedulingDataException($"{edit.Date} of agent '{edit.AgentId}' is edited twice.");
            if (edit.Shift is { } given) Refuse(given, edit.AgentId, edit.Date);
            if (!IsSame(_shifts[at], edit.Shift)) days.Add(new ChangedDay(edit.AgentId, edit.Date, _shifts[at], edit.Shift));
        }

        var known = _compiled.Shifts.Count;
        try
        {
            return Try(days);
        }
        finally
        {
            _compiled.Shifts.Forget(known);
        }
    }

    private (EditEffect Effect, Proposal Proposal) Try(List<ChangedDay> days)
    {
        var covered = new Covered(_compiled.Costs);
        covered.Take(_covered);
        var (agents, broken, people) = (_agentScore, new List<Violation>(), new List<EditedPerson>());
        foreach (var mine in days.GroupBy(d => d.AgentId, StringComparer.Ordinal))
        {
            var agent = _agents[mine.Key];
            var before = Days(agent);
            var after = before.ToArray();
            foreach (var day in mine)
            {
                var at = At(agent, day.Date);
                after[at - (agent * _rows)] = _compiled.Start.Place(at, day.After is { } shift ? Cell(shift) : default);
                if (day.Before is { } gone) Cover(covered, agent, gone, -1);
                if (day.After is { } come) Cover(covered, agent, come, 1);
                broken.AddRange(Worse(DayRulesOf(agent, day.Before), DayRulesOf(agent, day.After)));
            }

            broken.AddRange(WorseRules(agent, before, after));
            var (old, now) = (Score(agent, before), Score(agent, after));
            agents = agents + now - old;
            people.Add(new EditedPerson(mine.Key, Figures(agent, before), Figures(agent, after), (now.Total - old.Total) / Money.Unit));
        }

        var coverage = days.Count == 0 ? _coverage : Coverage.Count(_compiled.Costs, covered);
        if (MayLackSeats(days.Select(d => d.Date), covered)) broken.AddRange(SeatsBroken(days));
        var effect = new EditEffect(days, broken, Missed(covered), Score(), RosterScore.Of(coverage, agents), Changes(covered), people);
        return (effect, new Proposal(covered, coverage, agents));
    }

    /// <summary>Rules that a person's days break further than they did: at a place that was in order, or by more than before.</summary>
    /// <param name="agent">The person.</param>
    /// <param name="before">The days as they are.</param>
    /// <param name="after">The days as they would be.</param>
    internal List<Violation> WorseRules(int agent, ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after)
    {
        var (worse, (first, last)) = (new List<Violation>(), Changed(before, after));
        foreach (var rule in last < 0 ? [] : _compiled.Rules(agent).All)
        {
            worse.AddRange(Worse(rule, agent, before, after, first, last));
        }

        return worse;
    }

    /// <summary>The first rule that a day would break further, and how; none for a day that none forbids.</summary>
    /// <param name="agent">The person.</param>
    /// <param name="before">The days as they are.</param>
    /// <param name="after">The days with another day.</param>
    /// <param name="row">The day.</param>
    internal List<Violation> FirstWorse(int agent, ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after, int row)
    {
        foreach (var rule in _compiled.Rules(agent).All)
        {
            if (Worse(rule, agent, before, after, row, row) is { Count: > 0 } worse) return worse;
        }

        return [];
    }

    /// <summary>Whether no rule would be broken further by a day; quicker than to say which.</summary>
    /// <param name="agent">The person.</param>
    /// <param name="before">The days as they are.</param>
    /// <param name="after">The days with another day.</param>
    /// <param name="row">The day.</param>
    internal bool IsLegal(int agent, ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after, int row)
    {
        foreach (var rule in _compiled.Rules(agent).All)
        {
            if (rule.Penalize(after, row, row) == 0) continue;
            if (rule.Penalize(before, row, row) == 0 || Worse(rule, agent, before, after, row, row).Count > 0) return false;
        }

        return true;
    }

    private IEnumerable<Violation> DayRulesOf(int agent, RosterShift? shift) => shift is null ? [] : _dayRules.Broken(agent, shift);

    // A rule looks no further than the changed days reach, which is where it can have become worse.
    private List<Violation> Worse(AgentRule rule, int agent, ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after, int first, int last)
    {
        var breach = rule.Penalize(after, first, last);
        if (breach == 0) return [];
        var (old, now) = (new List<Violation>(), new List<Violation>());
        var was = rule.Penalize(before, first, last, new ViolationSink(Problem.Agents[agent].Id, _compiled.Calendar, old));
        rule.Penalize(after, first, last, new ViolationSink(Problem.Agents[agent].Id, _compiled.Calendar, now));
        List<Violation> worse = [.. Worse(old, now)];
        return worse.Count > 0 || breach <= was ? worse : now; // more of them in one place
    }

    private static (int First, int Last) Changed(ReadOnlySpan<DayCell> before, ReadOnlySpan<DayCell> after)
    {
        var (first, last) = (-1, -1);
        for (var row = 0; row < before.Length; row++)
        {
            if (before[row].IsSame(after[row])) continue;
            (first, last) = (first < 0 ? row : first, row);
        }

        return (first, last);
    }

    // A run of days that is shorter or longer than it was lies in the old one or around it. By more than before, that is what counts.
    internal static IEnumerable<Violation> Worse(IEnumerable<Violation> before, IEnumerable<Violation> after)
    {
        var known = before as IReadOnlyList<Violation> ?? [.. before];
        return after.Where(v => !known.Any(k => k.Rule == v.Rule && k.Group == v.Group && k.Amount >= v.Amount && (IsWithin(k, v) || IsWithin(v, k))));
    }

    private static bool IsWithin(Violation inner, Violation outer) => inner.From >= outer.From && inner.To <= outer.To;

    /// <summary>Days with more people than seats, where there were fewer.</summary>
    /// <param name="days">The days that change.</param>
    internal IReadOnlyList<Violation> SeatsBroken(IReadOnlyList<ChangedDay> days)
    {
        if (Problem.Seats is null) return [];
        var dates = days.SelectMany(d => new[] { d.Date.PlusDays(-1), d.Date, d.Date.PlusDays(1) }).ToHashSet();
        var changed = days.ToDictionary(d => (d.AgentId, d.Date), d => d.After);
        RosterShift[] before = [.. dates.Where(IsInPeriod).SelectMany(ShiftsOn)]; // to the minute, around those that change
        var after = before.Where(s => !changed.ContainsKey((s.AgentId, s.Date))).Concat(changed.Values.OfType<RosterShift>());
        var touched = days.SelectMany(d => new[] { d.Date, d.Date.PlusDays(1) }).ToHashSet();
        return [.. Worse(SeatsTaken.Violations(Problem, before), SeatsTaken.Violations(Problem, [.. after]).Where(v => touched.Contains(v.From)))];
    }

    /// <summary>Whether some days may have more people than seats: whoever works in a part of an interval is counted in all of it.</summary>
    /// <param name="dates">The days; those after them are looked at too.</param>
    /// <param name="covered">What is covered.</param>
    private bool MayLackSeats(IEnumerable<LocalDate> dates, Covered covered)
    {
        if (Problem.Seats is not { } seats) return false;
        var (calendar, most) = (_compiled.Calendar, seats * _compiled.Calendar.IntervalMinutes * 100.0);
        if (Problem.Demand.Any(d => d.Measure == DemandMeasure.ShiftsStarting)) return true; // there nobody is counted
        return dates.Select(calendar.Row).Distinct().Any(row =>
        {
            var (from, to) = (calendar.Midnight(row) / calendar.IntervalMinutes, (calendar.Midnight(row + 2) / calendar.IntervalMinutes) + 1);
            return covered.Seated.AsSpan(from, Math.Min(to, _compiled.Costs.Intervals) - from).ContainsAnyInRange(most + 1, double.MaxValue);
        });
    }

    private IEnumerable<RosterShift> ShiftsOn(LocalDate date)
    {
        var row = _compiled.Calendar.Row(date);
        return Enumerable.Range(0, _compiled.Agents).Select(a => _shifts[(a * _rows) + row]).OfType<RosterShift>();
    }

    private List<Violation> Missed(Covered covered)
    {
        var (costs, missed) = (_compiled.Costs, new List<Violation>());
        var (before, after) = (new MissedPresence(_compiled, _covered.People), new MissedPresence(_compiled, covered.People));
        for (var group = 0; group < costs.Groups; group++)
        {
            var (from, length) = (group * costs.Stride, costs.Intervals);
            if (_covered.People.AsSpan(from, length).SequenceEqual(covered.People.AsSpan(from, length))) continue;
            missed.AddRange(Worse(before.Violations(group), after.Violations(group)));
        }

        return missed;
    }

    private List<ChangedCoverage> Changes(Covered covered)
    {
        var (costs, found) = (_compiled.Costs, new List<ChangedCoverage>());
        for (var group = 0; group < costs.Groups; group++)
        {
            var before = _covered.Scheduled.AsSpan(group * costs.Stride, costs.Intervals);
            var after = covered.Scheduled.AsSpan(group * costs.Stride, costs.Intervals);
            var first = before.CommonPrefixLength(after);
            if (first == costs.Intervals) continue;
            var end = costs.Intervals;
            while (before[end - 1] == after[end - 1])
            {
                end--;
            }

            var line = Problem.Demand[group];
            var head = CoverageCosts.HeadUnits(line, _compiled.Calendar);
            found.Add(new ChangedCoverage(
                line.Group, _compiled.Calendar.At(first * _compiled.Calendar.IntervalMinutes), line.Heads[first..end], Heads(before[first..end], head),
                Heads(after[first..end], head)));
        }

        return found;
    }

    private static double[] Heads(ReadOnlySpan<double> units, double head)
    {
        var heads = new double[units.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            heads[i] = units[i] / head;
        }

        return heads;
    }

    internal PersonFigures Figures(int agent, ReadOnlySpan<DayCell> days)
    {
        var (minutes, shifts, nights, exposure) = (0, 0, 0, 0L);
        var weekends = new HashSet<int>();
        for (var row = _compiled.Calendar.Offset; row < _compiled.Calendar.End; row++)
        {
            ref readonly var day = ref days[row];
            if (!day.IsWorking) continue;
            minutes += day.Work;
            shifts++;
            nights += day.IsNight ? 1 : 0;
            exposure += day.Exposure;
            if (_compiled.Calendar.IsWeekend(row)) weekends.Add(_compiled.Calendar.WeekendStart(row));
        }

        return new PersonFigures(minutes / 60.0, shifts, nights, weekends.Count, exposure / 100.0);
    }

    private sealed record Proposal(Covered Covered, CoverageScore Coverage, AgentScore Agents);
}
