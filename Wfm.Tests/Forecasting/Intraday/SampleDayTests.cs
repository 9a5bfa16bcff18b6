using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Forecasting;
using Wfm.Forecasting.Accuracy;
using Wfm.Forecasting.Intraday;
using Wfm.Forecasting.Series;

namespace Wfm.Tests.Forecasting.Intraday;

/// <summary>Updates on days of the sample operation, whose generator knows nothing of copulas.</summary>
public sealed class SampleDayTests
{
    private const int Day = 48;
    private static readonly SampleOperationFiles Files = SampleOperationFiles.Load();

    [Test]
    public void Update_AtTenOnDaysOfTheSample_BeatsTheForecastInPinball()
    {
        var (before, after) = (0.0, 0.0);
        foreach (var series in Files.Series.Take(12).Where((_, i) => i % 4 == 0))
        {
            var zone = Files.HubsByCode[series.Hub].Zone;
            var start = zone.AtStartOfDay(new LocalDate(2026, 5, 4)).ToInstant();
            var values = Dense(series, start, 13 * 7 * Day);
            var known = values.Length - (7 * Day);
            var forecast = ForecastEngine.Forecast(
                new TimeSeries(start, new IntervalGrid(Duration.FromMinutes(30), zone), values[..known]), 7 * Day, new ForecastOptions());
            var scale = forecast.Quantiles.Average(row => row.Average());
            for (var day = 0; day < 7; day++)
            {
                var now = (day * Day) + 20;
                var update = IntradayUpdate.Update(forecast, values.AsSpan(known, now), day * Day, (day + 1) * Day, (day + 1) * Day);
                before += Pinball(values.AsSpan(known + now, Day - 20), forecast, forecast.Quantiles, now) / scale;
                after += Pinball(values.AsSpan(known + now, Day - 20), forecast, update.Quantiles, 0) / scale;
            }
        }

        after.Should().BeLessThan(before);
    }

    private static double Pinball(ReadOnlySpan<double> actual, SeriesForecast forecast, double[][] quantiles, int from)
    {
        var (sum, count) = (0.0, 0);
        for (var h = 0; h < actual.Length; h++)
        {
            if (!double.IsNaN(actual[h]))
            {
                count++;
                for (var k = 0; k < quantiles.Length; k++)
                {
                    sum += PinballLoss.Of(actual[h], quantiles[k][from + h], forecast.QuantileLevels[k]);
                }
            }
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double[] Dense(SampleSeries series, Instant start, int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        foreach (var row in new SampleVolumeGenerator(Files).Generate(series))
        {
            var index = (row.IntervalStart - start) / Duration.FromMinutes(30);
            if (index >= 0 && index < length)
            {
                values[(int)index] = row.Offered;
            }
        }

        return values;
    }
}
