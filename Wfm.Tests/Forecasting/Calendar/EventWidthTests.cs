using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;
using Wfm.Forecasting.Uncertainty;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting.Calendar;

/// <summary>Intervals of days that events touch hold what they say, though an event never does the same twice.</summary>
public sealed class EventWidthTests
{
    private const int Weeks = 60;
    private const int Seeds = 40;
    private const double Between = 0.25; // standard deviation of the logarithm of the factor, from one occurrence to the next

    private static readonly ForecastOptions Quick = new() { Models = ["count-regression"], BacktestOrigins = 4 };

    [TestCase(40, 0.4, 8)]
    [TestCase(40, 0.4, 3)]
    [TestCase(40, 0.4, 1)]
    [TestCase(40, 1.8, 5)]
    [TestCase(3, 0.4, 5)]
    public void Forecast_FactorVariesBetweenOccurrences_EightyPerCentHold(double size, double factor, int earlier)
    {
        var (within, touched, days) = (0, 0, 0.0); // a whole number on the edge is inside or not, as one likes
        for (var seed = 0; seed < Seeds; seed++)
        {
            var (history, events, actual) = Draw(size, factor, earlier, seed);
            var forecast = ForecastEngine.Forecast(history, 7 * 24, Quick with { Events = events });
            var (low, high) = (forecast.Quantile(0.1), forecast.Quantile(0.9));
            for (var h = 0; h < 24; h++)
            {
                within += actual[h] > low[72 + h] && actual[h] < high[72 + h] ? 1 : 0;
                touched += actual[h] >= low[72 + h] && actual[h] <= high[72 + h] ? 1 : 0;
            }

            var sums = forecast.SamplePaths(400, seed).Select(path => path[72..96].Sum()).ToArray();
            var day = PathSums.Quantiles(sums, forecast.Mean[72..96].Sum(), [0.1, 0.9]);
            days += actual.Sum() >= day[0] && actual.Sum() <= day[1] ? 1 : 0;
        }

        TestContext.Out.WriteLine(
            $"size {size}, factor {factor}, {earlier} earlier: {within / (Seeds * 24.0):0.000} to {touched / (Seeds * 24.0):0.000} of hours, "
                + $"{days / Seeds:0.000} of days");
        (within / (Seeds * 24.0)).Should().BeLessThan(0.9);
        (touched / (Seeds * 24.0)).Should().BeGreaterThan(earlier == 1 ? 0.73 : 0.75, "seen once, an event says least of how it varies");
        (days / Seeds).Should().BeInRange(0.65, 0.95, "forty days are few");
    }

    private static (TimeSeries History, CalendarEvent[] Events, double[] Actual) Draw(double size, double factor, int earlier, int seed)
    {
        var random = new Random(1000 + seed);
        var rate = Enumerable.Range(0, (Weeks + 1) * 168).Select(t => SyntheticSeries.HourlyRate(t % 168, size)).ToArray();
        int[] on = [.. Enumerable.Range(0, earlier).Select(k => (7 * (4 + (k * (Weeks - 6) / earlier))) + random.Next(5)), (7 * Weeks) + 3];
        foreach (var day in on)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var drawn = factor * Math.Exp(Between * normal);
            for (var t = 24 * day; t < 24 * (day + 1); t++)
            {
                rate[t] *= drawn;
            }
        }

        double[] counts = [.. rate.Select(mean => (double)SyntheticSeries.Poisson(random, mean))];
        CalendarEvent[] events = [.. on.Select(day => new CalendarEvent(
            "holiday", SyntheticSeries.Monday + Duration.FromDays(day), SyntheticSeries.Monday + Duration.FromDays(day + 1)))];
        var last = 24 * on[^1];
        return (new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), counts[..(Weeks * 168)]), events, counts[last..(last + 24)]);
    }
}
