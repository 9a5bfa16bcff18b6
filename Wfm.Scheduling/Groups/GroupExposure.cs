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
}
