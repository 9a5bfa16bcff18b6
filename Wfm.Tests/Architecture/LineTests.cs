namespace Wfm.Tests.Architecture;

/// <summary>A line fits beside another on a screen.</summary>
public sealed class LineTests
{
    private const int Most = 160;

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    [TestCase("samples")]
    public void Lines_AreNoLongerThan160(string folder) => Longer(Repository.Sources(folder)).Should().BeEmpty();

    [Test]
    public void Lines_OfTheConsole_AreNoLongerThan160() => Longer(Repository.Sources("Wfm.Api", "Ui", ".ts", ".tsx", ".css")).Should().BeEmpty();

    private static IEnumerable<string> Longer(IEnumerable<(string Path, string Text)> sources) => sources
        .SelectMany(s => s.Text.Split('\n').Index().Where(l => l.Item.TrimEnd('\r').Length > Most).Select(l => $"{s.Path}:{l.Index + 1}"));
}
