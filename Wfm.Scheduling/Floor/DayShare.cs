using Wfm.Scheduling.Simulation;

namespace Wfm.Scheduling.Floor;

/// <summary>The service of a whole day: what was counted and what was simulated.</summary>
internal static class DayShare
{
    /// <summary>Share in time; null without contacts, or without a threshold.</summary>
    public static double? Of(SimulatedQueue queue, ServiceTally rest, CountedService counted)
    {
        var (whole, part) = queue.Deferrable is not null ? (rest.Done, rest.DoneInTime) : (rest.Offered, rest.AnsweredInTime);
        return queue.Immediate is { Threshold: null } || whole + counted.Offered == 0 ? null
            : (double)(part + counted.InTime) / (whole + counted.Offered);
    }

    /// <summary>Whether the day meets every target of the goal. Occupancy is that of the rest: nobody counts it by queue.</summary>
    public static bool Meets(SimulatedQueue queue, ServiceTally rest, CountedService counted)
    {
        var day = rest;
        if (queue.Deferrable is not null)
        {
            day.Done += counted.Offered;
            day.DoneInTime += counted.InTime;
        }
        else
        {
            day.Offered += counted.Offered;
            day.AnsweredInTime += counted.InTime;
            day.Answered += counted.Answered;
            day.Abandoned += counted.Abandoned;
            day.WaitSeconds += counted.WaitSeconds;
        }

        return ServiceSummary.Meets(queue, day);
    }
}
