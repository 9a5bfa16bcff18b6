using Wfm.Scheduling.Explanation;

namespace Wfm.Tests.Scheduling.Explanation.Conflicts;

public sealed class QuickXplainTests
{
    /// <summary>Facts are numbers; a family of small sets is forbidden, and more is forbidden with them.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Find_RandomForbiddenSets_IsASmallestOne(int seed)
    {
        var random = new Random(seed);
        string[] facts = [.. Enumerable.Range(0, 1 + random.Next(24)).Select(i => $"f{i}")];
        var forbidden = Enumerable.Range(0, 1 + random.Next(4))
            .Select(_ => facts.Where(_ => random.Next(4) == 0).Append(facts[random.Next(facts.Length)]).ToHashSet()).ToArray();
        bool IsPossible(IEnumerable<string> kept) => !Array.Exists(forbidden, f => f.IsSubsetOf(kept));

        var found = QuickXplain.Find(facts, IsPossible);

        IsPossible(found).Should().BeFalse();
        found.All(f => IsPossible(found.Where(other => other != f))).Should().BeTrue();
        found.Should().BeInAscendingOrder((a, b) => Array.IndexOf(facts, a).CompareTo(Array.IndexOf(facts, b)));
    }

    [Test]
    public void Find_FewInMany_AsksFewQuestions()
    {
        string[] facts = [.. Enumerable.Range(0, 128).Select(i => $"f{i}")];
        var asked = 0;

        QuickXplain.Find(facts, kept =>
        {
            asked++;
            return !kept.Contains("f40") || !kept.Contains("f90");
        }).Should().Equal("f40", "f90");

        asked.Should().BeLessThan(2 * 2 * 8); // k log2(n/k) + k, twice; one fact at a time would take 128
    }

    [Test]
    public void Find_NothingIsPossible_IsEmpty() => QuickXplain.Find(["a", "b"], _ => false).Should().BeEmpty();
}
