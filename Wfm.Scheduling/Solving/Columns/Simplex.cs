namespace Wfm.Scheduling.Solving.Columns;

/// <summary>A linear programme that grows by columns: least cost, equality rows, variables from 0 to a bound.</summary>
/// <remarks>
/// Primal simplex for bounded variables with an explicit inverse of the basis (Dantzig 1963; Chvátal 1983, ch. 8). A solve starts from the basis of
/// the last, so that a few new columns cost a few pivots. The right-hand side is shifted by tiny amounts against degeneracy (Charnes 1952); the
/// multipliers do not feel that.
/// </remarks>
internal sealed class Simplex
{
    private const double Tiny = 1e-9;
    private const double Slack = 1e-7;
    private const double Nudge = 1e-3;
    private const int RefreshEvery = 400;

    private readonly int _rows;
    private readonly double[] _shifted;
    private readonly double[] _inverse; // column after column
    private readonly double[] _values;
    private readonly double[] _duals;
    private readonly double[] _direction;
    private readonly double[] _pivotRow;
    private readonly int[] _basic;
    private readonly double _tolerance;

    private int[] _starts = new int[64];
    private int[] _index = new int[512];
    private double[] _entries = new double[512];
    private double[] _costs = new double[64];
    private double[] _bounds = new double[64];
    private double[] _reduced = new double[64];
    private double[] _weights = new double[64];
    private Place[] _places = new Place[64];
    private int _sinceRefresh;

    /// <param name="right">Right-hand side.</param>
    /// <param name="away">Direction in which each row is shifted, -1, 0 or 1: one that keeps the values of the first basis above zero.</param>
    /// <param name="scale">Size of a typical cost: reduced costs below a billionth of it count as none.</param>
    public Simplex(double[] right, double[] away, double scale)
    {
        _rows = right.Length;
        _shifted = [.. right.Select((b, i) => b + (Nudge * (1 + (i * 7919 % 104729 / 104729.0)) * away[i]))];
        _inverse = new double[_rows * _rows];
        (_values, _duals, _direction, _pivotRow, _basic) = (new double[_rows], new double[_rows], new double[_rows], new double[_rows], new int[_rows]);
        _tolerance = scale * Tiny;
    }

    private enum Place : byte
    {
        AtZero,
        AtBound,
        Basic,
        Out,
    }

    public int Columns { get; private set; }

    /// <summary>Multipliers of the rows after a solve.</summary>
    public double[] Duals => _duals;

    /// <summary>Arithmetic done, in units of a thousand multiplications.</summary>
    public long Work { get; private set; }

    /// <summary>Adds a column at zero.</summary>
    public int Add(double cost, double bound, ReadOnlySpan<int> rows, ReadOnlySpan<double> entries)
    {
        var (column, from) = (Columns, _starts[Columns]);
        Room(from + rows.Length);
        rows.CopyTo(_index.AsSpan(from));
        entries.CopyTo(_entries.AsSpan(from));
        (_costs[column], _bounds[column], _places[column], _starts[column + 1]) = (cost, bound, Place.AtZero, from + rows.Length);
        Columns++;
        return column;
    }

    /// <summary>Starts from a basis, one column per row, that leaves no value below zero.</summary>
    public void Start(int[] basis)
    {
        basis.CopyTo(_basic, 0);
        foreach (var column in basis)
        {
            _places[column] = Place.Basic;
        }

        Invert();
    }

    /// <summary>Changes the cost of a column; the next solve starts from the same basis.</summary>
    public void SetCost(int column, double cost) => _costs[column] = cost;

    /// <summary>Keeps a column that is at zero out of the programme, or lets it in again.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Bar(int column, bool isOut)
    {
        if (_places[column] != (isOut ? Place.AtZero : Place.Out)) return false;
        _places[column] = isOut ? Place.Out : Place.AtZero;
        return true;
    }

    /// <summary>Column and value of each row's basic variable.</summary>
    public (int Column, double Value) Basic(int row) => (_basic[row], _values[row]);

    /// <summary>Solves from the present basis.</summary>
    /// <param name="most">Most pivots.</param>
    /// <returns>Whether the optimum was reached.</returns>
    public bool Solve(int most)
    {
        Price();
        Array.Fill(_weights, 1);
        for (var pivot = 0; pivot < most; pivot++)
        {
            if (_sinceRefresh >= RefreshEvery) Invert();
            var column = Entering();
            if (column < 0)
            {
                Price(); // what the updates have lost
                column = Entering();
                if (column < 0) return true;
            }

            Enter(column);
        }

        Price();

        return false;
    }

    /// <summary>What a column would still save, by the present multipliers: below zero when it is worth having.</summary>
    public double Reduced(int column) => Reduced(_costs[column], _index.AsSpan(_starts[column].._starts[column + 1]), _entries.AsSpan(_starts[column].._starts[column + 1]));

    /// <summary>Reduced cost of a column that need not be in the programme.</summary>
    public double Reduced(double cost, ReadOnlySpan<int> rows, ReadOnlySpan<double> entries)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            cost -= _duals[rows[i]] * entries[i];
        }

        return cost;
    }

    /// <summary>Least cost for a right-hand side, by the multipliers.</summary>
    public double Objective(double[] right)
    {
        var total = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            total += _duals[row] * right[row];
        }

        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.AtBound) total += Reduced(j) * _bounds[j];
        }

        return total;
    }

    // The column that gains most for its length, by reference weights (Devex, Harris 1973).
    private int Entering()
    {
        var (best, column) = (0.0, -1);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] >= Place.Basic) continue;
            var gain = _places[j] == Place.AtZero ? -_reduced[j] : _reduced[j];
            if (gain <= _tolerance || gain * gain <= best * _weights[j]) continue;
            (best, column) = (gain * gain / _weights[j], j);
        }

        return column;
    }

    private void Enter(int column)
    {
        Direct(column);
        var sign = _places[column] == Place.AtZero ? 1.0 : -1.0;
        var (row, step) = Ratio(sign);
        if (_bounds[column] <= step)
        {
            Shift(sign * _bounds[column]);
            _places[column] = _places[column] == Place.AtZero ? Place.AtBound : Place.AtZero;
            return;
        }

        var leaving = _basic[row];
        var entering = (_places[column] == Place.AtZero ? 0 : _bounds[column]) + (sign * step);
        Shift(sign * step);
        _places[leaving] = sign * _direction[row] > 0 ? Place.AtZero : Place.AtBound;
        (_basic[row], _values[row], _places[column]) = (column, entering, Place.Basic);
        Update(row, column);
        Reprice(column, leaving, 1 / _direction[row]);
    }

    // Reduced costs and weights after a pivot, along its row of the inverse.
    private void Reprice(int entering, int leaving, double inversePivot)
    {
        var (reduced, weight) = (_reduced[entering], _weights[entering]);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] >= Place.Basic) continue;
            var share = 0.0;
            for (var i = _starts[j]; i < _starts[j + 1]; i++)
            {
                share += _pivotRow[_index[i]] * _entries[i];
            }

            _reduced[j] -= reduced * share;
            _weights[j] = Math.Max(_weights[j], weight * share * share);
        }

        _reduced[entering] = 0;
        _reduced[leaving] = -reduced * inversePivot;
        _weights[leaving] = Math.Max(1, weight * inversePivot * inversePivot);
        Work += _starts[Columns] / 1000;
    }

    // How far the basic variables move per unit of the column.
    private void Direct(int column)
    {
        Array.Clear(_direction);
        for (var i = _starts[column]; i < _starts[column + 1]; i++)
        {
            VectorSums.AddTo(_direction, _entries[i], _inverse.AsSpan(_index[i] * _rows, _rows));
        }
    }

    // Two passes (Harris 1973): the longest step that breaks no bound by more than the slack, then the largest pivot within it.
    private (int Row, double Step) Ratio(double sign)
    {
        var longest = double.PositiveInfinity;
        for (var row = 0; row < _rows; row++)
        {
            var rate = sign * _direction[row];
            if (rate > Slack) longest = Math.Min(longest, (_values[row] + Slack) / rate);
            else if (rate < -Slack && double.IsFinite(_bounds[_basic[row]])) longest = Math.Min(longest, (_bounds[_basic[row]] - _values[row] + Slack) / -rate);
        }

        var (best, at, step) = (0.0, -1, double.PositiveInfinity);
        for (var row = 0; row < _rows; row++)
        {
            var rate = sign * _direction[row];
            var room = rate > Slack ? _values[row] : rate < -Slack ? _bounds[_basic[row]] - _values[row] : double.PositiveInfinity;
            if (!(room / Math.Abs(rate) <= longest) || Math.Abs(rate) <= best) continue;
            (best, at, step) = (Math.Abs(rate), row, Math.Max(0, room / Math.Abs(rate)));
        }

        return (at, step);
    }

    private void Shift(double by) => VectorSums.AddTo(_values, -by, _direction);

    private void Update(int pivotRow, int entering)
    {
        var (pivot, reduced) = (_direction[pivotRow], _reduced[entering]);
        for (var k = 0; k < _rows; k++)
        {
            var column = _inverse.AsSpan(k * _rows, _rows);
            var share = column[pivotRow] / pivot;
            _pivotRow[k] = share;
            if (share == 0) continue;
            VectorSums.AddTo(column, -share, _direction);
            column[pivotRow] = share;
            _duals[k] += reduced * share;
            Work += _rows / 1000;
        }

        Work++;
        _sinceRefresh++;
    }

    private void Price()
    {
        for (var k = 0; k < _rows; k++)
        {
            var column = _inverse.AsSpan(k * _rows, _rows);
            var dual = 0.0;
            for (var row = 0; row < _rows; row++)
            {
                if (column[row] != 0) dual += _costs[_basic[row]] * column[row];
            }

            _duals[k] = dual;
        }

        for (var j = 0; j < Columns; j++)
        {
            _reduced[j] = Reduced(j);
        }
    }

    // Values anew from the inverse.
    private void Refresh()
    {
        var right = (double[])_shifted.Clone();
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] != Place.AtBound) continue;
            for (var i = _starts[j]; i < _starts[j + 1]; i++)
            {
                right[_index[i]] -= _bounds[j] * _entries[i];
            }
        }

        Array.Clear(_values);
        for (var k = 0; k < _rows; k++)
        {
            VectorSums.AddTo(_values, right[k], _inverse.AsSpan(k * _rows, _rows));
        }

        _sinceRefresh = 0;
    }

    // The inverse anew, by Gauss-Jordan with the largest pivot of each column.
    private void Invert()
    {
        var n = _rows;
        var matrix = new double[n][];
        for (var row = 0; row < n; row++)
        {
            matrix[row] = new double[2 * n];
            matrix[row][n + row] = 1;
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = _starts[_basic[k]]; i < _starts[_basic[k] + 1]; i++)
            {
                matrix[_index[i]][k] = _entries[i];
            }
        }

        for (var k = 0; k < n; k++)
        {
            var best = k;
            for (var row = k + 1; row < n; row++)
            {
                if (Math.Abs(matrix[row][k]) > Math.Abs(matrix[best][k])) best = row;
            }

            (matrix[k], matrix[best]) = (matrix[best], matrix[k]);
            var pivot = matrix[k].AsSpan(k);
            var first = pivot[0];
            for (var i = 0; i < pivot.Length; i++)
            {
                pivot[i] /= first;
            }

            for (var row = 0; row < n; row++)
            {
                if (row == k || matrix[row][k] == 0) continue;
                var other = matrix[row].AsSpan(k);
                VectorSums.AddTo(other, -other[0], pivot);
            }
        }

        for (var k = 0; k < n; k++)
        {
            for (var row = 0; row < n; row++)
            {
                _inverse[(k * n) + row] = matrix[row][n + k];
            }
        }

        Refresh();
        Price();
        Work += (long)n * n / 1000 * n;
    }

    private void Room(int entries)
    {
        if (Columns + 2 > _starts.Length)
        {
            Array.Resize(ref _starts, _starts.Length * 2);
            Array.Resize(ref _costs, _starts.Length);
            Array.Resize(ref _bounds, _starts.Length);
            Array.Resize(ref _reduced, _starts.Length);
            Array.Resize(ref _weights, _starts.Length);
            Array.Resize(ref _places, _starts.Length);
        }

        if (entries <= _index.Length) return;
        Array.Resize(ref _index, Math.Max(entries, _index.Length * 2));
        Array.Resize(ref _entries, _index.Length);
    }
}
