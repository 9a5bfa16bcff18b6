namespace Wfm.Forecasting.Combination;

/// <summary>Weights of the models by range of days ahead, from their errors at rolling origins.</summary>
/// <param name="ByBucket">By horizon range and model; each row sums to 1.</param>
/// <param name="GatedBecause">By model: why the back-test shut it out, or <see langword="null"/>.</param>
internal sealed record CombinationWeights(double[][] ByBucket, string?[] GatedBecause)
{
    private const double Sharpness = 6; // first weights ∝ prior·error^-6, pulled toward the prior where origins are few
    private const double PriorOrigins = 1; // how many origins it takes to leave the prior half-way
    private const double GateRatio = 2.0; // shut out above twice the error of the best

    // Of the stacked weights toward the first ones, in units of the best model's squared error; which one is decided by leaving origins out.
    private static readonly double[] Shrinkages = [0.03, 0.1, 0.3, 1, 3, 10, 30];

    /// <summary>Learns weights.</summary>
    /// <param name="errors">Errors at the origins.</param>
    /// <param name="bucketCount">Ranges needed by the final horizon.</param>
    /// <param name="priors">Default weight of each model, ≥ 0.</param>
    /// <param name="shrinkage">What <see cref="ChooseShrinkage"/> found.</param>
    /// <param name="leftOut">Origin not to learn from, nor from those that share its targets; or −1.</param>
    public static CombinationWeights Learn(OriginErrors errors, int bucketCount, double[] priors, double shrinkage, int leftOut)
    {
        var gates = Gate(errors, leftOut, priors);
        var origins = errors.OriginsWithout(leftOut);
        var rows = new double[bucketCount][];
        for (var b = 0; b < bucketCount; b++)
        {
            var learnedFrom = b;
            while (learnedFrom > 0 && errors.Count(learnedFrom, leftOut) == 0)
            {
                learnedFrom--; // beyond the back-test's reach the last range known serves
            }

            var known = errors.Count(learnedFrom, leftOut) > 0 ? origins : 0;
            var first = FirstWeights(errors, learnedFrom, leftOut, known, priors, gates);
            rows[b] = known == 0 ? first
                : SimplexStacking.Solve(errors.Products(learnedFrom, leftOut), first, shrinkage);
        }

        return new CombinationWeights(rows, gates);
    }

    /// <summary>The shrinkage whose weights, learned without an origin, do best at that origin.</summary>
    public static double ChooseShrinkage(OriginErrors errors, double[] priors)
    {
        var (best, choice) = (double.PositiveInfinity, 0.3);
        if (errors.Origins < 3)
        {
            return choice;
        }

        var gates = Gate(errors, -1, priors);
        var losses = new double[Shrinkages.Length];
        for (var k = 0; k < errors.Origins; k++)
        {
            for (var b = 0; b < HorizonBuckets.Count; b++)
            {
                if (errors.Count(b, k) == 0 || errors.CountAt(k, b) == 0)
                {
                    continue;
                }

                var first = FirstWeights(errors, b, k, errors.OriginsWithout(k), priors, gates);
                var products = errors.Products(b, k);
                for (var s = 0; s < Shrinkages.Length; s++)
                {
                    losses[s] += errors.LossAt(k, b, SimplexStacking.Solve(products, first, Shrinkages[s]));
                }
            }
        }

        for (var s = 0; s < Shrinkages.Length; s++)
        {
            if (losses[s] <= best) // of equals the tighter
            {
                (best, choice) = (losses[s], Shrinkages[s]);
            }
        }

        return choice;
    }

    private static string?[] Gate(OriginErrors errors, int leftOut, double[] priors)
    {
        var gates = new string?[priors.Length];
        var totals = new double[gates.Length];
        var best = double.PositiveInfinity;
        for (var m = 0; m < gates.Length; m++)
        {
            totals[m] = errors.Absolute(m, leftOut);
            best = errors.Tested(m) ? Math.Min(best, totals[m]) : best;
        }

        for (var m = 0; m < gates.Length; m++)
        {
            if (!errors.Tested(m))
            {
                gates[m] = errors.Origins == 0 && priors[m] > 0 ? null : "too little history to learn from or to test it";
            }
            else if (totals[m] > GateRatio * best)
            {
                gates[m] = best > 0 ? $"its back-test error was {totals[m] / best:0.0} times that of the best model" : "others made no error at all";
            }
            else if (errors.TwinOf(m) is { } twin)
            {
                gates[m] = $"it forecasts the same as {twin}";
            }
        }

        return gates;
    }

    private static double[] FirstWeights(OriginErrors errors, int bucket, int leftOut, int origins, double[] priors, string?[] gates)
    {
        var row = new double[priors.Length];
        var least = double.PositiveInfinity;
        for (var m = 0; m < row.Length; m++)
        {
            least = gates[m] is null ? Math.Min(least, errors.Absolute(bucket, m, leftOut)) : least;
        }

        var trust = origins / (origins + PriorOrigins);
        for (var m = 0; m < row.Length; m++)
        {
            if (gates[m] is null)
            {
                var error = errors.Absolute(bucket, m, leftOut);
                var skill = error > 0 && origins > 0 ? Math.Pow(least / error, Sharpness * trust) : 1;
                row[m] = priors[m] * skill;
            }
        }

        var sum = row.Sum();
        for (var m = 0; m < row.Length; m++)
        {
            row[m] = sum > 0 ? row[m] / sum : priors[m] / priors.Sum();
        }

        return row;
    }
}
