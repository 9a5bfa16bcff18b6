namespace Wfm.Scheduling.Solving;

/// <summary>The temperature of the annealing: from a warm start to almost none, in one round or several.</summary>
/// <remarks>
/// One long round is best while the moves are scarce. A small problem freezes long before they are spent, so it is warmed up again
/// and finds another valley. With a work limit far away and no clock, rounds double in length and never end.
/// </remarks>
internal sealed class Cooling(double hot, double cold, SearchBudget budget, double end, long cells)
{
    private const long EnoughPerCell = 60_000;
    private const long FirstRoundPerCell = 150;
    private const int SmallProblem = 200;
    private const int MostRounds = 6;

    private readonly bool _isEndless = budget.IsEndless && end >= 1;
    private readonly double _from = budget.Used;
    private readonly int _rounds = Math.Min(
        (int)Math.Clamp(end * budget.Planned / (EnoughPerCell * cells), 1, MostRounds), budget.IsTimed && cells > SmallProblem ? 1 : MostRounds);
    private long _start;
    private long _length = FirstRoundPerCell * cells;

    /// <summary>Temperature at a move, counted from the start of the annealing.</summary>
    public double At(long move) => _isEndless ? Endless(move) : InRounds(Math.Clamp((budget.Used - _from) / Math.Max(1e-9, end - _from), 0, 1));

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
