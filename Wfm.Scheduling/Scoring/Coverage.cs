using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Wfm.Scheduling.Scoring;

/// <summary>Heads and people scheduled per group and interval, and what they cost as shifts come and go.</summary>
/// <remarks>
/// What an interval costs by itself is known at once (<see cref="Add"/>). What a band costs depends on all that was scheduled before, so it is asked for
/// once a move is complete (<see cref="BandChange"/>), and then kept, or dropped when the move was taken back.
/// </remarks>
internal sealed class Coverage : ICoverPrices
{
    private readonly CoverageCosts _costs;
    private readonly BandCoverage[] _bands;
    private readonly Covered _covered;

    public Coverage(CoverageCosts costs)
    {
        _costs = costs;
        _covered = new Covered(costs);
        Scheduled = _covered.Scheduled;
        _bands = [.. costs.Bands.Select(b => new BandCoverage(b, Scheduled))];
    }

    public double[] Scheduled { get; }

    /// <summary>People at work, minutes × 100: group × stride + interval.</summary>
    public double[] People()
    {
        double[] people = [.. _covered.People];
        for (var group = 0; group < _costs.Groups; group++)
        {
            if (!_costs.CountsPeople[group]) Scheduled.AsSpan(group * _costs.Stride, _costs.Stride).CopyTo(people.AsSpan(group * _costs.Stride));
        }

        return people;
    }

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

    /// <summary>Starts from what fixed shifts cover. <see cref="Rebuild"/> ends what is added then.</summary>
    public void Start(Covered fixedShifts) => _covered.Take(fixedShifts);

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
    public double Cost(int at, ReadOnlySpan<double> profile, double factor)
    {
        if (BandAt(at) >= 0)
        {
            var added = Add(at, profile, factor) + BandChange();
            Add(at, profile, -factor);
            DropBands();
            return added;
        }

        var delta = Vector256<double>.Zero;
        var by = Vector256.Create(factor);
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; i < profile.Length; i += 4)
        {
            var change = Vector256.LoadUnsafe(ref work, (nuint)i) * by;
            delta += Change((nuint)(at + i), Vector256.LoadUnsafe(ref Scheduled[0], (nuint)(at + i)), change);
        }

        var person = Math.Sign(factor) * 100;
        return Vector256.Sum(delta) + (_costs.CountsSomebody ? AddPeople(at, profile, person, keeps: false) : 0)
            + (_costs.HasSeats ? AddSeats(at % _costs.Stride, profile, person, keeps: false) : 0);
    }

    /// <summary>Adds the profile × factor to the schedule.</summary>
    /// <param name="at">Group × stride + interval.</param>
    /// <param name="profile">Minutes of work per interval, a multiple of four long.</param>
    /// <param name="factor">Percent of proficiency, below zero to take a shift away.</param>
    /// <returns>The change of cost without bands.</returns>
    public double Add(int at, ReadOnlySpan<double> profile, double factor) =>
        AddPart(at, profile, factor) + AddSeat(at % _costs.Stride, profile, Math.Sign(factor));

    /// <summary>Adds the part of a shift that serves a group, without the seat of the person, which <see cref="AddSeat"/> adds once for all parts.</summary>
    /// <inheritdoc cref="Add"/>
    public double AddPart(int at, ReadOnlySpan<double> profile, double factor)
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

        if (BandAt(at) is var band and >= 0) _bands[band].Touch(at % _costs.Stride, profile.Length);
        return Vector256.Sum(delta) + (_costs.CountsSomebody ? AddPeople(at, profile, Math.Sign(factor) * 100, keeps: true) : 0);
    }

    /// <summary>Head-hours missing to what immediate work requires.</summary>
    public double MissingHours()
    {
        var missing = 0.0;
        for (var k = 0; k < Scheduled.Length; k++)
        {
            missing += Math.Max(0, _costs.Required[k] - Scheduled[k]);
        }

        return missing / Money.HeadHour;
    }

    /// <summary>Adds the seat of a person at work, or takes it away.</summary>
    /// <param name="interval">First interval of the profile.</param>
    /// <param name="profile">Minutes of work per interval, a multiple of four long.</param>
    /// <param name="sign">1 or −1.</param>
    /// <returns>The change of cost.</returns>
    public double AddSeat(int interval, ReadOnlySpan<double> profile, double sign) =>
        _costs.HasSeats ? AddSeats(interval, profile, sign * 100, keeps: true) : 0;

    /// <summary>Cost from scratch, the plain way.</summary>
    public CoverageScore Recount() => Count(_costs, _covered);

    /// <summary>Cost of what is covered, the plain way.</summary>
    public static CoverageScore Count(CoverageCosts costs, Covered covered)
    {
        var scheduled = covered.Scheduled;
        var (under, minimum, presence, over) = (0.0, 0.0, 0.0, 0.0);
        for (var k = 0; k < scheduled.Length; k++)
        {
            under += costs.Under[k] * Math.Max(0, costs.Required[k] - scheduled[k]);
            under += costs.DeepUnder[k] * Math.Max(0, costs.Deep[k] - scheduled[k]);
            var missed = Math.Max(0, costs.Minimum[k] - scheduled[k]) + Math.Max(0, costs.Presence[k] - covered.People[k]); // told in one or the other
            minimum += Math.Max(costs.MinimumUnder[k], costs.PresenceUnder[k]) * missed;
            presence += costs.MinimumPrice[k] * missed;
            over += costs.Over[k] * Math.Max(0, scheduled[k] - costs.Required[k]);
            over += costs.MaximumOver[k] * Math.Max(0, scheduled[k] - costs.Maximum[k]);
            over += costs.MostOver[k] * Math.Max(0, covered.People[k] - costs.Most[k]);
        }

        for (var k = 0; k < covered.Seated.Length; k++)
        {
            over += costs.SeatsOver[k] * Math.Max(0, covered.Seated[k] - costs.Seats[k]);
        }

        var bands = costs.Bands.Aggregate(default(BandScore), (sum, b) => sum + BandRun.Of(b, scheduled).Score);
        return new CoverageScore(under, minimum, over + bands.Over, bands.Late, bands.Undone) { MissedPresence = presence };
    }

    // The person of a shift in its group, and the change of cost.
    private double AddPeople(int at, ReadOnlySpan<double> profile, double person, bool keeps)
    {
        var delta = Vector256<double>.Zero;
        var group = at / _costs.Stride;
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; _costs.CountsPeople[group] && i < profile.Length; i += 4)
        {
            var k = (nuint)(at + i);
            var change = Vector256.LoadUnsafe(ref work, (nuint)i) * Vector256.Create(person);
            var before = Vector256.LoadUnsafe(ref _covered.People[0], k);
            delta += (Vector256.LoadUnsafe(ref _costs.PresenceUnder[0], k) * Gap(_costs.Presence, k, before, before + change))
                + (Vector256.LoadUnsafe(ref _costs.MostOver[0], k) * (change + Gap(_costs.Most, k, before, before + change)));
            if (keeps) (before + change).StoreUnsafe(ref _covered.People[0], k);
        }

        return Vector256.Sum(delta);
    }

    // The person in a seat.
    private double AddSeats(int interval, ReadOnlySpan<double> profile, double person, bool keeps)
    {
        var delta = Vector256<double>.Zero;
        ref var work = ref MemoryMarshal.GetReference(profile);
        for (var i = 0; i < profile.Length; i += 4)
        {
            var k = (nuint)(interval + i);
            var taken = Vector256.GreaterThan(Vector256.LoadUnsafe(ref work, (nuint)i), Vector256<double>.Zero);
            var change = Vector256.ConditionalSelect(taken, Vector256.Create(person * _costs.IntervalMinutes), Vector256<double>.Zero);
            var before = Vector256.LoadUnsafe(ref _covered.Seated[0], k);
            delta += Vector256.LoadUnsafe(ref _costs.SeatsOver[0], k) * (change + Gap(_costs.Seats, k, before, before + change));
            if (keeps) (before + change).StoreUnsafe(ref _covered.Seated[0], k);
        }

        return Vector256.Sum(delta);
    }

    private int BandAt(int at) => _bands.Length > 0 ? _costs.BandOf[at / _costs.Stride] : -1;

    private Vector256<double> Change(nuint k, Vector256<double> before, Vector256<double> change)
    {
        var after = before + change;
        var gap = Gap(_costs.Required, k, before, after);
        var delta = (Vector256.LoadUnsafe(ref _costs.Under[0], k) * gap) + (Vector256.LoadUnsafe(ref _costs.Over[0], k) * (change + gap));
        delta += Vector256.LoadUnsafe(ref _costs.DeepUnder[0], k) * Gap(_costs.Deep, k, before, after);
        if (_costs.HasMinimum) delta += Vector256.LoadUnsafe(ref _costs.MinimumUnder[0], k) * Gap(_costs.Minimum, k, before, after);
        if (_costs.HasMaximum) delta += Vector256.LoadUnsafe(ref _costs.MaximumOver[0], k) * (change + Gap(_costs.Maximum, k, before, after));
        return delta;
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
    /// <summary>What the objective asks for missed presence; <see cref="Minimum"/> is what the search does.</summary>
    public double MissedPresence { get; init; }

    public double Total => Under + Minimum + Over + Late + Undone;
}
