using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CsvHelper;
using Microsoft.Net.Http.Headers;

namespace Wfm.Api.Http;

/// <summary>A row of an import: the value, or what made it unreadable.</summary>
/// <param name="Number">Line of the file; place in the list where the file is one JSON array.</param>
/// <param name="FieldName">What the file calls the field of a JSON pointer.</param>
internal sealed record ImportRow<T>(int Number, T? Value, Findings Findings, Func<string, string> FieldName)
    where T : class;

/// <summary>The columns of a kind of row as CSV.</summary>
/// <param name="Required">Columns that must be there.</param>
/// <param name="Optional">Columns that may be there.</param>
/// <param name="Read">Makes the row of its texts by column, null when one cannot be used; an absent column is null, an empty field the empty text.</param>
internal sealed record CsvShape<T>(string[] Required, string[] Optional, Func<Func<string, string?>, Findings, T?> Read)
    where T : class
{
    /// <summary>Column of a JSON pointer: <c>/paidMinutes</c> is <c>paid_minutes</c>.</summary>
    public static string ColumnOf(string pointer) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(pointer.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? pointer);

    /// <summary>Where each column stands. 400 when one is missing, unknown or there twice: a wrong header spoils every row.</summary>
    public Dictionary<string, int> Places(IReadOnlyList<string> header)
    {
        var names = header.Select(h => h.Trim()).ToArray();
        var wrong = Required.Except(names).Select(h => $"'{h}' is missing")
            .Concat(names.Except([.. Required, .. Optional]).Select(h => $"'{h}' is unknown"))
            .Concat(names.CountBy(h => h).Where(h => h.Value > 1).Select(h => $"'{h.Key}' is there twice")).ToArray();
        return wrong.Length == 0
            ? names.Index().ToDictionary(h => h.Item, h => h.Index, StringComparer.Ordinal)
            : throw new ProblemException(
                StatusCodes.Status400BadRequest,
                $"The header cannot be used: column {string.Join(", ", wrong)}. Columns are {string.Join(", ", Required)} and, if you like, "
                    + $"{string.Join(", ", Optional)}.");
    }
}

/// <summary>Reads rows from JSON, NDJSON or CSV; a row that cannot be read is a row with findings.</summary>
internal static class ImportRows
{
    public const string Json = "application/json";
    public const string LineJson = "application/x-ndjson";
    public const string Csv = "text/csv";

    /// <summary>Rows of one request; a packed body of a few kilobytes may hold millions.</summary>
    internal const int MaximumRows = 200_000;

    /// <summary>Bytes of a row; of a line that is longer nobody reads the end.</summary>
    internal const int MaximumRecord = 1 << 16;

    /// <summary>Bytes of a JSON array, which is read as a whole, and values within it.</summary>
    internal const int MaximumArray = 32 << 20;

    /// <summary>Bytes of a body of rows.</summary>
    internal const long MaximumBytes = 100 << 20;

    /// <summary>Rows of a file that is looked at whole before any of it is stored, and of which every row is answered.</summary>
    internal const int MaximumWhole = 20_000;

    private const int MaximumValues = 4_000_000;
    private const string RowsBefore = "Rows of lines before it are stored";
    private const string Nothing = "Nothing was stored";

    /// <exception cref="ProblemException">413: more rows, or in one array more bytes or values, than are read at once.</exception>
    public static async IAsyncEnumerable<ImportRow<T>> Read<T>(
        HttpRequest request, CsvShape<T> shape, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var rows = 0;
        await foreach (var row in Formatted(request, shape, RowsBefore, cancellationToken))
        {
            if (++rows > MaximumRows)
            {
                throw TooMuch($"At most {MaximumRows:N0} rows are read at once. Those before are stored; send the others on their own.");
            }

            yield return row;
        }
    }

    /// <summary>All rows, for an import whose rows depend on each other.</summary>
    /// <exception cref="ProblemException">413: more than are read at once; nothing is stored.</exception>
    public static async Task<List<ImportRow<T>>> Whole<T>(HttpRequest request, CsvShape<T> shape, CancellationToken cancellationToken)
        where T : class
    {
        var rows = new List<ImportRow<T>>();
        await foreach (var row in Formatted(request, shape, Nothing, cancellationToken))
        {
            rows.Add(rows.Count < MaximumWhole ? row : throw TooMuch($"At most {MaximumWhole:N0} rows are read at once here. {Nothing}; send several files."));
        }

        return rows;
    }

    private static ProblemException TooMuch(string detail) => new(StatusCodes.Status413PayloadTooLarge, detail);

    /// <param name="stored">What has become of the rows before one at which reading ends.</param>
    private static IAsyncEnumerable<ImportRow<T>> Formatted<T>(
        HttpRequest request, CsvShape<T> shape, string stored, CancellationToken cancellationToken)
        where T : class =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? type.MediaType.Value switch
        {
            Csv => FromCsv(request.Body, shape, cancellationToken),
            LineJson => FromLines<T>(request.Body, stored, cancellationToken),
            _ => FromArray<T>(request.Body, cancellationToken),
        }
        : FromArray<T>(request.Body, cancellationToken);

    private static async IAsyncEnumerable<ImportRow<T>> FromArray<T>(Stream body, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        using var document = await Parse(body, cancellationToken);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new ProblemException(StatusCodes.Status400BadRequest, "A JSON array of rows is needed; for one row a line send application/x-ndjson.");
        }

        var number = 0;
        foreach (var element in document.RootElement.EnumerateArray())
        {
            yield return FromJson(++number, () => element.Deserialize<T>(RequestJson.Options));
        }
    }

    private static async Task<JsonDocument> Parse(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await Bytes(body, cancellationToken);
            Count(bytes.Span);
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            var (detail, errors) = JsonProblems.Describe(e);
            throw new ProblemException(StatusCodes.Status400BadRequest, $"{detail} Nothing was stored.", errors);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> Bytes(Stream body, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var read = await pipe.ReadAtLeastAsync(MaximumArray + 1, cancellationToken);
        if (read.Buffer.Length > MaximumArray)
        {
            throw TooMuch($"A JSON array of at most {MaximumArray:N0} bytes is read at once. Nothing was stored; send more as application/x-ndjson.");
        }

        var bytes = read.Buffer.ToArray();
        await pipe.CompleteAsync();
        return bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
    }

    /// <summary>A document takes many times the bytes of short values: they are counted before it is made.</summary>
    private static void Count(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes);
        var values = 0;
        while (json.Read())
        {
            if (++values > MaximumValues)
            {
                throw TooMuch($"A JSON array of at most {MaximumValues:N0} values is read at once. Nothing was stored; send more as application/x-ndjson.");
            }
        }
    }

    private static async IAsyncEnumerable<ImportRow<T>> FromLines<T>(
        Stream body, string stored, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: MaximumRecord, leaveOpen: true));
        for (var line = 1; await Line(pipe, cancellationToken) is { } bytes; line++)
        {
            if (bytes.Length > MaximumRecord)
            {
                throw TooMuch($"Line {line} has more than {MaximumRecord:N0} bytes. {stored}; is there one row a line?");
            }

            if (!bytes.AsSpan().Trim(" \t\r\uFEFF"u8).IsEmpty)
            {
                var row = bytes.AsMemory(line == 1 && bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
                yield return FromJson(line, () => JsonSerializer.Deserialize<T>(row.Span, RequestJson.Options));
            }
        }

        await pipe.CompleteAsync();
    }

    /// <summary>The next line without its end; null after the last. Of one that is too long the beginning.</summary>
    private static async Task<byte[]?> Line(PipeReader pipe, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(cancellationToken);
            var (buffer, end) = (read.Buffer, read.Buffer.PositionOf((byte)'\n'));
            if (end is not null || read.IsCompleted || buffer.Length > MaximumRecord)
            {
                byte[]? line = buffer.IsEmpty ? null : (end is { } at ? buffer.Slice(0, at) : buffer).ToArray();
                pipe.AdvanceTo(end is { } newline ? buffer.GetPosition(1, newline) : buffer.End);
                return line;
            }

            pipe.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static ImportRow<T> FromJson<T>(int number, Func<T?> read)
        where T : class
    {
        var findings = new Findings();
        var value = findings.Read(read);
        findings.Require(value is not null || findings.Any, "/", null, "A row is null.");
        return new ImportRow<T>(number, value, findings, pointer => pointer);
    }

    private static async IAsyncEnumerable<ImportRow<T>> FromCsv<T>(Stream body, CsvShape<T> shape, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        await using var reader = CsvReader.Create(
            body, CsvReaderOptions.Default with { MaxRecordSize = MaximumRecord, TrackLineNumbers = true }, leaveOpen: true); // the body is the request's
        Dictionary<string, int>? places = null;
        while (true)
        {
            var (read, broken) = await Next(reader, cancellationToken);
            var findings = new Findings();
            if (broken is not null)
            {
                findings.Add("row", null, $"The file cannot be read on from here: {broken}", FindingCodes.Unreadable);
                yield return new ImportRow<T>((int)reader.LineNumber, null, findings, CsvShape<T>.ColumnOf);
            }

            if (!read)
            {
                yield break;
            }

            places ??= shape.Places(reader.Headers);
            yield return new ImportRow<T>((int)reader.LineNumber, FromCsv(reader, shape, places, findings), findings, CsvShape<T>.ColumnOf);
        }
    }

    private static T? FromCsv<T>(CsvReader reader, CsvShape<T> shape, Dictionary<string, int> places, Findings findings)
        where T : class
    {
        if (reader.FieldCount == places.Count)
        {
            return shape.Read(column => places.TryGetValue(column, out var place) ? reader.GetString(place).Trim() : null, findings);
        }

        findings.Add("row", null, $"The row has {reader.FieldCount} fields, the header {places.Count}.", FindingCodes.Unreadable);
        return null;
    }

    private static async Task<(bool Read, string? Broken)> Next(CsvReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return (await reader.ReadAsync(cancellationToken), null);
        }
        catch (CsvFormatException e)
        {
            return (false, e.Message);
        }
    }
}
