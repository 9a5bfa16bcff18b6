using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Allocation;

/// <summary>Work of several hubs and the people who may do it.</summary>
/// <param name="Span">The intervals.</param>
/// <param name="Hubs">The hubs, codes unique.</param>
/// <param name="Lines">The work, names unique, each curve as long as the span; may be empty.</param>
/// <param name="Kinds">The people, names unique, each of one of the hubs.</param>
/// <exception cref="SchedulingDataException">A curve of another length, an unknown hub, a name twice.</exception>
public sealed record AllocationProblem(
    AllocationSpan Span, IReadOnlyList<AllocationHub> Hubs, IReadOnlyList<AllocationLine> Lines, IReadOnlyList<AllocationKind> Kinds)
{
    /// <summary>The hubs.</summary>
    public IReadOnlyList<AllocationHub> Hubs { get; } = Guard.Unique(Hubs, h => h.Code, "allocation", nameof(Hubs));

    /// <summary>The work.</summary>
    public IReadOnlyList<AllocationLine> Lines { get; } = Guard.Unique(Fitting(Lines, Span, Hubs), l => l.Name, "allocation", nameof(Lines));

    /// <summary>The people.</summary>
    public IReadOnlyList<AllocationKind> Kinds { get; } = Guard.Unique(Known(Kinds, Hubs), k => k.Name, "allocation", nameof(Kinds));

    /// <summary>Paid hours in the local night at all hubs together, at most; <see langword="null"/> for no cap.</summary>
    public double? MaximumNightHours
    {
        get;
        init => field = value is null ? null : Guard.NotNegative(value.Value, "allocation", nameof(MaximumNightHours));
    }

    private static IReadOnlyList<AllocationLine> Fitting(IReadOnlyList<AllocationLine> lines, AllocationSpan span, IReadOnlyList<AllocationHub> hubs)
    {
        foreach (var line in Guard.List(lines, "allocation", nameof(Lines)))
        {
            foreach (var curve in new[] { line.Heads, line.MayWait, line.Presence }.OfType<double[]>())
            {
                if (curve.Length == span.Count) continue;
                throw new SchedulingDataException($"line of work '{line.Name}': a curve has {curve.Length} values, the span {span.Count} intervals.");
            }

            if (line.Hub is not null && hubs.All(h => h.Code != line.Hub))
                throw new SchedulingDataException($"line of work '{line.Name}': there is no hub '{line.Hub}'.");
        }

        return lines;
    }

    private static IReadOnlyList<AllocationKind> Known(IReadOnlyList<AllocationKind> kinds, IReadOnlyList<AllocationHub> hubs)
    {
        foreach (var kind in Guard.List(kinds, "allocation", nameof(Kinds)))
        {
            if (hubs.All(h => h.Code != kind.Hub)) throw new SchedulingDataException($"people '{kind.Name}': there is no hub '{kind.Hub}'.");
        }

        return kinds;
    }
}
