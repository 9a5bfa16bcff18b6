namespace Wfm.Forecasting.Calendar;

/// <summary>What events did to a forecast, step by step; both empty where they did nothing.</summary>
/// <param name="Factors">What the mean was multiplied by, 0 where an event leaves nothing.</param>
/// <param name="Shares">Share of the variance that is not knowing what the event does: its steps have it in common.</param>
internal sealed record AppliedEvents(double[] Factors, double[] Shares)
{
    /// <summary>No event.</summary>
    public static AppliedEvents None { get; } = new([], []);
}
