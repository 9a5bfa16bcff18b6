using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Persistence;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>From the text of a row to its figures; what cannot be used is noted with its line, column, value and reason.</summary>
internal sealed class RowChecker(SeriesDirectory directory, ImportNotes notes, Instant now)
{
    private static readonly Instant Earliest = Instant.FromUtc(2000, 1, 1, 0, 0); // an earlier one is a typing error
    private readonly long _latest = InstantMicroseconds.From(now + Duration.FromDays(1)); // a clock may be wrong, and a day may start later elsewhere
    private readonly long _earliest = InstantMicroseconds.From(Earliest);

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

        if (!TryQuantities(line, ref fields, out var offered, out var handled, out var handleTime, out var abandoned, out var backlog)
            || !TryStart(line, fields.IntervalStart, series, out var start))
        {
            return false;
        }

        if (handled > offered && series.IsImmediate)
        {
            notes.Warn(line, VolumeColumns.Handled, fields.Handled, "is more than offered; taken as it is (contacts of the interval before may have been finished)");
        }

        row = new VolumeRow(series.Ordinal, start, offered, handled, handleTime, abandoned, backlog);
        notes.Accepted++;
        return true;
    }

    private bool TryQuantities(
        long line, ref VolumeFields fields, out double offered, out double? handled, out double? handleTime, out double? abandoned, out double? backlog)
    {
        (handled, handleTime, abandoned, backlog) = (null, null, null, null);
        var reason = fields.Offered.IsEmpty ? Missing(out offered) : QuantityText.Parse(fields.Offered, out offered);
        if (reason is not null)
        {
            notes.Reject(line, VolumeColumns.Offered, fields.Offered, reason);
            return false;
        }

        return TryOptional(line, VolumeColumns.Handled, fields.Handled, out handled)
            && TryOptional(line, VolumeColumns.HandleTimeSeconds, fields.HandleTimeSeconds, out handleTime)
            && TryOptional(line, VolumeColumns.Abandoned, fields.Abandoned, out abandoned)
            && TryOptional(line, VolumeColumns.Backlog, fields.Backlog, out backlog);
    }

    private bool TryOptional(long line, string field, ReadOnlySpan<byte> text, out double? value)
    {
        value = null;
        if (text.IsEmpty)
        {
            return true;
        }

        if (QuantityText.Parse(text, out var number) is { } reason)
        {
            notes.Reject(line, field, text, reason);
            return false;
        }

        value = number;
        return true;
    }

    private bool TryStart(long line, ReadOnlySpan<byte> text, SeriesTarget series, out Instant start)
    {
        var kind = IntervalStartText.Parse(text, out var microseconds);
        long slot = 0;
        var reason = kind == TimeKind.Unreadable ? (text.IsEmpty ? "is missing" : "is not a time such as 2026-11-02T09:30Z or 2026-11-02T09:30+01:00")
            : series.Resolve(kind, ref microseconds)
                ?? InRange(microseconds)
                ?? series.Slot(microseconds, out slot)
                ?? Repeated(series.Seen.FirstLine(slot, line));
        start = InstantMicroseconds.ToInstant(reason is null ? microseconds : 0);
        if (reason is not null)
        {
            notes.Reject(line, VolumeColumns.IntervalStart, text, reason);
        }

        return reason is null;
    }

    private string? InRange(long microseconds) => microseconds < _earliest ? "is before the year 2000"
        : microseconds > _latest ? "is more than a day in the future"
        : null;

    private static string? Repeated(long firstLine) =>
        firstLine == 0 ? null : $"is there already, in line {firstLine}: one row an interval of a queue at a hub; this one was left out";

    private static string Missing(out double value)
    {
        value = double.NaN;
        return "is missing";
    }
}
