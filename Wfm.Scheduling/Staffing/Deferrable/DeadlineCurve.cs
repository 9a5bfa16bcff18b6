namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>Cumulative work of one deadline class on the open axis, in hours: between <c>Due[j]</c> and <c>Arrived[j]</c> is done by boundary j.</summary>
/// <param name="Due">Must be done by the boundary, length open intervals + 1; 0 first.</param>
/// <param name="Arrived">Can have been done by the boundary, same length; 0 first, because nothing is worked before the start.</param>
internal sealed record DeadlineCurve(double[] Due, double[] Arrived)
{
    /// <summary>How much its deadlines weigh against those of other curves.</summary>
    public DeadlineClaim Claim { get; init; } = DeadlineClaim.Plain;

    /// <summary>The curve of one path of arriving hours; breaches are added to <paramref name="breaches"/>.</summary>
    public static DeadlineCurve Of(DeferrableClass work, DeadlineShape shape, OpenAxis axis, double intervalSeconds, BreachTally? breaches = null)
    {
        var due = new double[axis.Count + 1];
        foreach (var backlog in work.OpeningBacklog)
        {
            foreach (var piece in shape.Backlog(-backlog.Oldest.TotalSeconds / intervalSeconds, -backlog.Youngest.TotalSeconds / intervalSeconds))
            {
                Add(piece, backlog.Hours);
            }
        }
        for (var i = 0; i < work.ArrivingHours.Length; i++)
        {
            foreach (var piece in shape[i]) Add(piece, work.ArrivingHours[i]);
        }
        Accumulate(due);
        return new DeadlineCurve(due, ArrivedOnAxis(Cumulative(work.ArrivingHours, work.OpeningBacklog.Sum(b => b.Hours)), axis)) { Claim = work.Claim };

        void Add(DuePiece piece, double hours)
        {
            if (piece.PlannedDue != DuePiece.Never) due[piece.PlannedDue] += piece.Share * hours;
            if (piece.Breach is { } reason) breaches?.Add(piece.Due, piece.Share * hours, reason);
        }
    }

    /// <summary>Running totals at the boundaries of the horizon: the start value, then one more per interval.</summary>
    public static double[] Cumulative(double[] hours, double start)
    {
        double[] total = [start, .. hours];
        Accumulate(total);
        return total;
    }

    /// <summary>Totals at the boundaries of the horizon → at the boundaries of the open axis, just before the closed time that may follow.</summary>
    public static double[] ArrivedOnAxis(double[] cumulative, OpenAxis axis) =>
        [.. Enumerable.Range(0, axis.Count + 1).Select(j => j == 0 ? 0 : cumulative[axis.Boundary(j)])];

    public static void Accumulate(double[] values)
    {
        for (var i = 1; i < values.Length; i++) values[i] += values[i - 1];
    }
}

/// <summary>Adds up work that misses its deadline: how much, and which first.</summary>
internal sealed class BreachTally
{
    private int _first = int.MaxValue;
    private BreachReason _reason;

    public double Hours { get; private set; }

    public void Add(int due, double hours, BreachReason reason)
    {
        if (hours <= 0) return;
        Hours += hours;
        if (due >= _first) return;
        (_first, _reason) = (due, reason);
    }

    public StaffingBreach? First(NodaTime.Duration interval) =>
        Hours > 0 ? new StaffingBreach(Math.Max(0, _first - 1), _first * interval, Hours, _reason) : null;
}
