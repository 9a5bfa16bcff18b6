using Wfm.Api.Features.Forecasts.Accuracy;

namespace Wfm.Tests.Api.Features.Forecasts.Accuracy;

public sealed class AccuracyTallyTests
{
    [Test]
    public void Figures_NothingCame_HasNoErrorRelativeToIt()
    {
        var tally = new AccuracyTally();
        tally.Add(actual: 0, mean: 3, scale: 0);

        var figures = tally.Figures();
        figures.Observations.Should().Be(1);
        figures.Should().Match<AccuracyFigures>(f => f.Wape == null && f.Bias == null && f.Mase == null && f.MeanPinball == null);
    }

    [Test]
    public void Figures_TwoIntervals_AreSumsOverSums()
    {
        var tally = new AccuracyTally();
        tally.Add(actual: 10, mean: 12, scale: 4);
        tally.Add(actual: 30, mean: 24, scale: 4);

        tally.Figures().Should().Match<AccuracyFigures>(f => f.Wape == 8 / 40.0 && f.Bias == -4 / 40.0 && f.Mase == 1);
    }
}
