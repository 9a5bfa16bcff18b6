using System.Globalization;
using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Hierarchy;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>Forecasts every node of total, hub, priority and HUB/PRIORITY at rolling origins and scores what reconciliation does to each level.</summary>
internal sealed class LevelStudy
{
    private const int Season = 7;
    private static readonly string[] Columns = ["unreconciled", "bottom-up", "OLS", "WLS", "MinT", "MinT-thin", "default"];
    private readonly RollingProtocol _protocol;
    private readonly SummingStructure _structure;
    private readonly TimeSeries[] _nodes;
    private readonly int[] _origins;

    public LevelStudy(List<(string Id, TimeSeries Series)> bottoms, RollingProtocol protocol, int learning)
    {
        _protocol = protocol;
        string[] ids = [.. bottoms.Select(b => b.Id)];
        _structure = SummingStructure.Grouped(
            ids, HierarchyLevel.Total(ids.Length),
            new HierarchyLevel("hub", [.. ids.Select(id => id.Split('/')[0])]),
            new HierarchyLevel("priority", [.. ids.Select(id => id.Split('/')[1])]));
        _nodes = [.. _structure.Nodes.Select(node => Sum([.. node.Bottoms.Select(b => bottoms[b].Series)]))];
        var last = _nodes[0].Length - protocol.Horizon;
        _origins =
        [
            .. Enumerable.Range(0, protocol.Origins + learning).Select(k => last - ((protocol.Origins + learning - 1 - k) * protocol.Step))
                .Where(o => o > 2 * Season),
        ];
    }

    public void Run(FileInfo? output)
    {
        var forecasts = _origins.Select(_ => new double[_nodes.Length][]).ToArray();
        Parallel.For(0, _origins.Length * _nodes.Length, new ParallelOptions { MaxDegreeOfParallelism = _protocol.Threads }, job =>
        {
            var (k, i) = (job / _nodes.Length, job % _nodes.Length);
            forecasts[k][i] = ForecastEngine.Forecast(_nodes[i].Head(_origins[k]), _protocol.Horizon, new ForecastOptions()).Mean;
        });

        var scores = new double[Columns.Length, _nodes.Length, 2];
        var volumes = new double[_nodes.Length];
        var (gap, least) = (0.0, double.PositiveInfinity);
        using var writer = output?.CreateText();
        writer?.WriteLine("origin,level,node,h,actual," + string.Join(',', Columns));
        for (var k = _origins.Length - _protocol.Origins; k < _origins.Length; k++)
        {
            var methods = Reconcile(forecasts[k], [.. Enumerable.Range(0, k).Select(j => Known(forecasts[j], j, _origins[k]))]);
            Score(k, methods, scores, volumes, writer);
            gap = Math.Max(gap, methods.Skip(1).Max(Gap));
            least = Math.Min(least, methods.Skip(1).Min(rows => rows.Min(row => row.Min())));
        }

        Print(scores, volumes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"adding up: largest relative gap {gap:0.0e+00}; least reconciled value {least:0.###}"));
    }

    /// <summary>An earlier origin as it was known at a later one: days that had not come yet are missing.</summary>
    private HierarchyOrigin Known(double[][] forecast, int origin, int now) =>
        new(
            forecast,
            [.. _nodes.Select(node => Enumerable.Range(_origins[origin], _protocol.Horizon).Select(t => t < now ? node.Values[t] : double.NaN).ToArray())]);

    private double[][][] Reconcile(double[][] forecast, HierarchyOrigin[] known)
    {
        double[][] errors = [.. known.SelectMany(Errors)];
        var reconciled = HierarchyReconciler.Reconcile(_structure, forecast, known);
        Console.WriteLine("  " + string.Join(", ", reconciled.Weights.Select(w => $"{w.Key} {w.Value:0.00}")) + "; relative error in the back-test "
            + string.Join(", ", reconciled.Levels.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Level} {l.RelativeError:0.000}"))));
        return
        [
            forecast,
            HierarchyReconciler.With(ReconciliationMethod.BottomUp, _structure, forecast, errors),
            HierarchyReconciler.With(ReconciliationMethod.OrdinaryLeastSquares, _structure, forecast, errors),
            ByTrace(ErrorCovariance.Variance(errors), forecast),
            ByTrace(ErrorCovariance.Shrunk(errors), forecast),
            HierarchyReconciler.With(ReconciliationMethod.Shrunk, _structure, forecast, errors),
            reconciled.Forecast,
        ];
    }

    private double[][] ByTrace(ErrorCovariance covariance, double[][] forecast)
    {
        var trace = new MinimumTrace(_structure, covariance);
        var columns = Enumerable.Range(0, _protocol.Horizon).Select(h => trace.Reconcile([.. forecast.Select(row => row[h])])).ToArray();
        return [.. forecast.Select((_, i) => columns.Select(c => c[i]).ToArray())];
    }

    private static IEnumerable<double[]> Errors(HierarchyOrigin origin) =>
        Enumerable.Range(0, origin.Forecast[0].Length).Select(h => origin.Actual.Select((row, i) => row[h] - origin.Forecast[i][h]).ToArray());

    private void Score(int k, double[][][] methods, double[,,] scores, double[] volumes, StreamWriter? writer)
    {
        for (var i = 0; i < _nodes.Length; i++)
        {
            var scale = Mase.Scale(_nodes[i].Values[.._origins[k]], Season);
            for (var h = 0; h < _protocol.Horizon; h++)
            {
                var actual = _nodes[i].Values[_origins[k] + h];
                volumes[i] += actual;
                for (var m = 0; m < methods.Length; m++)
                {
                    var error = Math.Abs(actual - methods[m][i][h]);
                    scores[m, i, 0] += error / scale / (_protocol.Horizon * _protocol.Origins);
                    scores[m, i, 1] += error;
                }

                writer?.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{_origins[k]},{_structure.Nodes[i].Level},{_structure.Nodes[i].Key},{h + 1},{actual:R},")
                        + string.Join(',', methods.Select(m => m[i][h].ToString("R", CultureInfo.InvariantCulture))));
            }
        }
    }

    private double Gap(double[][] rows)
    {
        var gap = 0.0;
        for (var h = 0; h < _protocol.Horizon; h++)
        {
            var sums = _structure.Sum([.. rows[_structure.AggregateCount..].Select(row => row[h])]);
            gap = Math.Max(gap, sums.Select((sum, i) => Math.Abs(rows[i][h] - sum) / Math.Max(1, sum)).Max());
        }

        return gap;
    }

    private void Print(double[,,] scores, double[] volumes)
    {
        foreach (var (name, measure) in new[] { ("MASE", 0), ("WAPE %", 1) })
        {
            Console.WriteLine($"{name,-10}" + string.Concat(Columns.Select(c => $"{c,14}")));
            var means = new double[Columns.Length];
            foreach (var level in _structure.Levels)
            {
                var values = Columns.Select(
                        (_, m) =>
                            level.Nodes.Sum(i => scores[m, i, measure]) * (measure == 0 ? 1.0 / level.Nodes.Count : 100 / level.Nodes.Sum(i => volumes[i])))
                    .ToArray();
                means = [.. means.Zip(values, (a, b) => a + (b / _structure.Levels.Count))];
                Console.WriteLine($"{level.Name,-10}" + string.Concat(values.Select(v => v.ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(14))));
            }

            Console.WriteLine($"{"mean",-10}" + string.Concat(means.Select(v => v.ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(14))));
        }
    }

    private static TimeSeries Sum(TimeSeries[] parts) =>
        new(parts[0].Start, parts[0].Grid, [.. Enumerable.Range(0, parts[0].Length).Select(t => parts.Sum(p => p.Values[t]))]);
}
