using System.Reflection;
using System.Text.RegularExpressions;

namespace Wfm.Tests.Architecture;

/// <summary>Api → Forecasting, Api → Scheduling, Tests → all, nothing else; and no feature knows the job engine.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] AllowedInLibraries = ["System", "netstandard", "mscorlib", "Microsoft.CSharp", "NodaTime", "MathNet.Numerics"];

    [TestCaseSource(typeof(Repository), nameof(Repository.Libraries))]
    public void References_OfALibrary_AreOnlyArithmeticAndTime(string library) => Assembly.Load(library).GetReferencedAssemblies().Select(a => a.Name)
        .Should().OnlyContain(name => AllowedInLibraries.Contains(name) || name!.StartsWith("System."));

    // The compiler leaves an unused reference out of the assembly, so the project file is read as well.
    [TestCaseSource(typeof(Repository), nameof(Repository.Libraries))]
    public void ProjectFile_OfALibrary_NamesNoOtherProjectAndIsPure(string library)
    {
        var project = Repository.Project(library);

        project.Descendants("ProjectReference").Should().BeEmpty();
        project.Descendants("FrameworkReference").Should().BeEmpty();
        project.Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value).Should().BeSubsetOf(AllowedInLibraries);
        project.Descendants("PureLibrary").Select(p => p.Value).Should().Equal("true"); // bans clock, disk, network, console
    }

    [Test]
    public void ProjectFile_OfTheApi_NamesTheTwoLibraries() => Repository.Project("Wfm.Api").Descendants("ProjectReference")
        .Select(p => Path.GetFileNameWithoutExtension(p.Attribute("Include")!.Value.Replace('\\', '/'))).Should().BeEquivalentTo(Repository.Libraries);

    [Test]
    public void Quartz_IsKnownToItsAdapterOnly() => Repository.Sources("Wfm.Api").Where(s => UsesQuartz().IsMatch(s.Text)).Select(s => s.Path)
        .Where(path => !path.StartsWith("Jobs/Quartz")).Should().BeEmpty();

    [TestCase("using Quartz;", true)]
    [TestCase("using Quartz.Impl;", true)]
    [TestCase("private Quartz.IScheduler _s;", true)]
    [TestCase("/// <summary>The engine is Quartz.NET today.</summary>", false)]
    [TestCase("services.AddQuartzJobEngine(store);", false)]
    [TestCase("\"Quartz\", \"Redwing\"", false)]
    public void UsesQuartz_Source_SeesCodeAndNotProse(string source, bool uses) => UsesQuartz().IsMatch(source).Should().Be(uses);

    [GeneratedRegex(@"^\s*(global )?using (static )?Quartz\b|\bQuartz\.(?!NET\b)[A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsesQuartz();
}
