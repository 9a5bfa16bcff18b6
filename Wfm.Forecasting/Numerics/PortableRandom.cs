namespace Wfm.Forecasting.Numerics;

/// <summary>
/// Random numbers that are the same bits on every machine and in every year: SplitMix64 and the inverse normal distribution, both in
/// operations that IEEE 754 fixes exactly.
/// </summary>
/// <remarks>
/// Stored forecasts keep a seed, not their paths, so the generator is part of the format and must not follow a library's changes.
/// Source: Steele, Lea &amp; Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.
/// </remarks>
internal struct PortableRandom
{
    private ulong _state;

    public PortableRandom(int seed, int stream)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)stream;
        _state = Next(); // neighbouring seeds and streams start far apart
    }

    /// <summary>Standard normal.</summary>
    public double NextNormal()
    {
        // 53 random bits, moved off both ends: u in (0, 1).
        var u = ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));
        return NormalDistribution.Quantile(u);
    }

    /// <summary>Whole number from 0 to <paramref name="bound"/> − 1.</summary>
    /// <param name="bound">At least 1; so far below 2⁶⁴ that the remainder favours none.</param>
    public int NextBelow(int bound) => (int)(Next() % (uint)bound);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
