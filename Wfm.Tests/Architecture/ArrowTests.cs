using System.Reflection;
using System.Text.RegularExpressions;

namespace Wfm.Tests.Architecture;

/// <summary>Api → Forecasting, Api → Scheduling, Tests → all, nothing else; and no feature knows the job engine.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] AllowedInLibraries =
    [
        "System", "netstandard", "mscorlib", "Microsoft.CSharp", "NodaTime", "MathNet.Numerics",
        "Microsoft.ML.Core", "Microsoft.ML.Data", "Microsoft.ML.DataView", "Microsoft.ML.FastTree", "Microsoft.ML.LightGbm",
    ];

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
    public void Hangfire_IsKnownToJobsAndItsPageOnly() => Repository.Sources("Wfm.Api").Where(s => UsesHangfire().IsMatch(s.Text)).Select(s => s.Path)
        .Where(path => !path.StartsWith("Jobs/")).Should().Equal("Hosting/JobDashboard.cs");

    [TestCase("using Hangfire;", true)]
    [TestCase("using Hangfire.States;", true)]
    [TestCase("private Hangfire.Common.Job _message;", true)]
    [TestCase("/// <summary>Messages of Hangfire.</summary>", false)]
    [TestCase("services.AddHangfireJobs(store);", false)]
    public void UsesHangfire_Source_SeesCodeAndNotProse(string source, bool uses) => UsesHangfire().IsMatch(source).Should().Be(uses);

    [GeneratedRegex(@"^\s*(global )?using (static )?Hangfire\b|\bHangfire\.[A-Z]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsesHangfire();
}
