using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Hierarchy;

/// <summary>Forecasts of one series on several grids that agree.</summary>
/// <param name="Fine">The finest forecast, each step multiplied by a factor, quantiles with it.</param>
/// <param name="Coarser">The coarser forecasts, in the order given: means are sums of the finest, quantiles those of sums of its sample paths
/// (<see cref="PathSums"/>).
/// Periods the finest forecast does not cover wholly stay as they were.</param>
public sealed record ReconciledSeries(SeriesForecast Fine, IReadOnlyList<SeriesForecast> Coarser);

/// <summary>Makes an interval forecast and a daily (hourly, weekly) forecast of the same series agree.</summary>
public static class TemporalReconciliation
{
    private const int Paths = 400;

    /// <summary>Reconciles forecasts of one series.</summary>
    /// <param name="fine">The forecast on the finest grid.</param>
    /// <param name="coarser">Forecasts of its sums on coarser grids of the same zone, finest first; for a daily history with opening hours see
    /// <see cref="OpenHoursRollUp"/>.</param>
    /// <param name="trust">How much the coarser forecasts count, 1 for as much as their own quantiles say, 0 for sums of the finest alone.</param>
    /// <returns>Forecasts whose means add up. Closed steps stay closed; quantiles ascend and are not negative where they were not.</returns>
    /// <exception cref="ArgumentException">A coarser grid is not coarser, has another zone, or the trust is negative or not finite.</exception>
    /// <remarks>
    /// Each forecast counts by the inverse of its variance, read from its quantiles; the variance of a sum of the finest from its sample paths, so
    /// that errors which hang together are not taken to cancel out. Within a period the variance is in proportion to the mean.
    /// </remarks>
    public static ReconciledSeries Reconcile(SeriesForecast fine, IReadOnlyList<SeriesForecast> coarser, double trust = 1)
    {
        ArgumentNullException.ThrowIfNull(fine);
        ArgumentNullException.ThrowIfNull(coarser);
        Check(fine, coarser, trust);
        if (coarser.Count == 0)
        {
            return new ReconciledSeries(fine, coarser);
        }

        SeriesForecast[] all = [fine, .. coarser];
        int[][] parents = [.. all.Zip(coarser, (a, b) => PeriodsOf(a).PartsOf(PeriodsOf(b))), []];
        var levels = all.Select(
                (f, l) =>
                    new TemporalLevel(
                        f.Mean,
                        l == 0 ? FineVariances(f, parents[0], coarser[0].Horizon) : [.. Enumerable.Range(0, f.Horizon).Select(h => VarianceOf(f, h, trust))],
                        parents[l]))
            .ToArray();
        var means = TemporalHierarchy.Reconcile(levels);
        var adjusted = Adjust(fine, means[0]);
        var paths = adjusted.SamplePaths(Paths, fine.Seed);
        var (results, of) = (new List<SeriesForecast>(), parents[0]);
        for (var l = 1; l < all.Length; l++)
        {
            of = l == 1 ? of : Array.ConvertAll(of, parent => parent < 0 ? -1 : parents[l - 1][parent]);
            results.Add(FromPaths(all[l], means[l], paths, of));
        }

        return new ReconciledSeries(adjusted, results);
    }

    private static TemporalPeriods PeriodsOf(SeriesForecast forecast) => new(forecast.Start, forecast.Grid, forecast.Horizon);

    /// <summary>The variance of a period's sum, shared among its steps in proportion to their means.</summary>
    private static double[] FineVariances(SeriesForecast fine, int[] parents, int periods)
    {
        var paths = fine.SamplePaths(Paths, fine.Seed);
        var sums = Sums(paths, parents, periods);
        var (totals, open) = (new double[periods], new int[periods]);
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] >= 0 && !IsClosed(fine, i))
            {
                totals[parents[i]] += Math.Abs(fine.Mean[i]);
                open[parents[i]]++;
            }
        }

        var variances = new double[parents.Length];
        for (var i = 0; i < parents.Length; i++)
        {
            if (parents[i] is var p and >= 0 && !IsClosed(fine, i))
            {
                var share = totals[p] > 0 ? Math.Abs(fine.Mean[i]) / totals[p] : 1.0 / open[p];
                variances[i] = share * VarianceOf(sums[p]);
            }
        }

        return variances;
    }

    private static bool IsClosed(SeriesForecast forecast, int step) => forecast.Closed.Length > 0 && forecast.Closed[step];

    /// <summary>Path sums by period.</summary>
    private static double[][] Sums(double[][] paths, int[] parents, int periods)
    {
        var sums = Enumerable.Range(0, periods).Select(_ => new double[paths.Length]).ToArray();
        for (var p = 0; p < paths.Length; p++)
        {
            for (var i = 0; i < parents.Length; i++)
            {
                if (parents[i] >= 0)
                {
                    sums[parents[i]][p] += paths[p][i];
                }
            }
        }

        return sums;
    }

    private static double VarianceOf(double[] values)
    {
        var mean = Statistics.Mean(values);
        return values.Sum(v => (v - mean) * (v - mean)) / values.Length;
    }

    /// <summary>Variance of a step as the normal distribution with its 10 % and 90 % quantiles has it; unbounded without trust or with but one level.</summary>
    private static double VarianceOf(SeriesForecast forecast, int step, double trust)
    {
        var levels = forecast.QuantileLevels;
        var (low, high) = (Math.Max(0, Array.FindLastIndex(levels, l => l <= 0.1)), Array.FindIndex(levels, l => l >= 0.9));
        high = high < 0 ? levels.Length - 1 : high;
        if (low == high || trust == 0)
        {
            return double.PositiveInfinity;
        }

        var deviation = (forecast.Quantiles[high][step] - forecast.Quantiles[low][step])
            / (NormalDistribution.Quantile(levels[high]) - NormalDistribution.Quantile(levels[low]));
        return deviation * deviation / trust;
    }

    /// <summary>The forecast with other means: quantiles are multiplied where nothing is negative, moved where something is.</summary>
    private static SeriesForecast Adjust(SeriesForecast fine, double[] means)
    {
        var quantiles = fine.Quantiles.Select(row => row.ToArray()).ToArray();
        for (var i = 0; i < means.Length; i++)
        {
            var scaled = fine.Mean[i] > 0 && fine.Quantiles[0][i] >= 0;
            foreach (var row in quantiles)
            {
                row[i] = scaled ? row[i] * (means[i] / fine.Mean[i]) : row[i] + (means[i] - fine.Mean[i]);
            }
        }

        return fine with { Mean = means, Quantiles = quantiles };
    }

    private static SeriesForecast FromPaths(SeriesForecast coarse, double[] means, double[][] paths, int[] parents)
    {
        var quantiles = coarse.Quantiles.Select(row => row.ToArray()).ToArray();
        var covered = parents.ToHashSet();
        foreach (var (j, sums) in Sums(paths, parents, coarse.Horizon).Index().Where(s => covered.Contains(s.Index)))
        {
            var column = PathSums.Quantiles(sums, means[j], coarse.QuantileLevels, coarse.Quantiles[0][j] >= 0);
            for (var k = 0; k < quantiles.Length; k++)
            {
                quantiles[k][j] = column[k];
            }
        }

        return coarse with { Mean = means, Quantiles = quantiles };
    }

    private static void Check(SeriesForecast fine, IReadOnlyList<SeriesForecast> coarser, double trust)
    {
        if (!(trust >= 0) || double.IsInfinity(trust))
        {
            throw new ArgumentOutOfRangeException(nameof(trust), trust, "The trust must be a number of at least 0.");
        }

        var (interval, zone) = (fine.Grid.Interval, fine.Grid.Zone);
        foreach (var forecast in coarser)
        {
            if (forecast.Grid.Interval <= interval || !forecast.Grid.Zone.Equals(zone))
            {
                throw new ArgumentException(
                    $"A forecast of {forecast.Grid.Interval} in {forecast.Grid.Zone.Id} follows one of {interval} in {zone.Id}; intervals must grow and "
                        + "the zone be one.",
                    nameof(coarser));
            }

            interval = forecast.Grid.Interval;
        }
    }
}
