using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving.Pricing;

/// <summary>Fairness as prices of a night, of a weekend and of a holiday, agent by agent, so that a week can be priced without the others.</summary>
/// <remarks>
/// Of a square c·n² of a whole number n ≥ b, c·n² ≥ λ·n + φ(λ) with φ(λ) the least of c·m² − λ·m over whole m ≥ b (Fenchel's inequality). Valid for
/// every λ and exact at n = m for λ = 2·c·m.
/// </remarks>
internal sealed class FairShares
{
    private readonly CompiledProblem _compiled;
    private readonly double[] _night;
    private readonly double[] _weekend;
    private readonly double[] _holiday;

    /// <param name="compiled">The problem.</param>
    /// <param name="roster">Where everybody has the nights, weekends and holidays of this roster, the prices are exact.</param>
    public FairShares(CompiledProblem compiled, DayCell[] roster)
    {
        _compiled = compiled;
        (_night, _weekend, _holiday) = (new double[compiled.Agents], new double[compiled.Agents], new double[compiled.Agents]);
        var (night, weekend, holiday) = compiled.Goals.FairnessCosts;
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            var (nights, weekends, holidays) = compiled.Goals.Shares(agent, Days(roster, agent));
            var least = compiled.Goals.Shares(agent, Days(compiled.Start.Cells, agent));
            (_night[agent], _weekend[agent], _holiday[agent]) = (2 * night * nights, 2 * weekend * weekends, 2 * holiday * holidays);
            Base += Least(night, nights, least.Nights) + Least(weekend, weekends, least.Weekends) + Least(holiday, holidays, least.Holidays);
        }
    }

    /// <summary>What the fairness of all agents costs before the first night, weekend or holiday that is not pinned.</summary>
    public double Base { get; }

    /// <summary>Price of one more night.</summary>
    public double Night(int agent) => _night[agent];

    /// <summary>Price of one more weekend.</summary>
    public double Weekend(int agent) => _weekend[agent];

    /// <summary>Price of one more holiday.</summary>
    public double Holiday(int agent) => _holiday[agent];

    // λ·b + φ(λ) for λ = 2·c·m: the least is at m, which is not below b.
    private static double Least(double cost, int count, int least) => (2 * cost * count * least) - (cost * count * count);

    private ReadOnlySpan<DayCell> Days(DayCell[] cells, int agent) => cells.AsSpan(agent * _compiled.Calendar.Rows, _compiled.Calendar.Rows);
}
