using System.Text;
using Wfm.Api.Features.Volumes.Import;
using Wfm.Api.Features.Volumes.Storage;

namespace Wfm.Api.Commands.Plan;

/// <summary>Takes the rows of a volume file by queue and hub, whatever their codes; the figures are judged at once, the times when the whole series is
/// known.</summary>
internal sealed class PlanRows(ImportNotes notes) : IVolumeRows
{
    private readonly Dictionary<(string Queue, string Hub), List<PlanRow>> _series = [];

    /// <summary>Queues and hubs in the order they first appear, with their rows in file order.</summary>
    public List<(string Queue, string Hub)> Order { get; } = [];

    /// <summary>Rows of the file, refused ones included.</summary>
    public long Rows { get; private set; }

    /// <summary>Of these those that were refused here.</summary>
    public long Refused { get; private set; }

    /// <summary>What the file calls its columns.</summary>
    public Func<string, string> NameOf { get; set; } = column => column;

    /// <summary>Whether the file has no hubs.</summary>
    public bool IsWithoutHubs { get; set; }

    public IReadOnlyList<PlanRow> Of((string Queue, string Hub) series) => _series[series];

    public bool TryRead(long line, ref VolumeFields fields, out VolumeRow row)
    {
        row = default;
        Rows++;
        var needed = fields.Queue.IsEmpty ? VolumeColumns.Queue : fields.Hub.IsEmpty && !IsWithoutHubs ? VolumeColumns.Hub
            : fields.IntervalStart.IsEmpty ? VolumeColumns.IntervalStart : null;
        if (needed is not null)
        {
            Refuse(line, needed, default, "is missing");
        }
        else if (VolumeQuantities.Read(ref fields, out var quantities, out var field) is { } reason)
        {
            Refuse(line, field!, fields.Of(field!), reason);
        }
        else
        {
            Add((Text(fields.Queue), Text(fields.Hub)), new PlanRow(line, Text(fields.IntervalStart), quantities));
        }

        return false;
    }

    private void Refuse(long line, string column, ReadOnlySpan<byte> value, string reason)
    {
        Refused++;
        notes.Reject(line, NameOf(column), value, reason);
    }

    private void Add((string Queue, string Hub) series, PlanRow row)
    {
        if (!_series.TryGetValue(series, out var rows))
        {
            _series[series] = rows = [];
            Order.Add(series);
        }

        rows.Add(row);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

/// <param name="Line">Line of the file.</param>
/// <param name="Start">Start of the interval as it stands there.</param>
internal sealed record PlanRow(long Line, string Start, VolumeQuantities Quantities);
