using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Rostering;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>Finds the least disruptive legal answer to a change of a published roster.</summary>
/// <remarks>
/// What cannot stay is taken away: shifts of the absent, shifts that a new rule forbids, and as few others as make every person's days legal again. From
/// there a search around the opened gaps weighs the objective of the roster against the distance from what was published (<see cref="ClosenessCosts"/>).
/// Every roster on the way is legal, so that it may be stopped at any time. Without a change that bites nothing is searched and the roster comes back as
/// it was. In the literature: nurse rerostering (Moz and Pato 2007), here with the rules and goals of the first roster.
/// </remarks>
public static class RosterRepair
{
    /// <summary>Repairs a roster.</summary>
    /// <param name="problem">The problem the roster was made for, before the change.</param>
    /// <param name="published">The published shifts, one per agent and date at most. Shifts that no template of the problem yields stay as they are or
    /// go.</param>
    /// <param name="change">What has changed.</param>
    /// <param name="options">Limits of the search, what must not be touched, and what it costs to differ.</param>
    /// <param name="progress">Told now and then; may be <see langword="null"/>.</param>
    /// <param name="cancellationToken">Ends the search; the best roster so far is returned, nothing is thrown.</param>
    /// <returns>The new roster and what it changes.</returns>
    /// <exception cref="SchedulingDataException">A shift, absence or surge does not fit the problem (unknown agent or group, outside the period, on a pinned
    /// day), or the changed problem contradicts itself.</exception>
    public static RepairResult Repair(
        RosterProblem problem, IReadOnlyList<RosterShift> published, RosterChange change, RepairOptions options, IProgress<SolveProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(options);
        var roster = new PublishedRoster(problem, published);
        var (compiled, cells) = Compile(ChangedProblem.Of(problem, change, roster, options.From), roster, options);
        var state = new RosterState(compiled, Settings);
        state.Restore(cells.Published);
        var before = Published(compiled, cells, state);
        state.Restore(cells.Kept);
        double[] unrepaired = [.. state.Coverage.Scheduled];

        var found = Search.Run(Aim(compiled, problem, change, before), cells, before.Scheduled, change, options, progress, cancellationToken);
        state.Restore(found.Cells);
        var result = new ResultBuilder(compiled, state).Build(found.StopReason, found.Moves, options.Limits.Seed, options.Explains);
        return new RepairResult(
            compiled.Problem, result, new ShiftChanges(compiled, cells, roster, found.Gaps, found.Closeness).List(state, result.Shifts),
            Figures(compiled, problem, before.Scheduled), Figures(compiled, compiled.Problem, unrepaired),
            Figures(compiled, compiled.Problem, state.Coverage.Scheduled), found.Closeness.Total / Money.Unit);
    }

    /// <summary>Judges a roster by every rule and goal of a problem, whoever made it.</summary>
    /// <param name="problem">The problem; days it pins are taken from the roster.</param>
    /// <param name="shifts">The shifts, one per agent and date at most.</param>
    /// <returns>The roster with its cost, coverage and violations.</returns>
    /// <exception cref="SchedulingDataException">A shift does not fit the problem.</exception>
    public static RosterResult Evaluate(RosterProblem problem, IReadOnlyList<RosterShift> shifts)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(shifts);
        var roster = new PublishedRoster(problem, shifts);
        var compiled = new CompiledProblem(ChangedProblem.PinnedTo(problem, roster));
        return new ResultBuilder(compiled, new RosterState(compiled, Settings)).Build(StopReason.NothingToDecide, 0, 0);
    }

    /// <summary>Caps are never broken, and floors cost more than any repair gains; the temperatures belong to the solver's own search.</summary>
    private static SearchSettings Settings { get; } = new(Hot: 0, Cold: 0, Floor: 50, Cap: double.PositiveInfinity);

    // People who join are there to be used: then every missing head is worth a look.
    private static CompiledProblem Aim(CompiledProblem compiled, RosterProblem before, RosterChange change, Covered published) =>
        change.AddedAgents.Count > 0
            ? compiled
            : new CompiledProblem(ChangedProblem.WithDemand(compiled.Problem, RepairAim.Of(compiled, before.Demand, published)));

    // Hand-made shifts are only found once the problem is compiled; where there are some, it is compiled again with them pinned.
    private static (CompiledProblem Compiled, PublishedCells Cells) Compile(RosterProblem changed, PublishedRoster roster, RepairOptions options)
    {
        var problem = options.From is { } from ? ChangedProblem.WithPins(changed, roster.Begun(changed, from)) : changed;
        var compiled = new CompiledProblem(problem);
        var cells = new PublishedCells(compiled, roster);
        if (cells.Handmade.Count == 0) return (compiled, cells);
        compiled = new CompiledProblem(ChangedProblem.WithPins(problem, cells.Handmade.Select(s => new PinnedShift(s.AgentId, s.Date, s))));
        return (compiled, new PublishedCells(compiled, roster));
    }

    // Coverage of everything published; hand-made shifts that have to go are no cells and are counted by hand.
    private static Covered Published(CompiledProblem compiled, PublishedCells cells, RosterState state)
    {
        var covered = new Covered([.. state.Coverage.Scheduled], state.Coverage.People(), new double[compiled.Costs.Stride]);
        foreach (var dropped in cells.Dropped.Where(d => !cells.Published[(d.Agent * compiled.Calendar.Rows) + d.Row].IsWorking))
        {
            FixedDays.Cover(compiled, covered, dropped.Agent, dropped.Shift.Activities.Where(a => a.Kind == ActivityKinds.Work), isOutside: false);
        }

        return covered;
    }

    // Of the groups that are there after the change.
    private static CoverageFigures Figures(CompiledProblem compiled, RosterProblem problem, double[] scheduled)
    {
        var costs = ReferenceEquals(problem, compiled.Problem) ? compiled.Costs : compiled.CostsOf(problem);
        var place = compiled.Problem.Demand.Select((d, g) => (d.Group, g)).ToDictionary(p => p.Group, p => p.g, StringComparer.Ordinal);
        var units = new double[costs.Groups * costs.Stride];
        foreach (var (line, g) in problem.Demand.Select((d, g) => (d, g)).Where(p => place.ContainsKey(p.d.Group)))
        {
            scheduled.AsSpan(place[line.Group] * compiled.Costs.Stride, compiled.Costs.Stride).CopyTo(units.AsSpan(g * costs.Stride));
        }

        return CoverageFigures.Of(
            problem, [.. CoverageLines.Of(problem, compiled.Calendar, costs, units, units).Where(l => place.ContainsKey(l.Group))],
            [.. costs.Bands.SelectMany(b => DeferrableCoverage.Of(problem, compiled.Calendar, b, units)).Where(d => place.ContainsKey(d.Group))]);
    }

    /// <summary>The search and what it found.</summary>
    private sealed record Search(DayCell[] Cells, OpenedGaps Gaps, Closeness Closeness, StopReason StopReason, long Moves)
    {
        public static Search Run(
            CompiledProblem aim, PublishedCells cells, double[] published, RosterChange change, RepairOptions options, IProgress<SolveProgress>? progress,
            CancellationToken cancellationToken)
        {
            var state = new RosterState(aim, Settings);
            state.Restore(cells.Kept);
            LegalRepair.Apply(aim, state);
            var closeness = new Closeness(aim, cells, Involved(aim, cells, change, state), options);
            var repair = new RepairState(aim, state, closeness);
            var gaps = new OpenedGaps(aim, published, state.Coverage.Scheduled);
            if (gaps.Count == 0 && cells.Dropped.Count == 0 && repair.Differing.Length == 0)
                return new Search(state.Cells, gaps, closeness, StopReason.NothingToDecide, 0);
            var search = new RepairSearch(aim, repair, new RepairMoves(aim, repair, closeness, gaps, options.From), closeness);
            var budget = new SearchBudget(options.Limits with { Threads = 1 }, (long)aim.Agents * aim.Calendar.Days, cancellationToken);
            var moves = search.Run(
                new RosterRandom(options.Limits.Seed), budget,
                (at, cost) => progress?.Report(new SolveProgress(at, cost / Money.Unit, state.Coverage.MissingHours())));
            return new Search(state.Cells, gaps, closeness, options.Limits.ReasonOf(cancellationToken), moves);
        }

        // The absent, the new, and everybody whose published days could not all stay.
        private static bool[] Involved(CompiledProblem compiled, PublishedCells cells, RosterChange change, RosterState state)
        {
            var named = change.Absences.Select(a => a.AgentId).Concat(change.AddedAgents.Select(a => a.Id)).ToHashSet(StringComparer.Ordinal);
            var involved = compiled.Problem.Agents.Select(a => named.Contains(a.Id)).ToArray();
            for (var at = 0; at < state.Cells.Length; at++)
            {
                if (!state.Cells[at].IsSame(cells.Published[at])) involved[at / compiled.Calendar.Rows] = true;
            }

            return involved;
        }
    }
}
