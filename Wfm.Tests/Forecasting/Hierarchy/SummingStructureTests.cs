using Wfm.Forecasting.Hierarchy;

namespace Wfm.Tests.Forecasting.Hierarchy;

public sealed class SummingStructureTests
{
    private static readonly string[] Bottoms = ["dub/en", "dub/de", "sin/en", "sin/zh"];

    private static SummingStructure HubsAndLanguages() => SummingStructure.Grouped(
        Bottoms, HierarchyLevel.Total(4), new HierarchyLevel("hub", ["dub", "dub", "sin", "sin"]), new HierarchyLevel("language", ["en", "de", "en", "zh"]));

    [Test]
    public void Grouped_CrossedLevels_SumsEachGroup()
    {
        var structure = HubsAndLanguages();

        var nodes = structure.Sum([1, 2, 4, 8]);

        nodes[structure.IndexOf("total", "total")].Should().Be(15);
        nodes[structure.IndexOf("hub", "sin")].Should().Be(12);
        nodes[structure.IndexOf("language", "en")].Should().Be(5);
        nodes[structure.IndexOf("bottom", "sin/zh")].Should().Be(8);
        structure.Levels.Select(l => (l.Name, l.Nodes.Count)).Should().Equal(("total", 1), ("hub", 2), ("language", 3), ("bottom", 4));
    }

    [Test]
    public void Grouped_GroupsOfTheSameSeries_AreOneNodeWithSeveralNames()
    {
        var structure = HubsAndLanguages();

        structure.IndexOf("language", "zh").Should().Be(structure.IndexOf("bottom", "sin/zh"));
        structure.Nodes.Should().HaveCount(8, "total, two hubs, English and four bottom series; German and Chinese are bottom series");
        structure.Nodes.Should().OnlyContain(n => n.Bottoms.Count > 0);
    }

    [Test]
    public void Grouped_WrongArguments_SayWhat()
    {
        FluentActions.Invoking(() => SummingStructure.Grouped([])).Should().Throw<ArgumentException>().WithMessage("*at least one*");
        FluentActions.Invoking(() => SummingStructure.Grouped(["a", "a"])).Should().Throw<ArgumentException>().WithMessage("*'a'*twice*");
        FluentActions.Invoking(() => SummingStructure.Grouped(["a"], HierarchyLevel.Total(2))).Should().Throw<ArgumentException>()
            .WithMessage("*2 groups*1 bottom*");
        FluentActions.Invoking(() => SummingStructure.Grouped(["a"], new HierarchyLevel("hub", [" "]))).Should().Throw<ArgumentException>()
            .WithMessage("*blank*");
        FluentActions.Invoking(() => SummingStructure.Grouped(["a"], new HierarchyLevel("bottom", ["x"]))).Should().Throw<ArgumentException>()
            .WithMessage("*'bottom'*twice*");
        FluentActions.Invoking(() => HubsAndLanguages().IndexOf("hub", "gru")).Should().Throw<ArgumentException>().WithMessage("*'gru'*");
        FluentActions.Invoking(() => HubsAndLanguages().Sum([1, 2])).Should().Throw<ArgumentException>().WithMessage("*2 values*4 bottom*");
    }
}
