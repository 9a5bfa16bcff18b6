using Wfm.Api.Telemetry;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Pipeline;

/// <summary>Counts the moves of one search for the metrics while it runs.</summary>
/// <param name="next">Told the same; null for nobody.</param>
internal sealed class CountedMoves(IProgress<SolveProgress>? next) : IProgress<SolveProgress>
{
    private long _counted;

    public void Report(SolveProgress value)
    {
        Count(value.Moves);
        next?.Report(value);
    }

    /// <summary>The search has ended.</summary>
    /// <param name="moves">All its moves.</param>
    public void Count(long moves) => WfmMetrics.RosterMoves.Add(Math.Max(0, moves - Interlocked.Exchange(ref _counted, moves)));
}
