using Wfm.Api.Features.SampleOperation;
using Wfm.Tests.Architecture;

namespace Wfm.Tests.Api.Features.SampleOperation;

/// <summary>Compares a generated text with the committed file, or, when WFM_REWRITE_SAMPLES is 1, writes it there for review in git.</summary>
internal static class CommittedFile
{
    private static readonly bool Rewrite = Environment.GetEnvironmentVariable("WFM_REWRITE_SAMPLES") == "1";

    public static string Text(string file)
    {
        using var reader = new StreamReader(SampleOperationFiles.Open(file));
        return reader.ReadToEnd();
    }

    public static void ShouldEqual(string file, string generated)
    {
        if (Rewrite)
        {
            File.WriteAllText(Repository.PathOf("samples", "operation", file), generated);
            Assert.Inconclusive($"{file} was written. Build again and run without WFM_REWRITE_SAMPLES.");
        }
        var (actual, expected) = (generated.Split('\n'), Text(file).Split('\n'));
        for (var line = 0; line < Math.Min(actual.Length, expected.Length); line++)
        {
            actual[line].Should().Be(expected[line], "line {0} of {1} is generated; WFM_REWRITE_SAMPLES=1 writes the file anew", line + 1, file);
        }
        actual.Should().HaveCount(expected.Length);
    }
}
