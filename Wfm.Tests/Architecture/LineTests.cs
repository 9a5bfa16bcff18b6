namespace Wfm.Tests.Architecture;

/// <summary>A line fits beside another on a screen.</summary>
public sealed class LineTests
{
    private const int Most = 160;

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    [TestCase("samples")]
    public void Lines_AreNoLongerThan160(string folder) => Repository.Sources(folder)
        .SelectMany(s => s.Text.Split('\n').Index().Where(l => l.Item.TrimEnd('\r').Length > Most).Select(l => $"{s.Path}:{l.Index + 1}")).Should().BeEmpty();
}
