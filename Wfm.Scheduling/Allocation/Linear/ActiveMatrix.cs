namespace Wfm.Scheduling.Allocation.Linear;

/// <summary>What elimination has left of a basis: rows with their values, columns with the rows they stand in.</summary>
internal sealed class ActiveMatrix
{
    private readonly SparseRow[] _rows;
    private readonly List<int>[] _columns;
    private readonly bool[] _isRowDone;
    private readonly bool[] _isColumnDone;
    private readonly Stack<int> _singleColumns = new();
    private readonly Stack<int> _singleRows = new();
    private readonly int[] _places;
    private readonly List<int> _nucleus = [];

    public ActiveMatrix(int size, Func<int, (int[] Rows, double[] Values, int From, int To)> columns)
    {
        (_rows, _columns, _places) = (new SparseRow[size], new List<int>[size], new int[size]);
        (_isRowDone, _isColumnDone) = (new bool[size], new bool[size]);
        for (var i = 0; i < size; i++)
        {
            _rows[i] = new SparseRow();
        }

        for (var column = 0; column < size; column++)
        {
            var (index, values, from, to) = columns(column);
            _columns[column] = [];
            for (var i = from; i < to; i++)
            {
                _rows[index[i]].Add(column, values[i]);
                _columns[column].Add(index[i]);
            }
        }

        for (var i = size - 1; i >= 0; i--)
        {
            if (_columns[i].Count == 1) _singleColumns.Push(i);
            if (_rows[i].Count == 1) _singleRows.Push(i);
        }
    }

    /// <summary>The next pivot: columns, then rows, of one entry; then one of little fill.</summary>
    /// <returns>Row −1 when none is large enough.</returns>
    public (int Row, int Column) NextPivot(double threshold, int looks, double least)
    {
        while (_singleColumns.TryPop(out var column))
        {
            if (_isColumnDone[column] || _columns[column].Count != 1) continue;
            var row = _columns[column][0];
            if (Math.Abs(_rows[row].Of(column)) > least) return (row, column);
        }

        while (_singleRows.TryPop(out var row))
        {
            if (_isRowDone[row] || _rows[row].Count != 1 || Math.Abs(_rows[row].Value(0)) <= least) continue;
            var column = _rows[row].Column(0);
            return (row, column);
        }

        return OfLittleFill(threshold, looks, least);
    }

    /// <summary>Takes a pivot's row and column out and clears the column from the other rows.</summary>
    /// <returns>The pivot.</returns>
    public double Eliminate(int row, int column, EntryLists lower, EntryLists upper)
    {
        var source = _rows[row];
        var pivot = source.Of(column);
        lower.Begin();
        upper.Begin();
        (_isRowDone[row], _isColumnDone[column]) = (true, true);
        for (var i = 0; i < source.Count; i++)
        {
            var other = source.Column(i);
            if (other == column) continue;
            upper.Add(other, source.Value(i));
            Remove(_columns[other], row);
            if (_columns[other].Count == 1) _singleColumns.Push(other);
        }

        foreach (var target in _columns[column])
        {
            if (target == row) continue;
            var share = _rows[target].Take(column) / pivot;
            lower.Add(target, share);
            if (share != 0 && source.Count > 1) Subtract(target, share, source, column);
            if (_rows[target].Count == 1) _singleRows.Push(target);
        }

        return pivot;
    }

    private void Subtract(int target, double share, SparseRow source, int skipped)
    {
        var row = _rows[target];
        for (var i = 0; i < row.Count; i++)
        {
            _places[row.Column(i)] = i + 1;
        }

        var known = row.Count;
        for (var i = 0; i < source.Count; i++)
        {
            var column = source.Column(i);
            if (column == skipped) continue;
            if (_places[column] > 0)
            {
                row.Change(_places[column] - 1, -share * source.Value(i));
            }
            else
            {
                row.Add(column, -share * source.Value(i));
                _columns[column].Add(target);
            }
        }

        for (var i = 0; i < known; i++)
        {
            _places[row.Column(i)] = 0;
        }
    }

    private (int Row, int Column) OfLittleFill(double threshold, int looks, double least)
    {
        _nucleus.Clear();
        for (var column = 0; column < _columns.Length; column++)
        {
            if (!_isColumnDone[column] && _columns[column].Count > 0) Insert(column, looks);
        }

        var (best, at) = (long.MaxValue, (Row: -1, Column: -1));
        foreach (var column in _nucleus)
        {
            var largest = 0.0;
            foreach (var row in _columns[column])
            {
                largest = Math.Max(largest, Math.Abs(_rows[row].Of(column)));
            }

            if (largest <= least) continue;
            foreach (var row in _columns[column])
            {
                var fill = (long)(_rows[row].Count - 1) * (_columns[column].Count - 1);
                if (fill < best && Math.Abs(_rows[row].Of(column)) >= threshold * largest) (best, at) = (fill, (row, column));
            }
        }

        return at;
    }

    // Keeps the columns of fewest entries, the earlier of equals first.
    private void Insert(int column, int most)
    {
        var at = _nucleus.Count;
        while (at > 0 && _columns[_nucleus[at - 1]].Count > _columns[column].Count)
        {
            at--;
        }

        if (at == most) return;
        _nucleus.Insert(at, column);
        if (_nucleus.Count > most) _nucleus.RemoveAt(most);
    }

    private static void Remove(List<int> list, int value)
    {
        var at = list.IndexOf(value);
        list[at] = list[^1];
        list.RemoveAt(list.Count - 1);
    }

    private sealed class SparseRow
    {
        private int[] _columns = new int[4];
        private double[] _values = new double[4];

        public int Count { get; private set; }

        public int Column(int at) => _columns[at];

        public double Value(int at) => _values[at];

        public void Change(int at, double by) => _values[at] += by;

        public void Add(int column, double value)
        {
            if (Count == _columns.Length)
            {
                Array.Resize(ref _columns, Count * 2);
                Array.Resize(ref _values, Count * 2);
            }

            (_columns[Count], _values[Count]) = (column, value);
            Count++;
        }

        public double Of(int column) => Array.IndexOf(_columns, column, 0, Count) is var at and >= 0 ? _values[at] : 0;

        public double Take(int column)
        {
            var at = Array.IndexOf(_columns, column, 0, Count);
            var value = _values[at];
            Count--;
            (_columns[at], _values[at]) = (_columns[Count], _values[Count]);
            return value;
        }
    }
}
