using Wfm.Api.Features.SampleOperation;

namespace Wfm.Tests.Api.SampleOperation;

public sealed class SampleVolumeGeneratorTests
{
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();
    private static readonly SampleVolumeGenerator Generator = new(Files);
    private static readonly Dictionary<(string Queue, string Hub), List<SampleVolume>> History = Generator.Generate().GroupBy(v => (v.Queue, v.Hub))
        .ToDictionary(group => group.Key, group => group.ToList());

    [Test]
    public void Excerpt_DefaultSeed_IsTheCommittedFile() => CommittedFile.ShouldEqual("volumes-sample.csv", SampleVolumeCsv.Excerpt(Files));
}
