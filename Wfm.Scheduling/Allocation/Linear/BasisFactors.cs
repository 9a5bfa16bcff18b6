namespace Wfm.Scheduling.Allocation.Linear;

/// <summary>A basis as sparse triangular factors, and the columns exchanged since.</summary>
/// <remarks>
/// Elimination picks the pivot of the least fill (Markowitz 1957) among entries of at least a tenth of the largest of their column; an exchange is
/// kept as one more elementary matrix (product form, Dantzig and Orchard-Hays 1954) until the factors are made anew.
/// </remarks>
internal sealed class BasisFactors(int size)
{
    private const double Least = 1e-10;
    private const double Threshold = 0.1;
    private const int Looks = 4; // columns of the nucleus compared for the least fill

    private readonly EntryLists _lower = new();
    private readonly EntryLists _upperRows = new();
    private readonly EntryLists _upperColumns = new();
    private readonly EntryLists _exchanged = new();
    private readonly List<int> _exchangedAt = [];
    private readonly List<double> _exchangedPivots = [];
    private readonly int[] _pivotRows = new int[size];
    private readonly int[] _pivotColumns = new int[size];
    private readonly double[] _pivots = new double[size];

    /// <summary>Columns exchanged since the factors were made.</summary>
    public int Exchanges => _exchangedAt.Count;

    /// <summary>Entries of the exchanges, which every solve goes through.</summary>
    public int ExchangedEntries => _exchanged.Entries;

    /// <summary>Makes the factors of a basis.</summary>
    /// <param name="columns">Entries of the column at a position of the basis.</param>
    /// <exception cref="InvalidOperationException">The columns are linearly dependent.</exception>
    public void Factor(Func<int, (int[] Rows, double[] Values, int From, int To)> columns)
    {
        _lower.Clear();
        _upperRows.Clear();
        _upperColumns.Clear();
        _exchanged.Clear();
        _exchangedAt.Clear();
        _exchangedPivots.Clear();
        var active = new ActiveMatrix(size, columns);
        for (var step = 0; step < size; step++)
        {
            var (row, column) = active.NextPivot(Threshold, Looks, Least);
            if (row < 0) throw new InvalidOperationException($"The basis is singular: no pivot is left at step {step} of {size}.");
            (_pivotRows[step], _pivotColumns[step]) = (row, column);
            _pivots[step] = active.Eliminate(row, column, _lower, _upperRows);
        }

        Transpose();
    }

    /// <summary>Solves B x = b; the right-hand side, by row, is spoilt.</summary>
    public void Forward(double[] right, double[] solution)
    {
        for (var step = 0; step < size; step++)
        {
            var value = right[_pivotRows[step]];
            if (value == 0) continue;
            var (index, values, from, to) = _lower.Of(step);
            for (var i = from; i < to; i++)
            {
                right[index[i]] -= values[i] * value;
            }
        }

        for (var step = size - 1; step >= 0; step--)
        {
            var value = right[_pivotRows[step]];
            if (value == 0)
            {
                solution[_pivotColumns[step]] = 0;
                continue;
            }

            value /= _pivots[step];
            solution[_pivotColumns[step]] = value;
            var (index, values, from, to) = _upperColumns.Of(step);
            for (var i = from; i < to; i++)
            {
                right[index[i]] -= values[i] * value;
            }
        }

        for (var e = 0; e < _exchangedAt.Count; e++)
        {
            var at = _exchangedAt[e];
            if (solution[at] == 0) continue;
            var value = solution[at] / _exchangedPivots[e];
            var (index, values, from, to) = _exchanged.Of(e);
            for (var i = from; i < to; i++)
            {
                solution[index[i]] -= values[i] * value;
            }

            solution[at] = value;
        }
    }

    /// <summary>Solves y B = c; the costs, by position of the basis, are spoilt.</summary>
    public void Backward(double[] costs, double[] solution)
    {
        for (var e = _exchangedAt.Count - 1; e >= 0; e--)
        {
            var (index, values, from, to) = _exchanged.Of(e);
            var sum = costs[_exchangedAt[e]];
            for (var i = from; i < to; i++)
            {
                sum -= values[i] * costs[index[i]];
            }

            costs[_exchangedAt[e]] = sum / _exchangedPivots[e];
        }

        for (var step = 0; step < size; step++)
        {
            var value = costs[_pivotColumns[step]];
            if (value != 0)
            {
                value /= _pivots[step];
                var (index, values, from, to) = _upperRows.Of(step);
                for (var i = from; i < to; i++)
                {
                    costs[index[i]] -= values[i] * value;
                }
            }

            solution[_pivotRows[step]] = value;
        }

        for (var step = size - 1; step >= 0; step--)
        {
            var (index, values, from, to) = _lower.Of(step);
            var sum = solution[_pivotRows[step]];
            for (var i = from; i < to; i++)
            {
                sum -= values[i] * solution[index[i]];
            }

            solution[_pivotRows[step]] = sum;
        }
    }

    /// <summary>Another column takes a position of the basis.</summary>
    /// <param name="at">The position.</param>
    /// <param name="direction">The column in terms of the basis before.</param>
    public void Exchange(int at, double[] direction)
    {
        _exchanged.Begin();
        for (var i = 0; i < size; i++)
        {
            if (i != at && direction[i] != 0) _exchanged.Add(i, direction[i]);
        }

        _exchangedAt.Add(at);
        _exchangedPivots.Add(direction[at]);
    }

    // The upper factor by columns: for each step the earlier rows it stands in.
    private void Transpose()
    {
        var stepOf = new int[size];
        for (var step = 0; step < size; step++)
        {
            stepOf[_pivotColumns[step]] = step;
        }

        var columns = new List<(int Row, double Value)>[size];
        for (var step = 0; step < size; step++)
        {
            var (index, values, from, to) = _upperRows.Of(step);
            for (var i = from; i < to; i++)
            {
                (columns[stepOf[index[i]]] ??= []).Add((_pivotRows[step], values[i]));
            }
        }

        foreach (var column in columns)
        {
            _upperColumns.Begin();
            foreach (var (row, value) in column ?? [])
            {
                _upperColumns.Add(row, value);
            }
        }
    }
}
