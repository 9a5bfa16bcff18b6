using Wfm.Forecasting;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Series;

public sealed class GapFillingTests
{
    private const double Gap = double.NaN;

    [Test]
    public void Fill_GapBetweenSeasons_TakesTheMeanOfItsPhase() =>
        GapFilling.Fill([1, 10, 2, Gap, 3, 30], [2]).Should().Equal(1, 10, 2, 20, 3, 30);

    [Test]
    public void Fill_GapAtTheEnd_TakesTheSeasonBefore() => GapFilling.Fill([1, 10, 2, Gap], [2]).Should().Equal(1, 10, 2, 10);

    [Test]
    public void Fill_NoSeason_DrawsAStraightLine() => GapFilling.Fill([Gap, 2, Gap, Gap, 8, Gap], []).Should().Equal(2, 2, 4, 6, 8, 8);

    [Test]
    public void Fill_Zeros_AreNotGaps() => GapFilling.Fill([0, 5, 0, Gap], [2]).Should().Equal(0, 5, 0, 5);

    [Test]
    public void Fill_EverythingMissing_SaysSo() =>
        FluentActions.Invoking(() => GapFilling.Fill([Gap, Gap], [])).Should().Throw<ForecastDataException>().WithMessage("*missing*Import*");
}
