using Wfm.Forecasting.Numerics;
using Wfm.Forecasting.Series;

namespace Wfm.Forecasting.Pooled;

/// <summary>Training rows drawn from many series: features at an origin, what came, and how much it tells.</summary>
internal sealed class PooledSample
{
    private const int StepsPerOrigin = 16; // the view of a history is costly, a row of it cheap
    private const double HeldBackShare = 0.2; // of the time before the cut-off, its latest part
    private static readonly int[] WeeksSeen = [1, 2, 3, 4, 6, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue];

    private readonly List<double> _rows = [];
    private readonly List<double> _targets = [];
    private readonly List<double> _weights = [];

    /// <summary>Features in a row.</summary>
    public static int Width => PooledFeatures.Names.Count;

    /// <summary>Number of rows.</summary>
    public int Count => _targets.Count;

    /// <summary>Features, row by row.</summary>
    public double[] Rows => [.. _rows];

    /// <summary>What came, as a deviation from the profile in levels.</summary>
    public double[] Targets => [.. _targets];

    /// <summary>One over the variance to expect, so that a noisy queue says no more than it knows.</summary>
    public double[] Weights => [.. _weights];

    /// <summary>Draws rows from one series into two samples.</summary>
    /// <param name="y">Complete observations.</param>
    /// <param name="clock">Where slots lie in the local week.</param>
    /// <param name="end">Nothing from this observation on is seen, not even as a target.</param>
    /// <param name="horizon">Steps ahead, at least 1.</param>
    /// <param name="rows">Rows wanted.</param>
    /// <param name="random">Source of chance.</param>
    /// <param name="training">Takes rows whose targets lie before the part held back.</param>
    /// <param name="heldBack">Takes rows whose origins lie in the part held back.</param>
    public static void Draw(
        ReadOnlySpan<double> y, SlotClock clock, int end, int horizon, int rows, PortableRandom random, PooledSample training, PooledSample heldBack)
    {
        var week = clock.Week;
        var boundary = end - Math.Max(1, (int)(HeldBackShare * (end - week)));
        for (var drawn = 0; drawn < rows; drawn += StepsPerOrigin)
        {
            var origin = week + random.NextBelow(end - week);
            var seen = WeeksSeen[random.NextBelow(WeeksSeen.Length)]; // queues are young too: some rows are what a young one would have seen
            var first = seen < origin / week ? origin - (seen * week) : Math.Max(0, origin - (PooledFeatures.Reach * week));
            var limit = origin < boundary ? boundary : end;
            var steps = Math.Min(horizon, limit - origin);
            var features = new PooledFeatures(y[first..origin], first, clock, steps);
            if (features.Level > 0)
            {
                (origin < boundary ? training : heldBack).Add(features, y[origin..], steps, ref random);
            }
        }
    }

    private void Add(PooledFeatures features, ReadOnlySpan<double> ahead, int steps, ref PortableRandom random)
    {
        Span<double> row = stackalloc double[Width];
        for (var k = 0; k < StepsPerOrigin; k++)
        {
            var step = random.NextBelow(steps);
            features.Write(step, row);
            _rows.AddRange(row);
            _targets.Add((ahead[step] / features.Level) - features.BaseOf(step));
            _weights.Add(1 / features.VarianceOf(step));
        }
    }
}
