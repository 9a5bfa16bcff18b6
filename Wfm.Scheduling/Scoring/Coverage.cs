using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Scoring;

/// <summary>Heads scheduled per group and interval, and what they cost as shifts come and go.</summary>
/// <remarks>
/// What an interval costs by itself is known at once (<see cref="Add"/>). What a band costs depends on all that was scheduled before, so it is asked for
/// once a move is complete (<see cref="BandChange"/>), and then kept, or dropped when the move was taken back.
/// </remarks>
internal sealed class Coverage
{
    private readonly CoverageCosts _costs;
    private readonly BandCoverage[] _bands;

    public Coverage(CoverageCosts costs)
    {
        _costs = costs;
        Scheduled = new double[costs.Groups * costs.Stride];
        _bands = [.. costs.Bands.Select(b => new BandCoverage(b, Scheduled))];
    }

    public double[] Scheduled { get; }

    /// <summary>The state of a band, by its place in <see cref="CoverageCosts.Bands"/>.</summary>
    public BandCoverage Band(int band) => _bands[band];

    /// <summary>Change of the cost of all bands by what was added since they were last kept.</summary>
    public double BandChange()
    {
        var change = 0.0;
        foreach (var band in _bands)
        {
            change += band.Change();
        }

        return change;
    }

    /// <summary>Makes what <see cref="BandChange"/> evaluated last the state to compare with.</summary>
    public void KeepBands()
    {
        foreach (var band in _bands)
        {
            band.Keep();
        }
    }

    /// <summary>Forgets what was added, once it has been taken back.</summary>
    public void DropBands()
    {
        foreach (var band in _bands)
        {
            band.Drop();
        }
    }

    /// <summary>Takes over a schedule written from outside.</summary>
    public void Rebuild()
    {
        foreach (var band in _bands)
        {
            band.Rebuild();
        }
    }

    /// <summary>Change of cost if the profile × factor were added, bands included; nothing is added. Not while a move is under way.</summary>
    /// <param name="at">Group × stride + interval.</param>
    /// <param name="profile">Minutes of work per interval, a multiple of four long.</param>
    /// <param name="factor">Percent of proficiency, below zero to take a shift away.</param>
    /// <remarks>Prices of several shifts add up exactly where they touch different intervals of immediate lines; bands couple all intervals.</remarks>
    public double Price(int at, ReadOnlySpan<double> profile, double factor)
    {
        var change = Add(at, profile, factor) + BandChange();
        Add(at, profile, -factor);
        DropBands();
        return change;
    }

    /// <summary>Adds the profile × factor to the schedule.</summary>
    /// <param name="at">Group × stride + interval.</param>
    /// <param name="profile">Minutes of work per interval, a multiple of four long.</param>
    /// <param name="factor">Percent of proficiency, below zero to take a shift away.</param>
    /// <returns>The change of cost without bands.</returns>
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
            var after = before + change;
            delta += Vector256.LoadUnsafe(ref _costs.Under[0], k) * Gap(_costs.Required, k, before, after);
            delta += Vector256.LoadUnsafe(ref _costs.DeepUnder[0], k) * Gap(_costs.Deep, k, before, after);
            delta += Vector256.LoadUnsafe(ref _costs.Over[0], k) * (change + Gap(_costs.Required, k, before, after));
            if (_costs.HasMinimum) delta += Vector256.LoadUnsafe(ref _costs.MinimumUnder[0], k) * Gap(_costs.Minimum, k, before, after);
            if (_costs.HasMaximum) delta += Vector256.LoadUnsafe(ref _costs.MaximumOver[0], k) * (change + Gap(_costs.Maximum, k, before, after));
            after.StoreUnsafe(ref Scheduled[0], k);
        }

        if (_bands.Length > 0 && _costs.BandOf[at / _costs.Stride] is var band and >= 0) _bands[band].Touch(at % _costs.Stride, profile.Length);
        return Vector256.Sum(delta);
    }

    /// <summary>Cost from scratch, the plain way.</summary>
    public CoverageScore Recount()
    {
        var (under, minimum, over) = (0.0, 0.0, 0.0);
        for (var k = 0; k < Scheduled.Length; k++)
        {
            under += _costs.Under[k] * Math.Max(0, _costs.Required[k] - Scheduled[k]);
            under += _costs.DeepUnder[k] * Math.Max(0, _costs.Deep[k] - Scheduled[k]);
            minimum += _costs.MinimumUnder[k] * Math.Max(0, _costs.Minimum[k] - Scheduled[k]);
            over += _costs.Over[k] * Math.Max(0, Scheduled[k] - _costs.Required[k]);
            over += _costs.MaximumOver[k] * Math.Max(0, Scheduled[k] - _costs.Maximum[k]);
        }

        var bands = _costs.Bands.Aggregate(default(BandScore), (sum, b) => sum + BandRun.Of(b, Scheduled).Score);
        return new CoverageScore(under, minimum, over + bands.Over, bands.Late, bands.Undone);
    }

    // max(0, level − after) − max(0, level − before); with level = required it also turns a change into a change of surplus.
    private static Vector256<double> Gap(double[] levels, nuint k, Vector256<double> before, Vector256<double> after)
    {
        var level = Vector256.LoadUnsafe(ref levels[0], k);
        return Vector256.MaxNative(Vector256<double>.Zero, level - after) - Vector256.MaxNative(Vector256<double>.Zero, level - before);
    }
}

/// <summary>Cost of coverage in parts, in units of <see cref="Money"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CoverageScore(double Under, double Minimum, double Over, double Late, double Undone)
{
    public double Total => Under + Minimum + Over + Late + Undone;
}
