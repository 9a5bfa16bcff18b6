namespace Wfm.Forecasting;

/// <summary>Data that cannot be forecast; the message is fit for a planner.</summary>
public sealed class ForecastDataException(string message) : Exception(message);
