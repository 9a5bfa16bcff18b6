using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Wfm.Api.Json;

/// <summary>Enums by name; a wrong one is told the right ones.</summary>
public sealed class EnumNames : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter?)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert));

    /// <summary>The names a value may have, as JSON has them.</summary>
    public static IReadOnlyList<string> Of(Type type) =>
        [.. Enum.GetNames(type).Where(n => type != typeof(IsoDayOfWeek) || n != nameof(IsoDayOfWeek.None)).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<string, T> ByName = Of(typeof(T)).ToDictionary(n => n, n => Enum.Parse<T>(n, ignoreCase: true));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw Wrong("This value");
            return ByName.TryGetValue(text, out var value) ? value : throw Wrong($"'{text}'");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

        private static JsonException Wrong(string what) => new($"{what} is not one of {string.Join(", ", ByName.Keys)}.");
    }
}
