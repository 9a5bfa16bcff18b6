namespace Wfm.Scheduling.Solving.Columns;

/// <summary>A linear programme that grows by columns: least cost, equality rows, variables from 0 to a bound.</summary>
/// <remarks>
/// Simplex for bounded variables with an explicit inverse of the basis (Dantzig 1963; Chvátal 1983, ch. 8). A solve starts from the basis of the
/// last: new columns cost a few primal pivots, columns kept out a few dual ones (Lemke 1954). The right-hand side, and in the dual the costs, are
/// shifted a little against degeneracy (Charnes 1952); the multipliers given out do not feel that.
/// </remarks>
internal sealed class Simplex
{
    private const double Tiny = 1e-9;
    private const double Slack = 1e-7;
    private const double Breach = 1e-6; // of a bound, that a dual pivot is to mend
    private const double Nudge = 1e-2;
    private const double DualNudge = 1e-4;
    private const double Wrong = 1e-6; // of a row or a reduced cost, from where on the inverse is made anew
    private const int CheckEvery = 50;

    private readonly int _rows;
    private readonly double[] _right;
    private readonly double[] _shifted;
    private readonly double[] _inverse; // column after column
    private readonly double[] _values;
    private readonly double[] _duals;
    private readonly double[] _direction;
    private readonly double[] _pivotRow;
    private readonly double[] _rowWeights;
    private readonly int[] _basic;
    private readonly double _tolerance;

    private int[] _starts = new int[64];
    private int[] _index = new int[512];
    private double[] _entries = new double[512];
    private double[] _costs = new double[64];
    private double[] _bounds = new double[64];
    private double[] _reduced = new double[64];
    private double[] _weights = new double[64];
    private double[] _shares = new double[64];
    private Place[] _places = new Place[64];
    private Basis? _remembered;
    private int _sinceCheck;
    private long _multiplications;

    /// <param name="right">Right-hand side.</param>
    /// <param name="scale">Size of a typical cost: reduced costs below a billionth of it count as none.</param>
    public Simplex(double[] right, double scale)
    {
        _rows = right.Length;
        (_right, _shifted) = (right, [.. right]);
        _inverse = new double[_rows * _rows];
        (_values, _duals, _direction, _pivotRow, _basic) = (new double[_rows], new double[_rows], new double[_rows], new double[_rows], new int[_rows]);
        _rowWeights = new double[_rows];
        _tolerance = scale * Tiny;
    }

    /// <summary>A copy that goes its own way.</summary>
    public Simplex(Simplex other)
    {
        _rows = other._rows;
        (_right, _shifted, _inverse, _values, _duals) = (other._right, [.. other._shifted], [.. other._inverse], [.. other._values], [.. other._duals]);
        (_direction, _pivotRow, _basic) = (new double[_rows], new double[_rows], [.. other._basic]);
        (_tolerance, Columns) = (other._tolerance, other.Columns);
        (_starts, _index, _entries) = ([.. other._starts], [.. other._index], [.. other._entries]);
        (_costs, _bounds, _reduced, _weights, _places) = ([.. other._costs], [.. other._bounds], [.. other._reduced], [.. other._weights], [.. other._places]);
        (_shares, _rowWeights) = (new double[_starts.Length], new double[_rows]);
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
    public long Work => _multiplications / 1000;

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
        ShiftRight();
    }

    /// <summary>Keeps a column without bound out of the programme, or lets it in again; a solve mends what that breaks.</summary>
    /// <returns>Whether that changed anything.</returns>
    public bool Bar(int column, bool isOut)
    {
        var bound = isOut ? 0 : double.PositiveInfinity;
        if (_bounds[column].Equals(bound)) return false;
        _bounds[column] = bound;
        if (_places[column] != Place.Basic) _places[column] = isOut ? Place.Out : Place.AtZero;
        return true;
    }

    /// <summary>Remembers the basis and what is barred.</summary>
    public void Remember()
    {
        _remembered ??= new Basis(_rows);
        _inverse.CopyTo(_remembered.Inverse, 0);
        _values.CopyTo(_remembered.Values, 0);
        _shifted.CopyTo(_remembered.Shifted, 0);
        _duals.CopyTo(_remembered.Duals, 0);
        _basic.CopyTo(_remembered.Basic, 0);
        (_remembered.Places, _remembered.Bounds) = ([.. _places], [.. _bounds]);
    }

    /// <summary>Goes back to what was remembered; no column may have been added since.</summary>
    public void Recall()
    {
        var basis = _remembered!;
        basis.Inverse.CopyTo(_inverse, 0);
        basis.Values.CopyTo(_values, 0);
        basis.Shifted.CopyTo(_shifted, 0);
        basis.Duals.CopyTo(_duals, 0);
        basis.Basic.CopyTo(_basic, 0);
        basis.Places.CopyTo(_places, 0);
        basis.Bounds.CopyTo(_bounds, 0);
    }

    /// <summary>Column and value of each row's basic variable; the shift of the right-hand side is in the values.</summary>
    public (int Column, double Value) Basic(int row) => (_basic[row], _values[row]);

    /// <summary>Solves from the present basis.</summary>
    /// <param name="most">Most pivots.</param>
    /// <returns>Whether the optimum was reached.</returns>
    public bool Solve(int most)
    {
        Price();
        var pivot = Mend(most);
        Array.Fill(_weights, 1);
        for (; pivot < most; pivot++)
        {
            var column = Entering();
            if (column < 0)
            {
                Price(); // what the updates have lost
                column = Entering();
                if (column < 0) return true;
            }

            Enter(column);
            if (++_sinceCheck >= CheckEvery) Check(withPrices: true);
        }

        Price();
        return false;
    }

    /// <summary>What a column would still save, by the present multipliers: below zero when it is worth having.</summary>
    public double Reduced(int column) =>
        Reduced(_costs[column], _index.AsSpan(_starts[column].._starts[column + 1]), _entries.AsSpan(_starts[column].._starts[column + 1]));

    /// <summary>Reduced cost of a column that need not be in the programme.</summary>
    public double Reduced(double cost, ReadOnlySpan<int> rows, ReadOnlySpan<double> entries) => cost - Product(_duals, rows, entries);

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

    // Dual pivots until no basic variable is beyond its bounds; how many it took.
    private int Mend(int most)
    {
        Array.Fill(_rowWeights, 1);
        if (Worst() < 0) return 0;
        _right.CopyTo(_shifted, 0);
        Refresh();
        Perturb();
        var pivot = 0;
        for (; pivot < most && Worst() is var row and >= 0 && Replacing(row) is var column and >= 0; pivot++)
        {
            Direct(column);
            Weigh(row);
            var leaving = _basic[row];
            var isAbove = _values[row] > 0;
            var step = (_values[row] - (isAbove ? _bounds[leaving] : 0)) / _direction[row];
            var price = _reduced[column] / _direction[row];
            Exchange(row, column, step, _bounds[leaving] == 0 ? Place.Out : isAbove ? Place.AtBound : Place.AtZero);
            for (var j = 0; j < Columns; j++)
            {
                if (_places[j] < Place.Basic) _reduced[j] -= price * _shares[j];
            }

            (_reduced[column], _reduced[leaving]) = (0, -price);
            if (++_sinceCheck >= CheckEvery && Check(withPrices: false)) Perturb();
        }

        Price();
        ShiftRight();
        return pivot;
    }

    // Lifts the basic variables off their bounds, each by another amount, and the right-hand side with them.
    private void ShiftRight()
    {
        for (var row = 0; row < _rows; row++)
        {
            var lifted = Math.Max(0, _values[row]) + (Nudge * (1 + (row * 7919L % 104729 / 104729.0)));
            if (lifted <= _bounds[_basic[row]]) _values[row] = lifted;
        }

        Array.Clear(_shifted);
        for (var row = 0; row < _rows; row++)
        {
            AddTo(_shifted, _basic[row], _values[row]);
        }

        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.AtBound) AddTo(_shifted, j, _bounds[j]);
        }
    }

    private void AddTo(double[] right, int column, double value)
    {
        for (var i = _starts[column]; i < _starts[column + 1]; i++)
        {
            right[_index[i]] += value * _entries[i];
        }
    }

    // Makes every reduced cost a little worse than none, each by another amount, so that no two columns are alike.
    private void Perturb()
    {
        for (var j = 0; j < Columns; j++)
        {
            var extra = _tolerance / Tiny * DualNudge * (0.1 + (j * 7919L % 104729 / 104729.0));
            if (_places[j] == Place.AtZero) _reduced[j] = Math.Max(0, _reduced[j]) + extra;
            else if (_places[j] == Place.AtBound) _reduced[j] = Math.Min(0, _reduced[j]) - extra;
        }
    }

    // Reference weights of the rows (Forrest and Goldfarb 1992).
    private void Weigh(int row)
    {
        var share = _rowWeights[row] / (_direction[row] * _direction[row]);
        for (var i = 0; i < _rows; i++)
        {
            _rowWeights[i] = Math.Max(_rowWeights[i], share * _direction[i] * _direction[i]);
        }

        _rowWeights[row] = Math.Max(1, share);
    }

    // The row whose basic variable is furthest beyond a bound.
    private int Worst()
    {
        var (worst, at) = (0.0, -1);
        for (var row = 0; row < _rows; row++)
        {
            var breach = Math.Max(-_values[row], _values[row] - _bounds[_basic[row]]);
            if (breach > Breach && breach * breach > worst * _rowWeights[row]) (worst, at) = (breach * breach / _rowWeights[row], row);
        }

        return at;
    }

    // The column that takes the place of a variable that goes to its bound: the reduced costs keep their signs, and of those that do the largest pivot.
    private int Replacing(int row)
    {
        var isAbove = _values[row] > 0;
        for (var k = 0; k < _rows; k++)
        {
            _pivotRow[k] = _inverse[(k * _rows) + row];
        }

        var longest = double.PositiveInfinity;
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] >= Place.Basic) continue;
            _shares[j] = Share(j);
            var rate = isAbove == (_places[j] == Place.AtZero) ? _shares[j] : -_shares[j];
            if (rate > Slack) longest = Math.Min(longest, (Debt(j) + _tolerance) / rate);
        }

        _multiplications += _starts[Columns];
        var (best, column) = (0.0, -1);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] >= Place.Basic) continue;
            var rate = isAbove == (_places[j] == Place.AtZero) ? _shares[j] : -_shares[j];
            if (rate > Math.Max(Slack, best) && Debt(j) / rate <= longest) (best, column) = (rate, j);
        }

        return column;
    }

    // How much a column outside the basis costs too much to be in it.
    private double Debt(int column) => Math.Max(0, _places[column] == Place.AtZero ? _reduced[column] : -_reduced[column]);

    private double Share(int column) =>
        Product(_pivotRow, _index.AsSpan(_starts[column].._starts[column + 1]), _entries.AsSpan(_starts[column].._starts[column + 1]));

    // Four sums side by side, because one would wait for itself.
    private static double Product(double[] row, ReadOnlySpan<int> index, ReadOnlySpan<double> entries)
    {
        var (a, b, c, d, i) = (0.0, 0.0, 0.0, 0.0, 0);
        for (; i + 4 <= index.Length && i + 4 <= entries.Length; i += 4)
        {
            a += row[index[i]] * entries[i];
            b += row[index[i + 1]] * entries[i + 1];
            c += row[index[i + 2]] * entries[i + 2];
            d += row[index[i + 3]] * entries[i + 3];
        }

        for (; i < index.Length; i++)
        {
            a += row[index[i]] * entries[i];
        }

        return a + b + (c + d);
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
        Exchange(row, column, sign * step, sign * _direction[row] > 0 ? Place.AtZero : Place.AtBound);
        Reprice(column, leaving, 1 / _direction[row]);
    }

    // Moves a column along the direction until a basic variable is at its bound, and lets the two change places.
    private void Exchange(int row, int column, double step, Place place)
    {
        var entering = (_places[column] == Place.AtZero ? 0 : _bounds[column]) + step;
        Shift(step);
        _places[_basic[row]] = place;
        (_basic[row], _values[row], _places[column]) = (column, entering, Place.Basic);
        Update(row, column);
    }

    // Reduced costs and weights after a pivot, along its row of the inverse.
    private void Reprice(int entering, int leaving, double inversePivot)
    {
        var (reduced, weight) = (_reduced[entering], _weights[entering]);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] >= Place.Basic) continue;
            var share = Share(j);
            _reduced[j] -= reduced * share;
            _weights[j] = Math.Max(_weights[j], weight * share * share);
        }

        _reduced[entering] = 0;
        _reduced[leaving] = -reduced * inversePivot;
        _weights[leaving] = Math.Max(1, weight * inversePivot * inversePivot);
        _multiplications += _starts[Columns];
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
            _multiplications += _rows;
        }

    }

    // The inverse is made anew when the values no longer fit the rows, or the multipliers the basic columns; whether it was.
    private bool Check(bool withPrices)
    {
        _sinceCheck = 0;
        var right = Remaining();
        var wrong = 0.0;
        for (var row = 0; row < _rows; row++)
        {
            AddTo(right, _basic[row], -_values[row]);
            if (withPrices) wrong = Math.Max(wrong, Math.Abs(Reduced(_basic[row])) * Tiny / _tolerance);
        }

        foreach (var rest in right)
        {
            wrong = Math.Max(wrong, Math.Abs(rest));
        }

        if (wrong <= Wrong) return false;
        Invert();
        return true;
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

    // What the columns at their bounds leave of the right-hand side.
    private double[] Remaining()
    {
        var right = (double[])_shifted.Clone();
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.AtBound) AddTo(right, j, -_bounds[j]);
        }

        return right;
    }

    // Values anew from the inverse.
    private void Refresh()
    {
        var right = Remaining();
        Array.Clear(_values);
        for (var k = 0; k < _rows; k++)
        {
            VectorSums.AddTo(_values, right[k], _inverse.AsSpan(k * _rows, _rows));
        }

        _sinceCheck = 0;
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
        _multiplications += (long)n * n * n;
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
            Array.Resize(ref _shares, _starts.Length);
            Array.Resize(ref _places, _starts.Length);
        }

        if (entries <= _index.Length) return;
        Array.Resize(ref _index, Math.Max(entries, _index.Length * 2));
        Array.Resize(ref _entries, _index.Length);
    }

    private sealed class Basis(int rows)
    {
        public double[] Inverse { get; } = new double[rows * rows];

        public double[] Values { get; } = new double[rows];

        public double[] Shifted { get; } = new double[rows];

        public double[] Duals { get; } = new double[rows];

        public int[] Basic { get; } = new int[rows];

        public Place[] Places { get; set; } = [];

        public double[] Bounds { get; set; } = [];
    }
}
