namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>Time with the closed intervals cut out: boundary j of this axis is the end of the j-th open interval and the start of the next.</summary>
internal sealed class OpenAxis
{
    private readonly int[] _intervals;
    private readonly int[] _openBefore;

    public OpenAxis(bool[] open)
    {
        Horizon = open.Length;
        _intervals = [.. Enumerable.Range(0, open.Length).Where(i => open[i])];
        _openBefore = new int[open.Length + 1];
        for (var i = 0; i < open.Length; i++) _openBefore[i + 1] = _openBefore[i] + (open[i] ? 1 : 0);
    }

    /// <summary>Intervals of the horizon.</summary>
    public int Horizon { get; }

    /// <summary>Open intervals.</summary>
    public int Count => _intervals.Length;

    /// <summary>Open intervals before a boundary of the horizon.</summary>
    public int Before(int boundary) => _openBefore[boundary];

    /// <summary>Place in the horizon of the j-th open interval.</summary>
    public int Interval(int j) => _intervals[j];

    /// <summary>The first open interval at or after the given one, the horizon's length if there is none.</summary>
    public int NextOpen(int interval) => Before(interval) is var j && j < Count ? _intervals[j] : Horizon;

    /// <summary>The boundary of the horizon at which boundary j of this axis is reached by working.</summary>
    public int Boundary(int j) => j == 0 ? 0 : _intervals[j - 1] + 1;
}
