using System.Xml.Linq;

namespace Wfm.Tests.Architecture;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static readonly string[] Projects = ["Wfm.Forecasting", "Wfm.Scheduling", "Wfm.Api", "Wfm.Tests"];
    public static readonly string[] Libraries = ["Wfm.Forecasting", "Wfm.Scheduling"];

    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static XDocument Project(string name) => XDocument.Load(PathOf(name, name + ".csproj"));

    /// <summary>Source files of a project, paths relative to it with forward slashes; generated code is left out.</summary>
    public static IEnumerable<(string Path, string Text)> Sources(string project, string folder = "", params string[] endings) =>
        from ending in endings is [] ? [".cs"] : endings
        from file in Directory.EnumerateFiles(PathOf(project, folder), $"*{ending}", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(PathOf(project), file).Replace('\\', '/')
        where !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules" or "Migrations" or "schema.d.ts")
        select (path, File.ReadAllText(file));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Wfm.sln"))) return folder.FullName;
        }
        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
