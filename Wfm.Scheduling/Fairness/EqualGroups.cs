using Wfm.Scheduling.Problem;

namespace Wfm.Scheduling.Fairness;

/// <summary>A person's burdens, and whom they are compared with.</summary>
/// <param name="Person">The person; unique.</param>
/// <param name="Group">People of one group have the same hub, contract and skills.</param>
/// <param name="Ledger">What they carried over the window.</param>
public sealed record CarriedBurdens(string Person, string Group, FairnessLedger Ledger);

/// <summary>What fairness is told in.</summary>
public enum Burden
{
    /// <summary>Night shifts.</summary>
    Nights,

    /// <summary>Weekends worked.</summary>
    Weekends,

    /// <summary>Public holidays worked.</summary>
    Holidays,

    /// <summary>Days changed later than their notice.</summary>
    LateChanges,

    /// <summary>Wishes refused.</summary>
    RefusedWishes,

    /// <summary>Requests made.</summary>
    RequestsAsked,

    /// <summary>Requests refused.</summary>
    RequestsRefused,
}

/// <summary>How a burden is shared inside a group of equals.</summary>
/// <param name="People">People in the group.</param>
/// <param name="Mean">Mean over people.</param>
/// <param name="Deviation">Standard deviation over people, of the population.</param>
/// <param name="Least">Of the person with the least.</param>
/// <param name="Most">Of the person with the most.</param>
/// <param name="Gini">0 when all carry the same, (n − 1)/n when one carries all; 0 when nobody carries anything.</param>
public sealed record BurdenSpread(int People, double Mean, double Deviation, int Least, int Most, double Gini)
{
    /// <summary>Measures counts.</summary>
    /// <param name="counts">One count a person, at least one person, none negative.</param>
    /// <remarks>Gini = Σᵢ (2i − n − 1)·xᵢ ÷ (n·Σ x) of the counts in ascending order, i = 1 … n. Source: Wikipedia, “Gini coefficient”.</remarks>
    /// <exception cref="ArgumentException">Nobody.</exception>
    public static BurdenSpread Of(IEnumerable<int> counts)
    {
        int[] ordered = [.. counts.Order()];
        if (ordered.Length == 0) throw new ArgumentException("A spread needs at least one person.", nameof(counts));
        var (n, sum, mean) = (ordered.Length, ordered.Sum(), ordered.Average());
        var weighted = ordered.Select((x, i) => ((2.0 * (i + 1)) - n - 1) * x).Sum();
        var deviation = Math.Sqrt(ordered.Average(x => (x - mean) * (x - mean)));
        return new BurdenSpread(n, mean, deviation, ordered[0], ordered[^1], sum == 0 ? 0 : weighted / ((double)n * sum));
    }
}

/// <summary>People with the same hub, contract and skills, and how they share what is hard.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="People">Its people, in order.</param>
/// <param name="Spreads">How each burden is shared.</param>
public sealed record EqualGroup(string Group, IReadOnlyList<CarriedBurdens> People, IReadOnlyDictionary<Burden, BurdenSpread> Spreads)
{
    /// <summary>Groups people and measures each group.</summary>
    /// <param name="people">The people.</param>
    /// <returns>In order of their names.</returns>
    public static IReadOnlyList<EqualGroup> Of(IEnumerable<CarriedBurdens> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return
        [
            .. people.GroupBy(p => p.Group, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
                new EqualGroup(g.Key, [.. g.OrderBy(p => p.Person, StringComparer.Ordinal)],
                    Enum.GetValues<Burden>().ToDictionary(b => b, b => BurdenSpread.Of(g.Select(p => Count(p.Ledger, b)))))),
        ];
    }

    /// <summary>By how much a person carries more than the mean of the equals; below 0 for less.</summary>
    public double Above(CarriedBurdens person, Burden burden)
    {
        ArgumentNullException.ThrowIfNull(person);
        return Count(person.Ledger, burden) - Spreads[burden].Mean;
    }

    /// <summary>A burden of a ledger.</summary>
    public static int Count(FairnessLedger ledger, Burden burden)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return burden switch
        {
            Burden.Nights => ledger.Nights,
            Burden.Weekends => ledger.Weekends,
            Burden.Holidays => ledger.Holidays,
            Burden.LateChanges => ledger.LateChanges,
            Burden.RefusedWishes => ledger.RefusedWishes,
            Burden.RequestsAsked => ledger.RequestsAsked,
            Burden.RequestsRefused => ledger.RequestsRefused,
            _ => throw new ArgumentOutOfRangeException(nameof(burden), burden, "There is no such burden."),
        };
    }
}
