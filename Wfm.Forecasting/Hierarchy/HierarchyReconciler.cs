namespace Wfm.Forecasting.Hierarchy;

/// <summary>Makes the forecasts of a hierarchy add up so that no level gets worse: a blend of methods, chosen by what each did at earlier origins.</summary>
/// <remarks>
/// A weighted mean of forecasts that add up adds up. The weights are those with the least mean error over levels, each level relative to its base
/// forecasts, where a level that got worse counts several times; every origin is judged with covariances learned from the others. Thin series are
/// protected as <see cref="CountingNoise"/> says, and nothing is negative unless base forecasts may be.
/// </remarks>
public static class HierarchyReconciler
{
    private static readonly ReconciliationMethod[] Methods = Enum.GetValues<ReconciliationMethod>();

    /// <summary>Reconciles by the blend the back-test recommends.</summary>
    /// <param name="structure">What adds up to what.</param>
    /// <param name="forecasts">Base forecasts by node and step, finite, in contacts.</param>
    /// <param name="backtest">Base forecasts of earlier origins with what came; without any, a structural reconciliation.</param>
    /// <param name="nonNegative">True for volumes: no node below 0.</param>
    /// <exception cref="ArgumentException">Rows that do not fit the structure or each other, or a forecast that is not finite.</exception>
    public static ReconciledHierarchy Reconcile(
        SummingStructure structure, double[][] forecasts, IReadOnlyList<HierarchyOrigin> backtest, bool nonNegative = true)
    {
        Check(structure, forecasts, backtest);
        var origins = backtest.Select(origin => origin.Errors().ToArray()).ToArray();
        if (origins.Sum(errors => errors.Count(e => Array.TrueForAll(e, double.IsFinite))) < 2 || origins.Length < 2)
        {
            var structural = With(ReconciliationMethod.Structural, structure, forecasts, [], nonNegative);
            return new ReconciledHierarchy(structural, new Dictionary<ReconciliationMethod, double> { [ReconciliationMethod.Structural] = 1 }, []);
        }

        var study = new BlendStudy(structure, backtest, Methods.Length);
        for (var k = 0; k < origins.Length; k++)
        {
            double[][] others = [.. origins.Where((_, i) => i != k).SelectMany(errors => errors)];
            study.Add(k, [.. Methods.Select(method => With(method, structure, backtest[k].Forecast, others, nonNegative))]);
        }

        var weights = study.Choose();
        double[][] all = [.. origins.SelectMany(errors => errors)];
        double[][][] parts = [.. Methods.Select((method, m) => weights[m] > 0 ? With(method, structure, forecasts, all, nonNegative) : [])];
        var blend = Blend(structure, parts, weights, forecasts[0].Length);
        return new ReconciledHierarchy(
            blend,
            Methods.Index().Where(m => weights[m.Index] > 0).ToDictionary(m => m.Item, m => weights[m.Index]),
            [.. structure.Levels.Zip(study.RelativeErrors(weights), (level, error) => new LevelAccuracy(level.Name, error))]);
    }

    /// <summary>Reconciles by one method, with thin series protected.</summary>
    /// <param name="method">The method.</param>
    /// <param name="structure">What adds up to what.</param>
    /// <param name="forecasts">Base forecasts by node and step, finite, in contacts.</param>
    /// <param name="errors">Back-test errors by sample and node; only methods that learn from errors read them. With fewer than 2 complete samples
    /// these fall back to <see cref="ReconciliationMethod.Structural"/>.</param>
    /// <param name="nonNegative">True for volumes: no node below 0.</param>
    /// <exception cref="ArgumentException">Rows or samples that do not fit the structure or each other, or a forecast that is not finite.</exception>
    public static double[][] With(
        ReconciliationMethod method, SummingStructure structure, double[][] forecasts, IReadOnlyList<double[]> errors, bool nonNegative = true)
    {
        ArgumentNullException.ThrowIfNull(errors);
        Check(structure, forecasts, []);
        if (errors.FirstOrDefault(e => e.Length != structure.Nodes.Count) is { } wrong)
        {
            throw new ArgumentException($"A sample of errors has {wrong.Length} values; the hierarchy has {structure.Nodes.Count} nodes.", nameof(errors));
        }

        Func<double[], double[]> reconcile =
            method == ReconciliationMethod.BottomUp
                ? column =>
                    structure.Sum(nonNegative ? Array.ConvertAll(column[structure.AggregateCount..], v => Math.Max(0, v)) : column[structure.AggregateCount..])
                : ByTrace(new MinimumTrace(structure, CovarianceOf(method, structure, forecasts, errors)), nonNegative);
        var result = Array.ConvertAll(forecasts, row => new double[row.Length]);
        for (var h = 0; h < forecasts[0].Length; h++)
        {
            var column = reconcile(Array.ConvertAll(forecasts, row => row[h]));
            for (var i = 0; i < column.Length; i++)
            {
                result[i][h] = column[i];
            }
        }

        return result;
    }

    private static Func<double[], double[]> ByTrace(MinimumTrace trace, bool nonNegative) => column => trace.Reconcile(column, nonNegative);

    private static ErrorCovariance CovarianceOf(
        ReconciliationMethod method, SummingStructure structure, double[][] forecasts, IReadOnlyList<double[]> errors)
    {
        if (method == ReconciliationMethod.OrdinaryLeastSquares)
        {
            return ErrorCovariance.Ols(structure);
        }

        if (method == ReconciliationMethod.Structural || errors.Count(e => Array.TrueForAll(e, double.IsFinite)) < 2)
        {
            return ErrorCovariance.Structural(structure);
        }

        var learned = method == ReconciliationMethod.Variance ? ErrorCovariance.Variance(errors) : ErrorCovariance.Shrunk(errors);
        return CountingNoise.Protect(learned, [.. forecasts.Select(row => Math.Max(0, row.Average()))], errors);
    }

    /// <summary>The weighted mean of bottom series, added up anew so that rounding breaks no sum.</summary>
    private static double[][] Blend(SummingStructure structure, double[][][] parts, double[] weights, int steps)
    {
        var result = structure.Nodes.Select(_ => new double[steps]).ToArray();
        var bottoms = new double[structure.BottomCount];
        for (var h = 0; h < steps; h++)
        {
            for (var b = 0; b < bottoms.Length; b++)
            {
                bottoms[b] = parts.Select((part, m) => part.Length > 0 ? weights[m] * part[structure.AggregateCount + b][h] : 0).Sum();
            }

            foreach (var (i, value) in structure.Sum(bottoms).Index())
            {
                result[i][h] = value;
            }
        }

        return result;
    }

    private static void Check(SummingStructure structure, double[][] forecasts, IReadOnlyList<HierarchyOrigin> backtest)
    {
        ArgumentNullException.ThrowIfNull(structure);
        ArgumentNullException.ThrowIfNull(forecasts);
        ArgumentNullException.ThrowIfNull(backtest);
        CheckRows(structure, forecasts, -1, nameof(forecasts));
        foreach (var origin in backtest)
        {
            CheckRows(structure, origin.Forecast, -1, nameof(backtest));
            CheckRows(structure, origin.Actual, origin.Forecast[0].Length, nameof(backtest));
        }

        var wrong = Array.FindIndex(forecasts, row => !Array.TrueForAll(row, double.IsFinite));
        if (wrong >= 0)
        {
            throw new ArgumentException($"A forecast of '{structure.Nodes[wrong].Key}' is not a finite number.", nameof(forecasts));
        }
    }

    private static void CheckRows(SummingStructure structure, double[][] rows, int steps, string parameter)
    {
        if (rows.Length != structure.Nodes.Count)
        {
            throw new ArgumentException($"There are {rows.Length} rows; the hierarchy has {structure.Nodes.Count} nodes.", parameter);
        }

        steps = steps < 0 ? rows[0].Length : steps;
        var wrong = Array.FindIndex(rows, row => row.Length != steps);
        if (wrong >= 0 || steps == 0)
        {
            throw new ArgumentException(
                $"Row {Math.Max(0, wrong)} has {rows[Math.Max(0, wrong)].Length} steps; all rows need the same number, at least 1.", parameter);
        }
    }
}
