namespace Wfm.Forecasting.Pooled;

/// <summary>Grows one regression tree on binned features, level by level.</summary>
/// <remarks>
/// A split is worth G(l)²/(H(l)+λ) + G(r)²/(H(r)+λ) − G²/(H+λ), a leaf answers G/(H+λ), with G the weighted residuals and H the weights.
/// Source: Chen &amp; Guestrin, “XGBoost: a scalable tree boosting system”, KDD 2016, eq. 5–7.
/// </remarks>
internal sealed class TreeGrower
{
    private readonly FeatureBins _bins;
    private readonly double[] _weights;
    private readonly BoostingOptions _options;
    private readonly double _doubt;

    /// <summary>Creates a grower.</summary>
    /// <param name="bins">Binned rows.</param>
    /// <param name="weights">One a row, above 0.</param>
    /// <param name="options">How.</param>
    public TreeGrower(FeatureBins bins, double[] weights, BoostingOptions options)
    {
        (_bins, _weights, _options) = (bins, weights, options);
        _doubt = options.LeafRows * weights.Average();
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="residuals">What is left to explain, one a row.</param>
    /// <param name="sample">Rows to look at.</param>
    public (int[] Features, double[] Thresholds, double[] Leaves) Grow(double[] residuals, int[] sample)
    {
        var inner = (1 << _options.Depth) - 1;
        var (features, thresholds, leaves) = (new int[inner], new double[inner], new double[inner + 1]);
        Array.Fill(features, -1);
        Grow(0, residuals, sample, features, thresholds, leaves);
        return (features, thresholds, leaves);
    }

    private void Grow(int node, double[] residuals, Span<int> sample, int[] features, double[] thresholds, double[] leaves)
    {
        var (g, h) = (0.0, 0.0);
        foreach (var r in sample)
        {
            g += _weights[r] * residuals[r];
            h += _weights[r];
        }

        if (node >= features.Length)
        {
            leaves[node - features.Length] = _options.LearningRate * g / (h + _doubt);
            return;
        }

        var (feature, bin) = h >= 2 * _doubt ? BestSplit(residuals, sample, g, h) : (-1, 0);
        if (feature < 0)
        {
            Grow((2 * node) + 1, residuals, sample, features, thresholds, leaves); // an unsplit node hands all to the left
            return;
        }

        (features[node], thresholds[node]) = (feature, _bins.Edges[feature][bin]);
        var left = Partition(sample, _bins.Of(feature), bin);
        Grow((2 * node) + 1, residuals, sample[..left], features, thresholds, leaves);
        Grow((2 * node) + 2, residuals, sample[left..], features, thresholds, leaves);
    }

    private (int Feature, int Bin) BestSplit(double[] residuals, ReadOnlySpan<int> sample, double g, double h)
    {
        var (best, choice) = (1e-12 * (1 + (g * g / (h + _doubt))), (-1, 0));
        Span<double> sums = stackalloc double[256 * 2];
        for (var f = 0; f < _bins.Width; f++)
        {
            var edges = _bins.Edges[f].Length;
            if (edges == 0)
            {
                continue;
            }

            Histogram(_bins.Of(f), residuals, sample, sums[..(2 * (edges + 1))]);
            var (leftG, leftH) = (0.0, 0.0);
            for (var bin = 0; bin < edges; bin++)
            {
                leftG += sums[2 * bin];
                leftH += sums[(2 * bin) + 1];
                if (leftH < _doubt || h - leftH < _doubt)
                {
                    continue;
                }

                var rightG = g - leftG;
                var gain = (leftG * leftG / (leftH + _doubt)) + (rightG * rightG / (h - leftH + _doubt)) - (g * g / (h + _doubt));
                if (gain > best)
                {
                    (best, choice) = (gain, (f, bin));
                }
            }
        }

        return choice;
    }

    private void Histogram(ReadOnlySpan<byte> bins, double[] residuals, ReadOnlySpan<int> sample, Span<double> sums)
    {
        sums.Clear();
        foreach (var r in sample)
        {
            var at = 2 * bins[r];
            sums[at] += _weights[r] * residuals[r];
            sums[at + 1] += _weights[r];
        }
    }

    /// <summary>Brings rows up to the bin to the front.</summary>
    private static int Partition(Span<int> sample, ReadOnlySpan<byte> bins, int bin)
    {
        var left = 0;
        for (var i = 0; i < sample.Length; i++)
        {
            if (bins[sample[i]] <= bin)
            {
                (sample[left], sample[i]) = (sample[i], sample[left]);
                left++;
            }
        }

        return left;
    }
}
