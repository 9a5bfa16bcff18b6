using System.Globalization;
using Wfm.Api.Jobs;
using Wfm.Scheduling.Solving;

namespace Wfm.Api.Features.Rosters;

/// <summary>What a search says, on its job.</summary>
/// <param name="from">Progress of the job when the search begins.</param>
/// <param name="share">Progress of the job that the search makes.</param>
internal sealed class SearchSteps(JobProgress progress, SolveLimits limits, double from, double share) : IProgress<SolveProgress>
{
    public void Report(SolveProgress value)
    {
        var missing = value.MissingHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $", {hours:N0} head-hours missing") : "";
        progress.Report(
            from + (share * Math.Min(1, (double)value.Moves / Math.Max(1, limits.MaximumMoves))),
            string.Create(CultureInfo.InvariantCulture, $"searched {value.Moves:N0} moves{missing}"));
    }
}
