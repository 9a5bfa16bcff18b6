using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Forecasting.Numerics;

/// <summary>Inner products and the like in SIMD lanes.</summary>
/// <remarks>
/// Lanes are fixed at four doubles, whatever the processor has, so that sums are added in the same order, and give the same bits, everywhere.
/// </remarks>
internal static class Vectors
{
    /// <summary>Σ a·b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var (even, odd) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + 1 < wideA.Length; i += 2)
        {
            even += wideA[i] * wideB[i];
            odd += wideA[i + 1] * wideB[i + 1];
        }

        if (i < wideA.Length)
        {
            even += wideA[i] * wideB[i];
        }

        var sum = Vector256.Sum(even + odd);
        for (var k = wideA.Length * 4; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    /// <summary>a += factor·b.</summary>
    public static void AddScaled(Span<double> a, double factor, ReadOnlySpan<double> b)
    {
        var wideA = MemoryMarshal.Cast<double, Vector256<double>>(a);
        var wideB = MemoryMarshal.Cast<double, Vector256<double>>(b[..a.Length]);
        var wideFactor = Vector256.Create(factor);
        for (var i = 0; i < wideA.Length; i++)
        {
            wideA[i] += wideFactor * wideB[i];
        }

        for (var k = wideA.Length * 4; k < a.Length; k++)
        {
            a[k] += factor * b[k];
        }
    }
}
