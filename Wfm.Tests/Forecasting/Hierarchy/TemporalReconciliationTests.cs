using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Hierarchy;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Hierarchy;

public sealed class TemporalReconciliationTests
{
    private static readonly Duration Day = Duration.FromDays(1);

    /// <summary>Ten weeks of half-hours, 08:00 to 20:00 from Monday to Saturday, closed hours missing; the last value at Saturday 20:00.</summary>
    private static TimeSeries OfficeHours()
    {
        var random = new Random(4);
        double[] values =
        [
            .. Enumerable.Range(0, 10 * 336)
                .Select(i => Open(i % 336) ? SyntheticSeries.Poisson(random, SyntheticSeries.HourlyRate(i % 336 / 2, 30)) : double.NaN),
        ];
        return new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.HalfHourly(), values[..^(48 + 8)]);
    }

    private static bool Open(int slot) => slot / 48 < 6 && slot % 48 is >= 16 and < 40;

    private static readonly Lazy<(SeriesForecast Fine, SeriesForecast Daily, SeriesForecast Weekly)> Forecasts = new(() =>
    {
        var history = OfficeHours();
        var options = new ForecastOptions { BacktestOrigins = 3 };
        return (ForecastEngine.Forecast(history, 8 + (48 * 15), options), ForecastEngine.Forecast(OpenHoursRollUp.To(history, Day), 15, options),
            ForecastEngine.Forecast(OpenHoursRollUp.To(history, Duration.FromDays(7)), 2, options));
    });

    [Test]
    public void Reconcile_DaysAndWeeks_AddUp()
    {
        var (fine, daily, weekly) = Forecasts.Value;

        var result = TemporalReconciliation.Reconcile(fine, [daily, weekly]);

        Sum(result.Fine.Mean, 8 + 48, 48).Should().BeApproximately(result.Coarser[0].Mean[1], 1e-9 * result.Coarser[0].Mean[1]);
        Sum(result.Coarser[0].Mean, 1, 7).Should().BeApproximately(result.Coarser[1].Mean[0], 1e-9 * result.Coarser[1].Mean[0]);
        result.Coarser[0].Mean[1].Should().BeInRange(
                Math.Min(daily.Mean[1], Sum(fine.Mean, 56, 48)) * 0.97, Math.Max(daily.Mean[1], Sum(fine.Mean, 56, 48)) * 1.03,
                "levels meet in between, give or take the week");
    }

    [Test]
    public void Reconcile_ClosedHours_StayClosed()
    {
        var (fine, daily, _) = Forecasts.Value;

        var result = TemporalReconciliation.Reconcile(fine, [daily]).Fine;

        result.Closed.Should().Contain(true);
        var highest = result.Quantiles[^1];
        result.Closed.Zip(result.Mean, highest).Where(step => step.First).Should().OnlyContain(step => step.Second == 0 && step.Third == 0);
    }

    [Test]
    public void Reconcile_Quantiles_AscendAndAreNotNegative()
    {
        var (fine, daily, weekly) = Forecasts.Value;
        var result = TemporalReconciliation.Reconcile(fine, [daily, weekly]);

        foreach (var forecast in result.Coarser.Append(result.Fine))
        {
            forecast.Quantiles.Should().OnlyContain(row => row.All(v => v >= 0));
            forecast.Quantiles.Zip(forecast.Quantiles.Skip(1)).Should().OnlyContain(pair => pair.First.Zip(pair.Second).All(q => q.First <= q.Second));
        }
    }

    [Test]
    public void Reconcile_WithoutTrust_LeavesTheIntervalsAlone()
    {
        var (fine, daily, _) = Forecasts.Value;

        var result = TemporalReconciliation.Reconcile(fine, [daily], trust: 0);

        result.Fine.Mean.Should().Equal(fine.Mean);
        result.Coarser[0].Mean[2].Should().BeApproximately(Sum(fine.Mean, 8 + 96, 48), 1e-9);
    }

    [Test]
    public void Reconcile_NoCoarserForecast_IsTheForecast() =>
        TemporalReconciliation.Reconcile(Forecasts.Value.Fine, []).Fine.Should().BeSameAs(Forecasts.Value.Fine);

    [Test]
    public void Reconcile_WrongGrid_Throws()
    {
        var (fine, daily, _) = Forecasts.Value;
        FluentActions.Invoking(() => TemporalReconciliation.Reconcile(daily, [fine])).Should().Throw<ArgumentException>().WithMessage("*intervals must grow*");
        FluentActions.Invoking(() => TemporalReconciliation.Reconcile(fine, [daily with { Grid = SyntheticSeries.Daily("Europe/London") }])).Should()
            .Throw<ArgumentException>().WithMessage("*zone*");
        FluentActions.Invoking(() => TemporalReconciliation.Reconcile(fine, [daily], -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Test]
    public void RollUp_OpenHours_ClosedIsNoGapAndTheLastDayCounts()
    {
        var history = OfficeHours();

        var days = OpenHoursRollUp.To(history, Day);

        days.Length.Should().Be(69, "the Saturday is over at 20:00");
        double.IsNaN(days.Values[6]).Should().BeTrue("Sundays are closed");
        days.Values[0].Should().Be(history.Values[16..40].ToArray().Sum());
        RollUp.To(history, Day).Values.ContainsAnyExcept(double.NaN).Should().BeFalse("the plain sum takes closed hours for missing ones");
    }

    [Test]
    public void RollUp_OpenIntervalMissing_MakesTheDayMissing()
    {
        double[] values = OfficeHours().Values.ToArray();
        values[20] = double.NaN;

        double.IsNaN(OpenHoursRollUp.To(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.HalfHourly(), values), Day).Values[0]).Should().BeTrue();
    }

    [Test]
    public void RollUp_OpeningHoursOfAnotherGrid_Throws() => FluentActions
        .Invoking(() => OpenHoursRollUp.To(OfficeHours(), Day, new bool[168])).Should().Throw<ArgumentException>().WithMessage("*168*336*");

    private static double Sum(double[] values, int start, int count) => values[start..(start + count)].Sum();
}
