using Wfm.Forecasting;
using Wfm.Forecasting.Combination;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Uncertainty;

public sealed class BacktestErrorsTests
{
    private const int Change = 200; // day on which the level doubles
    private const int Ahead = 28;

    private static readonly PreparedHistory Prepared = HistoryPreparation.Prepare(
        new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Daily(), [.. Enumerable.Range(0, 280).Select(day => (day < Change ? 100.0 : 200) + (day % 7))]),
        Ahead, new ForecastOptions());

    private static List<BacktestError> Collect(params int[] origins)
    {
        double[][] rows = [.. origins.Select(_ => Enumerable.Repeat(100.0, Ahead).ToArray())];
        var combined = new CombinedForecast(rows[0], new OriginPlan(origins, Ahead), rows, rows, [], [], new HorizonBuckets(7, 1));
        return BacktestErrors.Collect(combined, Prepared, new PhaseOfSlot(Prepared.Frame));
    }

    [Test]
    public void Prepare_LevelDoubles_IsFound() => Prepared.Seen.Shifts.Should().ContainSingle().Which.Slot.Should().Be(Change);

    [Test]
    public void Collect_AllErrorsAcrossAChangeOfLevel_KeepsAHorizonOfThem() => Collect(Change - 1, Change).FindAll(e => e.IsAcross).Should()
        .HaveCountGreaterThan(Ahead / 2);

    [Test]
    public void Collect_MostErrorsNotAcross_KeepsFewOfTheOthers()
    {
        var errors = Collect([.. Enumerable.Range(0, 10).Select(k => 60 + (14 * k))]);

        errors.Count(e => !e.IsAcross).Should().BeGreaterThan(200);
        errors.Count(e => e.IsAcross).Should().BeInRange(1, 20); // a change in 280 days, half a horizon in: one step in twenty
    }

    [Test]
    public void Collect_BeforeTheChange_IsAtTheLatestLevel() => Collect(100).Should().HaveCount(Ahead)
        .And.OnlyContain(e => e.Forecast > 190 && e.Forecast < 210 && Math.Abs(e.Actual - e.Forecast) < 20);
}
