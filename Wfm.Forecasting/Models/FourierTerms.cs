namespace Wfm.Forecasting.Models;

/// <summary>An intercept and the sines and cosines of several seasons.</summary>
/// <remarks>A frequency that two seasons share (the seventh of a week is the first of a day) stands once, as in R's <c>forecast::fourier</c>.</remarks>
internal sealed class FourierTerms
{
    private readonly List<(int Pair, int Season, bool Cosine)> _terms = [];
    private readonly Dictionary<int, double[]> _cosines = [];

    /// <summary>Lists the terms.</summary>
    /// <param name="seasonLengths">Season lengths.</param>
    /// <param name="pairs">Pairs of each season.</param>
    public FourierTerms(ReadOnlySpan<int> seasonLengths, ReadOnlySpan<int> pairs)
    {
        for (var s = 0; s < pairs.Length; s++)
        {
            var m = seasonLengths[s];
            _cosines[m] = [.. Enumerable.Range(0, 4 * m).Select(i => Math.Cos(2 * Math.PI * i / (4 * m)))];
            for (var k = 1; k <= Math.Min(pairs[s], m / 2); k++)
            {
                if (_terms.Exists(t => (long)t.Pair * m == (long)k * t.Season))
                {
                    continue;
                }

                if (2 * k < m)
                {
                    _terms.Add((k, m, false));
                }

                _terms.Add((k, m, true));
            }
        }
    }

    /// <summary>Terms, the intercept included.</summary>
    public int Count => 1 + _terms.Count;

    /// <summary>Positions of the terms that stay with fewer pairs a season.</summary>
    /// <param name="seasonLengths">Season lengths of these terms.</param>
    /// <param name="pairs">Pairs of each season.</param>
    public int[] Subset(ReadOnlySpan<int> seasonLengths, ReadOnlySpan<int> pairs)
    {
        var kept = new FourierTerms(seasonLengths, pairs)._terms;
        return [0, .. kept.Select(term => 1 + _terms.FindIndex(t => t.Cosine == term.Cosine && (long)t.Pair * term.Season == (long)term.Pair * t.Season))];
    }

    /// <summary>Value of a term.</summary>
    /// <param name="term">Position of the term; 0 is the intercept.</param>
    /// <param name="t">Time, from 0.</param>
    public double Value(int term, int t)
    {
        if (term == 0)
        {
            return 1;
        }

        var (pair, season, cosine) = _terms[term - 1];
        var quarter = 4 * (int)((long)pair * t % season); // in quarters of a slot: a sine is a cosine a quarter turn later
        return _cosines[season][cosine ? quarter : (quarter + (3 * season)) % (4 * season)];
    }

    /// <summary>Values of every term at times 0 … <paramref name="length"/> − 1.</summary>
    public double[][] Columns(int length)
    {
        var columns = new double[Count][];
        for (var term = 0; term < columns.Length; term++)
        {
            columns[term] = new double[length];
            for (var t = 0; t < length; t++)
            {
                columns[term][t] = Value(term, t);
            }
        }

        return columns;
    }
}
