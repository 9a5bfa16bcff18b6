namespace Wfm.Forecasting.Numerics;

/// <summary>Solves small symmetric positive definite systems.</summary>
internal static class RidgeRegression
{
    /// <summary>Solves A·x = b by Cholesky factorisation.</summary>
    /// <param name="a">Symmetric, row by row; overwritten by the factor. Only the lower triangle is read.</param>
    /// <param name="b">Right side; overwritten by the solution.</param>
    /// <returns><see langword="false"/> when the matrix is not positive definite; then nothing in <paramref name="b"/> counts.</returns>
    public static bool Solve(double[] a, Span<double> b)
    {
        var n = b.Length;
        if (!Factor(a, n))
        {
            return false;
        }

        for (var i = 0; i < n; i++)
        {
            b[i] = (b[i] - Vectors.Dot(a.AsSpan(i * n, i), b)) / a[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
            {
                b[i] -= a[(k * n) + i] * b[k];
            }

            b[i] /= a[(i * n) + i];
        }

        return true;
    }

    /// <summary>Cholesky factorisation A = L·L′.</summary>
    /// <param name="a">Symmetric, row by row; the lower triangle is overwritten by L, the upper one neither read nor written.</param>
    /// <param name="n">Rows of the matrix.</param>
    /// <returns><see langword="false"/> when the matrix is not positive definite.</returns>
    public static bool Factor(double[] a, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var row = a.AsSpan(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var other = a.AsSpan(j * n, j);
                var sum = row[j] - Vectors.Dot(other, row);
                if (i == j)
                {
                    if (!(sum > 0) || double.IsInfinity(sum))
                    {
                        return false;
                    }

                    row[i] = Math.Sqrt(sum);
                }
                else
                {
                    row[j] = sum / a[(j * n) + j];
                }
            }
        }

        return true;
    }
}
