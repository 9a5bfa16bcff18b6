namespace Wfm.Scheduling;

/// <summary>Data that cannot be scheduled; the message is fit for a planner.</summary>
public sealed class SchedulingDataException(string message) : Exception(message);
