namespace Wfm.Scheduling.Compiled;

/// <summary>What leave makes of a local day of an agent, as <see cref="HoursDue"/> reckons it. It stays with the day whatever is rostered on it. Four
/// bytes.</summary>
internal readonly record struct DayLeave
{
    private readonly short _away; // minutes left out of averages, doubled, and one for a whole day

    /// <param name="credit">Minutes of paid leave.</param>
    /// <param name="isAway">Whether it is one of the days of the week.</param>
    /// <param name="neutral">Minutes left out of averages, at most 10,080.</param>
    public DayLeave(int credit, bool isAway, int neutral) => (Credit, _away) = ((short)credit, (short)((2 * neutral) + (isAway ? 1 : 0)));

    /// <summary>Minutes of paid leave: they count towards the contract's maximum as if they had been worked.</summary>
    public short Credit { get; }

    /// <summary>Paid leave takes all usual hours of a usual day, so that it counts as one of the days of the week.</summary>
    public bool IsAway => (_away & 1) == 1;

    /// <summary>Minutes of the 10,080 of its week that averages of working time leave out, because such leave takes a usual working day: that day's part of
    /// them.</summary>
    public int Neutral => _away >> 1;
}
