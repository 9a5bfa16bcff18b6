namespace Wfm.Scheduling.Simulation;

/// <summary>Means over replications.</summary>
internal static class Estimates
{
    /// <summary>Mean and Student's interval; at least one value.</summary>
    public static Estimate Mean(IEnumerable<double> values, double confidence)
    {
        double[] x = [.. values];
        var mean = x.Average();
        if (x.Length == 1) return new Estimate(mean, HalfWidth: null);
        var variance = x.Sum(v => (v - mean) * (v - mean)) / (x.Length - 1);
        return new Estimate(mean, StudentT.TwoSided(confidence, x.Length - 1) * Math.Sqrt(variance / x.Length));
    }
}
