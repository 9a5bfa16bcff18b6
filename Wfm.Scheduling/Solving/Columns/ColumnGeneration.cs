using Wfm.Scheduling.Solving.Pricing;

namespace Wfm.Scheduling.Solving.Columns;

/// <summary>Finds the best mix of legal rosters by adding, round after round, the roster that each agent would like most at the prices of the mix.</summary>
/// <remarks>
/// Column generation (Gilmore and Gomory 1961; Desrosiers and Lübbecke 2005). Prices jump about while columns are few, so they are drawn towards
/// those of the best bound (Wentges 1997), less so when that finds nothing. Every round also gives a Lagrangian bound.
/// </remarks>
internal sealed class ColumnGeneration
{
    /// <summary>Arcs of the dynamic programme that take as long as a thousand multiplications.</summary>
    public const int ArcsPerThousand = 20;

    private const double Smoothing = 0.7;
    private const int TailRounds = 6;
    private const int Pivots = 5000;

    private readonly CompiledProblem _compiled;
    private readonly ColumnPricing[] _pricing;
    private readonly CoverDual _cover;
    private readonly double[][] _multipliers;
    private readonly double[] _centre;
    private readonly double[] _nearby;
    private readonly double[] _asked;
    private readonly double[] _prices;
    private readonly RosterColumn?[] _found;
    private readonly double[] _bounds;
    private double _smoothing = Smoothing;
    private Func<int, bool> _open = static _ => true;

    /// <param name="compiled">The problem.</param>
    /// <param name="master">The mix.</param>
    /// <param name="pricing">One for each thread to be used.</param>
    /// <param name="scheduled">What all but the agents of the mix cover.</param>
    /// <param name="prices">Prices to begin with.</param>
    /// <param name="multipliers">Prices of the counts of each agent's rules, to begin with and kept up.</param>
    public ColumnGeneration(
        CompiledProblem compiled, RestrictedMaster master, ColumnPricing[] pricing, double[] scheduled, double[] prices, double[][] multipliers)
    {
        (_compiled, Master, _pricing, _multipliers) = (compiled, master, pricing, multipliers);
        _cover = new CoverDual(compiled, scheduled, CoverDual.Most(compiled));
        (_centre, _nearby) = ([.. prices], [.. prices]);
        (_asked, _prices) = (new double[prices.Length], new double[prices.Length]);
        (_found, _bounds) = (new RosterColumn?[master.Agents.Length], new double[master.Agents.Length]);
    }

    /// <summary>A copy for one thread that goes its own way.</summary>
    public ColumnGeneration(ColumnGeneration other, ColumnPricing pricing)
        : this(
            other._compiled, new RestrictedMaster(other.Master), [pricing], other._cover.Fixed, other._centre,
            Array.ConvertAll(other._multipliers, m => (double[])[.. m]))
    { }

    public RestrictedMaster Master { get; }

    /// <summary>Arcs walked, and arithmetic as dear.</summary>
    public long Work => _pricing.Sum(p => p.Work) + (Master.Work * ArcsPerThousand);

    /// <summary>No roster of the agents costs less, with what the coverage of all costs.</summary>
    public double Bound { get; private set; } = double.NegativeInfinity;

    /// <summary>Prices of the best bound.</summary>
    public double[] Prices => _centre;

    /// <summary>No roster is known that would better the mix.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Told after every round, on the thread that asked for it.</summary>
    public Action? Worked { get; set; }

    /// <summary>Rounds for some of the agents, until nothing comes of them. The bound stays as it was.</summary>
    /// <param name="effort">Rounds, beam and tail.</param>
    /// <param name="enough">A cost of the mix that need not be bettered.</param>
    /// <param name="isOpen">Whether an agent takes part.</param>
    /// <param name="goOn">False ends it.</param>
    public void Improve(DivingEffort effort, double enough, Func<int, bool> isOpen, Func<bool> goOn)
    {
        Master.Solve(Pivots);
        _open = isOpen;
        var (smoothing, milestone) = (Smoothing, Master.Value);
        for (var round = 0; round < effort.Rounds && Master.Value > enough && goOn(); round++)
        {
            if (round % TailRounds == TailRounds - 1)
            {
                if (milestone - Master.Value < effort.Tail) break;
                milestone = Master.Value;
            }

            Master.Prices(_prices);
            Clamp(_prices);
            Blend(_nearby, smoothing);
            Ask(effort.Beam, goOn);
            Worked?.Invoke();
            var added = AddFound();
            if (added == 0 && smoothing == 0) break;
            smoothing = added == 0 ? Math.Max(0, smoothing - 0.4) : Math.Max(0, smoothing - 0.05);
            if (smoothing < 0.1) smoothing = 0;
            if (added > 0) Master.Solve(Pivots);
        }

        Master.Prices(_nearby);
        Clamp(_nearby);
    }

    /// <summary>One round: solves the mix and adds a roster of each agent who has one to offer.</summary>
    /// <param name="beam">Most labels kept a day.</param>
    /// <param name="goOn">False ends it.</param>
    /// <returns>Rosters added.</returns>
    public int Round(int beam, Func<bool> goOn)
    {
        (_open, IsDone) = (static _ => true, false);
        Master.Solve(Pivots);
        Master.Prices(_prices);
        Clamp(_prices);
        Blend(_centre, _smoothing);

        var value = _cover.Value(_asked) + Ask(beam, goOn);
        if (value > Bound)
        {
            Bound = value;
            _asked.CopyTo(_centre, 0);
        }

        var added = AddFound();
        Worked?.Invoke();
        if (added > 0) _smoothing = Math.Min(Smoothing, _smoothing + 0.1);
        else if (_smoothing == 0) IsDone = true;
        else _smoothing = _smoothing > 0.2 ? _smoothing - 0.25 : 0;
        return added;
    }

    private int AddFound()
    {
        var added = 0;
        foreach (var column in _found)
        {
            if (column is not null && Master.Reduced(column) < -Saving && Master.Add(column)) added++;
        }

        return added;
    }

    // Least saving for which a roster is worth adding.
    private double Saving => _compiled.Costs.TypicalShift * 1e-6;

    private void Blend(double[] centre, double smoothing)
    {
        for (var k = 0; k < _prices.Length; k++)
        {
            _asked[k] = (smoothing * centre[k]) + ((1 - smoothing) * _prices[k]);
        }
    }

    private void Clamp(double[] prices)
    {
        for (var k = 0; k < prices.Length; k++)
        {
            prices[k] = Math.Clamp(prices[k], _cover.Lowest(k), _cover.Highest(k));
        }
    }

    private double Ask(int beam, Func<bool> goOn)
    {
        var prices = new LinearPrices(_asked);
        var agents = Master.Agents;
        if (_pricing.Length == 1)
        {
            for (var i = 0; i < agents.Length; i++)
            {
                Ask(i, _pricing[0], prices, beam, goOn);
            }
        }
        else
        {
            var next = -1;
            Parallel.ForEach(_pricing, pricing =>
            {
                for (var i = Interlocked.Increment(ref next); i < agents.Length; i = Interlocked.Increment(ref next))
                {
                    Ask(i, pricing, prices, beam, goOn);
                }
            });
        }

        return _bounds.Sum();
    }

    // A roster is of use when it is cheaper than all those known. An agent who was not asked has none to offer, and no bound.
    private void Ask(int i, ColumnPricing pricing, LinearPrices prices, int beam, Func<bool> goOn)
    {
        (_found[i], _bounds[i]) = (null, double.NegativeInfinity);
        var agent = Master.Agents[i];
        if (!_open(agent) || !goOn()) return;
        _found[i] = pricing.Best(agent, prices, _multipliers[agent], beam, Master.Cheapest(agent, _asked) - Saving);
        _bounds[i] = pricing.Bound;
    }
}
