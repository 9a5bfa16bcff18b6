namespace Wfm.Forecasting.Combination;

/// <summary>Weights of the models by range of days ahead, from their errors at rolling origins.</summary>
/// <param name="ByBucket">By horizon range and model; each row sums to 1.</param>
/// <param name="GatedBecause">By model: why the back-test shut it out, or <see langword="null"/>.</param>
internal sealed record CombinationWeights(double[][] ByBucket, string?[] GatedBecause)
{
    private const double Sharpness = 3; // weight ∝ error^-3
    private const double PriorObservations = 1; // in origins: how much evidence it takes to leave the default weights
    private const double GateRatio = 2.0; // shut out above twice the error of the best

    /// <summary>Learns weights.</summary>
    /// <param name="study">Forecasts at the origins.</param>
    /// <param name="observed">Observations, NaN where missing.</param>
    /// <param name="buckets">Horizon ranges.</param>
    /// <param name="bucketCount">Ranges needed by the final horizon.</param>
    /// <param name="priors">Default weight of each model, ≥ 0.</param>
    /// <param name="leftOut">Origin not to learn from, or −1.</param>
    public static CombinationWeights Learn(
        RollingOriginStudy study, ReadOnlySpan<double> observed, HorizonBuckets buckets, int bucketCount, double[] priors, int leftOut)
    {
        var models = priors.Length;
        var (sums, counts) = SumErrors(study, observed, buckets, models, leftOut);
        var gates = new string?[models];
        Gate(study, sums, gates);
        var origins = study.Plan.Origins.Length - (leftOut >= 0 ? 1 : 0);
        var rows = new double[bucketCount][];
        for (var b = 0; b < bucketCount; b++)
        {
            var learnedFrom = b;
            while (learnedFrom > 0 && counts[learnedFrom] == 0)
            {
                learnedFrom--; // beyond the back-test's reach the last range known serves
            }

            rows[b] = RowOf(sums[learnedFrom], counts[learnedFrom] > 0 ? origins : 0, priors, gates);
        }

        return new CombinationWeights(rows, gates);
    }

    private static (double[][] Sums, int[] Counts) SumErrors(
        RollingOriginStudy study, ReadOnlySpan<double> observed, HorizonBuckets buckets, int models, int leftOut)
    {
        var sums = new double[HorizonBuckets.Count][];
        var counts = new int[HorizonBuckets.Count];
        for (var b = 0; b < sums.Length; b++)
        {
            sums[b] = new double[models];
        }

        for (var k = 0; k < study.Plan.Origins.Length; k++)
        {
            if (k == leftOut)
            {
                continue;
            }

            for (var h = 0; h < study.Plan.Horizon; h++)
            {
                var actual = observed[study.Plan.Origins[k] + h];
                if (double.IsNaN(actual))
                {
                    continue;
                }

                var b = buckets.BucketOf(h);
                counts[b]++;
                for (var m = 0; m < models; m++)
                {
                    sums[b][m] += study.Forecasts[m] is { } rows ? Math.Abs(actual - rows[k][h]) : 0;
                }
            }
        }

        return (sums, counts);
    }

    private static void Gate(RollingOriginStudy study, double[][] sums, string?[] gates)
    {
        var totals = new double[gates.Length];
        var best = double.PositiveInfinity;
        for (var m = 0; m < gates.Length; m++)
        {
            totals[m] = sums.Sum(row => row[m]);
            best = study.Forecasts[m] is null ? best : Math.Min(best, totals[m]);
        }

        for (var m = 0; m < gates.Length; m++)
        {
            if (study.Forecasts[m] is null)
            {
                gates[m] = study.Plan.Origins.Length == 0 ? null : "too little history at the first origin to test it";
            }
            else if (totals[m] > GateRatio * best)
            {
                gates[m] = $"its back-test error was {totals[m] / best:0.0} times that of the best model";
            }
        }
    }

    private static double[] RowOf(double[] errors, int origins, double[] priors, string?[] gates)
    {
        var row = new double[priors.Length];
        var least = double.PositiveInfinity;
        for (var m = 0; m < row.Length; m++)
        {
            least = gates[m] is null ? Math.Min(least, errors[m]) : least;
        }

        var trust = origins / (origins + PriorObservations);
        for (var m = 0; m < row.Length; m++)
        {
            if (gates[m] is null)
            {
                var skill = errors[m] > 0 && origins > 0 ? Math.Pow(least / errors[m], Sharpness * trust) : 1;
                row[m] = priors[m] * skill;
            }
        }

        var sum = row.Sum();
        for (var m = 0; m < row.Length; m++)
        {
            row[m] = sum > 0 ? row[m] / sum : 1.0 / row.Length;
        }

        return row;
    }
}
