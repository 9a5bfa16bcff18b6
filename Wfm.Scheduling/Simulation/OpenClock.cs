namespace Wfm.Scheduling.Simulation;

/// <summary>A turnaround clock that may stop while closed. Before and after the horizon it runs.</summary>
internal sealed class OpenClock
{
    private readonly double[]? _openBefore; // open seconds before each boundary of the horizon; null for a clock that never stops
    private readonly double _intervalSeconds;

    public OpenClock(bool[]? open, double intervalSeconds)
    {
        _intervalSeconds = intervalSeconds;
        if (open is null) return;
        _openBefore = new double[open.Length + 1];
        for (var i = 0; i < open.Length; i++) _openBefore[i + 1] = _openBefore[i] + (open[i] ? intervalSeconds : 0);
    }

    /// <summary>The first moment at which the clock has run for the turnaround.</summary>
    public double Due(double arrival, double turnaround)
    {
        if (_openBefore is null) return arrival + turnaround;
        var clock = ClockAt(arrival) + turnaround;
        if (clock <= 0) return clock;
        if (clock > _openBefore[^1]) return (_openBefore.Length - 1) * _intervalSeconds + clock - _openBefore[^1];
        var (low, high) = (0, _openBefore.Length - 1); // openBefore[low] < clock ≤ openBefore[high]
        while (high - low > 1)
        {
            var middle = (low + high) >> 1;
            if (_openBefore[middle] < clock) low = middle;
            else high = middle;
        }
        return low * _intervalSeconds + clock - _openBefore[low];
    }

    private double ClockAt(double time)
    {
        if (time <= 0) return time;
        var interval = (int)(time / _intervalSeconds);
        if (interval >= _openBefore!.Length - 1) return _openBefore[^1] + time - (_openBefore.Length - 1) * _intervalSeconds;
        var open = _openBefore[interval + 1] > _openBefore[interval];
        return _openBefore[interval] + (open ? time - interval * _intervalSeconds : 0);
    }
}
