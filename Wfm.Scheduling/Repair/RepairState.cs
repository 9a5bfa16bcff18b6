using Wfm.Scheduling.Compiled;
using Wfm.Scheduling.Solving;

namespace Wfm.Scheduling.Repair;

/// <summary>A roster under repair: the state of the search, its distance from the published roster, the days that differ, and the best so far.</summary>
internal sealed class RepairState
{
    /// <summary>People in one move.</summary>
    private const int MostPeople = 2;

    private readonly RosterState _state;
    private readonly Closeness _closeness;
    private readonly int _rows;
    private readonly int[] _differing;
    private readonly int[] _placeOf;
    private readonly DayCell[] _best;
    private readonly int[] _dirty = new int[4096];
    private readonly (int Agent, int Days)[] _people = new (int, int)[MostPeople];
    private int _differingCount;
    private int _dirtyCount;
    private int _peopleCount;
    private double _change;

    public RepairState(CompiledProblem compiled, RosterState state, Closeness closeness)
    {
        (_state, _closeness, _rows) = (state, closeness, compiled.Calendar.Rows);
        _differing = new int[state.Cells.Length];
        _placeOf = new int[state.Cells.Length];
        closeness.Recount(state.Cells);
        for (var at = 0; at < state.Cells.Length; at++)
        {
            Place(at);
        }

        _best = [.. state.Cells];
        (BestIllegal, BestCost) = (state.Illegal, Cost);
    }

    public double Cost => _state.Cost + _closeness.Total;

    public double BestCost { get; private set; }

    public double BestIllegal { get; private set; }

    /// <summary>Days that differ from the published roster, as agent × rows + row.</summary>
    public ReadOnlySpan<int> Differing => _differing.AsSpan(0, _differingCount);

    public ref readonly DayCell At(int agent, int row) => ref _state.At(agent, row);

    public ReadOnlySpan<DayCell> Days(int agent) => _state.Days(agent);

    public double Scheduled(int at) => _state.Coverage.Scheduled[at];

    public void Begin()
    {
        _state.Begin();
        (_change, _peopleCount) = (0, 0);
    }

    /// <summary>Adds a day to the move; the days of an agent must follow one another, each once.</summary>
    public void Set(int agent, int row, in DayCell cell)
    {
        ref readonly var was = ref _state.At(agent, row);
        _change += _closeness.Of(agent, row, cell) - _closeness.Of(agent, row, was);
        if (_peopleCount == 0 || _people[_peopleCount - 1].Agent != agent) _people[_peopleCount++] = (agent, 0);
        _people[_peopleCount - 1].Days += (_closeness.Differs(agent, row, cell) ? 1 : 0) - (_closeness.Differs(agent, row, was) ? 1 : 0);
        _state.Set(agent, row, cell);
    }

    /// <summary>Applies the move when it keeps every cap and neither roster nor distance make it cost more than the threshold.</summary>
    public bool Try(double threshold)
    {
        var change = _change;
        for (var i = 0; i < _peopleCount; i++)
        {
            change += _closeness.PersonChange(_people[i].Agent, _people[i].Days);
        }

        if (!_state.Try(threshold - change)) return false;
        _closeness.Accept(change);
        for (var i = 0; i < _peopleCount; i++)
        {
            _closeness.AcceptDays(_people[i].Agent, _people[i].Days);
        }

        foreach (ref readonly var applied in _state.Applied)
        {
            var at = (applied.Agent * _rows) + applied.Row;
            Place(at);
            if (_dirtyCount < _dirty.Length) _dirty[_dirtyCount] = at;
            _dirtyCount++;
        }

        if (_state.Illegal < BestIllegal || (_state.Illegal == BestIllegal && Cost < BestCost)) Save();
        return true;
    }

    /// <summary>What is needed and missing: the price of broken rules, and the cost of missing heads, of late work and of hours due to an agent.</summary>
    public (double Illegal, double Cost) Needs(int agent)
    {
        var coverage = _state.Coverage.Recount();
        return (_state.Illegal, coverage.Under + coverage.Minimum + coverage.Late + coverage.Undone + _state.Score(agent).Missing);
    }

    /// <summary>Goes back to the best roster so far.</summary>
    public void RestoreBest()
    {
        _state.Restore(_best);
        _closeness.Recount(_best);
        _differingCount = 0;
        Array.Clear(_placeOf);
        for (var at = 0; at < _best.Length; at++)
        {
            Place(at);
        }

        _dirtyCount = 0;
    }

    // Keeps the list of differing days: places count from 1, 0 is not in it.
    private void Place(int at)
    {
        var differs = _closeness.Differs(at / _rows, at % _rows, _state.Cells[at]);
        if (differs == _placeOf[at] > 0) return;
        if (differs)
        {
            _differing[_differingCount++] = at;
            _placeOf[at] = _differingCount;
            return;
        }

        var last = _differing[--_differingCount];
        _differing[_placeOf[at] - 1] = last;
        _placeOf[last] = _placeOf[at];
        _placeOf[at] = 0;
    }

    private void Save()
    {
        (BestIllegal, BestCost) = (_state.Illegal, Cost);
        if (_dirtyCount > _dirty.Length) _state.Cells.CopyTo(_best, 0);
        else
        {
            for (var i = 0; i < _dirtyCount; i++)
            {
                _best[_dirty[i]] = _state.Cells[_dirty[i]];
            }
        }

        _dirtyCount = 0;
    }
}
