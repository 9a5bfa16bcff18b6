using System.Text.RegularExpressions;

namespace Wfm.Tests.Architecture;

/// <summary>Inside a project the arrows between namespaces have one direction: each can be read, and taken out, without those above it.</summary>
/// <remarks>
/// An arrow is a <c>using</c> line or a name written from a common ancestor (<c>Problem.RosterProblem</c>). A namespace inside another belongs to it, so that
/// arrows between the two do not count; what it uses elsewhere does.
/// </remarks>
public sealed partial class CircleTests
{
    private static readonly string[] Projects = ["Wfm.Forecasting", "Wfm.Scheduling", "Wfm.Api"];

    [TestCaseSource(nameof(Projects))]
    public void Namespaces_OfAProject_FormNoCircle(string project) => Circles(project, Repository.Sources(project).Select(s => s.Text)).Should().BeEmpty();

    [Test]
    public void Circles_TwoThatUseEachOther_AreFound() =>
        Circles("A", ["using A.C;\nnamespace A.B;", "namespace A.C;\nclass X { B.Y y; }", "using A.B;\nnamespace A.D;"]).Should().Equal("A.B, A.C");

    [Test]
    public void Circles_ANamespaceAndOneInsideIt_AreOne() => Circles("A", ["using A.B.C;\nnamespace A.B;", "using A.B;\nnamespace A.B.C;"]).Should().BeEmpty();

    [Test]
    public void Circles_ANameInACommentOrText_IsNoArrow() =>
        Circles("A", ["using A.C;\nnamespace A.B;", "namespace A.C;\n/// <summary>See B.Y.</summary>\nclass X { string y = \"B.Y\"; }"]).Should().BeEmpty();

    /// <summary>The namespaces that reach each other, one text a circle.</summary>
    private static IReadOnlyList<string> Circles(string project, IEnumerable<string> sources)
    {
        var files = sources.Select(s => (Space: NamespaceLine().Match(s).Groups["name"].Value, Text: s)).Where(f => f.Space.Length > 0).ToArray();
        var spaces = files.Select(f => f.Space).Distinct().Order(StringComparer.Ordinal).ToArray();
        var arrows = spaces.ToDictionary(s => s, s => files.Where(f => f.Space == s).SelectMany(f => Used(project, f.Space, f.Text, spaces)).ToHashSet());
        var reached = spaces.ToDictionary(s => s, s => Reached(s, arrows));
        return
        [
            .. spaces
                .Where(s => reached[s].Contains(s))
                .Select(s => string.Join(", ", spaces.Where(o => reached[s].Contains(o) && reached[o].Contains(s))))
                .Distinct(),
        ];
    }

    private static IEnumerable<string> Used(string project, string own, string text, string[] spaces)
    {
        var usings = UsingLine().Matches(text).Select(m => m.Groups["name"].Value);
        var code = Comment().Replace(Quoted().Replace(text, "\"\""), "");
        var names = RelativeName().Matches(code).Select(m => m.Groups["name"].Value).Distinct()
            .SelectMany(name => Ancestors(own).Where(a => a.StartsWith(project, StringComparison.Ordinal)).Select(a => $"{a}.{name}"));
        return usings.Concat(names).Select(name => Ancestors(name).FirstOrDefault(spaces.Contains)).OfType<string>()
            .Where(used => !IsWithin(used, own) && !IsWithin(own, used));
    }

    private static HashSet<string> Reached(string from, Dictionary<string, HashSet<string>> arrows)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var space))
        {
            foreach (var next in arrows[space].Where(reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return reached;
    }

    /// <summary>A name and what it lies in, the longest first.</summary>
    private static IEnumerable<string> Ancestors(string name)
    {
        var parts = name.Split('.');
        return Enumerable.Range(0, parts.Length).Select(cut => string.Join('.', parts.SkipLast(cut)));
    }

    private static bool IsWithin(string inner, string outer) => inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>[A-Z][\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"(?<![\w.])(?<name>[A-Z]\w*(\.[A-Z]\w*)+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeName();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""([^""\\\n]|\\.)*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
