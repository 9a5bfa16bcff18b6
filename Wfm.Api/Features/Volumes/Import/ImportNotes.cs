using System.Text;
using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>What an import has to say about its rows; bounded, however bad the file is.</summary>
internal sealed class ImportNotes
{
    private const int MaximumRejections = 1000;
    private const int MaximumWarnings = 100;
    private const int MaximumColumns = 100;
    private const int MaximumValue = 100;

    private readonly List<RowProblem> _rejections = [];
    private readonly List<RowProblem> _warnings = [];
    private readonly List<string> _unknownColumns = [];

    public long Accepted { get; set; }
    public long Rejected { get; private set; }
    public long Warned { get; private set; }

    public void Reject(long line, string? field, ReadOnlySpan<byte> value, string reason)
    {
        if (++Rejected <= MaximumRejections)
        {
            _rejections.Add(new RowProblem(line, field, Text(value), reason));
        }
    }

    public void Warn(long line, string field, ReadOnlySpan<byte> value, string reason)
    {
        if (++Warned <= MaximumWarnings)
        {
            _warnings.Add(new RowProblem(line, field, Text(value), reason));
        }
    }

    public void UnknownColumn(string name)
    {
        if (_unknownColumns.Count < MaximumColumns && !_unknownColumns.Contains(name))
        {
            _unknownColumns.Add(name.Length > MaximumValue ? name[..MaximumValue] + "…" : name);
        }
    }

    public VolumeImportReport Report(bool dryRun, UpsertCounts counts, int seriesCreated) =>
        new(
            dryRun, Accepted, counts.Inserted, counts.Updated, counts.Unchanged, Rejected, _rejections, Rejected > MaximumRejections, Warned, _warnings,
            _unknownColumns, seriesCreated);

    private static string Text(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value[..Math.Min(value.Length, 4 * MaximumValue)]);
        return text.Length > MaximumValue ? text[..MaximumValue] + "…" : text;
    }
}
