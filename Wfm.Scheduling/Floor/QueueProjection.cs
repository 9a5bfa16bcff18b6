using NodaTime;
using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>The first clock of a queue that runs out, of those that were to run out from now on and before the end of the day.</summary>
/// <param name="Probability">Share of replications in which one does.</param>
/// <param name="Earliest">The earliest in any replication, from the start of the horizon.</param>
/// <param name="Median">The middle one of the replications in which one does.</param>
public sealed record ClockRisk(double Probability, Duration Earliest, Duration Median)
{
    /// <summary>A moment of the simulation, whose seconds are fractions, to the millisecond.</summary>
    internal static Duration Moment(double seconds) => Duration.FromMilliseconds(Math.Round(seconds * 1000));
}

/// <summary>What a queue's day is likely to end with. Figures that do not exist (no contacts, no threshold) are null.</summary>
/// <param name="Name">Name of the queue.</param>
/// <param name="Replications">How often the rest of the day was simulated.</param>
/// <param name="Stop">Why not more often.</param>
/// <param name="Service">Share in time over the whole day, what was counted included, with the interval of its mean.</param>
/// <param name="ServiceLow">The share of which one day in ten stays below.</param>
/// <param name="ServiceMedian">The share of which every other day stays below.</param>
/// <param name="ServiceHigh">The share of which nine days in ten stay below.</param>
/// <param name="GoalMet">Share of replications in which the day meets every target of the goal.</param>
/// <param name="GoalMetLow">Lower end of Wilson's interval of it.</param>
/// <param name="GoalMetHigh">Upper end.</param>
/// <param name="Clock">The first clock at risk; null where none ran out in any replication.</param>
/// <param name="Late">Contacts of the rest of the day that are not done by their deadline; 0 of immediate work.</param>
/// <param name="Abandoned">Contacts of the rest of the day that give up.</param>
/// <param name="Left">Contacts open at the end of the day.</param>
/// <param name="OldestAgeSeconds">Age of the oldest of them; null where none is left.</param>
public sealed record QueueProjection(
    string Name, int Replications, ProjectionStop Stop, Estimate? Service, double? ServiceLow, double? ServiceMedian, double? ServiceHigh, double GoalMet,
    double GoalMetLow, double GoalMetHigh, ClockRisk? Clock, Estimate Late, Estimate Abandoned, Estimate Left, Estimate? OldestAgeSeconds);
