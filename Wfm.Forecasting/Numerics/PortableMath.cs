namespace Wfm.Forecasting.Numerics;

/// <summary>Elementary functions made of additions, multiplications and divisions only, so that every machine gives the same bits.</summary>
/// <remarks><see cref="Math.Log(double)"/> is the platform's C library, whose last bit differs between systems and versions.</remarks>
internal static class PortableMath
{
    /// <summary>Natural logarithm of a positive normal number, relative error below 1e-15.</summary>
    /// <remarks>x = 2^k·m with m in [√½, √2), log m = 2·artanh(s), s = (m−1)/(m+1), as a series in s².</remarks>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var k = (int)((bits >> 52) & 0x7FF) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFFL) | 0x3FF0000000000000L);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            k++;
        }

        var s = (m - 1) / (m + 1);
        var s2 = s * s;
        var sum = 0.0;
        for (var n = 23; n >= 3; n -= 2)
        {
            sum = (sum + (1.0 / n)) * s2;
        }

        return (k * 0.6931471805599453) + (2 * s * (1 + sum));
    }
}
