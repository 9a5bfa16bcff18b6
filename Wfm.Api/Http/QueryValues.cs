using NodaTime;
using NodaTime.Text;
using Wfm.Api.Json;

namespace Wfm.Api.Http;

/// <summary>An enum in a query string, by the name JSON has for it.</summary>
public readonly record struct QueryEnum<T>(T Value)
    where T : struct, Enum
{
#pragma warning disable CA1000 // the binder of the framework looks for it here
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryEnum<T> value)
#pragma warning restore CA1000
    {
        var known = EnumNames.Of(typeof(T)).Contains(text ?? "");
        value = known ? new QueryEnum<T>(Enum.Parse<T>(text!, ignoreCase: true)) : default;
        return known;
    }
}

/// <summary>An instant in a query string, ISO 8601 with Z, between 1900 and 2199.</summary>
public readonly record struct QueryInstant(Instant Value)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryInstant value)
    {
        var parsed = InstantPattern.ExtendedIso.Parse(text ?? "");
        var known = parsed.Success && Bounds.Hold(parsed.Value);
        value = known ? new QueryInstant(parsed.Value) : default;
        return known;
    }
}

/// <summary>A date in a query string or path, ISO 8601, between 1900 and 2199.</summary>
public readonly record struct QueryDate(LocalDate Value)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryDate value)
    {
        var parsed = LocalDatePattern.Iso.Parse(text ?? "");
        var known = parsed.Success && Bounds.Hold(parsed.Value);
        value = known ? new QueryDate(parsed.Value) : default;
        return known;
    }
}

/// <summary>A time of day in a query string, such as 09:00.</summary>
public readonly record struct QueryTime(LocalTime Value)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out QueryTime value)
    {
        var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text ?? "");
        value = parsed.Success ? new QueryTime(parsed.Value) : default;
        return parsed.Success;
    }
}
