using NodaTime;

namespace Wfm.Scheduling.Adherence;

/// <summary>A person goes over into a state.</summary>
/// <param name="State">The state, as the feed calls it.</param>
/// <param name="Start">When.</param>
public readonly record struct StateChange(string State, Instant Start);

/// <summary>A person is in a state.</summary>
/// <param name="State">The state, as the feed calls it.</param>
/// <param name="Meaning">What it means; <see langword="null"/> for a state without a mapping: what the person does is not known then.</param>
/// <param name="Start">First moment.</param>
/// <param name="End">First moment after it, or as far as the feed is known.</param>
public sealed record StateSpan(string State, StateMeaning? Meaning, Instant Start, Instant End);

/// <summary>The states of a person, as far as they are known.</summary>
public sealed class StateTimeline
{
    private StateTimeline(Instant? asOf, IReadOnlyList<StateSpan> spans) => (AsOf, Spans) = (asOf, spans);

    /// <summary>Until when the feed is known; <see langword="null"/> when there never was one. Nothing is said of what comes after it.</summary>
    public Instant? AsOf { get; }

    /// <summary>In order, without gaps, to <see cref="AsOf"/>. Before the first nothing is known.</summary>
    public IReadOnlyList<StateSpan> Spans { get; }

    /// <summary>A state ends where the next begins, the last where the feed ends.</summary>
    /// <param name="changes">In any order. Of several at one moment the last of its name counts, so that order tells nothing.</param>
    /// <param name="asOf">Until when the feed is known; what begins then or later is left out.</param>
    /// <param name="meaning">What a state means; <see langword="null"/> for one without a mapping.</param>
    public static StateTimeline Of(IEnumerable<StateChange> changes, Instant? asOf, Func<string, StateMeaning?> meaning)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(meaning);
        if (asOf is not { } end) return new StateTimeline(null, []);
        StateChange[] known =
        [
            .. changes.Where(c => c.Start < end).GroupBy(c => c.Start).Select(g => g.MaxBy(c => c.State, StringComparer.Ordinal)).OrderBy(c => c.Start),
        ];
        var spans = new StateSpan[known.Length];
        for (var i = 0; i < known.Length; i++)
        {
            spans[i] = new StateSpan(known[i].State, meaning(known[i].State), known[i].Start, i + 1 < known.Length ? known[i + 1].Start : end);
        }

        return new StateTimeline(end, spans);
    }

    /// <summary>The state at a moment; <see langword="null"/> when none is known.</summary>
    /// <param name="at">The moment.</param>
    public StateSpan? At(Instant at)
    {
        var i = IndexAt(at);
        return i >= 0 && at < Spans[i].End ? Spans[i] : null;
    }

    /// <summary>Place of the last span that begins at a moment or before it; −1 for none.</summary>
    internal int IndexAt(Instant at)
    {
        var (low, high) = (0, Spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Spans[middle].Start <= at) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
