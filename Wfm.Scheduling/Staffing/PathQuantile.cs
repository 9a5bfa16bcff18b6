namespace Wfm.Scheduling.Staffing;

/// <summary>Quantiles over sample paths: the smallest sample value with at least the stated share of the paths at or below it.</summary>
/// <remarks>
/// Always a value of the sample (R's type 1), so it commutes exactly with every increasing function: the quantile of the heads is the heads of the
/// quantile. Source: R. J. Hyndman, Y. Fan, “Sample quantiles in statistical packages”, American Statistician 50 (1996), 361–365.
/// </remarks>
internal static class PathQuantile
{
    /// <summary>Position in the sorted sample.</summary>
    public static int Rank(int count, double level) => Math.Clamp((int)Math.Ceiling(count * level - 1e-9) - 1, 0, count - 1);

    /// <summary>The quantile at each place, over paths given as [path][place].</summary>
    public static double[] Pointwise(double[][] paths, double level, CancellationToken cancellationToken = default)
    {
        var rank = Rank(paths.Length, level);
        var column = new double[paths.Length];
        var result = new double[paths[0].Length];
        for (var i = 0; i < result.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var p = 0; p < paths.Length; p++) column[p] = paths[p][i];
            result[i] = Select(column, rank);
        }
        return result;
    }

    /// <summary>The quantile of one sample; the sample is reordered.</summary>
    public static double Of(double[] sample, double level) => Select(sample, Rank(sample.Length, level));

    /// <summary>Hoare's quickselect, median of three.</summary>
    private static double Select(double[] values, int rank)
    {
        var (low, high) = (0, values.Length - 1);
        while (low < high)
        {
            var (a, b, c) = (values[low], values[(low + high) / 2], values[high]);
            var pivot = Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
            var (i, j) = (low - 1, high + 1);
            while (true)
            {
                while (values[++i] < pivot) { }
                while (values[--j] > pivot) { }
                if (i >= j) break;
                (values[i], values[j]) = (values[j], values[i]);
            }
            if (rank <= j) high = j;
            else low = j + 1;
        }
        return values[low];
    }
}
