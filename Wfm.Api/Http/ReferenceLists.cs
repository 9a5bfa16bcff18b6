namespace Wfm.Api.Http;

/// <summary>Checks lists of codes: nothing null, nothing twice, nothing unknown.</summary>
internal static class ReferenceLists
{
    public static void CheckDistinct<T>(Findings findings, string field, IReadOnlyList<T> values)
    {
        var seen = new HashSet<T>();
        for (var i = 0; i < values.Count; i++)
        {
            findings.Require(values[i] is not null, $"{field}/{i}", null, "A null in the list.");
            findings.Require(values[i] is null || seen.Add(values[i]), $"{field}/{i}", values[i], $"'{values[i]}' is in the list twice.");
        }
    }

    /// <summary>Each must be known; one that is not is refused by its name.</summary>
    /// <param name="what">What they are, such as "hub".</param>
    public static void CheckKnown(Findings findings, string field, IReadOnlyList<string> values, IEnumerable<string> known, string what)
    {
        CheckDistinct(findings, field, values);
        var there = known.ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            findings.Require(
                values[i] is null || there.Contains(values[i]), $"{field}/{i}", values[i], $"There is no {what} '{values[i]}'.", FindingCodes.Unknown);
        }
    }
}
