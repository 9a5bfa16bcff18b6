namespace Wfm.Scheduling.Staffing.Deferrable;

/// <summary>What a given staffing does to the backlog. Arrays have one value per interval, taken at its end.</summary>
/// <param name="BacklogHours">Open work in hours of handle time, all classes.</param>
/// <param name="BacklogDays">Open work ÷ mean staffed hours per 24 hours of the horizon; infinite when nobody is staffed and work is open.</param>
/// <param name="OldestAgeHours">Age of the oldest open work in hours of elapsed time, 0 without backlog.</param>
/// <param name="WorkedHours">Work done in the interval.</param>
/// <param name="IdleHours">Staffed time of the interval without work to do.</param>
/// <param name="Classes">The same by deadline class, in the order given.</param>
/// <param name="FirstBreach">The first missed deadline of all classes, null when none is missed.</param>
public sealed record BacklogForecast(
    double[] BacklogHours, double[] BacklogDays, double[] OldestAgeHours, double[] WorkedHours, double[] IdleHours, ClassBacklog[] Classes,
    StaffingBreach? FirstBreach);

/// <summary>One deadline class in a backlog projection.</summary>
/// <param name="Name">Name of the class.</param>
/// <param name="BacklogHours">Open work at the end of each interval.</param>
/// <param name="DueHours">Work whose deadline passes within the horizon, in hours.</param>
/// <param name="BreachedHours">Work of these that is not done by its deadline.</param>
/// <param name="FirstBreach">The first missed deadline, null when none is missed.</param>
public sealed record ClassBacklog(string Name, double[] BacklogHours, double DueHours, double BreachedHours, StaffingBreach? FirstBreach)
{
    /// <summary>Share of the due work done in time, 1 when nothing is due.</summary>
    public double Attainment => DueHours > 0 ? 1 - BreachedHours / DueHours : 1;
}
