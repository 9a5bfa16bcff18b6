namespace Wfm.Forecasting.Pooled;

/// <summary>How alike two series are by their attributes.</summary>
internal static class Similarity
{
    private const double Any = 0.1; // two queues of one operation are a little alike, whatever they share

    /// <summary>Share of the weight of the attributes on which two series agree, in (0, 1]; 1 without any attribute.</summary>
    public static double Of(
        IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other, IReadOnlyDictionary<string, double> weights)
    {
        var (shared, total) = (Any, Any);
        foreach (var (name, value) in one)
        {
            var weight = weights.TryGetValue(name, out var given) ? given : 1;
            total += weight;
            shared += other.TryGetValue(name, out var theirs) && string.Equals(theirs, value, StringComparison.Ordinal) ? weight : 0;
        }

        return shared / total;
    }
}
