namespace Wfm.Scheduling.Explanation;

/// <summary>A smallest conflicting subset by divide and conquer.</summary>
/// <remarks>
/// U. Junker, QUICKXPLAIN: Preferred Explanations and Relaxations for Over-Constrained Problems, AAAI 2004. With n facts of which k are in the
/// conflict it asks the oracle O(k log(n/k) + k) times. Facts that come first are kept in the conflict where there is a choice. The oracle has to
/// be monotone: what is impossible stays so with more facts.
/// </remarks>
internal static class QuickXplain
{
    /// <summary>Finds a subset that is impossible and of which every proper subset is possible.</summary>
    /// <param name="facts">Facts that are impossible together.</param>
    /// <param name="isPossible">Tells whether some facts can hold together.</param>
    /// <returns>The subset in the order of <paramref name="facts"/>; empty when even no fact at all is impossible.</returns>
    public static IReadOnlyList<T> Find<T>(IReadOnlyList<T> facts, Func<IReadOnlyList<T>, bool> isPossible)
        where T : class
    {
        if (!isPossible([])) return [];
        var found = Split([], background: false, facts, isPossible).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. facts.Where(found.Contains)];
    }

    private static IReadOnlyList<T> Split<T>(IReadOnlyList<T> kept, bool background, IReadOnlyList<T> facts, Func<IReadOnlyList<T>, bool> isPossible)
    {
        if (background && !isPossible(kept)) return [];
        if (facts.Count == 1) return facts;
        T[] first = [.. facts.Take(facts.Count / 2)];
        T[] second = [.. facts.Skip(facts.Count / 2)];
        var late = Split([.. kept, .. first], first.Length > 0, second, isPossible);
        var early = Split([.. kept, .. late], late.Count > 0, first, isPossible);
        return [.. early, .. late];
    }
}
