using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Hosting;

/// <summary>An instant in a query string, ISO 8601 with Z or an offset.</summary>
public readonly record struct InstantParameter(Instant Value) : IParsable<InstantParameter>
{
    public static InstantParameter Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is not an instant such as 2026-11-02T00:00:00Z.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out InstantParameter result)
    {
        var parsed = OffsetDateTimePattern.ExtendedIso.Parse(s ?? ""); // Z is an offset too
        result = parsed.Success ? new InstantParameter(parsed.Value.ToInstant()) : default;
        return parsed.Success;
    }
}

/// <summary>A local date in a query string, ISO 8601.</summary>
public readonly record struct DateParameter(LocalDate Value) : IParsable<DateParameter>
{
    public static DateParameter Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException($"'{s}' is not a date such as 2026-11-02.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DateParameter result)
    {
        var parsed = LocalDatePattern.Iso.Parse(s ?? "");
        result = parsed.Success ? new DateParameter(parsed.Value) : default;
        return parsed.Success;
    }
}
