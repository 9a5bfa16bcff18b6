using MathNet.Numerics.LinearAlgebra;

namespace Wfm.Forecasting.Numerics;

/// <summary>The lag-covariance matrix of a series, X·Xᵀ of its trajectory matrix, and the leading eigenvectors of it.</summary>
internal sealed class LagCovariance
{
    private const int Iterations = 6; // from a basis of sinusoids, which are nearly eigenvectors already
    private const double Negligible = 1e-13; // of the largest eigenvalue: rounding, not signal
    private readonly double[] _matrix;

    /// <summary>Builds the matrix.</summary>
    /// <param name="x">Observations, more than the window.</param>
    /// <param name="window">Window L, at least 2.</param>
    /// <remarks>Only the first row takes inner products; along a diagonal each cell is the one before, less a product at the start, more one at the
    /// end.</remarks>
    public LagCovariance(ReadOnlySpan<double> x, int window)
    {
        Window = window;
        var columns = x.Length - window + 1;
        _matrix = new double[window * window];
        for (var lag = 0; lag < window; lag++)
        {
            var value = Vectors.Dot(x[..columns], x.Slice(lag, columns));
            for (var i = 0; ; i++)
            {
                var j = i + lag;
                _matrix[(i * window) + j] = value;
                _matrix[(j * window) + i] = value;
                if (j + 1 == window)
                {
                    break;
                }

                value += (x[i + columns] * x[j + columns]) - (x[i] * x[j]);
            }
        }
    }

    /// <summary>Window L: rows of the matrix.</summary>
    public int Window { get; }

    /// <summary>Orthonormal eigenvectors of the largest eigenvalues, largest first; fewer where the matrix has a lower rank.</summary>
    /// <param name="count">Number wanted, at least 1.</param>
    /// <remarks>
    /// Subspace iteration with a Rayleigh–Ritz step, a few more vectors than asked for: L²·count operations a step where the full problem takes 10·L³.
    /// Source: Golub &amp; Van Loan, <i>Matrix Computations</i>, 4th ed., §8.2.4.
    /// </remarks>
    public double[][] LeadingEigenvectors(int count)
    {
        var basis = Sinusoids(Math.Min(Window, count + Math.Max(4, count / 4)));
        Orthonormalize(basis);
        for (var step = 0; step < Iterations; step++)
        {
            basis = Multiply(basis);
            Orthonormalize(basis);
        }

        return Ritz(basis, count);
    }

    /// <summary>The sinusoids of the window with the most energy: the eigenvectors of a stationary series, when the window is long.</summary>
    private double[][] Sinusoids(int count)
    {
        var diagonals = new double[Window];
        for (var i = 0; i < Window; i++)
        {
            for (var j = i; j < Window; j++)
            {
                diagonals[j - i] += _matrix[(i * Window) + j];
            }
        }

        var cosines = new double[Window];
        for (var t = 0; t < Window; t++)
        {
            cosines[t] = Math.Cos(2 * Math.PI * t / Window);
        }

        var frequencies = Enumerable.Range(0, (Window / 2) + 1).OrderByDescending(f =>
        {
            var energy = 0.0;
            for (var lag = 0; lag < Window; lag++)
            {
                energy += (lag == 0 ? 0.5 : 1) * diagonals[lag] * cosines[f * lag % Window];
            }

            return energy;
        });
        return
        [
            .. frequencies.SelectMany(f => f == 0 || 2 * f == Window ? new[] { (f, Shift: 0) } : [(f, 0), (f, 1)]).Take(count)
                .Select(wave => Enumerable.Range(0, Window).Select(t =>
                    wave.Shift == 0 ? cosines[wave.f * t % Window] : Math.Sin(2 * Math.PI * wave.f * t / Window)).ToArray()),
        ];
    }

    private double[][] Multiply(double[][] basis)
    {
        var product = new double[basis.Length][];
        for (var k = 0; k < basis.Length; k++)
        {
            product[k] = new double[Window];
            for (var i = 0; i < Window; i++)
            {
                product[k][i] = Vectors.Dot(_matrix.AsSpan(i * Window, Window), basis[k]);
            }
        }

        return product;
    }

    /// <summary>Gram–Schmidt, twice for accuracy; a vector that depends on those before it becomes zero.</summary>
    private static void Orthonormalize(double[][] basis)
    {
        for (var k = 0; k < basis.Length; k++)
        {
            var size = Math.Sqrt(Vectors.Dot(basis[k], basis[k]));
            var norm = size;
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < k; j++)
                {
                    Vectors.AddScaled(basis[k], -Vectors.Dot(basis[j], basis[k]), basis[j]);
                }

                norm = Math.Sqrt(Vectors.Dot(basis[k], basis[k]));
            }

            if (!(norm > 1e-14 * size))
            {
                Array.Clear(basis[k]);
                continue;
            }

            for (var i = 0; i < basis[k].Length; i++)
            {
                basis[k][i] /= norm;
            }
        }
    }

    private double[][] Ritz(double[][] basis, int count)
    {
        var images = Multiply(basis);
        var small = Matrix<double>.Build.Dense(basis.Length, basis.Length, (i, j) => Vectors.Dot(basis[Math.Min(i, j)], images[Math.Max(i, j)]));
        var evd = small.Evd(Symmetricity.Symmetric);
        var largest = evd.EigenValues[basis.Length - 1].Real;
        var vectors = new List<double[]>();
        for (var k = basis.Length - 1; k >= 0 && vectors.Count < count; k--)
        {
            if (!(evd.EigenValues[k].Real > Negligible * largest))
            {
                break;
            }

            var vector = new double[Window];
            for (var j = 0; j < basis.Length; j++)
            {
                Vectors.AddScaled(vector, evd.EigenVectors[j, k], basis[j]);
            }

            vectors.Add(vector);
        }

        return [.. vectors];
    }
}
