namespace Wfm.Scheduling.Scoring;

/// <summary>What covering costs, or saves when below zero.</summary>
internal interface ICoverPrices
{
    /// <summary>Cost of adding profile × factor from a place on.</summary>
    double Cost(int at, ReadOnlySpan<double> profile, double factor);
}
