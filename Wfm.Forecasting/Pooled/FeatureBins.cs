namespace Wfm.Forecasting.Pooled;

/// <summary>Features as small whole numbers: a row falls in a bin between two quantiles of the training rows.</summary>
internal sealed class FeatureBins
{
    private const int MaximumBins = 64;
    private const int RowsLookedAt = 20_000; // enough for 64 quantiles
    private readonly byte[][] _bins;

    /// <summary>Bins rows.</summary>
    /// <param name="rows">Features, row by row, at least one row.</param>
    /// <param name="width">Features in a row.</param>
    public FeatureBins(double[] rows, int width)
    {
        Width = width;
        Count = rows.Length / width;
        Edges = new double[width][];
        _bins = new byte[width][];
        for (var f = 0; f < width; f++)
        {
            Edges[f] = EdgesOf(rows, width, f);
            _bins[f] = new byte[Count];
            for (var r = 0; r < Count; r++)
            {
                _bins[f][r] = BinOf(Edges[f], rows[(r * width) + f]);
            }
        }
    }

    /// <summary>Features in a row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>By feature: the greatest value of each bin but the last, ascending.</summary>
    public double[][] Edges { get; }

    /// <summary>Bins of a feature, row by row.</summary>
    public ReadOnlySpan<byte> Of(int feature) => _bins[feature];

    private double[] EdgesOf(double[] rows, int width, int feature)
    {
        var stride = Math.Max(1, Count / RowsLookedAt);
        var sorted = new double[(Count + stride - 1) / stride];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = rows[(i * stride * width) + feature];
        }

        Array.Sort(sorted);
        var edges = new List<double>(MaximumBins);
        for (var k = 1; k < MaximumBins; k++)
        {
            var edge = sorted[(int)((long)k * sorted.Length / MaximumBins)];
            if (edge < sorted[^1] && (edges.Count == 0 || edge > edges[^1]))
            {
                edges.Add(edge);
            }
        }

        return [.. edges];
    }

    private static byte BinOf(double[] edges, double value)
    {
        var index = Array.BinarySearch(edges, value);
        return (byte)(index >= 0 ? index : ~index);
    }
}
