using NodaTime;

namespace Wfm.Scheduling.Staffing;

/// <summary>Requirement of immediate work for one volume path.</summary>
/// <param name="Waterfall">The steps from volume to heads, per interval.</param>
/// <param name="Agents">Agents on the phone per interval, whole numbers.</param>
/// <param name="Scheduled">Heads after shrinkage, before rounding.</param>
/// <param name="Heads">Scheduled heads rounded up to whole people.</param>
public sealed record StaffingRequirement(Waterfall Waterfall, int[] Agents, double[] Scheduled, int[] Heads);

/// <summary>Heads for work that is answered at once, interval by interval (voice, chat, live escalation).</summary>
/// <remarks>
/// Each interval is staffed as a steady queue with the load that is really in hand then (<see cref="ModifiedOfferedLoad"/>, handle times exponential), so
/// that contacts which last into the next interval are counted there. What is in hand at closing is finished by those who hold it; closed intervals
/// need nobody.
/// </remarks>
public static class ImmediateStaffing
{
    private const double RoundingSlack = 1e-9; // 14 ÷ (1 − 0.3) is 20 heads, although the double is 20.000000000000004

    /// <summary>The fewest heads in each interval that meet the goal.</summary>
    /// <param name="volume">Contacts offered per interval, finite, 0 or more.</param>
    /// <param name="ahtSeconds">Average handle time per interval in seconds, finite, more than 0.</param>
    /// <param name="interval">Length of an interval, more than zero.</param>
    /// <param name="goal">Targets, all met at once.</param>
    /// <param name="shrinkage">Share of paid time without work per interval, at least 0 and less than 1.</param>
    /// <param name="open">Per interval: whether contacts are answered. Closed intervals need nobody, whatever their volume.</param>
    /// <param name="minimumHeads">Agents on the phone in every open interval at least (two people in a room, language cover), 0 or more.</param>
    /// <param name="concurrency">Chats an agent handles at once; null for one.</param>
    /// <returns>The waterfall and its sums. An open interval without volume needs the minimum heads only.</returns>
    /// <exception cref="ArgumentException">Arrays of unequal length, an empty horizon, or a value outside its range; the message names array, index and
    /// value.</exception>
    public static StaffingRequirement Require(
        double[] volume, double[] ahtSeconds, Duration interval, ImmediateGoal goal, double[] shrinkage, bool[] open, int minimumHeads = 0,
        ChatConcurrency? concurrency = null)
    {
        Guard.EachNonNegative(Guard.Filled(volume, nameof(volume)), nameof(volume));
        Guard.EachPositive(Guard.OfLength(ahtSeconds, volume.Length, nameof(ahtSeconds)), nameof(ahtSeconds));
        Guard.Positive(interval);
        ArgumentNullException.ThrowIfNull(goal);
        Guard.EachBelowOne(Guard.OfLength(shrinkage, volume.Length, nameof(shrinkage)), nameof(shrinkage));
        Guard.OfLength(open, volume.Length, nameof(open));
        Guard.AtLeast(minimumHeads, 0);
        var chat = concurrency ?? ChatConcurrency.None;
        var model = new ImmediateModel(goal, chat);
        var load = new LoadSpread(HandleTime.Exponential, interval.TotalSeconds).Of(volume, ahtSeconds, open, chat);
        var needs = new IntervalNeed[volume.Length];
        for (var i = 0; i < needs.Length; i++)
            needs[i] = open[i] ? model.Need(load.Arriving[i], load.Staffed(i), ahtSeconds[i]) : default;
        return Build(volume, needs, shrinkage, open, minimumHeads);
    }

    internal static StaffingRequirement Build(double[] volume, IntervalNeed[] needs, double[] shrinkage, bool[] open, int minimumHeads)
    {
        var waterfall = new Waterfall(volume.Length) { Volume = [.. volume] };
        var (agents, scheduled, heads) = (new int[volume.Length], new double[volume.Length], new int[volume.Length]);
        for (var i = 0; i < volume.Length; i++)
        {
            if (!open[i]) continue;
            var need = needs[i];
            agents[i] = Math.Max((int)need.ForOccupancy, minimumHeads);
            scheduled[i] = agents[i] / (1 - shrinkage[i]);
            heads[i] = (int)Math.Ceiling(scheduled[i] - RoundingSlack);
            waterfall.Workload[i] = need.Arriving;
            waterfall.DeferralMargin[i] = need.Workload - need.Arriving;
            waterfall.QueueingMargin[i] = need.ForWaiting - need.Workload;
            waterfall.OccupancyMargin[i] = need.ForOccupancy - need.ForWaiting;
            waterfall.MinimumMargin[i] = agents[i] - need.ForOccupancy;
            waterfall.ShrinkageMargin[i] = scheduled[i] - agents[i];
            waterfall.Rounding[i] = heads[i] - scheduled[i];
        }
        return new StaffingRequirement(waterfall, agents, scheduled, heads);
    }
}
