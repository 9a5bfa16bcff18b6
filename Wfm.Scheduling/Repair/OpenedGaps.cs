using Wfm.Scheduling.Scoring;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>Where the change leaves more heads missing than were missing before it.</summary>
internal sealed class OpenedGaps
{
    private readonly CompiledProblem _compiled;
    private readonly double[] _opened;
    private readonly List<(int Group, int Interval)> _places = [];
    private readonly int[] _rowOf;

    /// <param name="compiled">The problem with the coverage that the repair aims at.</param>
    /// <param name="published">Scheduled units of the published roster, group × stride + interval: what deferrable work counted on.</param>
    /// <param name="unrepaired">Scheduled units after taking away what cannot stay, group × stride + interval.</param>
    public OpenedGaps(CompiledProblem compiled, double[] published, double[] unrepaired)
    {
        _compiled = compiled;
        _opened = new double[unrepaired.Length];
        for (var group = 0; group < compiled.Costs.Groups; group++)
        {
            var (head, hasBand) = (CoverageCosts.HeadUnits(compiled.Problem.Demand[group], compiled.Calendar), compiled.Problem.Demand[group].Band is not null);
            for (var i = 0; i < compiled.Costs.Intervals; i++)
            {
                var at = (group * compiled.Costs.Stride) + i;
                var wanted = hasBand ? Math.Max(compiled.Costs.Required[at], published[at]) : compiled.Costs.Required[at];
                if (wanted <= unrepaired[at]) continue;
                _opened[at] = (wanted - unrepaired[at]) / head;
                _places.Add((group, i));
            }
        }

        _rowOf = compiled.Calendar.RowsOfIntervals();
    }

    public int Count => _places.Count;

    public (int Group, int Interval) this[int index] => _places[index];

    /// <summary>The row on which an interval begins.</summary>
    public int Row(int interval) => _rowOf[interval];

    /// <summary>Head-hours of a group that the change left missing while a shift lasts.</summary>
    public double HeadHours(int group, int start, int end)
    {
        var (minutes, sum) = (_compiled.Calendar.IntervalMinutes, 0.0);
        for (var i = Math.Max(0, start / minutes); i < _compiled.Costs.Intervals && i * minutes < end; i++)
        {
            sum += Math.Min(1, _opened[(group * _compiled.Costs.Stride) + i]) * (Math.Min(end, (i + 1) * minutes) - Math.Max(start, i * minutes)) / 60.0;
        }

        return sum;
    }
}
