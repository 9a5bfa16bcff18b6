using System.Runtime.InteropServices;
using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Constraints;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Explanation;

/// <summary>The most that one agent can reach of a goal within the rules, by exact search over the days.</summary>
/// <remarks>
/// Depth first, most promising shift first. A past is left when even the best shift on every day to come cannot beat what was found, when a rule is
/// broken (a cap that is broken stays broken, whatever follows), or when the same past stood there before. Where no rule asks for runs of days,
/// days that give nothing to the goal stay free: to free a day breaks no cap.
/// </remarks>
internal sealed class BestDays
{
    private const int MostSteps = 40_000;

    private readonly CompiledProblem _compiled;
    private readonly RosterGoal _goal;
    private readonly WorkBudget _budget;
    private readonly AgentChoices _choices;
    private readonly DayCell[] _days;
    private readonly int[] _rows;
    private readonly Option[][] _options;
    private readonly long[] _ahead;
    private readonly DayMemory _memory;
    private long _best = -1;
    private long _enough;
    private int _steps;
    private bool _gaveUp;

    public BestDays(CompiledProblem compiled, AgentChoices choices, RosterGoal goal, WorkBudget budget)
    {
        (_compiled, _choices, _goal, _budget) = (compiled, choices, goal, budget);
        _days = [.. choices.Cells];
        // Where no rule asks for runs of days, only days that can give to the goal are looked at.
        var free = Enumerable.Range(compiled.Calendar.Offset, compiled.Calendar.Days)
            .Where(r => !choices.Fixed[r] && (choices.Floors.Length > 0 || goal.Touches(compiled, r)))
            .Select(r => (Row: r, Options: Options(r))).Where(r => choices.Floors.Length > 0 || Array.Exists(r.Options, o => o.Worth > 0)).ToArray();
        (_rows, _options) = ([.. free.Select(f => f.Row)], [.. free.Select(f => f.Options)]);
        _ahead = new long[_rows.Length + 1];
        for (var i = _rows.Length - 1; i >= 0; i--)
        {
            _ahead[i] = _ahead[i + 1] + _options[i].Max(o => o.Worth);
        }

        _memory = new DayMemory(choices);
    }

    /// <summary>Searches until enough is reached or the most is known.</summary>
    /// <returns>The most that can be reached, or at least <paramref name="enough"/>; below 0 when the fixed days cannot be legal at all;
    /// <see langword="null"/> when the work limit came first.</returns>
    public long? Find(long enough)
    {
        _enough = enough;
        _budget.Spend(10 + (10 * _rows.Length)); // to list the shifts of a day costs about ten steps
        if (_choices.FixedDaysAreLegal()) Visit(0, _goal.Given(_compiled, _choices));
        return _gaveUp && _best < enough ? null : _best;
    }

    private void Visit(int index, long reached)
    {
        if (_best >= _enough || _gaveUp || reached + _ahead[index] <= _best) return;
        if (++_steps > MostSteps || !_budget.Spend(1))
        {
            _gaveUp = true;
            return;
        }

        if (index == _rows.Length)
        {
            if (Array.TrueForAll(_choices.Floors, r => r.Penalize(_days, _compiled.Calendar.Offset, _compiled.Calendar.End - 1) == 0))
                _best = Math.Max(_best, reached);
            return;
        }

        var row = _rows[index];
        if (_memory.Knows(_days, row, reached)) return;
        foreach (ref readonly var option in _options[index].AsSpan())
        {
            _days[row] = option.Cell;
            if (IsLegal(row)) Visit(index + 1, reached + option.Worth);
        }

        _days[row] = _choices.Place(row);
    }

    // Runs of days up to the row are judged as if the period ended there: a run that touches the end may go on.
    private bool IsLegal(int row)
    {
        if (_days[row].IsWorking && Array.Exists(_choices.Caps, r => r.Penalize(_days, row, row) > 0)) return false;
        return Array.TrueForAll(
            _choices.Floors,
            r => r is not (MinimumConsecutiveDays or MinimumConsecutiveDaysOff) || r.Penalize(_days.AsSpan(0, row + 1), row, row) == 0);
    }

    private Option[] Options(int row)
    {
        var kept = new List<Option>();
        var found = _choices.On(row).Select(c => new Option(c.Cell, _goal.Worth(_compiled, c.Cell.Variant, c.Group, c.Patterns)));
        foreach (var option in found.OrderByDescending(o => o.Worth).ThenBy(o => o.Cell.End - o.Cell.Start).ThenBy(o => o.Cell.Variant))
        {
            if (!kept.Exists(k => k.Serves(option))) kept.Add(option);
        }

        kept.Insert(kept.Exists(k => k.Worth > 0) ? kept.Count : 0, new Option(_choices.Place(row), 0));
        return [.. kept];
    }

    /// <summary>A shift on a day and what it gives to the goal.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Option(DayCell Cell, long Worth)
    {
        /// <summary>True when this is at least as good and no rule can mind it more: it lies inside the other, with the same work of the same kind.</summary>
        public bool Serves(in Option other) =>
            Worth >= other.Worth
            && Cell.Start >= other.Cell.Start
            && Cell.End <= other.Cell.End
            && Cell.Work == other.Cell.Work
            && Cell.Template == other.Cell.Template
            && (Cell.Exposure == 0 || (Cell.Group == other.Cell.Group && Cell.Exposure <= other.Cell.Exposure));
    }
}
