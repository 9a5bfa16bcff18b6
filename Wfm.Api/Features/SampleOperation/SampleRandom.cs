using System.Numerics;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>A small generator whose numbers never change with the runtime: xoshiro256**, seeded through SplitMix64.</summary>
/// <remarks><see cref="Random"/> promises no sequence across versions of .NET, and the committed files are compared byte for byte.
/// Source: Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021).</remarks>
internal sealed class SampleRandom
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>One of many independent sequences of a seed.</summary>
    /// <param name="seed">Seed of the whole operation.</param>
    /// <param name="stream">Name of an independent stream, so that no series depends on the order of the others.</param>
    public SampleRandom(int seed, string stream)
    {
        var state = (uint)seed ^ 14695981039346656037UL;
        foreach (var letter in stream)
        {
            state = (state ^ letter) * 1099511628211UL; // FNV-1a
        }
        (_s0, _s1, _s2, _s3) = (SplitMix(ref state), SplitMix(ref state), SplitMix(ref state), SplitMix(ref state));
    }

    /// <summary>A number in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="count"/>), from integers only.</summary>
    public int Below(int count) => (int)(((Next() >> 32) * (ulong)count) >> 32);

    /// <summary>True in <paramref name="percent"/> of 100 cases.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public T[] Shuffle<T>(T[] items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
        return items;
    }

    /// <summary>A standard normal number (Marsaglia's polar method; the second number of a pair is not kept).</summary>
    public double Normal()
    {
        while (true)
        {
            var u = 2 * Uniform() - 1;
            var v = 2 * Uniform() - 1;
            var s = u * u + v * v;
            if (s is > 0 and < 1) return u * Math.Sqrt(-2 * Math.Log(s) / s);
        }
    }

    /// <summary>A gamma number with mean shape × scale. Source: Marsaglia and Tsang, ACM TOMS 26 (2000).</summary>
    public double Gamma(double shape, double scale)
    {
        if (shape < 1) return Gamma(shape + 1, scale) * Math.Pow(1 - Uniform(), 1 / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = 1 + c * x;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(1 - Uniform()) < 0.5 * x * x + d - d * v + d * Math.Log(v)) return d * v * scale;
        }
    }

    /// <summary>A Poisson number. Source: Ahrens and Dieter, Computing 12 (1974): large means are halved by a gamma waiting time.</summary>
    public int Poisson(double mean)
    {
        var count = 0;
        while (mean > 16)
        {
            var n = (int)(mean * 7 / 8);
            var waited = Gamma(n, 1);
            if (waited > mean) return count + Binomial(n - 1, mean / waited);
            count += n;
            mean -= waited;
        }
        var limit = Math.Exp(-mean);
        for (var product = 1 - Uniform(); product > limit; product *= 1 - Uniform())
        {
            count++;
        }
        return count;
    }

    /// <summary>Successes in <paramref name="trials"/> trials.</summary>
    public int Binomial(int trials, double probability)
    {
        var successes = 0;
        for (var i = 0; i < trials; i++)
        {
            if (Uniform() < probability) successes++;
        }
        return successes;
    }

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var t = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= t;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
