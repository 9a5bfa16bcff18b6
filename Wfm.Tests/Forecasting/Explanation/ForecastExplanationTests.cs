using FsCheck;
using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Explanation;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Explanation;

public sealed class ForecastExplanationTests
{
    private static readonly CalendarEvent[] Holidays =
    [
        OnDay(20), OnDay(45), OnDay(66), OnDay(86),
    ];

    private static CalendarEvent OnDay(int day) =>
        new("holiday", SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + 1));

    private static bool AddsUp(Contributions parts, double value)
    {
        var size = Math.Abs(value) + Math.Abs(parts.Level) + Math.Abs(parts.Trend) + Math.Abs(parts.TimeOfYear) + Math.Abs(parts.Remainder);
        return Math.Abs(parts.Total - value) <= 1e-9 * size;
    }

    [Test]
    public void Explain_Forecast_AddsUpByIntervalDayAndWeek()
    {
        var history = SyntheticSeries.HourlySeries(12, 40, 8);
        var options = new ForecastOptions { Events = Holidays };
        var forecast = ForecastEngine.Forecast(history, 336, options);

        var explanation = ForecastExplanation.Explain(history, forecast.Mean, forecast.EventFactors, options);

        explanation.Steps.Zip(forecast.Mean).Should().OnlyContain(x => AddsUp(x.First, x.Second));
        foreach (var period in Enum.GetValues<ExplanationPeriod>())
        {
            explanation.By(period, explanation.Start, explanation.End).Sum(p => p.Parts.Total).Should().BeApproximately(forecast.Mean.Sum(), 1e-6);
        }

        explanation.By(ExplanationPeriod.Day, explanation.Start, explanation.End).Should().HaveCount(14);
        explanation.By(ExplanationPeriod.Week, explanation.Start, explanation.End).Should().HaveCount(2);
    }

    [Test]
    public void Explain_Holiday_IsTheMeanLessTheMeanWithoutIt()
    {
        var history = SyntheticSeries.HourlySeries(12, 40, 8);
        var options = new ForecastOptions { Events = Holidays, SiblingEffects = [new EventEffect("holiday", 0.5, 0.12, 30) { Spread = 0.1 }] };
        var (with, without) = (ForecastEngine.Forecast(history, 168, options), ForecastEngine.Forecast(history, 168, options with { Events = Holidays[..^1] }));

        var explanation = ForecastExplanation.Explain(history, with.Mean, with.EventFactors, options);

        var day = explanation.By(ExplanationPeriod.Day, explanation.Start, explanation.End)[2];
        day.Parts.Events.Should().BeApproximately(with.Mean[48..72].Sum() - without.Mean[48..72].Sum(), 1e-9);
        explanation.Steps.Where((_, h) => h is < 48 or >= 72).Should().OnlyContain(p => p.Events == 0);
    }

    [Test]
    public void Explain_WeeklyProfile_IsFoundAndLeavesLittle()
    {
        var history = SyntheticSeries.HourlySeries(12, 200, 8);
        double[] truth = [.. Enumerable.Range(0, 168).Select(h => SyntheticSeries.HourlyRate(h, 200))];

        var explanation = ForecastExplanation.Explain(history, truth, [], new ForecastOptions());

        explanation.Steps.Sum(p => Math.Abs(p.Remainder)).Should().BeLessThan(0.05 * truth.Sum());
        var days = explanation.By(ExplanationPeriod.Day, explanation.Start, explanation.End);
        days[0].Parts.DayOfWeek.Should().BePositive();
        days[6].Parts.DayOfWeek.Should().BeNegative("weekends are half as busy");
        explanation.Steps[10].TimeOfDay.Should().BePositive();
        explanation.Steps[2].TimeOfDay.Should().BeNegative();
    }

    [Test]
    public void Explain_GrowthAndYear_AreToldApart()
    {
        var start = Instant.FromUtc(2022, 1, 3, 0, 0);
        double[] values = [.. Enumerable.Range(0, 728 + 182).Select(d =>
            100 + (d * 0.05) + (20 * Math.Cos(2 * Math.PI * (start + Duration.FromDays(d)).InUtc().DayOfYear / 365.25)))];
        var history = new TimeSeries(start, SyntheticSeries.Daily(), values[..728]);

        var explanation = ForecastExplanation.Explain(history, values.AsSpan(728), [], new ForecastOptions());

        explanation.Steps[181].Trend.Should().BeApproximately(182 * 0.05, 2);
        (explanation.Steps[2].TimeOfYear - explanation.Steps[181].TimeOfYear).Should().BeApproximately(40, 6, "January is the peak, July the trough");
    }

    [Test]
    public void Sum_PastWeek_IsWhatWasObserved()
    {
        var history = SyntheticSeries.HourlySeries(12, 40, 8);
        var explanation = ForecastExplanation.Explain(history, new double[24], [], new ForecastOptions { Events = Holidays });

        explanation.Sum(history.InstantAt(24 * 63), history.InstantAt(24 * 70)).Total.Should()
            .BeApproximately(history.Values[(24 * 63)..(24 * 70)].ToArray().Sum(), 1e-6);
        explanation.Sum(history.InstantAt(24 * 66), history.InstantAt(24 * 67)).Events.Should().NotBe(0);
        explanation.Covers(history.Start, explanation.End).Should().BeTrue();
        explanation.Covers(history.Start - Duration.FromHours(1), explanation.End).Should().BeFalse();
    }

    [Test]
    public void Minus_TwoWeeks_SharesTheChangeOut()
    {
        var history = SyntheticSeries.HourlySeries(12, 40, 8);
        var explanation = ForecastExplanation.Explain(history, [.. Enumerable.Repeat(30.0, 168)], [], new ForecastOptions(), [.. Enumerable.Repeat(2.0, 168)]);

        var (ahead, before) = (explanation.Sum(history.End, explanation.End), explanation.Sum(history.InstantAt(24 * 77), history.End));
        var change = ahead - before;

        ahead.Adjustments.Should().Be(336);
        change.Total.Should().BeApproximately((32 * 168) - history.Values[(24 * 77)..].ToArray().Sum(), 1e-6);
        change.Level.Should().BeApproximately(0, 1e-9, "one level serves past and future");
    }

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public bool Explain_AnyInput_AddsUp(int[] values, NormalFloat[] mean, PositiveInt factor)
    {
        if (values.Length == 0 || mean.Length == 0)
        {
            return true;
        }

        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), [.. values.Select(v => (double)v)]);
        double[] curve = [.. mean.Select(m => Math.Clamp(m.Get, -1e12, 1e12))];
        var factors = Enumerable.Repeat(factor.Get / 10.0, curve.Length).ToArray();

        return ForecastExplanation.Explain(history, curve, factors, new ForecastOptions()).Steps.Zip(curve).All(x => AddsUp(x.First, x.Second));
    }

    [Test]
    public void Explain_ClosedHours_AreNothing()
    {
        var values = SyntheticSeries.HourlyCounts(12, 40, 8);
        double[] open = [.. values.Select((v, t) => t % 24 is >= 8 and < 18 ? v : double.NaN)];
        var history = new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), open);
        var forecast = ForecastEngine.Forecast(history, 168, new ForecastOptions());

        var explanation = ForecastExplanation.Explain(history, forecast.Mean, [], new ForecastOptions());

        explanation.Steps.Where((_, h) => forecast.Closed[h]).Should().OnlyContain(p => p == default);
    }

    [Test]
    public void Explain_FactorsOfAnotherLength_Throws() => FluentActions
        .Invoking(() => ForecastExplanation.Explain(SyntheticSeries.HourlySeries(2, 10, 1), [1, 2], [1], new ForecastOptions()))
        .Should().Throw<ArgumentException>().WithMessage("*2 steps, 1 event factors*");

    [Test]
    public void Explain_FactorBelowZero_Throws() => FluentActions
        .Invoking(() => ForecastExplanation.Explain(SyntheticSeries.HourlySeries(2, 10, 1), [1, 2], [1, -1], new ForecastOptions()))
        .Should().Throw<ArgumentException>().WithMessage("*Step 1*");

    [Test]
    public void Explain_EmptyHistory_SaysWhatToTry() => FluentActions
        .Invoking(() => ForecastExplanation.Explain(new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), []), [1], [], new ForecastOptions()))
        .Should().Throw<ForecastDataException>().WithMessage("*empty*");
}
