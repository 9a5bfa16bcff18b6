using Wfm.Forecasting.Pooled;

namespace Wfm.Tests.Forecasting.Pooled;

public sealed class SimilarityTests
{
    private static readonly Dictionary<string, double> NoWeights = [];

    private static Dictionary<string, string> Of(string language, string channel) => new() { ["language"] = language, ["channel"] = channel };

    [Test]
    public void Of_TheSameAttributes_IsOne() => Similarity.Of(Of("en", "chat"), Of("en", "chat"), NoWeights).Should().Be(1);

    [Test]
    public void Of_OneOfTwoShared_IsMoreThanHalf() => Similarity.Of(Of("en", "chat"), Of("en", "voice"), NoWeights).Should().BeApproximately(1.1 / 2.1, 1e-12);

    [Test]
    public void Of_NothingShared_IsAboveZero() => Similarity.Of(Of("en", "chat"), Of("pt", "voice"), NoWeights).Should().BeApproximately(0.1 / 2.1, 1e-12);

    [Test]
    public void Of_HeavyAttribute_Decides() => Similarity.Of(Of("en", "chat"), Of("en", "voice"), new Dictionary<string, double> { ["language"] = 9 })
        .Should().BeApproximately(9.1 / 10.1, 1e-12);
}
