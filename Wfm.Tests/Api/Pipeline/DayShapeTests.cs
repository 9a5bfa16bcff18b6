using NodaTime;
using Wfm.Api.Pipeline;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Scheduling.Problem;
using Wfm.Scheduling.Staffing;

namespace Wfm.Tests.Api.Pipeline;

public sealed class DayShapeTests
{
    private static readonly DateTimeZone Dublin = DateTimeZoneProviders.Tzdb["Europe/Dublin"];
    private static readonly Instant Monday = Dublin.AtStartOfDay(new LocalDate(2026, 3, 23)).ToInstant(); // the clocks change on Sunday
    private static readonly OpenHours NineToFive = new([
        .. Enumerable.Range(1, 7).Select(d => new AvailabilityWindow((IsoDayOfWeek)d, new LocalTime(9, 0), new LocalTime(17, 0))),
    ]);

    [Test]
    public void Of_DailyMailThatMayWait_ComesEvenlyWhileTheDoorsAreOpen()
    {
        var work = Work(Deferrable(Forecast(Duration.FromDays(1), 7, 160)), NineToFive);

        work.Span.Grid.Interval.Should().Be(Duration.FromMinutes(30));
        work.Paths[0].Where(v => v > 0).Should().HaveCount(7 * 16);
        work.Open.Index().Where(o => o.Item).Select(o => work.Paths[0][o.Index]).Should().OnlyContain(v => v > 0);
    }

    [Test]
    public void Of_DaysOf23And24Hours_KeepTheirTotals()
    {
        var forecast = Deferrable(Forecast(Duration.FromDays(1), 7, 160));
        var paths = forecast.Volume.SamplePaths(2, 1);

        var work = Work(forecast, OpenHours.Always);

        work.Span.Count.Should().Be((7 * 48) - 2);
        var sunday = work.Paths[0][(6 * 48)..].Sum();
        sunday.Should().BeApproximately(paths[0][6], 1e-9);
        work.Paths[0].Sum().Should().BeApproximately(paths[0].Sum(), 1e-9);
    }

    [Test]
    public void Of_DailyCalls_ComeAsTheOtherImmediateQueueOfTheHubDoes()
    {
        var daily = Immediate(Forecast(Duration.FromDays(1), 1, 90));
        var morning = Immediate(Forecast(Duration.FromHours(1), 24, 10) with { Mean = [.. Enumerable.Range(0, 24).Select(h => h is 9 or 10 ? 20.0 : 0)] });

        var work = QueueWork.Of(daily, Hub(NineToFive), DayShape.Of([daily, morning]), 2, 1);

        work.Span.Grid.Interval.Should().Be(Duration.FromHours(1));
        work.Paths[0].Index().Where(v => v.Item > 0).Select(v => v.Index).Should().Equal(9, 10);
    }

    [Test]
    public void Of_DayThatNeverOpens_KeepsItsWork()
    {
        var closed = new OpenHours([new AvailabilityWindow(IsoDayOfWeek.Tuesday, new LocalTime(9, 0), new LocalTime(17, 0))]);

        var work = Work(Deferrable(Forecast(Duration.FromDays(1), 1, 48)), closed);

        work.Paths[0].Should().OnlyContain(v => v > 0, "it came, whoever is there").And.HaveCount(48);
    }

    private static QueueWork Work(ForecastedQueue forecast, OpenHours open) => QueueWork.Of(forecast, Hub(open), DayShape.Of([forecast]), 2, 1);

    private static PlannedHub Hub(OpenHours open) => new("dub", Dublin, open, 0.1, 0.1);

    private static ForecastedQueue Deferrable(SeriesForecast volume) =>
        new(1, new PlannedQueue("mail", "mail") { Deferrable = new DeferrableGoal(Duration.FromDays(1), 1) }, volume, [.. volume.Mean.Select(_ => 300.0)]);

    private static ForecastedQueue Immediate(SeriesForecast volume) =>
        new(
            2, new PlannedQueue("voice", "voice") { Immediate = new ImmediateGoal(0.8, Duration.FromSeconds(20)) }, volume,
            [.. volume.Mean.Select(_ => 300.0)]);

    private static SeriesForecast Forecast(Duration interval, int steps, double mean)
    {
        var history = new double[8 * steps];
        var random = new Random(3);
        for (var i = 0; i < history.Length; i++)
        {
            history[i] = mean + random.Next(-5, 6);
        }

        var grid = new IntervalGrid(interval, Dublin);
        var start =
            interval < Duration.FromDays(1)
                ? Monday - (interval * history.Length)
                : Dublin.AtStartOfDay(new LocalDate(2026, 3, 23).PlusDays(-history.Length)).ToInstant();
        return ForecastEngine.Forecast(new TimeSeries(start, grid, history), steps, new ForecastOptions());
    }
}
