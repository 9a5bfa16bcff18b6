namespace Wfm.Forecasting.Calendar;

/// <summary>A part of an effect.</summary>
/// <param name="Log">Logarithm of the factor.</param>
/// <param name="Error">Its standard error, above 0; infinite where nothing was seen.</param>
public readonly record struct EventTerm(double Log, double Error)
{
    /// <summary>Where the hours seen stand beside the same hours of a mean day, beside the whole event: a logarithm, 0 where that is not known.</summary>
    public double Position { get; init; }

    /// <summary>Share of what was seen that is believed, the rest being drawn to no effect; in [0, 1].</summary>
    public double Trust { get; init; } = 1;

    /// <summary>Nothing seen.</summary>
    internal static EventTerm Unknown { get; } = new(0, double.PositiveInfinity);

    internal double Precision => double.IsFinite(Error) ? 1 / (Error * Error) : 0;
}

/// <summary>Puts together what several sources say of the parts of an effect.</summary>
internal static class EventTerms
{
    private const double Between = 0.05; // of one series or occurrence about those of its kind
    private const double PriorTerms = 4; // terms the usual deviation is worth
    private static readonly double SmallestDeviation = 0.02;

    /// <summary>Terms of several series, weighted by their precision.</summary>
    /// <param name="rows">One row per series; may be of unequal length.</param>
    public static List<EventTerm> Merge(List<IReadOnlyList<EventTerm>> rows) =>
        [.. Enumerable.Range(0, rows.Max(r => r.Count)).Select(i => Mean([.. rows.Where(r => r.Count > i).Select(r => r[i])]))];

    /// <summary>Terms leaned on those of the kind, and on none.</summary>
    /// <param name="own">Terms of a series.</param>
    /// <param name="pooled">Those of its siblings, or of earlier occurrences.</param>
    /// <param name="usual">Usual deviation of such terms; the terms themselves tell more, together.</param>
    /// <param name="evidence">Standard errors before one is believed at all.</param>
    /// <remarks>The deviation of the terms of a kind is estimated from them by moments: a shape that is wholly another is not drawn to the usual one as if
    /// it were noise, and noise is. Source: Efron &amp; Morris, <i>Stein's estimation rule and its competitors</i>, JASA 68, 1973.</remarks>
    public static List<EventTerm> Shrunk(IReadOnlyList<EventTerm> own, IReadOnlyList<EventTerm> pooled, double usual, double evidence = 0)
    {
        var seen = Enumerable.Range(0, Math.Max(own.Count, pooled.Count)).Select(i => Mean(
        [
            .. own.Skip(i).Take(1),
            .. pooled.Skip(i).Take(1).Select(t => t with { Error = Math.Sqrt((t.Error * t.Error) + (Between * Between)) }),
        ])).ToList();
        var known = seen.FindAll(t => double.IsFinite(t.Error));
        var squares = known.Sum(t => (t.Log * t.Log) - (t.Error * t.Error)) + (PriorTerms * usual * usual);
        var variance = evidence > 0 ? usual * usual : Math.Max(SmallestDeviation * SmallestDeviation, squares / (known.Count + PriorTerms));
        return seen.ConvertAll(t =>
        {
            var precision = t.Precision + (1 / variance);
            return Math.Abs(t.Log) < evidence * t.Error || t.Precision == 0
                ? new EventTerm(0, Math.Sqrt(variance)) { Trust = 0 }
                : new EventTerm(t.Log * t.Precision / precision, 1 / Math.Sqrt(precision)) { Position = t.Position, Trust = t.Precision / precision };
        });
    }

    private static EventTerm Mean(EventTerm[] terms)
    {
        var precision = terms.Sum(t => t.Precision);
        return precision > 0
            ? new EventTerm(terms.Sum(t => t.Precision * t.Log) / precision, 1 / Math.Sqrt(precision))
            {
                Position = terms.Sum(t => t.Position * t.Precision) / precision,
            }
            : EventTerm.Unknown;
    }
}
