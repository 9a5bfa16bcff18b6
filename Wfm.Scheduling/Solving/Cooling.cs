namespace Wfm.Scheduling.Solving;

/// <summary>The temperature of the annealing: from a warm start to almost none over the limit, or in rounds of double length when none is near.</summary>
internal sealed class Cooling(double hot, double cold, long moves, long firstRound, Func<double>? timeUsed)
{
    private const int LongRounds = 4_000;

    private long _roundStart;
    private readonly bool _inRounds = moves / LongRounds > firstRound;
    private long _round = firstRound;

    public double At(long move)
    {
        if (timeUsed is not null) return Between(Math.Clamp(timeUsed(), 0, 1));
        if (!_inRounds) return Between((double)move / Math.Max(1, moves));
        if (move - _roundStart >= _round)
        {
            _roundStart = move;
            _round *= 2;
        }

        return Between((double)(move - _roundStart) / _round);
    }

    private double Between(double used) => hot * Math.Pow(cold / hot, used);
}
