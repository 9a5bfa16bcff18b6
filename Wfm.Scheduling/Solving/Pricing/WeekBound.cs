using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>The relaxation for hubs of any size: each agent takes the cheapest week, of which only hours and working days are limited.</summary>
/// <remarks>
/// Of the rules, those that count working minutes or working days per ISO week are kept, and the cost of missing and extra hours; rest, runs,
/// fairness and steady starts are dropped, which keeps the bound valid. The best group and breaks of a shift do not depend on who works it but for
/// a factor, so they are sought once a round for all agents under the same rules on breaks; then a week is a small knapsack over days, hours and working days.
/// </remarks>
internal sealed class WeekBound : CoverRelaxation
{
    private readonly CompiledProblem _compiled;
    private readonly Dictionary<int[], double[]> _values = [];
    private readonly Dictionary<int[], int[]> _patterns = [];
    private readonly WeekKnapsack _knapsack;
    private readonly WeekLimits[] _limits;
    private readonly DayCell[] _cells;
    private readonly double[] _prices;
    private readonly int[] _works;
    private long _work;

    public WeekBound(CompiledProblem compiled)
        : base(compiled)
    {
        _compiled = compiled;
        _works = [0, .. Enumerable.Range(1, compiled.Shifts.FirstPinned - 1).Select(v => (int)compiled.Shifts[v].Work).Distinct().Order()];
        _limits = [.. compiled.RuleSets.Select(set => new WeekLimits(compiled, set))];
        _knapsack = new WeekKnapsack(_works);
        (_cells, _prices) = (new DayCell[7 * _works.Length], new double[7 * _works.Length]);
    }

    /// <inheritdoc/>
    public override long Work => _work;

    /// <inheritdoc/>
    protected override double Agents(double[] prices, double newest)
    {
        _values.Clear();
        var value = 0.0;
        for (var agent = 0; agent < _compiled.Agents; agent++)
        {
            for (var week = _compiled.Calendar.Week(_compiled.Calendar.Offset); week < _compiled.Calendar.Weeks; week++)
            {
                value += Week(agent, week, prices);
            }
        }

        return value;
    }

    private double Week(int agent, int week, double[] prices)
    {
        var calendar = _compiled.Calendar;
        var (from, to) = (Math.Max(calendar.Offset, calendar.WeekStart(week)), calendar.WeekEnd(week));
        var (minutes, days) = (0, 0);
        for (var row = calendar.WeekStart(week); row < from; row++)
        {
            var past = _compiled.Start.Cells[(agent * calendar.Rows) + row];
            (minutes, days) = (minutes + past.Work, days + (past.IsWorking ? 1 : 0));
        }

        Array.Fill(_prices, double.PositiveInfinity);
        for (var row = from; row < to; row++)
        {
            var fixedDay = _compiled.Start.Pinned[(agent * calendar.Rows) + row];
            if (fixedDay && _compiled.Start.Cells[(agent * calendar.Rows) + row] is { IsWorking: true } pinned)
            {
                (minutes, days) = (minutes + pinned.Work, days + 1);
                Offer(row - from, 0, _compiled.Goals.Wish(agent, row, pinned), default);
                continue;
            }

            Offer(row - from, 0, _compiled.Goals.Wish(agent, row, default), default);
            if (!fixedDay) FillDay(agent, row, row - from, prices);
        }

        var limits = _limits[_compiled.RuleSetOf[agent]];
        var best = _knapsack.Solve(_prices, to - from, limits.Minutes(to - 1) - minutes, limits.Days(to - 1) - days, used => _compiled.Goals.WeekCost(agent, week, minutes + used));
        _work += _knapsack.Size;
        for (var day = 0; day < to - from; day++)
        {
            Supply(agent, _cells[(day * _works.Length) + _knapsack.Choice(day)]);
        }

        return best;
    }

    private void FillDay(int agent, int row, int day, double[] prices)
    {
        foreach (var variant in _compiled.Eligibility.On(agent, row))
        {
            var template = _compiled.Shifts[variant].Template;
            var work = Array.BinarySearch(_works, (int)_compiled.Shifts[variant].Work);
            var wish = _compiled.Goals.Wish(agent, row, _compiled.Plain(variant));
            foreach (var group in _compiled.Skills.GroupsOn(agent, template))
            {
                var allowed = _compiled.Eligibility.Patterns(agent, variant, group);
                if (allowed.Length == 0) continue;
                var (cost, pattern) = Cheapest(variant, group, allowed, prices);
                cost = wish + (cost * _compiled.Skills.Percent(agent, group));
                _work++;
                if (cost < _prices[(day * _works.Length) + work]) Offer(day, work, cost, _compiled.Cell(variant, group, pattern));
            }
        }
    }

    private void Offer(int day, int work, double price, in DayCell cell)
    {
        _prices[(day * _works.Length) + work] = price;
        _cells[(day * _works.Length) + work] = cell;
    }

    // The cheapest breaks of a shift, once for all who may have the same.
    private (double Cost, int Pattern) Cheapest(int variant, int group, int[] allowed, double[] prices)
    {
        var at = (variant * _compiled.Costs.Groups) + group;
        if (!_values.TryGetValue(allowed, out var values))
        {
            values = new double[_compiled.Shifts.FirstPinned * _compiled.Costs.Groups];
            Array.Fill(values, double.NaN);
            _values.Add(allowed, values);
            _patterns.TryAdd(allowed, new int[values.Length]);
        }

        if (double.IsNaN(values[at]))
        {
            var (best, choice) = (double.PositiveInfinity, 0);
            var place = _compiled.CoverAt(variant, group);
            foreach (var pattern in allowed)
            {
                var cost = LinearPrices.Sum(prices, place, _compiled.Profile(variant, group, pattern));
                if (cost < best) (best, choice) = (cost, pattern);
            }

            (values[at], _patterns[allowed][at]) = (best, choice);
            _work += allowed.Length * 4L;
        }

        return (values[at], _patterns[allowed][at]);
    }
}
