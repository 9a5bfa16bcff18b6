using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The relaxation for hubs of any size: each agent takes the cheapest week, of which only hours and working days are limited.</summary>
/// <remarks>
/// Of the rules, those that count working minutes or working days per ISO week are kept, and the costs of missing and extra hours, of wishes and of
/// fairness (<see cref="FairShares"/>); rest, runs and steady starts are dropped, which keeps the bound valid. The best start and breaks of a shift do
/// not depend on who works it but for a factor (<see cref="DayOffers"/>); what is left of an agent's week is a small knapsack over days, hours and
/// working days. Prices come from a mixture of weeks that is made cheaper by blocks of agents (block-coordinate Frank–Wolfe, Lacoste-Julien et al.
/// 2013) and starts at a roster; at every price that is asked the cheapest weeks give a bound.
/// </remarks>
internal sealed class WeekBound
{
    private const int Parts = 64;
    private const double SmallestStep = 0.03;
    private const double WideWindow = 0.4;
    private const double NarrowWindow = 0.1;
    private const double Narrowing = 0.98;
    private const double Noticeable = 1e-4;
    private const int Patience = 60;

    private readonly CompiledProblem _compiled;
    private readonly CoverDual _cover;
    private readonly SmoothCover _smooth;
    private readonly FairShares _shares;
    private readonly DayOffers _offers;
    private readonly WeekKnapsack _knapsack;
    private readonly WeekBlock[] _blocks;
    private readonly double[] _prices;
    private readonly double[] _slopes;
    private readonly double[] _centre;
    private readonly double[] _week;
    private readonly (DayOffer Offer, int Choice)[] _choices;
    private readonly int _lengths;
    private int _rounds;
    private int _idle;

    /// <param name="compiled">The problem.</param>
    /// <param name="roster">Where the mixture starts.</param>
    public WeekBound(CompiledProblem compiled, DayCell[] roster)
    {
        _compiled = compiled;
        int[] works = [0, .. Enumerable.Range(1, compiled.Shifts.FirstPinned - 1).Select(v => (int)compiled.Shifts[v].Work).Distinct().Order()];
        _lengths = works.Length;
        (_shares, _offers, _knapsack) = (new FairShares(compiled, roster), new DayOffers(compiled, works), new WeekKnapsack(works));
        (_cover, _smooth) = (new CoverDual(compiled, compiled.Start.Scheduled, CoverDual.Most(compiled)), new SmoothCover(compiled));
        var size = compiled.Costs.Required.Length;
        (_prices, _slopes, _centre) = (new double[size], new double[size], new double[size]);
        (_week, _choices) = (new double[7 * _lengths], new (DayOffer, int)[7 * _lengths]);
        _blocks = WeekBlock.Of(compiled, Parts);
        foreach (var block in _blocks)
        {
            Take(block, roster);
            _smooth.Add(block);
        }
    }

    /// <summary>The best bound so far.</summary>
    public double Value { get; private set; } = double.NegativeInfinity;

    /// <summary>Nothing more is to be expected of further rounds.</summary>
    public bool IsDone => _idle >= Patience;

    /// <summary>Arcs walked since the start: the measure of work.</summary>
    public long Work { get; private set; }

    /// <summary>Coverage of the mixture, what is fixed included, in minutes × percent: group × stride + interval.</summary>
    public double[] Mixture => _smooth.Scheduled;

    /// <summary>One round.</summary>
    /// <param name="upper">Cost of a roster that is known.</param>
    public void Round(double upper)
    {
        MovePrices();
        Work += _offers.Price(_prices);
        var value = _cover.Value(_prices) + _shares.Base;
        foreach (var block in _blocks)
        {
            value += Cheapest(block);
        }

        Note(value);
        foreach (var block in _blocks)
        {
            _smooth.Step(block);
        }
    }

    // The slopes at the mixture leap from round to round; a small step to them from the best prices so far gives the better bound (Wentges 1997).
    private void MovePrices()
    {
        _smooth.Window = Math.Max(NarrowWindow, WideWindow * Math.Pow(Narrowing, _rounds));
        _smooth.Slopes(_slopes);
        var step = Math.Max(SmallestStep, 2.0 / (_rounds + 2));
        for (var k = 0; k < _prices.Length; k++)
        {
            _prices[k] = _centre[k] + (step * (_slopes[k] - _centre[k]));
        }

        _rounds++;
    }

    private void Note(double value)
    {
        _idle = value > Value + (Math.Abs(Value) * Noticeable) ? 0 : _idle + 1;
        if (value <= Value) return;
        Value = value;
        _prices.CopyTo(_centre, 0);
    }

    private double Cheapest(WeekBlock block)
    {
        Array.Clear(block.Found);
        var total = 0.0;
        foreach (ref readonly var week in block.Weeks.AsSpan())
        {
            total += Solve(week);
            for (var day = 0; day < week.To - week.From; day++)
            {
                if (_knapsack.Choice(day) is not (> 0 and var length)) continue;
                var (offer, choice) = _choices[(day * _lengths) + length];
                block.Add(block.Found, week.Agent, _offers.Cell(offer, choice));
            }
        }

        block.Close(total, _prices);
        return total;
    }

    private double Solve(OpenWeek week)
    {
        Array.Fill(_week, double.PositiveInfinity);
        for (var row = week.From; row < week.To; row++)
        {
            var at = (row - week.From) * _lengths;
            _week[at] = _compiled.Goals.Wish(week.Agent, row, _compiled.Start.Cells[(week.Agent * _compiled.Calendar.Rows) + row]);
            FillDay(week.Agent, row, at);
        }

        var best = _knapsack.Solve(_week, week.To - week.From, week.MostMinutes, week.MostDays, week.Weekend - week.From, _shares.Weekend(week.Agent),
            used => _compiled.Goals.WeekCost(week.Agent, week.Index, week.Minutes + used));
        Work += _knapsack.Size;
        return best;
    }

    private void FillDay(int agent, int row, int at)
    {
        foreach (ref readonly var offer in _offers.On(agent, row))
        {
            var wish = Wish(agent, row, offer.Shift);
            foreach (ref readonly var choice in _offers.ChoicesOn(agent, offer.Shift.Template))
            {
                Work++;
                var cost = wish + (_offers.Cost(offer, choice.Index) * choice.Percent);
                if (cost < _week[at + offer.Length]) (_week[at + offer.Length], _choices[at + offer.Length]) = (cost, (offer, choice.Index));
            }
        }
    }

    // What a shift costs by itself besides its coverage.
    private double Wish(int agent, int row, in DayCell shift) => _compiled.Goals.Wish(agent, row, shift) + (shift.IsNight ? _shares.Night(agent) : 0)
        + (_compiled.Goals.WeighsHoliday(row) ? _shares.Holiday(agent) : 0);

    private void Take(WeekBlock block, DayCell[] roster)
    {
        foreach (ref readonly var week in block.Weeks.AsSpan())
        {
            var (minutes, weekend) = (0, 0.0);
            for (var row = week.From; row < week.To; row++)
            {
                var at = (week.Agent * _compiled.Calendar.Rows) + row;
                if (_compiled.Start.Pinned[at] || !roster[at].IsWorking)
                {
                    block.GivenCost += _compiled.Goals.Wish(week.Agent, row, roster[at]);
                    continue;
                }

                minutes += roster[at].Work;
                block.GivenCost += Wish(week.Agent, row, roster[at]);
                block.Add(block.Given, week.Agent, roster[at]);
                if (row >= week.Weekend) weekend = _shares.Weekend(week.Agent);
            }

            block.GivenCost += weekend + _compiled.Goals.WeekCost(week.Agent, week.Index, week.Minutes + minutes);
        }
    }
}
