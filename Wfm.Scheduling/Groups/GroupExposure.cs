using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Groups;

/// <summary>How severe the content of a group is whose queues differ in it.</summary>
public static class GroupExposure
{
    /// <summary>Shares of the group's work by exposure class; the policy of a roster says whether they count or the highest class alone.</summary>
    /// <param name="queues">The queues of the group; at least one.</param>
    /// <returns>Shares of the head-hours required in class 0, 1, … up to the highest, together 1; all of it of the highest where nothing is required.</returns>
    public static double[] Shares(IReadOnlyList<QueueRequirement> queues)
    {
        ArgumentNullException.ThrowIfNull(queues);
        var hours = new double[1 + queues.Max(q => q.ExposureClass)];
        foreach (var queue in queues)
        {
            hours[queue.ExposureClass] += queue.Curve.Heads.Sum() * queue.Interval.TotalHours;
        }

        var total = hours.Sum();
        if (total > 0) return [.. hours.Select(h => h / total)];
        hours[^1] = 1;
        return hours;
    }

    /// <summary>What a minute of work on a group counts in a limit on exposure: the one definition that rosters, plans and what was worked are measured
    /// by.</summary>
    /// <param name="highest">The highest class of the group.</param>
    /// <param name="shares">Shares of its work by class; <see langword="null"/> when all of it is of the highest.</param>
    /// <param name="minimumClass">Only content of this class or above counts, each minute once; <see langword="null"/> when all work counts, each
    /// minute as many times as its class.</param>
    /// <param name="basis">Whether the shares count or the highest class alone.</param>
    public static double Weight(double highest, IReadOnlyList<double>? shares, double? minimumClass, ExposureBasis basis)
    {
        if (basis == ExposureBasis.Expected && shares is not null)
        {
            return shares.Select((share, level) => minimumClass is null ? share * level : level >= minimumClass ? share : 0).Sum();
        }

        return minimumClass is null ? highest : highest >= minimumClass ? 1 : 0;
    }
}
