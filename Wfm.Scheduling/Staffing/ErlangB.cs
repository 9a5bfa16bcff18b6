namespace Wfm.Scheduling.Staffing;

/// <summary>The Erlang loss model (M/M/N/N): a contact that finds every server busy is blocked and lost.</summary>
/// <remarks>
/// All functions take a real number of servers: between integers they follow the continuous extension 1/B = A·∫₀^∞ e^(−A·y)(1+y)^N dy.
/// Source: D. L. Jagerman, “Some properties of the Erlang loss function”, Bell System Technical Journal 53 (1974), 525–551.
/// </remarks>
public static class ErlangB
{
    private const double Negligible = 1e-19; // of the sum; the tail behind it is at most about √A times as large

    /// <summary>Probability that an arriving contact is blocked.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs (volume × AHT ÷ interval length), 0 to 10,000,000.</param>
    /// <param name="servers">Servers N (lines, slots, agents), N ≥ 0, not necessarily whole.</param>
    /// <returns>A probability in [0, 1]: 1 without servers, 0 without load or when it is below the smallest double.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is negative, not finite or too large.</exception>
    /// <remarks>O(√A) for servers near the load, at most O(N), no allocation, relative error about 1e-14.</remarks>
    public static double Blocking(double offeredLoad, double servers)
    {
        Guard.Load(offeredLoad);
        Guard.NonNegative(servers);
        if (servers == 0) return 1;
        return offeredLoad == 0 ? 0 : 1 / Inverse(offeredLoad, servers);
    }

    /// <summary>The load carried by the servers, per server: A·(1 − B) ÷ N.</summary>
    /// <inheritdoc cref="Blocking"/>
    /// <param name="offeredLoad">Offered load A in erlangs.</param>
    /// <param name="servers">Servers N, N &gt; 0.</param>
    /// <returns>A fraction in [0, 1].</returns>
    public static double Occupancy(double offeredLoad, double servers)
    {
        Guard.Positive(servers);
        return Math.Min(1, offeredLoad * (1 - Blocking(offeredLoad, servers)) / servers);
    }

    /// <summary>The smallest whole number of servers that blocks no more than the given share of contacts.</summary>
    /// <param name="offeredLoad">Offered load A in erlangs, 0 to 10,000,000.</param>
    /// <param name="blocking">Highest share blocked, more than 0 and less than 1.</param>
    /// <returns>Servers, 0 without load.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The load or the share is outside its range.</exception>
    /// <remarks>Starts at A·(1 − b), below which no answer can lie because B ≥ 1 − N/A, and steps up: O(√A).</remarks>
    public static int RequiredServers(double offeredLoad, double blocking)
    {
        Guard.Load(offeredLoad);
        Guard.InsideUnit(blocking);
        if (offeredLoad == 0) return 0;
        var servers = (int)(offeredLoad * (1 - blocking));
        var inverse = Inverse(offeredLoad, servers);
        while (inverse * blocking < 1)
        {
            servers++;
            inverse = 1 + servers / offeredLoad * inverse;
        }
        return servers;
    }

    /// <summary>1/B(N, A) for A &gt; 0; positive infinity when B is below the smallest double.</summary>
    /// <remarks>
    /// Unrolls 1/B(N) = 1 + (N/A)/B(N−1) from the top: the sum of N(N−1)…(N−k+1)/A^k, whose terms are positive and fall like a normal curve of
    /// width √A behind k = N − A. So the sum is over after some (N − A) + 9√A terms, without restarting the recursion at 0. A sum that overflows
    /// means B &lt; 1e-308, and ∞ is the honest answer; the published recursion for 1/B from below gives NaN there (A = 0.1, N = 150).
    /// </remarks>
    internal static double Inverse(double offeredLoad, double servers)
    {
        var perErlang = 1 / offeredLoad;
        var (sum, term, left) = (1.0, 1.0, servers);
        while (left >= 4) // four terms at a time: one multiplication instead of four on the chain from term to term
        {
            var a = left * perErlang;
            var b = a * ((left - 1) * perErlang);
            var c = b * ((left - 2) * perErlang);
            var d = c * ((left - 3) * perErlang);
            sum += term * (a + b + c + d);
            term *= d;
            left -= 4;
            if (term < Negligible * sum || double.IsPositiveInfinity(sum)) return sum;
        }
        while (left >= 1)
        {
            term *= left * perErlang;
            sum += term;
            left--;
            if (term < Negligible * sum || double.IsPositiveInfinity(sum)) return sum;
        }
        // `left` is now the fraction of a server: replace the last 1 by its own 1/B.
        return left == 0 ? sum : sum + term * (InverseOfFraction(offeredLoad, left) - 1);
    }

    /// <summary>1/B for 0 &lt; N &lt; 1: A^(−N)·e^A·Γ(N+1, A), by continued fraction, for light loads by the series of the complement.</summary>
    private static double InverseOfFraction(double load, double servers)
    {
        var a = servers + 1;
        if (load < 1)
        {
            var (sum, term) = (1 / a, 1 / a);
            for (var k = 1; term > sum * 1e-17; k++)
            {
                term *= load / (a + k);
                sum += term;
            }
            return Math.Exp(load - servers * Math.Log(load)) * Gamma(a) - load * sum;
        }
        // Lentz's method on Γ(a, x)·e^x·x^(−a) = 1/(x+1−a − 1(1−a)/(x+3−a − 2(2−a)/(x+5−a − …))).
        var b = load + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var fraction = d;
        for (var k = 1; k < 10_000; k++)
        {
            var an = -k * (k - a);
            b += 2;
            d = 1 / (an * d + b);
            c = b + an / c;
            var step = c * d;
            fraction *= step;
            if (Math.Abs(step - 1) < 1e-16) break;
        }
        return load * fraction;
    }

    /// <summary>Γ(a) for 1 ≤ a ≤ 2 by Lanczos' approximation (g = 7, n = 9), relative error below 1e-14.</summary>
    private static double Gamma(double a)
    {
        ReadOnlySpan<double> coefficients =
        [
            676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
            9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        var z = a - 1;
        var sum = 0.99999999999980993;
        for (var i = 0; i < coefficients.Length; i++) sum += coefficients[i] / (z + i + 1);
        var t = z + 7.5;
        return Math.Sqrt(2 * Math.PI) * Math.Pow(t, z + 0.5) * Math.Exp(-t) * sum;
    }
}
