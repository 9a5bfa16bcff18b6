namespace Wfm.Forecasting.Uncertainty;

/// <summary>What values of a series can be.</summary>
/// <param name="NonNegative">Not below zero.</param>
/// <param name="Counts">Whole numbers.</param>
internal readonly record struct Bounds(bool NonNegative, bool Counts);
