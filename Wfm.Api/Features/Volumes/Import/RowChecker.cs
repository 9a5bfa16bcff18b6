using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>From the text of a row to its figures; what cannot be used is noted with its line, column, value and reason.</summary>
internal sealed class RowChecker(SeriesDirectory directory, ImportNotes notes, Instant now, Instant? keptFrom) : IVolumeRows
{
    private readonly IntervalStarts _starts = new(now, keptFrom);

    /// <param name="fields">By reference only because it is large.</param>
    /// <param name="row">Carries the ordinal of its <see cref="SeriesTarget"/> in the place of the id.</param>
    public bool TryRead(long line, ref VolumeFields fields, out VolumeRow row)
    {
        row = default;
        if (directory.Find(fields.Queue, fields.Hub, out var field, out var reason) is not { } series)
        {
            notes.Reject(line, field, field == VolumeColumns.Queue ? fields.Queue : fields.Hub, reason);
            return false;
        }

        if (VolumeQuantities.Read(ref fields, out var quantities, out var fault) is { } figure)
        {
            notes.Reject(line, fault, fields.Of(fault!), figure);
            return false;
        }

        if (!TryStart(line, fields.IntervalStart, series, out var start))
        {
            return false;
        }

        if (quantities.Handled > quantities.Offered && series.IsImmediate)
        {
            notes.Warn(
                line, VolumeColumns.Handled, fields.Handled, "is more than offered; taken as it is (contacts of the interval before may have been finished)");
        }

        row = new VolumeRow(
            series.Ordinal, start, quantities.Offered, quantities.Handled, quantities.HandleTimeSeconds, quantities.Abandoned, quantities.Backlog);
        notes.Accepted++;
        return true;
    }

    private bool TryStart(long line, ReadOnlySpan<byte> text, SeriesTarget series, out Instant start)
    {
        var kind = IntervalStartText.Parse(text, out var microseconds);
        var reason = text.IsEmpty ? "is missing" : _starts.Place(kind, ref microseconds, series, line);
        start = InstantMicroseconds.ToInstant(reason is null ? microseconds : 0);
        if (reason is not null)
        {
            notes.Reject(line, VolumeColumns.IntervalStart, text, reason);
        }

        return reason is null;
    }
}
