using System.Globalization;
using CsvHelper;
using NodaTime;
using NodaTime.Text;

namespace Wfm.Api.Features.SampleOperation;

/// <summary>One row of a sample file, read by column name; an error names file, line, column and value.</summary>
internal sealed class SampleCsvRow(string file, CsvReader reader)
{
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");
    private static readonly LocalDateTimePattern DateTimePattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Reads every row of a stream.</summary>
    public static List<T> ReadAll<T>(string file, Stream stream, Func<SampleCsvRow, T> map)
    {
        using var reader = CsvReader.Create(stream, CsvReaderOptions.Default with { Separator = ',', TrackLineNumbers = true });
        var row = new SampleCsvRow(file, reader);
        var records = new List<T>();
        while (reader.Read())
        {
            records.Add(map(row));
        }
        return records;
    }

    public string Text(string column) => reader.TryGetFieldIndex(column, out var index)
        ? reader.GetString(index)
        : throw new FormatException($"{file} has no column '{column}'.");

    public string? TextOrNull(string column) => Text(column) is { Length: > 0 } text ? text : null;

    /// <summary>A code, or null for the word <c>all</c>.</summary>
    public string? CodeOrAll(string column) => Text(column) is var text && text == "all" ? null : text;

    public double Number(string column) => NumberOrNull(column) ?? throw Error(column, "", "a number");

    public double? NumberOrNull(string column) => Text(column) switch
    {
        "" => null,
        var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Error(column, text, "a number"),
    };

    public int Integer(string column) => int.TryParse(Text(column), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Error(column, Text(column), "a whole number");

    public bool Flag(string column) => Text(column) switch
    {
        "true" => true,
        "false" => false,
        var text => throw Error(column, text, "true or false"),
    };

    public LocalTime Time(string column) => ParseTime(column, Text(column));

    public LocalDateTime DateTime(string column) => DateTimePattern.Parse(Text(column)) is { Success: true } parsed
        ? parsed.Value
        : throw Error(column, Text(column), "a local date and time like 2026-11-02T08:30");

    /// <summary>Values between semicolons; empty text is an empty list.</summary>
    public IReadOnlyList<string> List(string column) => Text(column).Split(';', StringSplitOptions.RemoveEmptyEntries);

    public IReadOnlyList<double> Numbers(string column) => [.. List(column).Select(text =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Error(column, text, "a number"))];

    /// <summary><c>code:number</c> pairs between semicolons.</summary>
    public IReadOnlyDictionary<string, int> Counts(string column) => List(column).Select(text => Pair(column, text)).ToDictionary(
        pair => pair.Key,
        pair => int.TryParse(pair.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw Error(column, pair.Value, "a whole number"));

    public IReadOnlyList<SampleSkill> Skills(string column) => [.. List(column).Select(text => Pair(column, text)).Select(pair =>
        new SampleSkill(pair.Key, double.TryParse(pair.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var proficiency)
            ? proficiency
            : throw Error(column, pair.Value, "a proficiency")))];

    public IReadOnlyList<IsoDayOfWeek> Days(string column) => [.. List(column).SelectMany(text => DayRange(column, text))];

    /// <summary>Windows like <c>mon-fri 08:00-18:00</c> between semicolons.</summary>
    public IReadOnlyList<SampleWindow> Windows(string column) => [.. List(column).SelectMany(text =>
    {
        var parts = text.Split(' ', '-');
        var (first, from, to) = parts.Length switch
        {
            3 => (parts[0], parts[1], parts[2]),
            4 => ($"{parts[0]}-{parts[1]}", parts[2], parts[3]),
            _ => throw Error(column, text, "a window like mon-fri 08:00-18:00"),
        };
        return DayRange(column, first).Select(day => new SampleWindow(day, ParseTime(column, from), ParseTime(column, to)));
    })];

    /// <summary>Breaks like <c>meal:60@180-300:unpaid</c> between semicolons.</summary>
    public IReadOnlyList<SampleBreak> Breaks(string column) => [.. List(column).Select(text =>
    {
        var parts = text.Split(':', '@', '-');
        return parts.Length == 5 && parts[4] is "paid" or "unpaid"
            && int.TryParse(parts[1], out var length) && int.TryParse(parts[2], out var earliest) && int.TryParse(parts[3], out var latest)
            ? new SampleBreak(parts[0], length, earliest, latest, parts[4] == "paid")
            : throw Error(column, text, "a break like meal:60@180-300:unpaid");
    })];

    public FormatException Error(string column, string value, string expected) =>
        new($"{file} line {reader.LineNumber}, column '{column}': '{value}' is not {expected}.");

    private LocalTime ParseTime(string column, string text) => TimePattern.Parse(text) is { Success: true } parsed
        ? parsed.Value
        : throw Error(column, text, "a local time like 08:30");

    private IEnumerable<IsoDayOfWeek> DayRange(string column, string text)
    {
        var ends = Array.ConvertAll(text.Split('-'), name => Array.IndexOf(DayNames, name));
        if (ends.Length > 2 || ends.Contains(-1) || ends[0] > ends[^1]) throw Error(column, text, "a day like mon or a range like mon-fri");
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1).Select(day => (IsoDayOfWeek)(day + 1));
    }

    private KeyValuePair<string, string> Pair(string column, string text) => text.Split(':') is [var key, var value]
        ? new(key, value)
        : throw Error(column, text, "a pair like code:1");
}
