using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Scheduling.Adherence;

/// <summary>How a stretch of time compares with the plan.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>What was done is what was planned.</summary>
    Right,

    /// <summary>A change came within its threshold of the planned one.</summary>
    Tolerated,

    /// <summary>An approved exception lies over it.</summary>
    Excepted,

    /// <summary>Something else was done than was planned.</summary>
    Wrong,

    /// <summary>The feed covers it, and no state of the person is known, or what is known has no mapping: it is not counted.</summary>
    Unknown,

    /// <summary>The feed has not come so far: it is not counted.</summary>
    Ahead,

    /// <summary>Nothing is planned: outside of shifts, leave, the gap of a split shift.</summary>
    NotPlanned,
}

/// <summary>A stretch of time with one plan, one state and one verdict.</summary>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it.</param>
/// <param name="Planned">The part of the plan; <see langword="null"/> outside of shifts.</param>
/// <param name="State">The state; <see langword="null"/> where none is known.</param>
/// <param name="Verdict">How they compare.</param>
public sealed record AdherencePart(Instant Start, Instant End, PlannedSegment? Planned, StateSpan? State, Verdict Verdict)
{
    /// <summary>How long it is, in elapsed time.</summary>
    public Duration Length => End - Start;
}

/// <summary>What one person planned and did in a span of time: usually a working day, which ends with its last shift though that be after midnight.</summary>
/// <param name="from">First moment.</param>
/// <param name="to">First moment after it.</param>
/// <param name="segments">The shifts in force, in order, without overlaps.</param>
/// <param name="states">The states of the person.</param>
/// <param name="exceptions">Approved spans, in any order; they may overlap.</param>
/// <param name="tolerances">By how much what is planned may slip.</param>
/// <exception cref="SchedulingDataException">The span is empty, or parts of shifts overlap.</exception>
public sealed class PersonDay(
    Instant from, Instant to, IReadOnlyList<PlannedSegment> segments, StateTimeline states, IReadOnlyList<(Instant Start, Instant End)> exceptions,
    Tolerances tolerances)
{
    private readonly Instant _to = to > from ? to : throw new SchedulingDataException($"adherence: the span from {from} to {to} is empty.");
    private readonly IReadOnlyList<PlannedSegment> _segments = InOrder(segments);

    /// <summary>The span in stretches of one plan, one state and one verdict each, in order and without gaps.</summary>
    /// <remarks>
    /// A change of activity is on time when it comes within the threshold T of its planned moment b: where the person goes on with what was planned before b
    /// until x and then does what is planned after it, x − b ≤ T, the time from b to x is tolerated; likewise from x to b where the change comes early. A
    /// change that is further off counts in full, and a break that is not taken at all is never tolerated. Cost: the number of parts times their logarithm.
    /// </remarks>
    public IReadOnlyList<AdherencePart> Compare()
    {
        var tolerated = Tolerated().ToList();
        var cuts = new SortedSet<Instant>([from, _to]);
        Add(_segments.SelectMany(s => new[] { s.Start, s.End }));
        Add(states.Spans.Select(s => s.Start));
        Add(exceptions.Concat(tolerated).SelectMany(s => new[] { s.Start, s.End }));
        Add(states.AsOf is { } asOf ? [asOf] : []);
        var moments = cuts.ToArray();
        var parts = new List<AdherencePart>(moments.Length);
        for (var (i, segment) = (0, 0); i + 1 < moments.Length; i++)
        {
            var at = moments[i];
            while (segment < _segments.Count && _segments[segment].End <= at) segment++;
            var planned = segment < _segments.Count && _segments[segment].Start <= at ? _segments[segment] : null;
            var state = states.At(at);
            parts.Add(new AdherencePart(at, moments[i + 1], planned, state, Judge(at, planned, state, tolerated)));
        }

        return parts;

        void Add(IEnumerable<Instant> moments) => cuts.UnionWith(moments.Where(m => m > from && m < _to));
    }

    private Verdict Judge(Instant at, PlannedSegment? planned, StateSpan? state, List<(Instant Start, Instant End)> tolerated) =>
        planned is not { IsInScope: true } ? Verdict.NotPlanned
        : states.AsOf is not { } asOf || at >= asOf ? Verdict.Ahead
        : Holds(exceptions, at) ? Verdict.Excepted
        : state?.Meaning is not { } meaning ? Verdict.Unknown
        : meaning.Fits(planned) ? Verdict.Right
        : Holds(tolerated, at) ? Verdict.Tolerated : Verdict.Wrong;

    private static bool Holds(IReadOnlyList<(Instant Start, Instant End)> spans, Instant at) => spans.Any(s => s.Start <= at && at < s.End);

    private IEnumerable<(Instant Start, Instant End)> Tolerated()
    {
        foreach (var (before, after, border) in Borders())
        {
            var most = tolerances.At(before, after);
            if (most > Duration.Zero && Late(before, after, border) is { } late && late - border <= most) yield return (border, late);
            if (most > Duration.Zero && Early(before, after, border) is { } early && border - early <= most) yield return (early, border);
        }
    }

    /// <summary>Where one part of the plan gives way to another; what is not in scope is as if it were outside of the shift.</summary>
    private IEnumerable<(PlannedSegment? Before, PlannedSegment? After, Instant Border)> Borders()
    {
        PlannedSegment? last = null;
        foreach (var segment in _segments.Where(s => s.IsInScope))
        {
            if (last is not null && last.End == segment.Start)
            {
                yield return (last, segment, segment.Start);
            }
            else
            {
                if (last is not null) yield return (last, null, last.End);
                yield return (null, segment, segment.Start);
            }

            last = segment;
        }

        if (last is not null) yield return (last, null, last.End);
    }

    /// <summary>Until when the person goes on after a border with what was before it, when then comes what is after it, or the feed ends.</summary>
    private Instant? Late(PlannedSegment? before, PlannedSegment? after, Instant border)
    {
        var (i, until) = (states.IndexAt(border), border);
        while (i >= 0 && i < states.Spans.Count && states.Spans[i].End > border && states.Spans[i].Meaning?.Fits(before) == true)
        {
            until = states.Spans[i++].End;
        }

        return until > border && (i == states.Spans.Count || states.Spans[i].Meaning?.Fits(after) == true) ? until : null;
    }

    /// <summary>From when the person does before a border what is after it, when what was before it came first.</summary>
    private Instant? Early(PlannedSegment? before, PlannedSegment? after, Instant border)
    {
        var (i, since) = (states.IndexAt(border - Duration.Epsilon), border);
        while (i >= 0 && states.Spans[i].End >= since && states.Spans[i].Meaning?.Fits(after) == true)
        {
            since = states.Spans[i--].Start;
        }

        return since < border && i >= 0 && states.Spans[i].Meaning?.Fits(before) == true ? since : null;
    }

    private static PlannedSegment[] InOrder(IReadOnlyList<PlannedSegment> segments)
    {
        PlannedSegment[] ordered = [.. segments.OrderBy(s => s.Start)];
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].Start < ordered[i - 1].End)
                throw new SchedulingDataException($"adherence: '{ordered[i].Code}' at {ordered[i].Start} begins before '{ordered[i - 1].Code}' ends.");
        }

        return ordered;
    }
}
