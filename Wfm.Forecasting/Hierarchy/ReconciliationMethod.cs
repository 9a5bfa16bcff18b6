namespace Wfm.Forecasting.Hierarchy;

/// <summary>How base forecasts are made to add up.</summary>
public enum ReconciliationMethod
{
    /// <summary>Bottom series are kept and added up.</summary>
    BottomUp,

    /// <summary>Every node is trusted alike (OLS).</summary>
    OrdinaryLeastSquares,

    /// <summary>Variance in proportion to the number of bottom series (WLS by structure).</summary>
    Structural,

    /// <summary>Variance of the back-test errors (WLS by variance).</summary>
    Variance,

    /// <summary>Covariance of the back-test errors, shrunk (MinT).</summary>
    Shrunk,
}

/// <summary>The base forecasts of one rolling origin of a hierarchy, and what came.</summary>
/// <param name="Forecast">By node, in the order of the structure, and step.</param>
/// <param name="Actual">The same shape; NaN where nothing was observed.</param>
public sealed record HierarchyOrigin(double[][] Forecast, double[][] Actual)
{
    /// <summary>Errors by step and node, actual − forecast.</summary>
    internal IEnumerable<double[]> Errors() =>
        Enumerable.Range(0, Forecast[0].Length).Select(h => Forecast.Select((row, i) => Actual[i][h] - row[h]).ToArray());
}

/// <summary>Error of a level at the rolling origins.</summary>
/// <param name="Level">Name of the level.</param>
/// <param name="RelativeError">Mean over its nodes of mean absolute error after reconciliation ÷ before; below 1 is better.</param>
public sealed record LevelAccuracy(string Level, double RelativeError);

/// <summary>Forecasts of a hierarchy that add up.</summary>
/// <param name="Forecast">By node, in the order of the structure, and step.</param>
/// <param name="Weights">Share of each method, summing to 1.</param>
/// <param name="Levels">Error by level, each origin reconciled with what the others taught. The weights were chosen on the same origins, so that the
/// figures are a little too good. Empty without a back-test.</param>
public sealed record ReconciledHierarchy(
    double[][] Forecast, IReadOnlyDictionary<ReconciliationMethod, double> Weights, IReadOnlyList<LevelAccuracy> Levels);
