using System.Text;
using CsvHelper;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Hosting;
using Wfm.Api.Http;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>Reads rows of a CSV as they arrive: comma, semicolon or tab, header in any order, quotes by RFC 4180.</summary>
internal sealed class CsvVolumes : IVolumeSource
{
    private const int MaximumLine = 1 << 20;

    private readonly CsvReader _csv;
    private readonly RowChecker _checker;
    private readonly int[] _columns;

    private CsvVolumes(CsvReader csv, RowChecker checker, int[] columns)
    {
        _csv = csv;
        _checker = checker;
        _columns = columns;
    }

    public static async Task<CsvVolumes> Open(Stream body, RowChecker checker, ImportNotes notes, CancellationToken cancellationToken)
    {
        var csv = CsvReader.Create(
            body,
            new CsvReaderOptions
            {
                AllowLineBreaksInQuotes = false, // no column holds one, and so a quote left open costs one line, not the rest of the file
                MalformedData = CsvMalformedDataHandling.Skip,
                FieldCountMismatch = CsvFieldCountHandling.Skip,
                OnMalformedRecord = record => notes.Reject(record.LineNumber, null, Encoding.UTF8.GetBytes(record.RawRecord), Describe(record.Reason)),
                MaxRecordSize = MaximumLine,
                TrackLineNumbers = true,
                TrimWhitespace = true,
            },
            leaveOpen: true);
        try
        {
            await csv.ReadHeaderAsync(cancellationToken);
            return new CsvVolumes(csv, checker, ColumnsOf(csv.Headers, notes));
        }
        catch (CsvFormatException malformed)
        {
            await csv.DisposeAsync();
            throw Unreadable(malformed);
        }
        catch
        {
            await csv.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<int> Fill(Memory<VolumeRow> rows, CancellationToken cancellationToken)
    {
        var count = 0;
        try
        {
            while (count < rows.Length && await _csv.ReadAsync(cancellationToken))
            {
                if (TryRead(out rows.Span[count]))
                {
                    count++;
                }
            }
        }
        catch (CsvFormatException malformed)
        {
            throw Unreadable(malformed);
        }

        return count;
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private bool TryRead(out VolumeRow row)
    {
        var fields = new VolumeFields
        {
            IntervalStart = Field(0),
            Queue = Field(1),
            Hub = Field(2),
            Offered = Field(3),
            Handled = Field(4),
            HandleTimeSeconds = Field(5),
            Abandoned = Field(6),
            Backlog = Field(7),
        };
        return _checker.TryRead(_csv.LineNumber, ref fields, out row);
    }

    private ReadOnlySpan<byte> Field(int column) => _columns[column] is >= 0 and var index ? _csv.GetSpan(index) : default;

    /// <summary>Where each of our columns stands; −1 where it is absent.</summary>
    private static int[] ColumnsOf(IReadOnlyList<string> headers, ImportNotes notes)
    {
        var columns = Enumerable.Repeat(-1, VolumeColumns.All.Length).ToArray();
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers[i].Trim().ToLowerInvariant();
            var column = Array.IndexOf(VolumeColumns.All, name);
            if (column < 0)
            {
                notes.UnknownColumn(headers[i].Trim());
            }
            else if (columns[column] >= 0)
            {
                throw ProblemException.Semantic(name, $"The column '{name}' is there twice.");
            }
            else
            {
                columns[column] = i;
            }
        }

        var missing = VolumeColumns.Required.Where(name => columns[Array.IndexOf(VolumeColumns.All, name)] < 0).ToArray();
        return missing.Length == 0 ? columns : throw new ProblemException(
            StatusCodes.Status422UnprocessableEntity,
            $"The header misses {string.Join(", ", missing)}. The columns are {string.Join(", ", VolumeColumns.All)}, in any order; the first four are needed.",
            missing.ToDictionary(name => name, name => new[] { $"The column '{name}' is missing." }));
    }

    private static string Describe(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.StrayQuote => "has a quote inside a value that is not quoted",
        CsvMalformedReason.TextAfterClosingQuote => "has text after a closing quote",
        CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes => "has a quote that is not closed on its line",
        CsvMalformedReason.FieldCountMismatch => "has another number of columns than the header",
        _ => "cannot be read as CSV",
    };

    private static ProblemException Unreadable(CsvFormatException malformed) => new(
        StatusCodes.Status422UnprocessableEntity, $"This is not a CSV of volumes: {malformed.Message} Rows before it were kept.");
}
