using Wfm.Scheduling.Compiled;

namespace Wfm.Scheduling.Solving;

/// <summary>The best roster so far. Only the days changed since it was last saved are copied, because improvements come in thousands.</summary>
internal sealed class BestRoster
{
    private readonly RosterState _state;
    private readonly int[] _dirty = new int[4096];
    private readonly int _rows;
    private int _count;

    public BestRoster(RosterState state, int rows)
    {
        (_state, _rows) = (state, rows);
        Cells = [.. state.Cells];
        (Cost, Illegal) = (state.Cost, state.Illegal);
    }

    public DayCell[] Cells { get; }

    public double Cost { get; private set; }

    /// <summary>Part of it that is the price of broken rules; less of that is better whatever it costs.</summary>
    public double Illegal { get; private set; }

    /// <summary>Notes the move just applied and saves the roster when it is the best.</summary>
    public void Note()
    {
        foreach (ref readonly var change in _state.Applied)
        {
            if (_count < _dirty.Length) _dirty[_count] = (change.Agent * _rows) + change.Row;
            _count++;
        }

        SaveIfBest();
    }

    /// <summary>Saves the roster when it is the best after any number of moves.</summary>
    public void NoteAll()
    {
        _count = _dirty.Length + 1;
        SaveIfBest();
    }

    private void SaveIfBest()
    {
        if (_state.Illegal < Illegal || (_state.Illegal == Illegal && _state.Cost < Cost)) Save();
    }

    private void Save()
    {
        (Cost, Illegal) = (_state.Cost, _state.Illegal);
        if (_count > _dirty.Length)
        {
            _state.Cells.CopyTo(Cells, 0);
        }
        else
        {
            for (var i = 0; i < _count; i++)
            {
                Cells[_dirty[i]] = _state.Cells[_dirty[i]];
            }
        }

        _count = 0;
    }
}
