using Wfm.Forecasting.Uncertainty;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class ErrorSizesTests
{
    private static ErrorSizes Of(int days, Func<int, double> size, bool across = false)
    {
        var errors = Enumerable.Range(0, days * 4).Select(i => i / 4)
            .Select(day => new BacktestError(0, 0, 0, 100, 100 + size(day), day, across && day >= days - 14)).ToList();
        return new ErrorSizes(errors, [.. errors.Select(e => (e.Actual - e.Forecast) * (e.Day % 2 == 0 ? 1 : -1))]);
    }

    [Test]
    public void New_AlwaysTheSame_IsAsSureAsCanBe() => (Of(70, _ => 1).Draws, Of(70, _ => 1).Recent).Should().Be((double.PositiveInfinity, 1));

    [Test]
    public void New_LastFortnightTwiceAsLarge_IsWidenedByTheRoot() => Of(70, d => d >= 56 ? 2 : 1).Recent.Should().BeApproximately(Math.Sqrt(2), 1e-9);

    [Test]
    public void New_AChangeOfLevelExplainsIt_IsNotWidened() => Of(70, d => d >= 56 ? 2 : 1, across: true).Recent.Should().Be(1);

    [Test]
    public void New_LastFortnightCalm_IsNotNarrowed() => Of(70, d => d >= 56 ? 0.5 : 1).Recent.Should().Be(1);

    [Test]
    public void New_EveryOtherWeekHarder_IsWorthFewDraws()
    {
        // Ten weeks of sizes 1 and 3: mean 2, squared coefficient of variation 10/9 ÷ 4; a normal draw has π/2 − 1.
        Of(70, d => d / 7 % 2 == 0 ? 1 : 3).Draws.Should().BeApproximately(((Math.PI / 2) - 1) * 10 / (10 / 9.0 / 4), 1e-9);
    }

    [Test]
    public void New_LessThanFourWeeks_SayNothingAboutWeeks() => Of(20, d => d % 5).Draws.Should().Be(double.PositiveInfinity);
}
