using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Json;

namespace Wfm.Api.Http;

/// <summary>Reads the cells of a row; an empty one is null, and one that cannot be read null with a finding.</summary>
/// <param name="text">The texts by column; null for an absent column.</param>
internal sealed class CsvCells(Func<string, string?> text, Findings findings)
{
    private static readonly LocalTimePattern[] Times =
        [LocalTimePattern.CreateWithInvariantCulture("HH':'mm"), LocalTimePattern.CreateWithInvariantCulture("HH':'mm':'ss")];

    public string? Text(string column) => text(column) is { Length: > 0 } filled ? filled : null;

    /// <summary>The items between semicolons.</summary>
    public string[] List(string column) => (text(column) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public double? Number(string column) => Read<double>(
        column, "A number such as 22.5, with a point,",
        t => double.TryParse(t, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var v) && Bounds.Hold(v)
            ? v : null);

    public int? Whole(string column) =>
        Read<int>(column, "A whole number", t => int.TryParse(t, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var v) ? v : null);

    public bool? Flag(string column) => Read<bool>(column, "true or false", t => t switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    });

    public LocalDate? Date(string column) => Read<LocalDate>(
        column, $"A date such as 2027-07-05, {Bounds.OfDates},",
        t => LocalDatePattern.Iso.Parse(t) is { Success: true, Value: var date } && Bounds.Hold(date) ? date : null);

    public LocalTime? Time(string column) => Read(column, "A time of day such as 09:00", TimeOf);

    public T? Word<T>(string column)
        where T : struct, Enum => Read<T>(
        column, $"One of {string.Join(", ", EnumNames.Of(typeof(T)))}",
        t => EnumNames.Of(typeof(T)).Contains(t) ? Enum.Parse<T>(t, ignoreCase: true) : null);

    /// <summary>The time of day that a text says; null when it says none.</summary>
    public static LocalTime? TimeOf(string text) => Array.Find(Times, p => p.Parse(text).Success)?.Parse(text).Value;

    /// <summary>A cell that cannot be read.</summary>
    public void Refuse(string column, string value, string needed) => findings.Add(
        "/" + JsonNamingPolicy.CamelCase.ConvertName(Pascal(column)), value, $"{needed} is needed, '{value}' is not.", FindingCodes.Unreadable);

    private T? Read<T>(string column, string needed, Func<string, T?> read)
        where T : struct
    {
        if (Text(column) is not { } filled)
        {
            return null;
        }

        var value = read(filled);
        if (value is null)
        {
            Refuse(column, filled, needed);
        }

        return value;
    }

    private static string Pascal(string column) => string.Concat(column.Split('_').Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
}
