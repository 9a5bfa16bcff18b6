namespace Wfm.Scheduling.Solving;

/// <summary>The temperature of the annealing: from a warm start to almost none, in one round or several.</summary>
/// <remarks>
/// One long round is best while the moves are scarce. A small problem freezes long before they are spent, so it is warmed up again
/// and finds another valley. With a work limit far away and no clock, rounds double in length and never end.
/// </remarks>
internal sealed class Cooling(double hot, double cold, long moves, long cells, Func<double>? timeUsed)
{
    private const long EnoughPerCell = 60_000;
    private const long FarAwayPerCell = 600_000;
    private const long FirstRoundPerCell = 150;
    private const int SmallProblem = 200;
    private const int MostRounds = 6;

    private readonly bool _isEndless = timeUsed is null && moves / FarAwayPerCell > cells;
    private readonly int _rounds = timeUsed is null ? (int)Math.Clamp(moves / (EnoughPerCell * cells), 1, MostRounds) : cells <= SmallProblem ? MostRounds : 1;
    private long _start;
    private long _length = FirstRoundPerCell * cells;

    public double At(long move) => _isEndless ? Endless(move) : InRounds(timeUsed is null ? (double)move / Math.Max(1, moves) : Math.Clamp(timeUsed(), 0, 1));

    private double Endless(long move)
    {
        if (move - _start >= _length)
        {
            (_start, _length) = (move, _length * 2);
        }

        return Between((double)(move - _start) / _length);
    }

    private double InRounds(double used)
    {
        var round = Math.Min((int)(used * _rounds), _rounds - 1);
        return Between((used * _rounds) - round);
    }

    private double Between(double used) => hot * Math.Pow(cold / hot, used);
}
