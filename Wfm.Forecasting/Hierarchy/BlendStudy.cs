namespace Wfm.Forecasting.Hierarchy;

/// <summary>What each reconciliation method did at each origin, and the blend that would have served all levels best.</summary>
/// <param name="structure">What adds up to what.</param>
/// <param name="backtest">Base forecasts and actuals by origin.</param>
/// <param name="methods">Number of methods.</param>
internal sealed class BlendStudy(SummingStructure structure, IReadOnlyList<HierarchyOrigin> backtest, int methods)
{
    private const int Parts = 4; // weights are quarters: finer ones would follow the noise of a few origins
    private const double Worse = 4; // how much more than a gain elsewhere the harm to a level counts
    private readonly double[][][][] _reconciled = new double[backtest.Count][][][];

    /// <summary>Adds an origin.</summary>
    /// <param name="origin">Index of the origin.</param>
    /// <param name="reconciled">By method, node and step.</param>
    public void Add(int origin, double[][][] reconciled) => _reconciled[origin] = reconciled;

    /// <summary>The weights with the least mean error over levels.</summary>
    public double[] Choose()
    {
        var (best, least) = (Array.Empty<double>(), double.PositiveInfinity);
        foreach (var weights in Grid(methods, Parts))
        {
            var levels = RelativeErrors(weights);
            var loss = levels.Average(r => r + (Worse * Math.Max(0, r - 1)));
            loss += 0.01 * weights.Sum(w => w * w); // of blends that did alike the more even one
            if (loss < least)
            {
                (best, least) = (weights, loss);
            }
        }

        return best;
    }

    /// <summary>Mean absolute error of a blend ÷ that of the base forecasts, mean over the nodes of each level.</summary>
    public double[] RelativeErrors(double[] weights)
    {
        var ratios = new double[structure.Nodes.Count];
        for (var i = 0; i < ratios.Length; i++)
        {
            ratios[i] = Ratio(i, weights);
        }

        return [.. structure.Levels.Select(level => level.Nodes.Average(i => ratios[i]))];
    }

    private double Ratio(int node, double[] weights)
    {
        var (blended, unreconciled) = (0.0, 0.0);
        for (var k = 0; k < backtest.Count; k++)
        {
            var (forecast, actual) = (backtest[k].Forecast[node], backtest[k].Actual[node]);
            for (var h = 0; h < actual.Length; h++)
            {
                if (double.IsNaN(actual[h]))
                {
                    continue;
                }

                var value = 0.0;
                for (var m = 0; m < weights.Length; m++)
                {
                    value += weights[m] * _reconciled[k][m][node][h];
                }

                blended += Math.Abs(actual[h] - value);
                unreconciled += Math.Abs(actual[h] - forecast[h]);
            }
        }

        return unreconciled > 0 ? blended / unreconciled : 1;
    }

    private static IEnumerable<double[]> Grid(int methods, int parts)
    {
        if (methods == 1)
        {
            yield return [parts / (double)Parts];
            yield break;
        }

        for (var first = 0; first <= parts; first++)
        {
            foreach (var rest in Grid(methods - 1, parts - first))
            {
                yield return [first / (double)Parts, .. rest];
            }
        }
    }
}
