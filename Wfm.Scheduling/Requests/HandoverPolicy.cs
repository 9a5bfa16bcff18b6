using NodaTime;
using Wfm.Scheduling.Editing;

namespace Wfm.Scheduling.Requests;

/// <summary>When people may settle among themselves who works what, and when a manager decides.</summary>
/// <param name="Automatic">False leaves everything to the manager.</param>
/// <param name="MaximumCost">By how much the soft cost of the roster may grow; negative asks for a gain.</param>
/// <param name="MaximumShortfall">Head-hours by which coverage may fall further below what is required, ≥ 0.</param>
/// <param name="Notice">Least time from now to the first moment that changes, ≥ 0.</param>
/// <exception cref="SchedulingDataException">A number that is not finite, or is negative where it cannot be.</exception>
public sealed record HandoverPolicy(bool Automatic, double MaximumCost, double MaximumShortfall, Duration Notice)
{
    private const double Tolerance = 1e-9; // of sums of costs and heads, which are exact to some digits

    /// <summary>By how much the soft cost of the roster may grow.</summary>
    public double MaximumCost { get; } = double.IsFinite(MaximumCost) ? MaximumCost
        : throw new SchedulingDataException($"policy for handovers: MaximumCost is {MaximumCost}; a number is needed.");

    /// <summary>Head-hours by which coverage may fall further below what is required.</summary>
    public double MaximumShortfall { get; } = double.IsFinite(MaximumShortfall) && MaximumShortfall >= 0 ? MaximumShortfall
        : throw new SchedulingDataException($"policy for handovers: MaximumShortfall is {MaximumShortfall}; 0 or more head-hours are needed.");

    /// <summary>Least time from now to the first moment that changes.</summary>
    public Duration Notice { get; } = Notice >= Duration.Zero ? Notice
        : throw new SchedulingDataException($"policy for handovers: Notice is {Notice}; it cannot be negative.");

    /// <summary>Decides, by the first rule that leaves it to the manager.</summary>
    /// <param name="effect">What the handover does to the roster.</param>
    /// <param name="notice">Time from now to the first moment that changes.</param>
    /// <param name="interval">Length of an interval of the coverage.</param>
    public HandoverVerdict Judge(EditEffect effect, Duration notice, Duration interval)
    {
        ArgumentNullException.ThrowIfNull(effect);
        if (!Automatic) return Manager("manager", "Every handover is decided by the manager.");
        if (effect.Broken.Count > 0) return Manager("waiver", $"It needs a waiver of {effect.Broken[0].Rule}: {effect.Broken[0].Message}");
        if (notice < Notice)
            return Manager("notice", $"It changes the roster in {notice.TotalHours:0.#} hours, and {Notice.TotalHours:0.#} hours of notice are needed.");
        if (effect.Missed.Count > 0) return Manager("presence", $"Too few remain present: {effect.Missed[0].Message}");
        var shortfall = Shortfall(effect, interval);
        if (shortfall > MaximumShortfall + Tolerance)
            return Manager("coverage", $"Coverage falls {shortfall:0.##} head-hours further below what is required; {MaximumShortfall:0.##} are allowed.");
        var cost = effect.After.Total - effect.Before.Total;
        return cost > MaximumCost + (Tolerance * Math.Max(1, Math.Abs(effect.Before.Total)))
            ? Manager("cost", $"The roster costs {cost:0.##} more; {MaximumCost:0.##} is allowed.")
            : new HandoverVerdict(true, "nothingWorse", "No rule is broken, coverage, cost and notice are within what the policy allows.");
    }

    /// <summary>Head-hours by which coverage falls further below what is required, summed over groups and intervals; what gets better elsewhere does not
    /// count against it.</summary>
    /// <param name="effect">What an edit does.</param>
    /// <param name="interval">Length of an interval of the coverage.</param>
    public static double Shortfall(EditEffect effect, Duration interval)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var heads = 0.0;
        foreach (var line in effect.Coverage)
        {
            for (var i = 0; i < line.Required.Length; i++)
            {
                heads += Math.Max(0, Math.Max(0, line.Required[i] - line.After[i]) - Math.Max(0, line.Required[i] - line.Before[i]));
            }
        }

        return heads * interval.TotalHours;
    }

    private static HandoverVerdict Manager(string rule, string message) => new(false, rule, message);
}

/// <summary>Who decides about a handover, and why.</summary>
/// <param name="IsAutomatic">True when it is approved; false when the manager decides.</param>
/// <param name="Rule">The rule of the policy: <c>nothingWorse</c>, or the one that leaves it to the manager: <c>manager</c>, <c>waiver</c>, <c>notice</c>,
/// <c>presence</c>, <c>coverage</c> or <c>cost</c>.</param>
/// <param name="Message">The same in words, with the values.</param>
public sealed record HandoverVerdict(bool IsAutomatic, string Rule, string Message);
