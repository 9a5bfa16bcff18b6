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

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new Explained<Instant>(InstantPattern.ExtendedIso, "an instant such as 2026-11-02T00:00:00Z"));
        options.Converters.Add(new Explained<LocalDate>(LocalDatePattern.Iso, "a date such as 2026-11-02"));
        options.Converters.Add(
            new Explained<LocalTime>(OfAny(LocalTimePattern.GeneralIso, LocalTimePattern.CreateWithInvariantCulture("HH:mm")), "a time such as 07:30:00"));
        options.Converters.Add(new Explained<LocalDateTime>(
            OfAny(LocalDateTimePattern.ExtendedIso, LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm")),
            "a local date and time without offset such as 2026-11-02T08:30"));
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
    private sealed class Explained<T>(IPattern<T> pattern, string expected) : JsonConverter<T>
    {
        private readonly NodaPatternConverter<T> _converter = new(pattern);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? $"'{reader.GetString()}'" : "This value";
            try
            {
                return _converter.Read(ref reader, typeToConvert, options)!;
            }
            catch (JsonException wrong)
            {
                throw new JsonException($"{text} is not {expected}.", wrong);
            }
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => _converter.Write(writer, value, options);
    }
}
