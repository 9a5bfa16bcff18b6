namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>The shortest path between two cumulative curves: inside the band it changes its slope only where the band forces it to.</summary>
/// <remarks>
/// The taut string minimises every convex cost of the slope at once, so it has the lowest possible peak, the highest possible trough and the
/// smallest sum of squares. One pass with two convex chains (the funnel), O(n).
/// Source: P. L. Davies, A. Kovac, “Local extremes, runs, strings and multiresolution”, Annals of Statistics 29 (2001), 1–65; for production
/// planning F. Modigliani, F. Hohn, Econometrica 23 (1955), 46–66.
/// </remarks>
public static class TautString
{
    /// <summary>The taut string at each position.</summary>
    /// <param name="position">Strictly increasing positions, at least two.</param>
    /// <param name="lower">Lowest value allowed at each position.</param>
    /// <param name="upper">Highest value allowed, at least the lowest; both ends are pinned: there lowest and highest are equal.</param>
    /// <returns>The path, same length.</returns>
    /// <exception cref="ArgumentException">Unequal lengths, fewer than two positions, positions that do not increase, a gate without room, an end that is not
    /// pinned.</exception>
    public static double[] Path(double[] position, double[] lower, double[] upper)
    {
        Check(position, lower, upper);
        var n = position.Length;
        var (low, high) = (new Chain(position, n, sign: -1), new Chain(position, n, sign: 1));
        var path = new double[n];
        var (apexIndex, apex) = (0, lower[0]);
        path[0] = apex;
        low.Restart(0, apex);
        high.Restart(0, apex);
        for (var j = 1; j < n; j++)
        {
            Extend(high, low, j, upper[j]);
            Extend(low, high, j, lower[j]);
        }
        Draw(n - 1, lower[^1]);
        return path;

        // Adds a gate post to one side of the funnel. Where the new sight line crosses the other side, the string bends around that side's posts.
        void Extend(Chain side, Chain other, int j, double value)
        {
            side.Push(j, value);
            while (side.Count == 2 && other.Count > 1 && other.FirstIndex < j && side.CrossesFirstOf(other))
            {
                Draw(other.FirstIndex, other.FirstValue);
                other.DropApex();
                side.Restart(apexIndex, apex);
                side.Push(j, value);
            }
        }

        void Draw(int to, double value)
        {
            var slope = (value - apex) / (position[to] - position[apexIndex]);
            for (var k = apexIndex + 1; k < to; k++) path[k] = Math.Clamp(apex + slope * (position[k] - position[apexIndex]), lower[k], upper[k]);
            path[to] = value;
            (apexIndex, apex) = (to, value);
        }
    }

    private static void Check(double[] position, double[] lower, double[] upper)
    {
        Guard.Filled(position, nameof(position));
        Guard.OfLength(lower, position.Length, nameof(lower));
        Guard.OfLength(upper, position.Length, nameof(upper));
        if (position.Length < 2) throw new ArgumentException("A string needs at least two positions.", nameof(position));
        for (var i = 0; i < position.Length; i++)
        {
            if (!double.IsFinite(position[i]) || (i > 0 && position[i] <= position[i - 1]))
            {
                throw Guard.OutOfRange($"{nameof(position)}[{i}]", position[i], "positions are finite and increase");
            }
            if (!double.IsFinite(upper[i])) throw Guard.OutOfRange($"{nameof(upper)}[{i}]", upper[i], "it must be finite");
            if (!(double.IsFinite(lower[i]) && lower[i] <= upper[i]))
            {
                throw Guard.OutOfRange($"{nameof(lower)}[{i}]", lower[i], $"it must be finite and at most the upper bound, {upper[i]}");
            }
        }
        foreach (var end in (ReadOnlySpan<int>)[0, position.Length - 1])
        {
            if (lower[end] != upper[end])
                throw Guard.OutOfRange($"{nameof(upper)}[{end}]", upper[end], $"the string is pinned at both ends, here to {lower[end]}");
        }
    }

    /// <summary>One side of the funnel, from the apex on: slopes increase along the upper side (sign 1), decrease along the lower (sign −1).</summary>
    private sealed class Chain(double[] position, int capacity, int sign)
    {
        private readonly int[] _index = new int[capacity + 1];
        private readonly double[] _value = new double[capacity + 1];
        private int _head;

        public int Count { get; private set; }

        public int FirstIndex => _index[_head + 1];

        public double FirstValue => _value[_head + 1];

        private double FirstSlope => Slope(_head, _head + 1);

        public void Restart(int index, double value)
        {
            _head = 0;
            Count = 1;
            (_index[0], _value[0]) = (index, value);
        }

        public void Push(int index, double value)
        {
            (_index[_head + Count], _value[_head + Count]) = (index, value);
            Count++;
            while (Count > 2 && sign * (Slope(_head + Count - 3, _head + Count - 2) - Slope(_head + Count - 2, _head + Count - 1)) >= 0)
            {
                Count--;
                (_index[_head + Count - 1], _value[_head + Count - 1]) = (index, value);
            }
        }

        public void DropApex()
        {
            _head++;
            Count--;
        }

        /// <summary>Whether the sight line to the only post of this side leaves the funnel through the first edge of the other side.</summary>
        public bool CrossesFirstOf(Chain other) => sign * (FirstSlope - other.FirstSlope) < 0;

        private double Slope(int a, int b) => (_value[b] - _value[a]) / (position[_index[b]] - position[_index[a]]);
    }
}
