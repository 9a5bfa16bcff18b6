using System.Numerics;
using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Solving;

/// <summary>A small fast generator (xoshiro256++, Blackman and Vigna 2019, seeded by SplitMix64): the same seed draws the same numbers everywhere.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RosterRandom
{
    private static readonly double[] Exponentials = [.. Enumerable.Range(0, 4096).Select(i => -Math.Log((i + 0.5) / 4096))];

    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public RosterRandom(int seed)
    {
        var state = (ulong)seed;
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    public ulong Next()
    {
        var result = BitOperations.RotateLeft(_a + _d, 23) + _a;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number of the exponential distribution with mean 1, to 4096 steps.</summary>
    public double Exponential() => Exponentials[Next() >> 52];

    /// <summary>A number from 0 to below the bound.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    private static ulong Split(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
