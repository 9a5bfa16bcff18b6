using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace Wfm.Api.Json;

/// <summary>The JSON of the API and of JSON columns: camelCase, enums as strings, NodaTime as ISO 8601.</summary>
public static class WfmJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <param name="bounded">True where others send it: dates and numbers without sense are refused.</param>
    public static JsonSerializerOptions Configure(JsonSerializerOptions options, bool bounded = false)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Explained<Instant>(InstantPattern.ExtendedIso, "an instant such as 2026-11-02T00:00:00Z", bounded ? Bounds.Hold : null));
        options.Converters.Add(new Explained<LocalDate>(LocalDatePattern.Iso, "a date such as 2026-11-02", bounded ? Bounds.Hold : null));
        options.Converters.Add(
            new Explained<LocalTime>(OfAny(LocalTimePattern.GeneralIso, LocalTimePattern.CreateWithInvariantCulture("HH:mm")), "a time such as 07:30:00"));
        options.Converters.Add(new Explained<LocalDateTime>(
            OfAny(LocalDateTimePattern.ExtendedIso, LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm")),
            "a local date and time without offset such as 2026-11-02T08:30", bounded ? Bounds.Hold : null));
        if (bounded)
        {
            options.Converters.Add(new BoundedNumber());
        }

        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        return options;
    }

    // Written as the first, read as any.
    private static IPattern<T> OfAny<T>(IPattern<T> first, IPattern<T> second)
    {
        var both = new CompositePatternBuilder<T>();
        both.Add(second, _ => false);
        both.Add(first, _ => true);
        return both.Build();
    }

    /// <summary>NodaTime's converter, whose error names what would have been right.</summary>
    private sealed class Explained<T>(IPattern<T> pattern, string expected, Func<T, bool>? isSensible = null) : JsonConverter<T>
    {
        private readonly NodaPatternConverter<T> _converter = new(pattern);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? $"'{reader.GetString()}'" : "This value";
            try
            {
                var value = _converter.Read(ref reader, typeToConvert, options)!;
                return isSensible?.Invoke(value) != false ? value : throw new OutOfBoundsException($"{text} is not {Bounds.OfDates}.");
            }
            catch (JsonException wrong) when (wrong is not OutOfBoundsException)
            {
                throw new JsonException($"{text} is not {expected}.", wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => _converter.Write(writer, value, options);
    }

    private sealed class OutOfBoundsException(string message) : JsonException(message);

    /// <summary>A number, or NaN and infinities by name, as without it; but what is too small or too large for any use is refused.</summary>
    private sealed class BoundedNumber : JsonConverter<double>
    {
        private static readonly JsonConverter<double> Plain = (JsonConverter<double>)JsonSerializerOptions.Default.GetConverter(typeof(double));

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var value = reader.TokenType != JsonTokenType.String ? Plain.Read(ref reader, typeToConvert, options) : reader.GetString() switch
            {
                "NaN" => double.NaN,
                "Infinity" => double.PositiveInfinity,
                "-Infinity" => double.NegativeInfinity,
                _ => throw new JsonException("A number is expected here."),
            };
            return Bounds.Hold(value) ? value : throw new JsonException($"A number is {Bounds.OfNumbers}; this one is not.");
        }

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteStringValue(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
