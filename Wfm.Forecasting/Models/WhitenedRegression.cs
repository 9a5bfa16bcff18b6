using Wfm.Forecasting.Numerics;

namespace Wfm.Forecasting.Models;

/// <summary>Regression whose errors are an autoregression of known coefficients: least squares on filtered rows (Cochrane &amp; Orcutt).</summary>
internal sealed class WhitenedRegression
{
    private const int Block = 512; // rows of all columns that stay in the cache together
    private const double Ridge = 1e-10; // relative: keeps exact fits solvable, and changes nothing that can be seen
    private readonly double[] _gram;
    private readonly double[] _right;
    private readonly double _squares;
    private readonly int _width;
    private readonly int _rows;

    /// <summary>Filters the rows and takes their inner products.</summary>
    /// <param name="columns">Regressors.</param>
    /// <param name="x">Observations.</param>
    /// <param name="autoregression">Coefficients of the errors; none for white errors.</param>
    public WhitenedRegression(double[][] columns, double[] x, double[] autoregression)
    {
        var filtered = autoregression.Length == 0 ? columns : [.. columns.Select(c => Autoregression.Filter(c, autoregression))];
        var target = autoregression.Length == 0 ? x : Autoregression.Filter(x, autoregression);
        (_width, _rows) = (columns.Length, target.Length);
        (_gram, _right) = (new double[_width * _width], new double[_width]);
        for (var start = 0; start < _rows; start += Block)
        {
            var length = Math.Min(Block, _rows - start);
            for (var i = 0; i < _width; i++)
            {
                var column = filtered[i].AsSpan(start, length);
                _right[i] += Vectors.Dot(column, target.AsSpan(start, length));
                for (var j = 0; j <= i; j++)
                {
                    _gram[(i * _width) + j] += Vectors.Dot(column, filtered[j].AsSpan(start, length));
                }
            }
        }

        _squares = Vectors.Dot(target, target);
    }

    /// <summary>Coefficients of some of the regressors, the others left out.</summary>
    /// <param name="kept">Positions of the regressors, ascending.</param>
    public double[] Solve(ReadOnlySpan<int> kept)
    {
        var n = kept.Length;
        var (gram, solution) = (new double[n * n], new double[n]);
        for (var i = 0; i < n; i++)
        {
            solution[i] = _right[kept[i]];
            for (var j = 0; j <= i; j++)
            {
                gram[(i * n) + j] = _gram[(Math.Max(kept[i], kept[j]) * _width) + Math.Min(kept[i], kept[j])];
            }

            gram[(i * n) + i] *= 1 + Ridge;
        }

        return RidgeRegression.Solve(gram, solution) ? solution : new double[n];
    }

    /// <summary>Akaike's criterion with the correction for small samples.</summary>
    /// <param name="kept">Positions of the regressors.</param>
    /// <param name="others">Parameters beside the regressors.</param>
    public double Aicc(ReadOnlySpan<int> kept, int others)
    {
        var solution = Solve(kept);
        var explained = 0.0;
        for (var i = 0; i < solution.Length; i++)
        {
            explained += solution[i] * _right[kept[i]];
        }

        var k = kept.Length + others;
        var rest = Math.Max(_squares - explained, 1e-9 * _squares); // below, only rounding is left to explain
        return rest <= 0 || _rows <= k + 1 ? double.PositiveInfinity
            : (_rows * Math.Log(rest / _rows)) + (2.0 * k * _rows / (_rows - k - 1));
    }
}
