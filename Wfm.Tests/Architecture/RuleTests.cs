using System.Text.RegularExpressions;
using Wfm.Scheduling.Constraints;

namespace Wfm.Tests.Architecture;

/// <summary>A rule is described once: its file and its line in the catalogue are all there is.</summary>
public sealed partial class RuleTests
{
    private static readonly string[] Projects = ["Wfm.Scheduling", "Wfm.Api"];

    private static IEnumerable<string> Codes => ConstraintCatalog.Known.All.Select(k => k.Code);

    [TestCaseSource(nameof(Codes))]
    public void Code_OfARule_StandsInItsOwnFileAlone(string code) => Projects.SelectMany(p => Repository.Sources(p).Select(s => (p, s.Path, s.Text)))
        .Where(s => !s.Path.EndsWith("Examples.cs", StringComparison.Ordinal)) // bodies as a user writes them
        .Where(s => Strings().Matches(Comments().Replace(s.Text, "")).Any(m => m.Value == $"\"{code}\"")).Select(s => $"{s.p}/{s.Path}")
        .Should().ContainSingle().Which.Should().StartWith("Wfm.Scheduling/Constraints/");

    [Test]
    public void Rules_OfTheLibrary_AreAllInTheCatalogue() =>
        typeof(ConstraintCatalog).Assembly.GetTypes().Select(t => t.GetProperty("Definition", typeof(RuleDefinition))?.GetValue(null)).OfType<RuleDefinition>()
            .Should().BeEquivalentTo(ConstraintCatalog.Known.All);

    [Test]
    public void Codes_OfRules_AreNamesOfTheApi() => Codes.Should().OnlyHaveUniqueItems().And.OnlyContain(code => Name().IsMatch(code));

    [GeneratedRegex("^[a-z][A-Za-z]+$", RegexOptions.None, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"""([^""\\\n]|\\.)*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Strings();
}
