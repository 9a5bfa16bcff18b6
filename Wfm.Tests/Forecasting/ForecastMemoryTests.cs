using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Wfm.Forecasting;
using Wfm.Forecasting.Series;
using Wfm.Tests.Forecasting.Support;

namespace Wfm.Tests.Forecasting;

public sealed class ForecastMemoryTests
{
    private static readonly double[] Values = SyntheticSeries.HourlyCounts(10, 30, 21);

    private static SeriesForecast Forecast(double[] values, int horizon, ForecastMemory? memory = null, Instant? start = null) => ForecastEngine.Forecast(
        new TimeSeries(start ?? SyntheticSeries.Monday, SyntheticSeries.Hourly(), values), horizon, new ForecastOptions { Memory = memory });

    [Test]
    public void Forecast_SameHistoryFromMemory_IsTheSameToTheBit()
    {
        var learned = Forecast(Values, 168);

        var recalled = Forecast(Values, 168, learned.Memory);

        learned.FromMemory.Should().BeFalse();
        recalled.FromMemory.Should().BeTrue();
        recalled.Mean.Should().Equal(learned.Mean);
        recalled.Quantiles.Zip(learned.Quantiles).Should().OnlyContain(pair => pair.First.SequenceEqual(pair.Second));
        recalled.Backtest.Should().Be(learned.Backtest);
        recalled.Models.Should().Equal(learned.Models);
    }

    [Test]
    public void Forecast_OneMoreDay_UsesItAndStaysNearLearningAnew()
    {
        var memory = Forecast(Values[..^24], 168).Memory;

        var recalled = Forecast(Values, 144, memory);
        var anew = Forecast(Values, 144);

        recalled.FromMemory.Should().BeTrue();
        recalled.Start.Should().Be(anew.Start);
        recalled.Mean.Zip(anew.Mean, (a, b) => Math.Abs(a - b)).Sum().Should().BeLessThan(0.05 * anew.Mean.Sum());
    }

    [Test]
    public void Memory_ThroughJson_ForecastsTheSame()
    {
        var options = new JsonSerializerOptions { Converters = { new InstantConverter() } };
        var learned = Forecast(Values, 48);

        var stored = JsonSerializer.Deserialize<ForecastMemory>(JsonSerializer.Serialize(learned.Memory, options), options);

        Forecast(Values, 48, stored).Mean.Should().Equal(learned.Mean);
        stored!.Days.Days.Should().NotBeEmpty().And.Equal(learned.Memory!.Days.Days);
        stored.Days.Errors.Should().Equal(learned.Memory.Days.Errors);
    }

    [Test]
    public void Forecast_EightDaysLater_LearnsAnew() => Forecast(Values, 24, Forecast(Values[..^192], 216).Memory).FromMemory.Should().BeFalse();

    [Test]
    public void Forecast_SevenDaysLater_StillRemembers() => Forecast(Values, 24, Forecast(Values[..^168], 192).Memory).FromMemory.Should().BeTrue();

    [Test]
    public void Forecast_OtherStart_LearnsAnew() =>
        Forecast(Values, 24, Forecast(Values, 24).Memory, SyntheticSeries.Monday + Duration.FromDays(7)).FromMemory.Should().BeFalse();

    [Test]
    public void Forecast_LongerHorizon_LearnsAnew() => Forecast(Values, 73, Forecast(Values, 48).Memory).FromMemory.Should().BeFalse();

    [Test]
    public void Forecast_ShorterHistory_LearnsAnew() => Forecast(Values[..^24], 24, Forecast(Values, 24).Memory).FromMemory.Should().BeFalse();

    [Test]
    public void Forecast_NewLevel_LearnsAnew()
    {
        double[] doubled = [.. Values.Select((v, t) => t < Values.Length - (4 * 168) ? v : 2 * v)];
        var memory = Forecast(doubled[..^72], 168).Memory; // the fourth week is not whole yet

        Forecast(doubled, 96, memory).FromMemory.Should().BeFalse();
    }

    [Test]
    public void Forecast_NewSeasonCovered_LearnsAnew()
    {
        var memory = Forecast(Values[..160], 48).Memory;

        var forecast = Forecast(Values[..176], 32, memory);

        forecast.FromMemory.Should().BeFalse();
        forecast.Mean.Should().OnlyContain(v => double.IsFinite(v) && v >= 0);
    }

    [Test]
    public void Forecast_NamedModels_TakesNoOther() => ForecastEngine.Forecast(
        new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), Values), 24, new ForecastOptions { Models = ["ets", "seasonal-naive"] })
        .Models.Select(m => m.Model).Should().BeEquivalentTo("ets", "seasonal-naive");

    [Test]
    public void Forecast_UnknownModel_SaysWhichThereAre() => FluentActions.Invoking(() => ForecastEngine.Forecast(
        new TimeSeries(SyntheticSeries.Monday, SyntheticSeries.Hourly(), Values), 24, new ForecastOptions { Models = ["prophet"] }))
        .Should().Throw<ArgumentException>().WithMessage("*no model 'prophet'*seasonal-naive*");

    private sealed class InstantConverter : System.Text.Json.Serialization.JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            InstantPattern.ExtendedIso.Parse(reader.GetString()!).Value;

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
    }
}
