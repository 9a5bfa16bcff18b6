using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Json;

/// <summary>The JSON of the API and of JSON columns: camelCase, enums as strings, NodaTime as ISO 8601.</summary>
public static class WfmJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new PatternConverter<Instant>(InstantPattern.ExtendedIso, "an instant such as 2026-11-02T00:00:00Z"));
        options.Converters.Add(new PatternConverter<LocalDate>(LocalDatePattern.Iso, "a date such as 2026-11-02"));
        options.Converters.Add(new PatternConverter<LocalTime>(LocalTimePattern.GeneralIso, "a time such as 07:30:00", LocalTimePattern.CreateWithInvariantCulture("HH:mm")));
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        return options;
    }

    /// <summary>A NodaTime value by its text pattern; the error names what would have been right.</summary>
    private sealed class PatternConverter<T>(IPattern<T> pattern, string expected, IPattern<T>? alternative = null) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString() ?? "";
            var parsed = pattern.Parse(text);
            if (!parsed.Success && alternative is not null)
            {
                parsed = alternative.Parse(text);
            }

            return parsed.Success ? parsed.Value : throw new JsonException($"'{text}' is not {expected}.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(pattern.Format(value));
    }
}
