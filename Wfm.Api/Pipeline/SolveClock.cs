using System.Diagnostics;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Pipeline;

/// <summary>The clock that the limits of a search need when there is a time limit.</summary>
public static class SolveClock
{
    /// <summary>The same limits with their time running from now on.</summary>
    public static SolveLimits Started(this SolveLimits limits)
    {
        var start = Stopwatch.GetTimestamp();
        return limits with { Elapsed = () => Stopwatch.GetElapsedTime(start).TotalSeconds };
    }
}
