namespace Wfm.Forecasting.Numerics;

/// <summary>A symmetric positive definite matrix factored once, A = L·L′, for many right sides.</summary>
internal sealed class Cholesky
{
    private readonly double[] _factor;
    private readonly int _n;

    private Cholesky(double[] factor, int n) => (_factor, _n) = (factor, n);

    /// <summary>Factors a matrix.</summary>
    /// <param name="a">Symmetric, row by row; overwritten by the factor. Only the lower triangle is read.</param>
    /// <param name="n">Rows of the matrix.</param>
    /// <returns><see langword="null"/> when the matrix is not positive definite to working precision.</returns>
    public static Cholesky? Factor(double[] a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.AsSpan(i * n, n);
            var own = row[i];
            for (var j = 0; j <= i; j++)
            {
                var sum = row[j] - Vectors.Dot(a.AsSpan(j * n, j), row);
                if (j < i)
                {
                    row[j] = sum / a[(j * n) + j];
                }
                else if (sum > 1e-13 * own && !double.IsInfinity(sum))
                {
                    row[i] = Math.Sqrt(sum);
                }
                else
                {
                    return null;
                }
            }
        }

        return new Cholesky(a, n);
    }

    /// <summary>Solves A·x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < _n; i++)
        {
            b[i] = (b[i] - Vectors.Dot(_factor.AsSpan(i * _n, i), b)) / _factor[(i * _n) + i];
        }

        for (var i = _n - 1; i >= 0; i--)
        {
            b[i] /= _factor[(i * _n) + i];
            for (var k = 0; k < i; k++)
            {
                b[k] -= _factor[(i * _n) + k] * b[i]; // along the row, not down the column
            }
        }
    }
}
