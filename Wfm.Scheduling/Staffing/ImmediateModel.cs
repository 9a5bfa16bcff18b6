using System.Runtime.InteropServices;

namespace Wfm.Scheduling.Staffing;

/// <summary>What one interval of immediate work needs, before minimum staffing and shrinkage.</summary>
/// <param name="Workload">Agents who are never idle.</param>
/// <param name="ForWaiting">Agents on the phone that meet the waiting targets.</param>
/// <param name="ForOccupancy">Agents on the phone that meet these and the occupancy cap.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IntervalNeed(double Workload, double ForWaiting, double ForOccupancy);

/// <summary>Goal, interval length and concurrency: volume × AHT → agents for one interval.</summary>
internal sealed class ImmediateModel(ImmediateGoal goal, double intervalSeconds, ChatConcurrency concurrency)
{
    private readonly double _patience = goal.MeanPatience?.TotalSeconds ?? double.PositiveInfinity;
    private double? _safetyFactor; // of the last interval: neighbours are alike

    public IntervalNeed Need(double volume, double ahtSeconds, int interval)
    {
        if (volume == 0) return default;
        var aht = concurrency.InflatedAhtSeconds(ahtSeconds);
        var load = volume * aht / intervalSeconds;
        if (load > Guard.LargestLoad)
        {
            throw Guard.OutOfRange($"volume[{interval}]", volume, $"with an AHT of {ahtSeconds} s it makes {load:G4} erlangs, more than 10,000,000");
        }
        if (load == 0) return default; // a volume so small that its load is not a double
        var workload = load / concurrency.Slots;
        if (goal.MeanPatience is null)
        {
            var waiting = concurrency.Agents(ErlangC.RequiredForWaiting(load, aht, goal));
            return new IntervalNeed(workload, waiting, Math.Max(waiting, concurrency.Agents(ErlangC.RequiredForOccupancy(load, goal))));
        }
        var occupancy = concurrency.Agents(ErlangA.RequiredForOccupancy(load, aht, _patience, goal));
        if (!goal.LimitsWaiting) return new IntervalNeed(workload, Math.Min(workload, occupancy), occupancy);
        var slots = ErlangA.RequiredForWaiting(load, aht, _patience, goal, _safetyFactor);
        _safetyFactor = (slots - load) / Math.Sqrt(load);
        var impatient = concurrency.Agents(slots);
        return new IntervalNeed(workload, impatient, Math.Max(impatient, occupancy));
    }
}
