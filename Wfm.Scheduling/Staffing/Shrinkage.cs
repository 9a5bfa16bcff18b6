namespace Wfm.Scheduling.Staffing;

/// <summary>Paid time in which nobody takes work.</summary>
/// <remarks>
/// Planned shrinkage (leave, meetings, training, breaks) and unplanned shrinkage (sickness, lateness) are kept apart: the first is in the roster, the
/// second is not. Of the time that remains after the planned part the unplanned part is lost again.
/// </remarks>
public static class Shrinkage
{
    /// <summary>Planned and unplanned shrinkage together: 1 − (1 − planned)(1 − unplanned).</summary>
    /// <param name="planned">At least 0 and less than 1.</param>
    /// <param name="unplanned">At least 0 and less than 1.</param>
    /// <returns>A fraction, at least 0 and less than 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A fraction is outside its range.</exception>
    public static double Combine(double planned, double unplanned) => 1 - (1 - Guard.BelowOne(planned)) * (1 - Guard.BelowOne(unplanned));
}
