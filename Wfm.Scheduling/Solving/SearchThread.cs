using System.Diagnostics.CodeAnalysis;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving.Columns;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving;

/// <summary>One searching thread: a roster, a generator and a budget, and the parts of the search that it runs in turn.</summary>
internal sealed class SearchThread
{
    /// <summary>Threshold of the large neighbourhood at its start, in missing shifts.</summary>
    private const double Warm = 0.02;

    /// <summary>How much dearer broken rules are while mending.</summary>
    private const double Strictness = 10;

    /// <summary>How much warmer mending starts than the annealing ended.</summary>
    private const double Rewarm = 4;

    private readonly CompiledProblem _compiled;
    private readonly SearchSettings _settings;
    private readonly RosterState _state;
    private readonly BestRoster _best;
    private RosterRandom _random;
    private Reoptimization? _one;
    private ColumnNeighbourhood? _neighbourhood;

    public SearchThread(CompiledProblem compiled, SolveLimits limits, int index, CancellationToken cancellationToken)
    {
        _compiled = compiled;
        _settings = limits.Settings ?? SearchSettings.For(compiled);
        Budget = new SearchBudget(limits, (long)compiled.Agents * compiled.Calendar.Days, cancellationToken);
        _state = new RosterState(compiled, _settings);
        _random = new Construction(compiled, _state, new RosterRandom(unchecked(limits.Seed + (index * 7919)))).Build(Budget);
        _best = new BestRoster(_state, compiled.Calendar.Rows);
    }

    public SearchBudget Budget { get; }

    public DayCell[] Cells => _best.Cells;

    public double Cost => _best.Cost;

    public double Illegal => _best.Illegal;

    /// <summary>Simulated annealing until a fraction of the budget is used.</summary>
    public void Anneal(double end, Action<long, double, double> report)
    {
        new LocalSearch(_compiled, _state, _best, _settings).Run(ref _random, Budget, end, report);
    }

    /// <summary>Gives those who break rules the best legal roster against those of all others, until a fraction of the budget is used.</summary>
    public void Legalize(AgentNetworks networks, double end)
    {
        _state.Restore(_best.Cells);
        OneByOne(new Reoptimization(_compiled, networks, _state, () => !Budget.IsOver(end)), end, improves: false);
    }

    /// <summary>Goes on cold, with broken rules so dear that what the annealing left of them is mended, until a fraction of the budget is used.</summary>
    public void Mend(double end, Action<long, double, double> report)
    {
        var strict = _settings with { Hot = _settings.Cold * Rewarm, Floor = _settings.Floor * Strictness, Cap = _settings.Cap * Strictness };
        var state = new RosterState(_compiled, strict);
        state.Restore(_best.Cells);
        var best = new BestRoster(state, _compiled.Calendar.Rows);
        new LocalSearch(_compiled, state, best, strict).Run(ref _random, Budget, end, report);
        _state.Restore(best.Cells);
        _best.NoteAll();
    }

    /// <summary>Rounds of a relaxation until a fraction of the budget is used, or nothing more comes of them.</summary>
    /// <param name="bound">The relaxation.</param>
    /// <param name="relaxed">The problem it is of.</param>
    /// <param name="cost">What the best roster of that problem costs.</param>
    /// <param name="end">Fraction of the budget.</param>
    public void Relax(WeekBound bound, CompiledProblem relaxed, double cost, double end)
    {
        while (!Budget.IsOver(end) && !bound.IsDone && relaxed.RoundUp(bound.Value) < cost)
        {
            var before = bound.Work;
            bound.Round(cost);
            Budget.Charge(bound.Work - before);
        }
    }

    /// <summary>The best rosters of this thread as columns.</summary>
    public RosterColumn[] Columns()
    {
        _state.Restore(_best.Cells);
        return [.. Enumerable.Range(0, _compiled.Agents).Select(a => RosterColumn.Of(_compiled, a, _state.Days(a), _state.IllegalCost(a) > 0))];
    }

    /// <summary>Takes over the roster of another thread.</summary>
    public void Adopt(SearchThread other)
    {
        if (ReferenceEquals(this, other)) return;
        _state.Restore(other.Cells);
        _best.NoteAll();
    }

    /// <summary>Takes a roster out of a copy of the mix, if it is better than the best.</summary>
    /// <param name="networks">The rules.</param>
    /// <param name="mix">The mix of the whole problem.</param>
    /// <param name="effort">How thorough to be.</param>
    /// <param name="end">Fraction of the budget.</param>
    public void Dive(AgentNetworks networks, ColumnGeneration mix, DivingEffort effort, double end)
    {
        if (Budget.IsOver(end)) return;
        var (own, charged) = (new ColumnGeneration(mix, new ColumnPricing(_compiled, networks, () => !Budget.IsSpent)), 0L);
        own.Worked = () =>
        {
            Budget.Charge(own.Work - charged);
            charged = own.Work;
        };
        var limit = _best.Illegal > 0 ? double.PositiveInfinity : _best.Cost - _compiled.Grain;
        if (Diving.Run(own, effort, limit, () => !Budget.IsOver(end)) is { } found) Adopt(networks, found);
    }

    /// <summary>Exact re-optimisation of agents in groups until a fraction of the budget is used.</summary>
    /// <param name="networks">The rules.</param>
    /// <param name="generation">The mix of the whole problem.</param>
    /// <param name="end">Fraction of the budget.</param>
    /// <param name="goal">A cost that cannot be improved.</param>
    public void Reoptimize(AgentNetworks networks, ColumnGeneration generation, double end, double goal)
    {
        if (Budget.IsOver(end)) return;
        if (_neighbourhood is null)
        {
            _state.Restore(_best.Cells);
            Improve(networks);
            _neighbourhood = new ColumnNeighbourhood(_compiled, networks, _state, _one, new ColumnPool(generation, networks));
        }

        while (!Budget.IsOver(end) && (_best.Illegal > 0 || _best.Cost > goal))
        {
            var before = _one!.Work + _neighbourhood.Work;
            var temperature = _compiled.Costs.TypicalShift * Warm * (1 - (Budget.Used % 1));
            _neighbourhood.Step(ref _random, temperature * _random.Exponential(), () => !Budget.IsSpent);
            _best.NoteAll();
            Budget.Charge(_one.Work + _neighbourhood.Work - before);
        }
    }

    // Takes over rosters of all agents, and betters them one by one: they come out of a mix that covers in parts.
    private void Adopt(AgentNetworks networks, RosterColumn[] rosters)
    {
        foreach (var roster in rosters)
        {
            _state.Put(roster.Agent, roster.Days);
        }

        _best.NoteAll();
        Improve(networks);
    }

    [MemberNotNull(nameof(_one))]
    private void Improve(AgentNetworks networks)
    {
        _one ??= new Reoptimization(_compiled, networks, _state, () => !Budget.IsSpent);
        OneByOne(_one, double.PositiveInfinity, improves: true);
    }

    // Each agent's roster made legal, or the best against those of all others.
    private void OneByOne(Reoptimization one, double end, bool improves)
    {
        for (var agent = 0; agent < _compiled.Agents && !Budget.IsOver(end); agent++)
        {
            var before = one.Work;
            if (_state.IllegalCost(agent) > 0) one.Legalize(agent);
            else if (improves) one.Improve(agent);
            Budget.Charge(one.Work - before);
        }

        _best.NoteAll();
    }
}
