using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wfm.Api.Http;

/// <summary>What the JSON reader found wrong, in words for the caller: the field as a JSON pointer, no names of our types.</summary>
internal static partial class JsonProblems
{
    private static readonly string[] Required = ["This member is required."];

    public static (string Detail, Dictionary<string, string[]> Errors) Describe(JsonException exception)
    {
        var pointer = Pointer(exception.Path);
        if (Unmapped().Match(exception.Message) is { Success: true } unmapped)
        {
            var member = unmapped.Groups["it"].Value;
            var field = pointer.EndsWith("/" + member, StringComparison.Ordinal) ? pointer : $"{pointer}/{member}";
            return One(field, $"There is no member '{member}' here.");
        }

        if (Duplicate().Match(exception.Message) is { Success: true } duplicate)
        {
            return One(pointer, $"The member '{duplicate.Groups["it"].Value}' is there twice.");
        }

        if (Missing().Match(exception.Message) is { Success: true } missing)
        {
            var names = Quoted().Matches(missing.Groups["it"].Value).Select(m => m.Groups["it"].Value).ToArray();
            return ($"Missing: {string.Join(", ", names)}.", names.ToDictionary(n => $"{pointer}/{n}", _ => Required));
        }

        if (Unconvertible().Match(exception.Message) is { Success: true } wrongType)
        {
            return One(pointer, $"{Expected(wrongType.Groups["it"].Value)} is expected here.");
        }

        if (exception.Message.Contains("doesn't allow setting null values", StringComparison.Ordinal))
        {
            return One(pointer, "null is not allowed here; leave the member out instead.");
        }

        var text = Location().Replace(exception.Message, "");
        if (
            exception.InnerException is JsonException or null
            && exception.LineNumber is { } line
            && exception.Message.Contains("LineNumber", StringComparison.Ordinal))
        {
            text = $"The body is not JSON at line {line + 1}, byte {exception.BytePositionInLine}: {text}";
        }

        return One(pointer, text);
    }

    /// <summary><c>$.openingHours[1].from</c> or <c>OpeningHours[1].From</c> as <c>/openingHours/1/from</c>.</summary>
    public static string Pointer(string? path)
    {
        var parts = (path ?? "").TrimStart('$').Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.Select(p => "/" + JsonNamingPolicy.CamelCase.ConvertName(p.Trim('\''))));
    }

    private static (string, Dictionary<string, string[]>) One(string field, string reason) =>
        (reason, new Dictionary<string, string[]> { [field.Length == 0 ? "/" : field] = [reason] });

    private static string Expected(string type) => type switch
    {
        _ when type.Contains("Int32", StringComparison.Ordinal) || type.Contains("Int64", StringComparison.Ordinal) => "A whole number",
        _ when type.Contains("Double", StringComparison.Ordinal) => "A number",
        _ when type.Contains("Boolean", StringComparison.Ordinal) => "true or false",
        _ when type.Contains("Collections.Generic.Dictionary", StringComparison.Ordinal) => "An object",
        _ when type.Contains("Collections.Generic", StringComparison.Ordinal) || type.EndsWith("[]", StringComparison.Ordinal) => "A list",
        _ when type.Contains("System.String", StringComparison.Ordinal) => "A text",
        _ when type.Contains("NodaTime.Instant", StringComparison.Ordinal) => "An instant such as 2026-11-02T00:00:00Z",
        _ when type.Contains("NodaTime.LocalDateTime", StringComparison.Ordinal) => "A local date and time such as 2026-11-02T08:30",
        _ when type.Contains("NodaTime.LocalDate", StringComparison.Ordinal) => "A date such as 2026-11-02",
        _ when type.Contains("NodaTime.LocalTime", StringComparison.Ordinal) => "A time such as 07:30",
        _ => "An object",
    };

    [GeneratedRegex("The JSON property '(?<it>.*?)' could not be mapped", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unmapped();

    [GeneratedRegex("Duplicate property '(?<it>.*?)' encountered", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Duplicate();

    [GeneratedRegex("missing required properties including: (?<it>.*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();

    [GeneratedRegex("'(?<it>[^']*)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("could not be converted to (?<it>[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unconvertible();

    [GeneratedRegex(" ?Path: .*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Location();
}
