using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Scoring;

/// <summary>A band worked through from the start, the plain way: the oracle of <see cref="BandCoverage"/>, and what results and explanations read.</summary>
internal sealed class BandRun
{
    private BandRun(BandCosts costs)
    {
        (Worked, GivenUp) = (new double[costs.Due.Length], new double[costs.Due.Length]);
        Idle = new double[costs.Intervals];
    }

    /// <summary>Cumulative units worked or given up by the end of each interval: see <see cref="BandCosts.At"/>.</summary>
    public double[] Worked { get; }

    /// <summary>Units given up in each interval.</summary>
    public double[] GivenUp { get; }

    /// <summary>Units of time per interval without work to do, beyond what immediate work and minimum presence ask for.</summary>
    public double[] Idle { get; }

    public BandScore Score { get; private set; }

    public static BandRun Of(BandCosts costs, double[] scheduled)
    {
        var run = new BandRun(costs);
        var n = costs.Intervals;
        var (late, undone, over) = (0.0, 0.0, 0.0);
        for (var i = 0; i < n; i++)
        {
            var left = costs.Capacity(scheduled, i, out var owed);
            for (var k = 0; k < costs.Classes; k++)
            {
                var at = costs.At(k, i);
                var before = i == 0 ? 0 : run.Worked[at - 1];
                var done = Math.Min(before + left, costs.Arrived[at]);
                left -= done - before;
                run.GivenUp[at] = Math.Max(0, costs.GivenUp[at] - done);
                run.Worked[at] = done + run.GivenUp[at];
                var overdue = Math.Max(0, costs.Due[at] - run.Worked[at]);
                var atEnd = i == n - 1 ? overdue : 0;
                undone += costs.UndonePrice[k] * (run.GivenUp[at] + atEnd);
                late += (costs.LatePrice[at] * overdue) - (costs.UndonePrice[k] * atEnd);
            }

            run.Idle[i] = Math.Max(0, left - owed);
            over += costs.IdlePrice[i] * run.Idle[i];
        }

        run.Score = new BandScore(late, undone, over);
        return run;
    }
}

/// <summary>Cost of bands in parts, in units of <see cref="Money"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct BandScore(double Late, double Undone, double Over)
{
    public static BandScore operator +(BandScore a, BandScore b) => new(a.Late + b.Late, a.Undone + b.Undone, a.Over + b.Over);
}
