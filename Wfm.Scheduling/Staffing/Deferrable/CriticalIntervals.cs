namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>The smoothest work rate that meets the deadlines of several classes under earliest deadline first.</summary>
/// <remarks>
/// With one class (first in, first out) a cumulative band says everything. With several it does not: capacity before an arrival cannot serve it, so
/// for every window (s, t] the work that arrives in it and is due in it, Σ over classes of max(0, Due(t) − Arrived(s)), must be done inside it.
/// The window with the highest required rate (the critical interval) runs at that rate; it is cut out, and the rest is planned the same way.
/// The result has the lowest possible peak and minimises every convex cost of the rate.
/// Row maxima only fall when a window is cut out, so they are recomputed only when they come up: O(m²) for the first window, little after that.
/// Source: F. Yao, A. Demers, S. Shenker, “A scheduling model for reduced CPU energy”, FOCS 1995, 374–382.
/// </remarks>
internal static class CriticalIntervals
{
    /// <summary>Work per open interval, in the unit of the curves.</summary>
    /// <param name="curves">One per class, all of the same length m + 1.</param>
    /// <returns>Length m.</returns>
    public static double[] Rates(IReadOnlyList<DeadlineCurve> curves)
    {
        var rates = new double[curves[0].Due.Length - 1];
        Array.Fill(rates, double.NaN); // not yet cut out
        var negligible = curves.Sum(c => c.Due[^1]) * 1e-13;
        var points = new Points(curves);
        while (points.Densest(negligible) is { } window)
        {
            for (var i = window.From; i < window.To; i++)
            {
                if (double.IsNaN(rates[i])) rates[i] = window.Rate;
            }
        }
        for (var i = 0; i < rates.Length; i++)
        {
            if (double.IsNaN(rates[i])) rates[i] = 0;
        }
        return rates;
    }

    /// <summary>The boundaries still apart; a cut-out window is one point that stands for its first boundary as a start and its last as an end.</summary>
    private sealed class Points(IReadOnlyList<DeadlineCurve> curves)
    {
        private readonly List<Point> _points =
        [
            .. Enumerable.Range(0, curves[0].Due.Length).Select(j => new Point
                {
                    Low = j,
                    High = j,
                    Bound = double.PositiveInfinity,
                }),
        ];

        /// <summary>Finds the densest window, cuts it out and returns it; null when no work is left.</summary>
        public (int From, int To, double Rate)? Densest(double negligible)
        {
            Sum();
            while (true)
            {
                var row = 0;
                for (var u = 1; u < _points.Count; u++)
                {
                    if (_points[u].Bound > _points[row].Bound) row = u;
                }
                var point = _points[row];
                if (!(point.Bound > 0)) return null;
                if (!point.Fresh)
                {
                    Refresh(row);
                    continue;
                }
                var (work, length) = Window(row, point.Best);
                if (work <= negligible)
                {
                    point.Bound = 0;
                    continue;
                }
                var found = (point.Low, _points[point.Best].High, work / length);
                Cut(row, point.Best, work);
                return found;
            }
        }

        private void Refresh(int row)
        {
            var point = _points[row];
            (point.Bound, point.Best, point.Fresh) = (0, -1, true);
            for (var v = row + 1; v < _points.Count; v++)
            {
                var (work, length) = Window(row, v);
                if (work <= point.Bound * length) continue;
                (point.Bound, point.Best) = (work / length, v);
            }
        }

        /// <summary>Work still to be placed that arrives and is due between two points, and the time still free between them.</summary>
        private (double Work, int Length) Window(int u, int v)
        {
            var (from, to) = (_points[u], _points[v]);
            var work = 0.0;
            foreach (var curve in curves) work += Math.Max(0, curve.Due[to.High] - curve.Arrived[from.Low]);
            return (work - (to.WorkUpTo - from.WorkUpTo + from.Work), to.High - from.Low - (to.LengthUpTo - from.LengthUpTo + from.Length));
        }

        private void Cut(int first, int last, double work)
        {
            var point = _points[first];
            point.Length = _points[last].High - point.Low;
            for (var k = first + 1; k <= last; k++) work += _points[k].Work;
            point.Work += work;
            point.High = _points[last].High;
            _points.RemoveRange(first + 1, last - first);
            for (var u = 0; u <= first; u++) _points[u].Fresh = false; // rows behind the window do not see it
            for (var u = first + 1; u < _points.Count; u++) _points[u].Best -= last - first;
        }

        private void Sum()
        {
            var (work, length) = (0.0, 0);
            foreach (var point in _points)
            {
                point.WorkUpTo = work += point.Work;
                point.LengthUpTo = length += point.Length;
            }
        }
    }

    private sealed class Point
    {
        public int Low { get; init; }
        public int High { get; set; }
        public double Work { get; set; } // placed inside the point
        public int Length { get; set; } // intervals cut out inside the point
        public double WorkUpTo { get; set; }
        public int LengthUpTo { get; set; }
        public double Bound { get; set; } // no window from here is denser
        public int Best { get; set; }
        public bool Fresh { get; set; }
    }
}
