using System.Reflection;
using System.Text.RegularExpressions;

namespace Wfm.Tests.Architecture;

/// <summary>The folder tree is the vocabulary of the field: namespaces follow folders, and no type hides one.</summary>
public sealed partial class NamingTests
{
    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Types_Public_AreNamedLikeNoNamespace(string project)
    {
        var types = Assembly.Load(project).GetExportedTypes();
        var words = types.SelectMany(t => t.Namespace?.Split('.') ?? []).ToHashSet();

        types.Where(t => words.Contains(t.Name)).Should().BeEmpty();
    }

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Namespace_OfAFile_IsItsFolderOrOneAbove(string project) // one above: what a whole test run shares lives in Support/
    {
        foreach (var (path, text) in Repository.Sources(project))
        {
            if (NamespaceLine().Match(text) is not { Success: true } declared) continue; // top-level statements, global usings
            var folder = string.Join('.', path.Split('/').SkipLast(1).Prepend(project));
            declared.Groups["name"].Value.Should().Match(name => name == folder || folder.StartsWith(name + "."), "{0} is in {1}", path, folder);
        }
    }

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Folders_AreNotNamedForLackOfAName(string project) => Repository.Sources(project)
        .SelectMany(s => s.Path.Split('/').SkipLast(1)).Should().NotContain(["Utils", "Utilities", "Helpers", "Common", "Misc"]);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();
}
