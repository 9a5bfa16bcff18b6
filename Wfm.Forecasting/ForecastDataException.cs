namespace Wfm.Forecasting;

/// <summary>The data given cannot serve for a forecast. The message is fit for a planner: what was wrong, with the values, and what to try.</summary>
/// <param name="message">What was wrong and what to try.</param>
public sealed class ForecastDataException(string message) : Exception(message);
