using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Simulation;

/// <summary>The random numbers of one queue in one replication: SplitMix64, so that each stream starts from its own hash.</summary>
/// <remarks>Source: Steele, Lea &amp; Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014; the polar method is Marsaglia &amp; Bray
/// (1964).</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct ContactRandom
{
    private ulong _state;
    private double _spare;
    private bool _hasSpare;

    public ContactRandom(int seed, int replication, int stream)
    {
        // Each coordinate is hashed into the next, so that neighbours start far apart.
        _state = (uint)seed;
        _state = Next() ^ (uint)replication;
        _state = Next() ^ (uint)stream;
        _state = Next();
    }

    /// <summary>Uniform in (0, 1): 53 bits, moved off both ends.</summary>
    public double NextUniform() => ((Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => -Math.Log(NextUniform());

    /// <summary>Standard normal.</summary>
    public double NextNormal()
    {
        if (_hasSpare)
        {
            _hasSpare = false;
            return _spare;
        }
        double x;
        double y;
        double square;
        do
        {
            (x, y) = (2 * NextUniform() - 1, 2 * NextUniform() - 1);
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        var scale = Math.Sqrt(-2 * Math.Log(square) / square);
        (_spare, _hasSpare) = (y * scale, true);
        return x * scale;
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
