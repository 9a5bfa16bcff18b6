namespace Wfm.Scheduling;

/// <summary>The data handed to the scheduling library cannot serve; the message names the field, the id and the value, for a planner.</summary>
/// <param name="message">What is wrong, with the values, and what to try.</param>
public sealed class SchedulingDataException(string message) : Exception(message);
