namespace Wfm.Forecasting.Hierarchy;

/// <summary>Forecasts of one series on one grid: intervals, hours, days or weeks.</summary>
/// <param name="Mean">Forecast per period.</param>
/// <param name="Variance">Error variance per period, at least 0; a period of variance 0 keeps its value whatever coarser forecasts say, and
/// <see cref="double.PositiveInfinity"/> says that there is no forecast of its own.</param>
/// <param name="Parents">Index of the period of the next coarser level that each period is part of; −1 for none. Empty on the coarsest level.</param>
public sealed record TemporalLevel(double[] Mean, double[] Variance, int[] Parents);
