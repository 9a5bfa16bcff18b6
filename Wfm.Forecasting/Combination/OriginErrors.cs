namespace Wfm.Forecasting.Combination;

/// <summary>Errors of the models at rolling origins, added up by origin and range of days ahead, so that any origin can be left out at no cost.</summary>
internal sealed class OriginErrors
{
    private const double DaysToBelieve = 28; // seen of a range of days ahead, for half the say
    private const int FewestShare = 3; // a third of the origins is learned from even where all overlap
    private const double MostNoise = 0.9; // of the best model's squared error: counts may vary less than by chance

    private readonly string[] _names;
    private readonly double _slotsPerDay;
    private readonly bool _counts;
    private readonly string?[] _twins;
    private readonly bool[] _tested;
    private readonly bool[][] _apart; // by origin left out: whether another may be learned from
    private readonly Cell[][] _cells; // by origin and bucket

    /// <summary>Adds up the errors of a study.</summary>
    /// <param name="study">Forecasts at the origins.</param>
    /// <param name="observed">Observations, NaN where missing.</param>
    /// <param name="buckets">Horizon ranges.</param>
    /// <param name="names">Names of the models.</param>
    /// <param name="counts">Whether the observations are counts, which vary by chance however good the model.</param>
    public OriginErrors(RollingOriginStudy study, ReadOnlySpan<double> observed, HorizonBuckets buckets, string[] names, bool counts = false)
    {
        (_names, _slotsPerDay, _counts) = (names, buckets.StepsPerDay, counts);
        Origins = study.Plan.Origins.Length;
        _tested = [.. study.Forecasts.Select(rows => rows is not null)];
        _apart = Apart(study.Plan);
        _cells = new Cell[Origins][];
        for (var k = 0; k < Origins; k++)
        {
            _cells[k] = [.. Enumerable.Range(0, HorizonBuckets.Count).Select(_ => new Cell(names.Length))];
            Add(study, observed, buckets, k);
        }

        _twins = [.. names.Select((_, m) => FirstTwin(study, m) is var twin and >= 0 ? names[twin] : null)];
    }

    /// <summary>Number of origins.</summary>
    public int Origins { get; }

    /// <summary>Whether a model has forecasts at the origins.</summary>
    public bool Tested(int model) => _tested[model];

    /// <summary>Name of an earlier model with the very same forecasts, if there is one.</summary>
    public string? TwinOf(int model) => _twins[model];

    /// <summary>Observations in a range.</summary>
    public int Count(int bucket, int leftOut) => Sum(leftOut, cells => cells[bucket].Count);

    /// <summary>Observations of one origin in a range.</summary>
    public int CountAt(int origin, int bucket) => _cells[origin][bucket].Count;

    /// <summary>Origins that remain without one and those that share its targets; all for −1.</summary>
    public int OriginsWithout(int leftOut) => leftOut < 0 ? Origins : _apart[leftOut].Count(apart => apart);

    /// <summary>Squared error of a combination at one origin in a range, relative to nothing: it only compares.</summary>
    public double LossAt(int origin, int bucket, double[] weights)
    {
        var (products, n, loss) = (_cells[origin][bucket].Products, weights.Length, 0.0);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                loss += weights[i] * weights[j] * products[(i * n) + j];
            }
        }

        return Math.Sqrt(Math.Max(0, loss) * Math.Max(1, CountAt(origin, bucket))); // root mean square × count: no origin alone decides
    }

    /// <summary>Sum of absolute errors of a model in a range.</summary>
    public double Absolute(int bucket, int model, int leftOut)
    {
        var sum = 0.0;
        for (var k = 0; k < Origins; k++)
        {
            sum += Learns(k, leftOut) ? _cells[k][bucket].Absolute[model] : 0;
        }

        return sum;
    }

    /// <summary>Sum of absolute errors of a model.</summary>
    public double Absolute(int model, int leftOut) => Enumerable.Range(0, HorizonBuckets.Count).Sum(b => Absolute(b, model, leftOut));

    /// <summary>Mean products of errors in a range, drawn to those over all ranges where the range has been seen on few days.</summary>
    /// <remarks>Of counts without the variance of a Poisson count, which every model's errors share: it says nothing about the models, and weights
    /// held near their prior by the size of the error would be held by it.</remarks>
    public double[] Products(int bucket, int leftOut)
    {
        var n = _names.Length;
        var (own, all) = (new double[n * n], new double[n * n]);
        var (ownCount, allCount, volume) = (0, 0, 0.0);
        for (var k = 0; k < Origins; k++)
        {
            for (var b = 0; b < HorizonBuckets.Count && Learns(k, leftOut); b++)
            {
                var cell = _cells[k][b];
                allCount += cell.Count;
                volume += cell.Volume;
                ownCount += b == bucket ? cell.Count : 0;
                for (var i = 0; i < all.Length; i++)
                {
                    all[i] += cell.Products[i];
                    own[i] += b == bucket ? cell.Products[i] : 0;
                }
            }
        }

        var share = ownCount / (ownCount + (DaysToBelieve * _slotsPerDay));
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (share * own[i] / Math.Max(1, ownCount)) + ((1 - share) * all[i] / Math.Max(1, allCount));
        }

        var noise = _counts ? Math.Min(volume / Math.Max(1, allCount), MostNoise * LeastSquare(all)) : 0;
        for (var i = 0; i < all.Length; i++)
        {
            all[i] -= noise;
        }

        return all;
    }

    private bool Learns(int origin, int leftOut) => leftOut < 0 || _apart[leftOut][origin];

    /// <summary>Who may be learned from when an origin judges: those that share no target with it, and the farthest few where all do.</summary>
    private static bool[][] Apart(OriginPlan plan)
    {
        var (origins, fewest) = (plan.Origins, Math.Max(1, plan.Origins.Length / FewestShare));
        var apart = new bool[origins.Length][];
        for (var k = 0; k < apart.Length; k++)
        {
            var least = Enumerable.Range(0, origins.Length).Where(j => j != k).Select(j => Math.Abs(origins[j] - origins[k]))
                .OrderDescending().Take(fewest).LastOrDefault(plan.Horizon);
            apart[k] = [.. origins.Select(origin => Math.Abs(origin - origins[k]) >= Math.Min(plan.Horizon, least) && origin != origins[k])];
        }

        return apart;
    }

    private double LeastSquare(double[] products)
    {
        var least = double.PositiveInfinity;
        for (var m = 0; m < _tested.Length; m++)
        {
            least = _tested[m] ? Math.Min(least, products[(m * _tested.Length) + m]) : least;
        }

        return double.IsFinite(least) ? least : 0;
    }

    private void Add(RollingOriginStudy study, ReadOnlySpan<double> observed, HorizonBuckets buckets, int k)
    {
        var n = _names.Length;
        var errors = new double[n];
        for (var h = 0; h < study.Plan.Horizon; h++)
        {
            var actual = observed[study.Plan.Origins[k] + h];
            if (double.IsNaN(actual))
            {
                continue;
            }

            var cell = _cells[k][buckets.BucketOf(h)];
            cell.Count++;
            cell.Volume += actual;
            for (var m = 0; m < n; m++)
            {
                errors[m] = study.Forecasts[m] is { } rows ? actual - rows[k][h] : 0;
                cell.Absolute[m] += Math.Abs(errors[m]);
                for (var j = 0; j <= m; j++)
                {
                    cell.Products[(m * n) + j] += errors[m] * errors[j];
                }
            }
        }

        foreach (var cell in _cells[k])
        {
            for (var m = 0; m < n; m++)
            {
                for (var j = 0; j < m; j++)
                {
                    cell.Products[(j * n) + m] = cell.Products[(m * n) + j];
                }
            }
        }
    }

    private static int FirstTwin(RollingOriginStudy study, int model)
    {
        for (var other = 0; other < model; other++)
        {
            if (study.Forecasts[model] is { } own && study.Forecasts[other] is { } earlier
                && own.Zip(earlier).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
            {
                return other;
            }
        }

        return -1;
    }

    private int Sum(int leftOut, Func<Cell[], int> value)
    {
        var sum = 0;
        for (var k = 0; k < Origins; k++)
        {
            sum += Learns(k, leftOut) ? value(_cells[k]) : 0;
        }

        return sum;
    }

    private sealed class Cell(int models)
    {
        public int Count;

        public double Volume;

        public double[] Absolute { get; } = new double[models];

        public double[] Products { get; } = new double[models * models];
    }
}
