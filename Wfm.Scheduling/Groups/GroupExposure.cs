using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Groups;

/// <summary>The severity of a group whose queues differ in it.</summary>
public static class GroupExposure
{
    /// <summary>Shares of the group's work by severity.</summary>
    /// <param name="queues">The queues of the group; at least one.</param>
    /// <param name="basis">What a minute counts as.</param>
    /// <returns>The highest class alone in the worst case, however rare it is; otherwise every class with its share of the head-hours required,
    /// ascending, or the highest class alone where no head is required.</returns>
    public static IReadOnlyList<ExposureShare> Of(IReadOnlyList<QueueRequirement> queues, ExposureBasis basis)
    {
        ArgumentNullException.ThrowIfNull(queues);
        double Hours(IEnumerable<QueueRequirement> some) => some.Sum(q => q.Curve.Heads.Sum() * q.Interval.TotalHours);
        var total = Hours(queues);
        return basis == ExposureBasis.WorstCase || total <= 0 ? [new ExposureShare(queues.Max(q => q.ExposureClass), 1)]
            : [.. queues.GroupBy(q => q.ExposureClass).OrderBy(g => g.Key).Select(g => new ExposureShare(g.Key, Math.Min(1, Hours(g) / total)))];
    }
}
