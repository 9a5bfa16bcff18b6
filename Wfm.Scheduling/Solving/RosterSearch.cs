using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving;

/// <summary>The plan of a solve: annealing for a good start, the relaxation for a bound and prices, then exact re-optimisation of groups of agents.</summary>
/// <remarks>
/// Threads meet after every part, so that the same seed, work limit and threads give the same roster: the first computes the bound while the others
/// anneal on, and every stretch of the re-optimisation starts from the best roster of all. Where a day's cost depends on other days of the agent
/// (weekly hours, steady starts), or on those of all (deadlines), annealing has the whole budget.
/// </remarks>
internal sealed class RosterSearch(CompiledProblem compiled, SolverOptions options, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
{
    private const int Stretches = 8;
    private const double LargeProblem = 20_000;

    private readonly SearchThread[] _threads = new SearchThread[options.Threads];

    /// <summary>A lower bound, in units of <see cref="Money"/>.</summary>
    public double Bound { get; private set; }

    /// <summary>Coverage of the relaxation of weeks, when it was used.</summary>
    public RelaxedCoverage? Relaxed { get; private set; }

    /// <summary>Work done, in moves.</summary>
    public long Moves => _threads.Sum(t => t.Budget.Moves);

    /// <summary>Whether the best roster costs no more than the bound.</summary>
    public bool IsProven => Best is { Illegal: 0 } best && best.Cost <= Bound;

    private SearchThread Best => _threads.MinBy(t => (t.Illegal, t.Cost))!;

    public SearchThread Run()
    {
        OnAll(i => _threads[i] = new SearchThread(compiled, options, i, cancellationToken));
        if (compiled.Goals.AreWishes && compiled.Costs.Bands.Length == 0) RunPriced();
        else RunWeekly();
        return Best;
    }

    private void RunWeekly()
    {
        var value = 0.0;
        OnAll(i =>
        {
            _threads[i].Anneal(i > 0 ? 1 : options.Threads > 1 ? 0.6 : 0.85, Report);
            if (i > 0) return;
            var bound = new WeekBound(compiled, _threads[i].Cells);
            _threads[i].Relax(bound, 1);
            if (_threads[i].Budget.IsEndless && compiled.RoundUp(bound.Value) < _threads[i].Cost) _threads[i].Anneal(1, Report);
            value = bound.Value;
            if (bound.Value > double.NegativeInfinity && compiled.Costs.Bands.Length == 0) Relaxed = RelaxedCoverage.Of(compiled.Costs, bound.Mixture);
        });
        Bound = Math.Max(0, compiled.RoundUp(value));
    }

    private void RunPriced()
    {
        // The larger the problem, the longer annealing is the quicker way down.
        var annealed = Math.Clamp(compiled.Agents * compiled.Calendar.Days / LargeProblem, 0.08, 0.6);
        var relaxed = annealed + ((1 - annealed) * 0.3);
        var networks = new AgentNetworks(compiled);
        var bound = new LagrangianBound(compiled, networks);
        OnAll(i =>
        {
            _threads[i].Anneal(i == 0 ? annealed : relaxed, Report);
            if (i == 0) _threads[i].Relax(bound, relaxed);
        });
        Bound = Math.Max(0, compiled.RoundUp(bound.Value));
        for (var stretch = 1; !IsProven && !cancellationToken.IsCancellationRequested; stretch++)
        {
            var best = Best;
            OnAll(i => _threads[i].Adopt(best));
            var end = stretch <= Stretches ? relaxed + ((1 - relaxed) * stretch / Stretches) : double.PositiveInfinity;
            OnAll(i => _threads[i].Reoptimize(networks, bound.Prices, end, Bound));
            Report(Moves, Best.Cost);
            if (Array.TrueForAll(_threads, t => t.Budget.IsSpent)) break;
        }
    }

    private void OnAll(Action<int> run)
    {
        if (options.Threads == 1) run(0);
        else Parallel.For(0, options.Threads, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, run);
    }

    private void Report(long moves, double cost) => progress?.Report(new SolveProgress(moves, cost / Money.Unit));
}
