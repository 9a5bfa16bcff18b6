using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Capacity;

/// <summary>One stream of uniform numbers per path and cohort: a cohort more or less in a what-if leaves the luck of all the others as it was.</summary>
/// <remarks>SplitMix64; source: G. Steele, D. Lea, C. Flood, “Fast splittable pseudorandom number generators”, OOPSLA 2014.</remarks>
[StructLayout(LayoutKind.Auto)]
internal struct CapacityRandom
{
    private ulong _state;

    public CapacityRandom(int seed, int path, ulong stream)
    {
        _state = (uint)seed;
        _state = Next() ^ (uint)path;
        _state = Next() ^ stream;
        _state = Next();
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextUniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A stream for each cohort, from what it is and how many alike stand before it.</summary>
    public static ulong[] Streams(IReadOnlyList<Cohort> cohorts)
    {
        var seen = new Dictionary<(CohortKind, int), int>();
        var streams = new ulong[cohorts.Count];
        for (var c = 0; c < streams.Length; c++)
        {
            var key = (cohorts[c].Kind, cohorts[c].StartWeek);
            seen[key] = seen.GetValueOrDefault(key) + 1;
            streams[c] = Stream(cohorts[c].Kind, cohorts[c].StartWeek, seen[key] - 1);
        }
        return streams;
    }

    public static ulong Stream(CohortKind kind, int startWeek, int ordinal) => ((ulong)kind << 40) | ((ulong)startWeek << 20) | (uint)ordinal;

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
