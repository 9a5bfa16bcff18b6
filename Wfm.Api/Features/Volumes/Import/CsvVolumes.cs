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
    private readonly IVolumeRows _rows;
    private readonly bool _pointMayGroup;

    private CsvVolumes(CsvReader csv, IVolumeRows rows, VolumeHeader header)
    {
        _csv = csv;
        _rows = rows;
        Header = header;
        _pointMayGroup = csv.Separator == ';'; // written where the comma separates decimals
    }

    public VolumeHeader Header { get; }

    /// <param name="mayBeShort">Whether <c>series_id,timestamp,count</c> will do as a header.</param>
    public static async Task<CsvVolumes> Open(Stream body, IVolumeRows rows, ImportNotes notes, bool mayBeShort, CancellationToken cancellationToken)
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
            return new CsvVolumes(csv, rows, new VolumeHeader(csv.Headers, notes, mayBeShort));
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
            PointMayGroup = _pointMayGroup,
        };
        return _rows.TryRead(_csv.LineNumber, ref fields, out row);
    }

    private ReadOnlySpan<byte> Field(int column) => Header[column] is >= 0 and var index ? _csv.GetSpan(index) : default;

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
