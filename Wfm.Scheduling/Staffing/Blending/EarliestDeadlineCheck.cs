using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Scheduling.Staffing.Blending;

/// <summary>Whether a capacity meets every deadline: several classes of fluid work, the most urgent first (<see cref="ServiceDiscipline"/>).</summary>
internal sealed class EarliestDeadlineCheck(DeadlineCurve[] curves)
{
    private readonly double[] _done = new double[curves.Length];
    private readonly int[] _next = new int[curves.Length]; // boundary at which the first piece not yet done is due
    private readonly double _negligible = 1e-11 * (1 + curves.Sum(c => c.Due[^1]));
    private int _missed;

    /// <summary>Hours worked per open interval in the last run.</summary>
    public double[] Worked { get; } = new double[curves[0].Due.Length - 1];

    /// <summary>True when every deadline is met.</summary>
    /// <param name="capacity">Hours per open interval.</param>
    public bool Run(double[] capacity)
    {
        _missed = Simulate(capacity, Worked.Length, out _);
        return _missed < 0;
    }

    /// <summary>The intervals that were too short for their work in the last run: from the last moment with nothing due by then to the missed
    /// deadline.</summary>
    public (int From, int To) TightWindow(double[] capacity)
    {
        var to = _missed < 0 ? Worked.Length : _missed;
        Simulate(capacity, to, out var from);
        return (from, to);
    }

    /// <summary>Works what is due by a boundary; returns the first boundary at which something is late, −1 when nothing is.</summary>
    private int Simulate(double[] capacity, int last, out int busySince)
    {
        Array.Clear(_done);
        Array.Clear(_next);
        busySince = 0;
        for (var j = 0; j < last; j++)
        {
            var left = capacity[j];
            while (left > 0 && MostUrgent(j + 1, last) is var k and >= 0)
            {
                var piece = Math.Min(left, Math.Min(curves[k].Due[_next[k]], curves[k].Arrived[j + 1]) - _done[k]);
                _done[k] += piece;
                left -= piece;
            }
            Worked[j] = capacity[j] - left;
            if (left > 0) busySince = j + 1;
            for (var k = 0; k < curves.Length; k++)
            {
                if (_done[k] < Math.Min(curves[k].Due[j + 1], curves[k].Due[last]) - _negligible) return j + 1;
            }
        }
        return -1;
    }

    /// <summary>The class with the most urgent work at hand; −1 without any.</summary>
    private int MostUrgent(int boundary, int last)
    {
        var (best, bestUrgency) = (-1, default(Urgency));
        for (var k = 0; k < curves.Length; k++)
        {
            while (_next[k] <= last && curves[k].Due[_next[k]] <= _done[k]) _next[k]++;
            if (_next[k] > last || curves[k].Arrived[boundary] <= _done[k]) continue;
            var urgency = curves[k].Claim.At(_next[k] - boundary + 1);
            if (best < 0 || urgency.Against(bestUrgency) < 0) (best, bestUrgency) = (k, urgency);
        }
        return best;
    }
}
