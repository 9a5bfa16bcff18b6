using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>The load that contacts put on the agents, interval by interval, when contacts last into later intervals. In erlangs.</summary>
/// <param name="Arriving">Volume × AHT ÷ interval: the load if every contact were handled in the interval of its arrival; 0 while closed.</param>
/// <param name="Mean">Contacts in hand, mean over the interval.</param>
/// <param name="AtEnd">Contacts in hand at the end of the interval.</param>
public sealed record OfferedLoad(double[] Arriving, double[] Mean, double[] AtEnd)
{
    /// <summary>The load to staff an interval for: the mean while it falls, its value at the end while it rises (“mix”).</summary>
    /// <param name="interval">Index of the interval.</param>
    /// <returns>Erlangs; 0 when nothing arrives and less than half a contact is still in hand: whoever holds it finishes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such interval.</exception>
    public double Staffed(int interval)
    {
        if (interval < 0 || interval >= Mean.Length) throw Guard.OutOfRange(nameof(interval), interval, $"there are intervals 0 to {Mean.Length - 1}");
        var load = Math.Max(Mean[interval], AtEnd[interval]);
        return Arriving[interval] == 0 && load < 0.5 ? 0 : load;
    }
}

/// <summary>Modified offered load: the mean number of busy agents if there were always enough of them, the M(t)/G/∞ queue.</summary>
/// <remarks>
/// Where load moves faster than contacts end, an interval is busy with contacts of the intervals before it, and its own go on into the next: the peak of
/// the load comes after the peak of the volume and is lower. Taking intervals as independent staffs the rise too early and the fall too late.
/// Exact for arrivals that are even within an interval, whatever the shape of the handle time; a contact keeps the handle time of its arrival.
/// The load before the horizon is that of its first interval, when that is open. While closed nothing arrives, and what is in hand runs out.
/// Sources: S. Eick, W. Massey, W. Whitt, “The physics of the Mt/G/∞ queue”, Operations Research 41 (1993), 731–742; O. Jennings, A. Mandelbaum,
/// W. Massey, W. Whitt, “Server staffing to meet time-varying demand”, Management Science 42 (1996), 1383–1394; for the choice within an interval
/// L. Green, P. Kolesar, J. Soares, “Improving the SIPP approach for staffing service systems that have cyclic demands”, Operations Research 49 (2001),
/// 549–564.
/// </remarks>
public static class ModifiedOfferedLoad
{
    /// <summary>The load of one volume path.</summary>
    /// <param name="volume">Contacts offered per interval, finite, 0 or more.</param>
    /// <param name="ahtSeconds">Average handle time of the contacts that arrive in the interval, in seconds, finite, more than 0.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="handleTime">Shape of the handle times; null for exponential, as in the Erlang formulas.</param>
    /// <param name="open">Per interval: whether contacts are answered; null for always. What arrives while closed is no load.</param>
    /// <returns>Erlangs per interval.</returns>
    /// <exception cref="ArgumentException">Arrays of unequal length, an empty horizon, or a value outside its range; the parameter's name carries the
    /// index.</exception>
    /// <remarks>O(n·k), k the intervals a contact may last.</remarks>
    public static OfferedLoad Over(double[] volume, double[] ahtSeconds, Duration interval, HandleTime? handleTime = null, bool[]? open = null)
    {
        Guard.EachNonNegative(Guard.Filled(volume, nameof(volume)), nameof(volume));
        Guard.EachPositive(Guard.OfLength(ahtSeconds, volume.Length, nameof(ahtSeconds)), nameof(ahtSeconds));
        Guard.Positive(interval);
        if (open is not null) Guard.OfLength(open, volume.Length, nameof(open));
        return new LoadSpread(handleTime ?? HandleTime.Exponential, interval.TotalSeconds).Of(volume, ahtSeconds, open, ChatConcurrency.None);
    }
}
