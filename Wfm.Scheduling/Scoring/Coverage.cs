using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Scoring;

/// <summary>Heads scheduled per group and interval, and what they cost as shifts come and go.</summary>
internal sealed class Coverage(CoverageCosts costs) : ICoverPrices
{
    public double[] Scheduled { get; } = new double[costs.Groups * costs.Stride];

    /// <summary>Adds the profile × factor to the schedule.</summary>
    /// <param name="at">Group × stride + interval.</param>
    /// <param name="profile">Minutes of work per interval, a multiple of four long.</param>
    /// <param name="factor">Percent of proficiency, below zero to take a shift away.</param>
    /// <returns>The change of cost.</returns>
    public double Add(int at, ReadOnlySpan<double> profile, double factor)
    {
        var delta = Vector256<double>.Zero;
        var by = Vector256.Create(factor);
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; i < profile.Length; i += 4)
        {
            var change = Vector256.LoadUnsafe(ref work, (nuint)i) * by;
            var k = (nuint)(at + i);
            var before = Vector256.LoadUnsafe(ref Scheduled[0], k);
            delta += Change(k, before, change);
            (before + change).StoreUnsafe(ref Scheduled[0], k);
        }

        return Vector256.Sum(delta);
    }

    /// <summary>What <see cref="Add"/> would answer, without adding.</summary>
    public double Cost(int at, ReadOnlySpan<double> profile, double factor)
    {
        var delta = Vector256<double>.Zero;
        var by = Vector256.Create(factor);
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; i < profile.Length; i += 4)
        {
            var change = Vector256.LoadUnsafe(ref work, (nuint)i) * by;
            delta += Change((nuint)(at + i), Vector256.LoadUnsafe(ref Scheduled[0], (nuint)(at + i)), change);
        }

        return Vector256.Sum(delta);
    }

    /// <summary>Cost from scratch, the plain way.</summary>
    public CoverageScore Recount()
    {
        var (under, minimum, over) = (0.0, 0.0, 0.0);
        for (var k = 0; k < Scheduled.Length; k++)
        {
            under += costs.Under[k] * Math.Max(0, costs.Required[k] - Scheduled[k]);
            under += costs.DeepUnder[k] * Math.Max(0, costs.Deep[k] - Scheduled[k]);
            minimum += costs.MinimumUnder[k] * Math.Max(0, costs.Minimum[k] - Scheduled[k]);
            over += costs.Over[k] * Math.Max(0, Scheduled[k] - costs.Required[k]);
        }

        return new CoverageScore(under, minimum, over);
    }

    private Vector256<double> Change(nuint k, Vector256<double> before, Vector256<double> change)
    {
        var after = before + change;
        var gap = Gap(costs.Required, k, before, after);
        var delta = (Vector256.LoadUnsafe(ref costs.Under[0], k) * gap) + (Vector256.LoadUnsafe(ref costs.Over[0], k) * (change + gap));
        delta += Vector256.LoadUnsafe(ref costs.DeepUnder[0], k) * Gap(costs.Deep, k, before, after);
        return costs.HasMinimum ? delta + (Vector256.LoadUnsafe(ref costs.MinimumUnder[0], k) * Gap(costs.Minimum, k, before, after)) : delta;
    }

    // max(0, level − after) − max(0, level − before); with level = required it also turns a change into a change of surplus.
    private static Vector256<double> Gap(double[] levels, nuint k, Vector256<double> before, Vector256<double> after)
    {
        var level = Vector256.LoadUnsafe(ref levels[0], k);
        return Vector256.Max(Vector256<double>.Zero, level - after) - Vector256.Max(Vector256<double>.Zero, level - before);
    }
}

/// <summary>Cost of coverage in parts, in units of <see cref="Money"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CoverageScore(double Under, double Minimum, double Over)
{
    public double Total => Under + Minimum + Over;
}
