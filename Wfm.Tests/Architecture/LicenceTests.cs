using System.Text.Json;
using System.Xml.Linq;

namespace Wfm.Tests.Architecture;

/// <summary>Every package that is restored, direct or not, may be used by anybody for anything, and has no hole that its authors have closed since.</summary>
public sealed class LicenceTests
{
    private static readonly string[] Free =
    [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "PostgreSQL",
        "MS-PL OR Apache-2.0",
        "MIT AND Apache-2.0",
        "Unlicense",
    ];

    private const string Lesser = "LICENSE.md: LGPL-3.0; used unmodified as packages, ADR 0002";

    // Packages whose description names a file or a page instead of a licence: read by hand.
    private static readonly Dictionary<string, string> ReadByHand = new()
    {
        ["Hangfire.AspNetCore"] = Lesser,
        ["Hangfire.Core"] = Lesser,
        ["Hangfire.InMemory"] = Lesser,
        ["Hangfire.NetCore"] = Lesser,
        ["Hangfire.PostgreSql"] = Lesser,
        ["SourceGear.sqlite3"] = "SQLite, public domain",
        ["System.Configuration.ConfigurationManager"] = "github.com/dotnet/corefx LICENSE.TXT: MIT",
        ["System.Security.Cryptography.ProtectedData"] = "github.com/dotnet/corefx LICENSE.TXT: MIT",
    };

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Packages_Locked_HaveAFreeLicence(string project)
    {
        var packages = Locked(project).ToList();
        packages.Should().NotBeEmpty();
        foreach (var (name, version) in packages)
        {
            var licence = Licence(name, version);
            (Free.Contains(licence) || ReadByHand.ContainsKey(name)).Should().BeTrue("{0} {1} says '{2}'", name, version, licence);
        }
    }

    [TestCaseSource(typeof(Repository), nameof(Repository.Projects))]
    public void Packages_Locked_AreOneJobEngineWithoutKnownHoles(string project)
    {
        var packages = Locked(project).ToList();

        packages.Should().NotContain(p => p.Name.StartsWith("Quartz") || p.Name == "Hangfire.Storage.SQLite");
        packages.Where(p => p.Name == "Newtonsoft.Json").Should().OnlyContain(p => new Version(p.Version) >= new Version(13, 0, 1));
    }

    [Test]
    public void Sqlite_ThatIsLoaded_IsOneWithoutKnownHoles()
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection("Data Source=:memory:");
        connection.Open();
        new Version(connection.ServerVersion).Should().BeGreaterThanOrEqualTo(new Version(3, 50, 2));
    }

    // From version 8 on it needs a paid licence for commercial work; 7 is the last line under Apache-2.0.
    [Test]
    public void FluentAssertions_Version_StaysOnTheFreeLine() => XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Single(p => p.Attribute("Include")!.Value == "FluentAssertions").Attribute("Version")!.Value.Should().StartWith("7.");

    [Test]
    public void Packages_Versions_AreExactAndNoPreviews() => XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
        .Select(p => p.Attribute("Version")!.Value).Should().OnlyContain(version => version.All(c => char.IsDigit(c) || c == '.'));

    private static IEnumerable<(string Name, string Version)> Locked(string project)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf(project, "packages.lock.json")));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.TryGetProperty("resolved", out _))
            .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!)).Distinct()];
    }

    private static string Licence(string name, string version)
    {
        var (id, file) = (name.ToLowerInvariant(), name.ToLowerInvariant() + ".nuspec");
        var nuspec = PackageFolders().Select(folder => Path.Combine(folder, id, version.ToLowerInvariant(), file)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{name} {version} is not restored.");
        var license = XDocument.Load(nuspec).Descendants().FirstOrDefault(e => e.Name.LocalName == "license");
        return license?.Attribute("type")?.Value == "expression" ? license.Value : "no expression";
    }

    private static IEnumerable<string> PackageFolders()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("Wfm.Tests", "obj", "project.assets.json")));
        return [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
    }
}
