using Wfm.Scheduling.Staffing.Deferrable;

namespace Wfm.Scheduling.Staffing.Blending;

/// <summary>Agents on duty, at least those of immediate work, as even as deferrable deadlines allow.</summary>
/// <remarks>
/// The plans that meet every deadline form a polymatroid, so the most even of them is found from the top: the lowest level at which raising every interval to
/// it
/// suffices; the window that is tight there is final; the rest goes lower. It minimises every convex cost of the agents at once: hours, then peak.
/// Source of the decomposition: S. Fujishige, “Lexicographically optimal base of a polymatroid”, Mathematics of Operations Research 5 (1980), 186–196; with
/// nobody
/// present it is the critical-interval method of Yao, Demers and Shenker.
/// </remarks>
/// <param name="curves">Deferrable work on the open axis, in hours.</param>
/// <param name="present">Agents of immediate work per open interval.</param>
/// <param name="idle">Their time for deferrable work, in agents.</param>
/// <param name="intervalHours">Length of an interval.</param>
internal sealed class BlendedLevels(DeadlineCurve[] curves, double[] present, double[] idle, double intervalHours)
{
    private const int Bisections = 60;

    private readonly EarliestDeadlineCheck _check = new(curves);
    private readonly double[] _capacity = new double[present.Length];
    private readonly double[] _final = [.. present.Select(_ => double.NaN)]; // not yet decided

    /// <summary>Deferrable hours worked per open interval, once solved.</summary>
    public double[] Worked => _check.Worked;

    public double[] Solve()
    {
        var level = present.Max() + curves.Sum(c => c.Due[^1]) / intervalHours; // one interval could do everything
        while (Array.Exists(_final, double.IsNaN) && !Suffices(0))
        {
            var (low, high) = (0.0, level);
            for (var k = 0; k < Bisections && high - low > 1e-13 * level; k++)
            {
                var middle = (low + high) / 2;
                if (Suffices(middle)) high = middle;
                else low = middle;
            }
            Suffices(low);
            var (from, to) = _check.TightWindow(_capacity);
            level = high;
            if (!Settle(from, to, level)) Settle(0, present.Length, level); // rounding: nothing left to tell apart
        }
        for (var j = 0; j < _final.Length; j++)
        {
            if (double.IsNaN(_final[j])) _final[j] = present[j];
        }
        Suffices(0);
        return _final;
    }

    private bool Settle(int from, int to, double level)
    {
        var any = false;
        for (var j = from; j < to; j++)
        {
            if (!double.IsNaN(_final[j])) continue;
            _final[j] = Math.Max(present[j], level);
            any = true;
        }
        return any;
    }

    private bool Suffices(double level)
    {
        for (var j = 0; j < _capacity.Length; j++)
        {
            var agents = double.IsNaN(_final[j]) ? Math.Max(present[j], level) : _final[j];
            _capacity[j] = (idle[j] + agents - present[j]) * intervalHours;
        }
        return _check.Run(_capacity);
    }
}
