using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;

namespace Wfm.Scheduling.Solving;

/// <summary>Takes shifts away until every rule holds that taking shifts away can mend: the last word when a search was stopped early.</summary>
/// <remarks>Minimum hours may then be missed; they are reported, not forced. What pinned days and the shifts around the period break stays broken, but no
/// further.</remarks>
internal sealed class LegalRepair
{
    private readonly CompiledProblem _compiled;
    private readonly RosterState _state;
    private readonly DayCell[] _days;

    private LegalRepair(CompiledProblem compiled, RosterState state)
    {
        (_compiled, _state) = (compiled, state);
        _days = new DayCell[compiled.Calendar.Rows];
    }

    public static void Apply(CompiledProblem compiled, RosterState state)
    {
        var repair = new LegalRepair(compiled, state);
        for (var agent = 0; agent < compiled.Agents; agent++)
        {
            repair.Mend(agent);
        }

        state.Restore([.. state.Cells]);
    }

    private void Mend(int agent)
    {
        var inevitable = Breach(agent, _compiled.Start.Cells.AsSpan(agent * _compiled.Calendar.Rows, _compiled.Calendar.Rows));
        while (true)
        {
            var days = _state.Cells.AsSpan(agent * _compiled.Calendar.Rows, _compiled.Calendar.Rows);
            var breach = Breach(agent, days);
            if (breach <= inevitable) return;
            var (from, to) = Best(agent, days, breach);
            Free(agent, days, from, to);
        }
    }

    // The run of days whose loss mends most per shift lost; everything when no run of a week mends anything.
    private (int From, int To) Best(int agent, ReadOnlySpan<DayCell> days, long breach)
    {
        var (best, result) = (0.0, (_compiled.Calendar.Offset, _compiled.Calendar.End));
        for (var from = _compiled.Calendar.Offset; from < _compiled.Calendar.End; from++)
        {
            for (var to = from + 1; to <= Math.Min(_compiled.Calendar.End, from + 7); to++)
            {
                days.CopyTo(_days);
                var lost = Free(agent, _days, from, to);
                if (lost == 0) continue;
                var gain = (double)(breach - Breach(agent, _days)) / lost;
                if (gain > best) (best, result) = (gain, (from, to));
            }
        }

        return result;
    }

    private long Breach(int agent, ReadOnlySpan<DayCell> days)
    {
        long breach = 0;
        foreach (var rule in _compiled.Rules(agent).All)
        {
            if (rule is not MinimumPeriodHours) breach += rule.Penalize(days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1);
        }

        return breach;
    }

    private int Free(int agent, Span<DayCell> days, int from, int to)
    {
        var lost = 0;
        for (var row = from; row < to; row++)
        {
            if (!days[row].IsWorking || _compiled.Start.Pinned[(agent * _compiled.Calendar.Rows) + row]) continue;
            days[row] = _compiled.Start.Place((agent * _compiled.Calendar.Rows) + row);
            lost++;
        }

        return lost;
    }
}
