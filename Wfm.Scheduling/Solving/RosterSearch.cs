using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving.Columns;
using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving;

/// <summary>The plan of a solve: annealing for a start, the best mix of legal rosters for a bound, a dive into it, and groups of agents found anew.</summary>
/// <remarks>
/// Threads meet after every part, so that the same seed, work limit and threads give the same roster: they anneal apart, mix together, dive apart, and
/// every stretch of the neighbourhood search starts from the best roster of all. Where a day's cost depends on other days of the agent (weekly
/// hours, steady starts), or on those of all (deadlines), annealing has the whole budget but for a relaxation of weeks.
/// </remarks>
/// <param name="compiled">What is searched.</param>
/// <param name="period">What the bound is for: the same, or its days that are not looked ahead to.</param>
/// <param name="limits">Seed, work, time and threads.</param>
/// <param name="progress">Told now and then; may be <see langword="null"/>.</param>
/// <param name="cancellationToken">Ends the search.</param>
internal sealed class RosterSearch(
    CompiledProblem compiled, CompiledProblem period, SolveLimits limits, IProgress<SolveProgress>? progress, CancellationToken cancellationToken)
{
    private const int Stretches = 8;
    private const int NarrowBeam = 30; // as long as prices are far off
    private const int ExactBeam = 20_000;
    private const double Mixing = 0.4; // of the time after annealing: ends of the mixing and of the dive
    private const double Settling = 0.93;
    private const double Annealing = 0.7; // of the time where there is no mix: ends of the annealing and of making agents legal
    private const double Legalizing = 0.9;
    private const double LargeProblem = 40_000;

    private readonly SearchThread[] _threads = new SearchThread[limits.Threads];
    private long _charged;

    /// <summary>A lower bound, in units of <see cref="Money"/>.</summary>
    public double Bound { get; private set; }

    /// <summary>Coverage of the relaxation of weeks, when it was used.</summary>
    public RelaxedCoverage? Relaxed { get; private set; }

    /// <summary>Work done, in moves.</summary>
    public long Moves => _threads.Sum(t => t.Budget.Moves);

    /// <summary>Whether the best roster costs no more than the bound.</summary>
    public bool IsProven => ReferenceEquals(period, compiled) && Best is { Illegal: 0 } best && best.Cost <= Bound;

    private SearchThread Best => _threads.MinBy(t => (t.Illegal, t.Cost))!;

    /// <summary>Whether the cost of a day depends on the agent's other days, or on those of all, so that days cannot be priced one by one.</summary>
    public static bool IsByWeeks(CompiledProblem compiled) => !compiled.Goals.AreWishes || compiled.Costs.Bands.Length > 0;

    public SearchThread Run()
    {
        OnAll(i => _threads[i] = new SearchThread(compiled, limits, i, cancellationToken));
        if (IsByWeeks(compiled)) RunWeekly();
        else if (RestrictedMaster.Suits(compiled)) RunPriced();
        else RunLarge();
        return Best;
    }

    // Too large for a mix, and no bound: annealing, after which those who still break rules get legal rosters, and a cold part that keeps them legal.
    private void RunLarge()
    {
        OnAll(i => _threads[i].Anneal(_threads[i].Budget.IsEndless ? 1 : Annealing, Report));
        if (_threads[0].Budget.IsEndless) return;
        var networks = Array.Exists(_threads, t => t.Illegal > 0) ? new AgentNetworks(compiled) : null;
        OnAll(i =>
        {
            if (networks is not null) _threads[i].Legalize(networks, Legalizing);
            _threads[i].Mend(1, Report);
        });
    }

    private void RunWeekly()
    {
        var value = 0.0;
        OnAll(i =>
        {
            _threads[i].Anneal(i > 0 ? 1 : limits.Threads > 1 ? 0.6 : 0.85, Report);
            if (i > 0) return;
            var (cells, cost) = OfPeriod(_threads[i]);
            var bound = new WeekBound(period, cells);
            _threads[i].Relax(bound, period, cost, 1);
            if (_threads[i].Budget.IsEndless && period.RoundUp(bound.Value) < cost) _threads[i].Anneal(1, Report);
            value = bound.Value;
            if (bound.Value > double.NegativeInfinity && period.Costs.Bands.Length == 0) Relaxed = RelaxedCoverage.Of(period.Costs, bound.Mixture);
        });
        Bound = Math.Max(0, period.RoundUp(value));
    }

    private (DayCell[] Cells, double Cost) OfPeriod(SearchThread thread)
    {
        if (ReferenceEquals(period, compiled)) return (thread.Cells, thread.Cost);
        var state = new RosterState(period);
        state.Restore(LookAhead.Cut(compiled, thread.Cells, period));
        return (state.Cells, state.Cost);
    }

    private void RunPriced()
    {
        // The larger the problem, the longer annealing is the quicker way down.
        var annealed = Math.Clamp(compiled.Agents * compiled.Calendar.Days / LargeProblem, 0.08, 0.6);
        OnAll(i => _threads[i].Anneal(annealed, Report));
        var networks = new AgentNetworks(compiled);
        var generation = Generate(networks, annealed, After(Mixing));
        if (!IsProven) FromBest(i => Dive(i, networks, generation, After(Settling)));
        for (var stretch = 1; !IsProven && !Array.TrueForAll(_threads, t => t.Budget.IsSpent); stretch++)
        {
            var end = stretch <= Stretches ? After(Settling + ((1 - Settling) * stretch / Stretches)) : double.PositiveInfinity;
            FromBest(i => _threads[i].Reoptimize(networks, generation, end, Bound));
        }

        double After(double part) => annealed + ((1 - annealed) * part);
    }

    private void FromBest(Action<int> run)
    {
        var best = Best;
        OnAll(i => _threads[i].Adopt(best));
        OnAll(run);
        ReportBest();
    }

    // The mix of all agents, on all threads.
    private ColumnGeneration Generate(AgentNetworks networks, double start, double end)
    {
        var master = new RestrictedMaster(compiled, Best.Columns(), compiled.Start.Scheduled);
        var pricing = _threads.Select(t => new ColumnPricing(compiled, networks, () => !t.Budget.IsSpent)).ToArray();
        var multipliers = Enumerable.Range(0, compiled.Agents).Select(a => new double[networks.Of(a).Counts.Fields.Count]).ToArray();
        foreach (var column in _threads.SelectMany(t => t.Columns()))
        {
            master.Add(column);
        }

        var generation = new ColumnGeneration(compiled, master, pricing, compiled.Start.Scheduled, new double[compiled.Costs.Required.Length], multipliers);
        generation.Worked = () => Charge(generation);
        Mix(generation, NarrowBeam, Math.Max(2, compiled.Agents / 10), end);
        Mix(generation, DivingEffort.Wide, 1, end);
        Mix(generation, ExactBeam, 1, start + ((end - start) * 0.4));
        return generation;
    }

    // Rounds until fewer offers come than are worth the while.
    private void Mix(ColumnGeneration generation, int beam, int least, double end)
    {
        for (var isDone = false; !isDone && !IsProven && !IsOver(end);)
        {
            isDone = generation.Round(beam, () => !IsOver(end)) < least && (least > 1 || generation.IsDone);
            Bound = Math.Max(0, compiled.RoundUp(generation.Bound));
        }
    }

    // Rosters out of a thread's own copy of the mix, then the agents in groups. The first thread hurries, so that there is something good soon.
    private void Dive(int index, AgentNetworks networks, ColumnGeneration mix, double end)
    {
        var (quick, thorough) = (DivingEffort.Quick(compiled, index), DivingEffort.Thorough(compiled));
        _threads[index].Dive(networks, mix, index == 1 ? thorough : quick, end);
        if (_threads.Length == 1) _threads[index].Dive(networks, mix, thorough, end);
        _threads[index].Reoptimize(networks, mix, end, Bound);
    }

    private bool IsOver(double end) => _threads[0].Budget.IsOver(end);

    // Work done on all threads together counts on each.
    private void Charge(ColumnGeneration generation)
    {
        var share = (generation.Work - _charged) / _threads.Length;
        _charged = generation.Work;
        foreach (var thread in _threads)
        {
            thread.Budget.Charge(share);
        }
    }

    private void OnAll(Action<int> run)
    {
        if (limits.Threads == 1) run(0);
        else Parallel.For(0, limits.Threads, new ParallelOptions { MaxDegreeOfParallelism = limits.Threads }, run);
    }

    private void Report(long moves, double cost, double missing) => progress?.Report(new SolveProgress(moves, cost / Money.Unit, missing));

    private void ReportBest() => progress?.Report(new SolveProgress(Moves, Best.Cost / Money.Unit, null, IsAnnealing: false));
}
