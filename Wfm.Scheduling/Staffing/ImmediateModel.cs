using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing;

/// <summary>What one interval of immediate work needs, before minimum staffing and shrinkage.</summary>
/// <param name="Arriving">Volume × AHT ÷ interval, in agents who are never idle.</param>
/// <param name="Workload">The same with contacts that last into or come from other intervals.</param>
/// <param name="ForWaiting">Agents on the phone that meet the waiting targets.</param>
/// <param name="ForOccupancy">Agents on the phone that meet these and the occupancy cap.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IntervalNeed(double Arriving, double Workload, double ForWaiting, double ForOccupancy);

/// <summary>Goal and concurrency: offered load and AHT → agents for one interval.</summary>
internal sealed class ImmediateModel(ImmediateGoal goal, ChatConcurrency concurrency)
{
    private readonly double _patience = goal.MeanPatience?.TotalSeconds ?? double.PositiveInfinity;
    private double? _safetyFactor; // of the last interval: neighbours are alike

    /// <param name="arriving">Erlangs of slots that arrive.</param>
    /// <param name="load">Erlangs of slots to staff for.</param>
    /// <param name="ahtSeconds">Average handle time of a contact that has its agent alone.</param>
    public IntervalNeed Need(double arriving, double load, double ahtSeconds)
    {
        var (arrivingAgents, workload) = (arriving / concurrency.Slots, load / concurrency.Slots);
        if (load == 0) return new IntervalNeed(arrivingAgents, 0, 0, 0);
        var aht = concurrency.InflatedAhtSeconds(ahtSeconds);
        if (goal.MeanPatience is null)
        {
            var waiting = concurrency.Agents(ErlangC.RequiredForWaiting(load, aht, goal));
            return new IntervalNeed(arrivingAgents, workload, waiting, Math.Max(waiting, concurrency.Agents(ErlangC.RequiredForOccupancy(load, goal))));
        }
        var occupancy = concurrency.Agents(ErlangA.RequiredForOccupancy(load, aht, _patience, goal));
        if (!goal.LimitsWaiting) return new IntervalNeed(arrivingAgents, workload, Math.Min(workload, occupancy), occupancy);
        var slots = ErlangA.RequiredForWaiting(load, aht, _patience, goal, _safetyFactor);
        _safetyFactor = (slots - load) / Math.Sqrt(load);
        var impatient = concurrency.Agents(slots);
        return new IntervalNeed(arrivingAgents, workload, impatient, Math.Max(impatient, occupancy));
    }
}
