namespace Wfm.Scheduling.Allocation.Linear;

/// <summary>A sparse linear programme that grows by columns: least cost, equality rows, variables from 0 to a bound.</summary>
/// <remarks>
/// Primal simplex for bounded variables over sparse factors of the basis (Chvátal 1983, ch. 7, 8 and 24): most programmes of this kind keep thousands of
/// rows on their own slack, where an explicit inverse would pay for each of them. Entering columns by reference weights (Devex, Harris 1973), leaving rows
/// in two passes (the same); when many steps in a row were empty the right-hand side is shifted by millionths (Charnes 1952), so that it ends.
/// </remarks>
internal sealed class SparseSimplex
{
    private const double Tolerance = 1e-7; // of a reduced cost
    private const double Unproven = 1e-5; // of a reduced cost, from where on multipliers prove nothing
    private const double Slack = 1e-9; // of a bound
    private const double Pivotable = 1e-7;
    private const int ExchangesKept = 80;
    private const int EmptySteps = 200;
    private const double Lifted = 1e-6; // of a value that keeps steps empty

    private readonly int _rows;
    private readonly double[] _right;
    private readonly BasisFactors _factors;
    private readonly EntryLists _columns = new();
    private readonly int[] _basic;
    private readonly double[] _values;
    private readonly double[] _duals;
    private readonly double[] _direction;
    private readonly double[] _pivotRow;
    private readonly double[] _byRow;
    private readonly double[] _byPosition;

    private double[] _costs = new double[64];
    private double[] _bounds = new double[64];
    private double[] _reduced = new double[64];
    private double[] _weights = new double[64];
    private Place[] _places = new Place[64];

    public SparseSimplex(double[] right)
    {
        (_rows, _right, _factors) = (right.Length, [.. right], new BasisFactors(right.Length));
        (_basic, _values, _duals, _direction) = (new int[_rows], new double[_rows], new double[_rows], new double[_rows]);
        (_pivotRow, _byRow, _byPosition) = (new double[_rows], new double[_rows], new double[_rows]);
    }

    private enum Place : byte
    {
        AtZero,
        AtBound,
        Basic,
    }

    public int Columns => _columns.Count;

    /// <summary>Multipliers of the rows after a solve.</summary>
    public double[] Duals => _duals;

    public long Pivots { get; private set; }

    public long Refactorizations { get; private set; }

    /// <summary>Adds a column at zero.</summary>
    public int Add(double cost, double bound, ReadOnlySpan<int> rows, ReadOnlySpan<double> entries)
    {
        var column = Columns;
        if (column == _costs.Length) Grow();
        _columns.Begin();
        for (var i = 0; i < rows.Length; i++)
        {
            _columns.Add(rows[i], entries[i]);
        }

        (_costs[column], _bounds[column], _places[column]) = (cost, bound, Place.AtZero);
        return column;
    }

    /// <summary>Starts from a basis, one column a row, that leaves no value outside its bounds.</summary>
    public void Start(int[] basis)
    {
        basis.CopyTo(_basic, 0);
        foreach (var column in basis)
        {
            _places[column] = Place.Basic;
        }

        Refactor();
    }

    /// <summary>Solves from the present basis to the optimum.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Solve(CancellationToken cancellationToken)
    {
        Price();
        Array.Fill(_weights, 1);
        var empty = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var column = Entering();
            if (column < 0)
            {
                if (_factors.Exchanges == 0) return;
                Refactor(); // what the updates have lost
                Price();
                column = Entering();
                if (column < 0) return;
            }

            empty = Enter(column) > Slack ? 0 : empty + 1;
            if (empty > EmptySteps)
            {
                Lift();
                empty = 0;
            }

            if (_factors.Exchanges < ExchangesKept && _factors.ExchangedEntries < 40 * _rows) continue;
            Refactor();
            Price();
        }
    }

    /// <summary>The value of a column.</summary>
    public double[] Values()
    {
        var values = new double[Columns];
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.AtBound) values[j] = _bounds[j];
        }

        for (var i = 0; i < _rows; i++)
        {
            values[_basic[i]] = Math.Clamp(_values[i], 0, _bounds[_basic[i]]);
        }

        return values;
    }

    /// <summary>Cost of the present values.</summary>
    public double Cost()
    {
        var (values, cost) = (Values(), 0.0);
        for (var j = 0; j < Columns; j++)
        {
            cost += _costs[j] * values[j];
        }

        return cost;
    }

    /// <summary>Least cost for a right-hand side that some multipliers prove, were there only the first columns.</summary>
    /// <returns>Minus infinity when a column without bound would be worth having at these multipliers.</returns>
    public double Bound(double[] right, double[] duals, int columns)
    {
        var total = 0.0;
        for (var i = 0; i < _rows; i++)
        {
            total += duals[i] * right[i];
        }

        for (var j = 0; j < columns; j++)
        {
            var reduced = _costs[j] - Product(duals, j);
            if (reduced >= 0) continue;
            if (double.IsFinite(_bounds[j])) total += reduced * _bounds[j];
            else if (reduced < -Unproven) return double.NegativeInfinity;
        }

        return total;
    }

    private void Grow()
    {
        Array.Resize(ref _costs, Columns * 2);
        Array.Resize(ref _bounds, Columns * 2);
        Array.Resize(ref _reduced, Columns * 2);
        Array.Resize(ref _weights, Columns * 2);
        Array.Resize(ref _places, Columns * 2);
    }

    private double Product(double[] row, int column)
    {
        var (index, values, from, to) = _columns.Of(column);
        var sum = 0.0;
        for (var i = from; i < to; i++)
        {
            sum += row[index[i]] * values[i];
        }

        return sum;
    }

    private int Entering()
    {
        var (best, column) = (0.0, -1);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.Basic) continue;
            var gain = _places[j] == Place.AtZero ? -_reduced[j] : _reduced[j];
            if (gain <= Tolerance || _bounds[j] == 0 || gain * gain <= best * _weights[j]) continue;
            (best, column) = (gain * gain / _weights[j], j);
        }

        return column;
    }

    // Moves basic variables off the bounds they lie on, each by another amount, and the right-hand side with them, so that steps have a length again.
    private void Lift()
    {
        for (var i = 0; i < _rows; i++)
        {
            var bound = _bounds[_basic[i]];
            if (bound < 10 * Lifted || (_values[i] > Lifted && bound - _values[i] > Lifted)) continue;
            var by = Lifted * (1 + (i * 7919L % 104729 / 104729.0)) * (_values[i] > Lifted ? -1 : 1);
            _values[i] += by;
            var (index, values, from, to) = _columns.Of(_basic[i]);
            for (var k = from; k < to; k++)
            {
                _right[index[k]] += by * values[k];
            }
        }
    }

    // Moves a column in until something is at its bound; how far.
    private double Enter(int column)
    {
        Direct(column);
        var sign = _places[column] == Place.AtZero ? 1.0 : -1.0;
        var (row, step) = Ratio(sign);
        if (_bounds[column] <= step)
        {
            Shift(sign * _bounds[column]);
            _places[column] = _places[column] == Place.AtZero ? Place.AtBound : Place.AtZero;
            return _bounds[column];
        }

        if (row < 0) throw new InvalidOperationException("The programme has no least cost: a column can grow without end.");
        Pivots++;
        var leaving = _basic[row];
        var entering = (_places[column] == Place.AtZero ? 0 : _bounds[column]) + (sign * step);
        Reprice(row, column, leaving);
        Shift(sign * step);
        _places[leaving] = sign * _direction[row] > 0 ? Place.AtZero : Place.AtBound;
        (_basic[row], _values[row], _places[column]) = (column, entering, Place.Basic);
        _factors.Exchange(row, _direction);
        return step;
    }

    // Reduced costs and weights after a pivot, along its row of the inverse.
    private void Reprice(int row, int entering, int leaving)
    {
        Array.Clear(_byPosition);
        _byPosition[row] = 1;
        _factors.Backward(_byPosition, _pivotRow);
        var pivot = _direction[row];
        var (rate, weight) = (_reduced[entering] / pivot, _weights[entering] / (pivot * pivot));
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] == Place.Basic || j == entering) continue;
            var share = Product(_pivotRow, j);
            if (share == 0) continue;
            _reduced[j] -= rate * share;
            _weights[j] = Math.Max(_weights[j], weight * share * share);
        }

        (_reduced[entering], _reduced[leaving]) = (0, -rate);
        _weights[leaving] = Math.Max(1, weight);
    }

    private void Direct(int column)
    {
        Array.Clear(_byRow);
        var (index, values, from, to) = _columns.Of(column);
        for (var i = from; i < to; i++)
        {
            _byRow[index[i]] += values[i];
        }

        _factors.Forward(_byRow, _direction);
    }

    // Two passes: the longest step that breaks no bound by more than the slack, then the largest pivot within it.
    private (int Row, double Step) Ratio(double sign)
    {
        var longest = double.PositiveInfinity;
        for (var row = 0; row < _rows; row++)
        {
            var (rate, bound) = (sign * _direction[row], _bounds[_basic[row]]);
            if (rate > Pivotable) longest = Math.Min(longest, (_values[row] + Slack) / rate);
            else if (rate < -Pivotable && double.IsFinite(bound)) longest = Math.Min(longest, (bound - _values[row] + Slack) / -rate);
        }

        var (best, at, step) = (0.0, -1, double.PositiveInfinity);
        for (var row = 0; row < _rows; row++)
        {
            var rate = sign * _direction[row];
            var room = rate > Pivotable ? _values[row] : rate < -Pivotable ? _bounds[_basic[row]] - _values[row] : double.PositiveInfinity;
            if (!(room / Math.Abs(rate) <= longest) || double.IsInfinity(room) || Math.Abs(rate) <= best) continue;
            (best, at, step) = (Math.Abs(rate), row, Math.Max(0, room / Math.Abs(rate)));
        }

        return (at, step);
    }

    private void Shift(double by)
    {
        if (by == 0) return;
        for (var i = 0; i < _rows; i++)
        {
            if (_direction[i] != 0) _values[i] -= by * _direction[i];
        }
    }

    private void Price()
    {
        for (var i = 0; i < _rows; i++)
        {
            _byPosition[i] = _costs[_basic[i]];
        }

        _factors.Backward(_byPosition, _duals);
        for (var j = 0; j < Columns; j++)
        {
            _reduced[j] = _places[j] == Place.Basic ? 0 : _costs[j] - Product(_duals, j);
        }
    }

    private void Refactor()
    {
        Refactorizations++;
        _factors.Factor(position => _columns.Of(_basic[position]));
        _right.CopyTo(_byRow, 0);
        for (var j = 0; j < Columns; j++)
        {
            if (_places[j] != Place.AtBound) continue;
            var (index, values, from, to) = _columns.Of(j);
            for (var i = from; i < to; i++)
            {
                _byRow[index[i]] -= values[i] * _bounds[j];
            }
        }

        _factors.Forward(_byRow, _values);
    }
}
