using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>A lower bound on the cost of every roster: coverage is priced, and each agent takes the cheapest roster at these prices.</summary>
/// <remarks>
/// Lagrangian relaxation of the coverage (Geoffrion 1974), its prices found by the volume algorithm (Barahona and Anbil 2000): steps from the best
/// prices along an average of what agents would give and the demand would like. Every value is a bound, whatever the prices are.
/// </remarks>
internal abstract class CoverRelaxation : ICoverBound
{
    private const double Newest = 0.08;
    private const int Patience = 12;
    private const double Smallest = 1e-3;

    private readonly CompiledProblem _compiled;
    private readonly CoverDual _cover;
    private readonly double[] _prices;
    private readonly double[] _centre;
    private readonly double[] _supply;
    private readonly double[] _average;
    private double _factor = 0.5;
    private int _failures;
    private int _rounds;

    protected CoverRelaxation(CompiledProblem compiled)
    {
        _compiled = compiled;
        var size = compiled.Costs.Required.Length;
        (_prices, _centre, _supply, _average) = (new double[size], new double[size], new double[size], new double[size]);
        _cover = new CoverDual(compiled, compiled.Start.Scheduled, Most(compiled));
        for (var k = 0; k < size; k++)
        {
            _centre[k] = _cover.Lowest(k) / 2;
        }
    }

    /// <summary>The best bound so far.</summary>
    public double Value { get; private set; } = double.NegativeInfinity;

    /// <summary>Nothing more is to be expected of further rounds.</summary>
    public bool IsDone => _factor <= Smallest;

    /// <summary>The prices of the best bound.</summary>
    public double[] Prices => _centre;

    /// <summary>Arcs walked since the start: the measure of work.</summary>
    public abstract long Work { get; }

    /// <summary>One round of the volume algorithm.</summary>
    /// <param name="upper">Cost of a roster that is known.</param>
    public void Round(double upper)
    {
        MovePrices(upper);
        var newest = _rounds++ == 0 ? 1 : Newest;
        Array.Clear(_supply);
        var value = _cover.Value(_prices) + Agents(_prices, newest);
        for (var k = 0; k < _average.Length; k++)
        {
            _average[k] += newest * (_supply[k] - _cover.Wanted[k] - _average[k]);
        }

        if (value > Value)
        {
            (Value, _failures) = (value, 0);
            _prices.CopyTo(_centre, 0);
            _factor = Math.Min(_factor * 1.1, 1.5);
        }
        else if (++_failures >= Patience)
        {
            _failures = 0;
            _factor *= 0.7;
        }
    }

    /// <summary>Cost of the cheapest rosters at prices; what they cover goes to <see cref="Supply"/>.</summary>
    protected abstract double Agents(double[] prices, double newest);

    /// <summary>Starts anew from given prices, with others scheduled already.</summary>
    protected void Restart(double[] scheduled, double[] prices)
    {
        _cover.Fixed = scheduled;
        (Value, _factor, _failures, _rounds) = (double.NegativeInfinity, 0.5, 0, 0);
        prices.CopyTo(_centre, 0);
    }

    /// <summary>Notes what a shift covers.</summary>
    protected void Supply(int agent, in DayCell cell)
    {
        if (cell.Variant <= 0 || cell.Variant >= _compiled.Shifts.FirstPinned) return;
        AddTo(_supply, agent, cell, 1);
    }

    /// <summary>Adds the coverage of a shift × factor.</summary>
    protected void AddTo(double[] coverage, int agent, in DayCell cell, double factor)
    {
        var at = _compiled.CoverAt(cell.Variant, cell.Group);
        var percent = _compiled.Skills.Percent(agent, cell.Group) * factor;
        var profile = _compiled.Profile(cell.Variant, cell.Group, cell.Pattern);
        for (var i = 0; i < profile.Length; i++)
        {
            coverage[at + i] += profile[i] * percent;
        }
    }

    private void MovePrices(double upper)
    {
        var norm = 0.0;
        for (var k = 0; k < _average.Length; k++)
        {
            norm += _average[k] * _average[k];
        }

        var step = _rounds == 0 || norm == 0 ? 0 : _factor * Math.Max(upper - Value, Math.Abs(upper) * 1e-4) / norm;
        for (var k = 0; k < _prices.Length; k++)
        {
            _prices[k] = Math.Clamp(_centre[k] + (step * _average[k]), _cover.Lowest(k), _cover.Highest(k));
        }
    }

    /// <summary>All heads at once: more than can ever come.</summary>
    internal static double[] Most(CompiledProblem compiled)
    {
        var most = new double[compiled.Costs.Required.Length];
        for (var group = 0; group < compiled.Costs.Groups; group++)
        {
            var percent = compiled.Skills.Skilled[group].Sum(a => compiled.Skills.Percent(a, group));
            var unit = compiled.CountsShifts(group) ? 60 : compiled.Calendar.IntervalMinutes;
            Array.Fill(most, percent * unit, group * compiled.Costs.Stride, compiled.Costs.Intervals);
        }

        return most;
    }
}
