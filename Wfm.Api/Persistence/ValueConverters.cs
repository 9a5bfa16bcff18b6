using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using Wfm.Api.Json;

namespace Wfm.Api.Persistence;

/// <summary>SQLite: microseconds since 1970, an integer that sorts.</summary>
public sealed class InstantToMicrosecondsConverter() : ValueConverter<Instant, long>(
    instant => InstantMicroseconds.From(instant), value => InstantMicroseconds.ToInstant(value));

public sealed class LocalDateConverter() : ValueConverter<LocalDate, DateOnly>(
    date => date.ToDateOnly(), value => LocalDate.FromDateOnly(value));

public sealed class LocalTimeConverter() : ValueConverter<LocalTime, TimeOnly>(
    time => time.ToTimeOnly(), value => LocalTime.FromTimeOnly(value));

/// <summary>A curve as little-endian doubles: one value, exact, a tenth of the size of JSON.</summary>
public sealed class CurveConverter() : ValueConverter<double[], byte[]>(
    curve => MemoryMarshal.AsBytes<double>(curve).ToArray(), bytes => MemoryMarshal.Cast<byte, double>(bytes).ToArray());

/// <summary>A large curve whose values are estimates anyway: single precision, half the size.</summary>
public sealed class SinglePrecisionCurveConverter() : ValueConverter<double[], byte[]>(
    curve => MemoryMarshal.AsBytes<float>(Array.ConvertAll(curve, value => (float)value)).ToArray(),
    bytes => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), value => (double)value));

/// <summary>Curves are immutable once stored; compared by content.</summary>
public sealed class CurveComparer() : ValueComparer<double[]>(
    (a, b) => Same(a, b),
    curve => curve.Length,
    curve => curve)
{
    private static bool Same(double[]? a, double[]? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));
}

/// <summary>Instants as the embedded store and the bulk loader write them.</summary>
internal static class InstantMicroseconds
{
    public static long From(Instant instant) => instant.ToUnixTimeTicks() / 10;

    public static Instant ToInstant(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);
}

/// <summary>Small structured values stored as JSON text, with the API's own JSON conventions.</summary>
internal static class JsonColumns
{
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
    {
        var comparer = new ValueComparer<T>(
            (a, b) => Write(a) == Write(b),
            value => Write(value).GetHashCode(StringComparison.Ordinal),
            value => Read<T>(Write(value)));
        property.HasConversion(value => Write(value), text => Read<T>(text), comparer);
        return property;
    }

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, WfmJson.Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, WfmJson.Options)!;
}
