namespace Wfm.Api.Features.SampleOperation;

/// <summary>Invented names: a given name from anywhere and a family name that is a plant, a bird or a stone. No real person is meant.</summary>
internal static class SampleNames
{
    private static readonly string[] Given =
    [
        "Ada", "Aiko", "Alba", "Amara", "Amir", "Ana", "Anouk", "Arlo", "Bea", "Bayu", "Caio", "Clara", "Dara", "Dewi", "Diego", "Ebele", "Elif", "Emil",
        "Esme", "Farah", "Finn", "Gita", "Hana", "Hugo", "Ines", "Iris", "Ivo", "Jaya", "Joao", "Juno", "Kai", "Keiko", "Kofi", "Lara", "Leila", "Lina",
        "Luca", "Maeve", "Malik", "Mara", "Mei", "Mika", "Nadia", "Niamh", "Noor", "Oisin", "Olga", "Paz", "Priya", "Quinn", "Rafa", "Rosa", "Sanjay",
        "Selma", "Tala", "Teo", "Uma", "Vera", "Wren", "Yara",
    ];

    private static readonly string[] Family =
    [
        "Agate", "Alder", "Amber", "Aspen", "Avocet", "Basalt", "Birch", "Bramble", "Cedar", "Cinnabar", "Clover", "Coral", "Curlew", "Cypress", "Dunlin",
        "Elder", "Fern", "Flint", "Foxglove", "Garnet", "Gorse", "Granite", "Hawthorn", "Hazel", "Heather", "Heron", "Hornbeam", "Ibis", "Jasper", "Juniper",
        "Kestrel", "Kingfisher", "Larch", "Lark", "Linden", "Lotus", "Magnolia", "Marble", "Marigold", "Merlin", "Myrtle", "Oleander", "Opal", "Oriole",
        "Osprey", "Petrel", "Pipit", "Plover", "Quartz", "Redwing", "Rowan", "Sandpiper", "Siskin", "Slate", "Sorrel", "Starling", "Tamarind", "Thistle",
        "Topaz", "Wagtail",
    ];

    /// <summary>Distinct names in an order set by the seed.</summary>
    public static IEnumerable<string> Distinct(SampleRandom random) =>
        random.Shuffle(Enumerable.Range(0, Given.Length * Family.Length).ToArray()).Select(n => $"{Given[n % Given.Length]} {Family[n / Given.Length]}");
}
