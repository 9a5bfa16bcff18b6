namespace Wfm.Api.Features.Volumes.Import;

/// <summary>One row as it stands in the file, column by column as UTF-8; empty where there is nothing.</summary>
internal ref struct VolumeFields
{
    public ReadOnlySpan<byte> IntervalStart;
    public ReadOnlySpan<byte> Queue;
    public ReadOnlySpan<byte> Hub;
    public ReadOnlySpan<byte> Offered;
    public ReadOnlySpan<byte> Handled;
    public ReadOnlySpan<byte> HandleTimeSeconds;
    public ReadOnlySpan<byte> Abandoned;
    public ReadOnlySpan<byte> Backlog;

    /// <summary>Whether a point between digits may separate thousands where the file comes from.</summary>
    public bool PointMayGroup;

    /// <summary>What stands in a column.</summary>
    public readonly ReadOnlySpan<byte> Of(string column) => column switch
    {
        VolumeColumns.IntervalStart => IntervalStart,
        VolumeColumns.Queue => Queue,
        VolumeColumns.Hub => Hub,
        VolumeColumns.Offered => Offered,
        VolumeColumns.Handled => Handled,
        VolumeColumns.HandleTimeSeconds => HandleTimeSeconds,
        VolumeColumns.Abandoned => Abandoned,
        VolumeColumns.Backlog => Backlog,
        _ => default,
    };
}

/// <summary>Names of the columns, in the order in which the API documents them.</summary>
internal static class VolumeColumns
{
    public const string IntervalStart = "interval_start";
    public const string Queue = "queue";
    public const string Hub = "hub";
    public const string Offered = "offered";
    public const string Handled = "handled";
    public const string HandleTimeSeconds = "handle_time_seconds";
    public const string Abandoned = "abandoned";
    public const string Backlog = "backlog";

    public static readonly string[] All = [IntervalStart, Queue, Hub, Offered, Handled, HandleTimeSeconds, Abandoned, Backlog];
    public static readonly string[] Required = [IntervalStart, Queue, Hub, Offered];
}
