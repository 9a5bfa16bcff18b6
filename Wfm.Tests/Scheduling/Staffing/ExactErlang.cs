using System.Numerics;

namespace Wfm.Tests.Scheduling.Staffing;

/// <summary>Erlang B, C and A from their birth–death equations in whole-number arithmetic with 320 bits behind the point: the oracle of the fast
/// versions.</summary>
/// <remarks>Doubles enter exactly, as mantissa × 2^exponent, so a difference is an error of the library and not of the conversion.</remarks>
internal static class ExactErlang
{
    private const int Bits = 320;
    private static readonly BigInteger One = BigInteger.One << Bits;

    /// <summary>Share blocked: 1/B(n) = 1 + (n/A)·1/B(n−1), without overflow here.</summary>
    public static double Blocking(double load, int servers) => Ratio(One, InverseBlocking(load, servers));

    /// <summary>P(wait) of M/M/N, 1 where N ≤ A.</summary>
    public static double Waiting(double load, int agents) => agents <= load ? 1
        : Ratio(agents * One, (InverseBlocking(load, agents) * (agents * One - Fixed(load)) >> Bits) + Fixed(load));

    /// <summary>P(wait), P(abandon) and occupancy of M/M/N+M, δ = AHT ÷ patience, by summing the states of the queue until they no longer count.</summary>
    public static (double Waiting, double Abandonment, double Occupancy) Impatient(double load, int agents, double delta)
    {
        var (a, d, n) = (Fixed(load), Fixed(delta), agents * One);
        var (weight, waiting, queue) = (One, BigInteger.Zero, BigInteger.Zero);
        for (var j = 0; weight > waiting >> 80 || a > n + j * d; j++)
        {
            waiting += weight;
            queue += j * weight;
            weight = weight * a / (n + (j + 1) * d);
        }
        var total = waiting + InverseBlocking(load, agents) - One;
        return (Ratio(waiting, total), Ratio(d * queue, a * total), Ratio(a * total - d * queue, n * total));
    }

    private static BigInteger InverseBlocking(double load, int servers)
    {
        var a = Fixed(load);
        var inverse = One;
        for (var n = 1; n <= servers; n++) inverse = One + n * (inverse << Bits) / a;
        return inverse;
    }

    private static BigInteger Fixed(double value)
    {
        var exponent = Math.ILogB(value) - 52;
        return new BigInteger(Math.ScaleB(value, -exponent)) << (Bits + exponent);
    }

    /// <summary>The quotient to 2⁻⁸⁰ relative, 0 where it is below the smallest double.</summary>
    private static double Ratio(BigInteger numerator, BigInteger denominator)
    {
        var shift = (int)(denominator.GetBitLength() - numerator.GetBitLength()) + 80;
        return Math.ScaleB((double)((numerator << Math.Max(0, shift)) / (denominator << Math.Max(0, -shift))), -shift);
    }
}
