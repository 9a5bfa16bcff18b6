using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Scoring;

namespace Wfm.Scheduling.Solving;

/// <summary>Moves aimed at missing heads and late work: a shift over the gap, or while the late work waits, for somebody skilled, whose day it replaces or for
/// which another day is given up.</summary>
internal sealed class Targets
{
    private readonly CompiledProblem _compiled;
    private readonly RosterState _state;
    private readonly int[] _rowOf;

    public Targets(CompiledProblem compiled, RosterState state)
    {
        (_compiled, _state) = (compiled, state);
        _rowOf = compiled.Calendar.RowsOfIntervals();
    }

    public bool Propose(ref RosterRandom random)
    {
        if (!Draw(ref random, out var agent, out var row, out var cell)) return false;
        _state.Set(agent, row, cell);
        if (
            !_state.At(agent, row).IsWorking
            && random.Below(2) == 0
            && GapMoves.GivenUp(_compiled, ref random, _state.Days(agent), agent, row) is var other and >= 0)
        {
            _state.Set(agent, other, default);
        }

        return true;
    }

    /// <summary>Draws a shift over one of the deeper gaps, on its day or sometimes the one before, for somebody skilled.</summary>
    /// <returns>False when there is no gap, or nobody for it.</returns>
    public bool Draw(ref RosterRandom random, out int agent, out int row, out DayCell cell)
    {
        (agent, row, cell) = (-1, -1, default);
        var (group, interval) = Gap(ref random);
        if (group < 0) return false;
        var skilled = _compiled.Skills.Skilled[group];
        if (skilled.Length == 0) return false;
        agent = skilled[random.Below(skilled.Length)];
        row = Math.Max(_compiled.Calendar.Offset, _rowOf[interval] - (random.Below(4) == 0 ? 1 : 0));
        return GapMoves.Cover(_compiled, ref random, agent, row, group, interval, int.MinValue, out cell);
    }

    /// <summary>A block over one of the deeper gaps is lent to its group by somebody skilled who works on another then.</summary>
    public bool Regroup(ref RosterRandom random)
    {
        var (group, interval) = Gap(ref random);
        if (group < 0 || _compiled.Skills.Skilled[group] is not { Length: > 0 } skilled) return false;
        for (var look = 0; look < GapMoves.Looks; look++)
        {
            var agent = skilled[random.Below(skilled.Length)];
            var row = Math.Max(_compiled.Calendar.Offset, _rowOf[interval] - (random.Below(4) == 0 ? 1 : 0));
            if (!GapMoves.Lend(_compiled, ref random, agent, _state.At(agent, row), group, interval, out var cell)) continue;
            _state.Set(agent, row, cell);
            return true;
        }

        return false;
    }

    private (int Group, int Interval) Gap(ref RosterRandom random)
    {
        var (group, interval, deepest) = (-1, 0, 0.0);
        for (var look = 0; look < GapMoves.Looks; look++)
        {
            var (g, i) = (random.Below(_compiled.Costs.Groups), random.Below(_compiled.Costs.Intervals));
            var k = (g * _compiled.Costs.Stride) + i;
            var gap = (_compiled.Costs.Required[k] - _state.Coverage.Scheduled[k]) * _compiled.Costs.Under[k];
            if (gap > deepest) (group, interval, deepest) = (g, i, gap);
            if (_compiled.Costs.BandOf[g] is var band and >= 0 && Late(ref random, band, i, ref deepest) is var late and >= 0)
                (group, interval) = (_compiled.Costs.Bands[band].Group, late);
        }

        return (group, interval);
    }

    /// <summary>An interval in which work that is overdue at the end of another could have been done, when that is dearer than the deepest gap so
    /// far.</summary>
    private int Late(ref RosterRandom random, int index, int interval, ref double deepest)
    {
        var found = -1;
        var band = _compiled.Costs.Bands[index];
        var worked = _state.Coverage.Band(index).Worked;
        for (var k = 0; k < band.Classes; k++)
        {
            var at = band.At(k, interval);
            var late = band.Due[at] - worked[at];
            if (worked[at] == band.GivenUp[at])
                late += band.GivenUp[at] - (interval == 0 ? 0 : band.GivenUp[at - 1]); // at the wall: this may have been given up
            if (late * band.UndonePrice[k] <= deepest) continue;
            deepest = late * band.UndonePrice[k];
            var start = BandWindow.Start(band, worked, k, interval);
            found = start + random.Below(interval - start + 1);
        }

        return found;
    }
}
