namespace Wfm.Api.Features.Volumes.Import;

/// <summary>The figures of a row.</summary>
/// <param name="HandleTimeSeconds">Total, not average.</param>
internal readonly record struct VolumeQuantities(double Offered, double? Handled, double? HandleTimeSeconds, double? Abandoned, double? Backlog)
{
    /// <summary>Reads the figures of a row.</summary>
    /// <param name="fields">By reference only because it is large.</param>
    /// <param name="field">The column at fault; null when all can be used.</param>
    /// <returns>Why it cannot be used; null when all can be.</returns>
    public static string? Read(ref VolumeFields fields, out VolumeQuantities quantities, out string? field)
    {
        quantities = default;
        field = VolumeColumns.Offered;
        var offered = 0.0;
        double? handled = null, handleTime = null, abandoned = null, backlog = null;
        var reason = fields.Offered.IsEmpty ? "is missing" : QuantityText.Parse(fields.Offered, fields.PointMayGroup, out offered);
        if (reason is null
            && (reason = Optional(fields.Handled, fields.PointMayGroup, out handled, VolumeColumns.Handled, ref field)) is null
            && (reason = Optional(fields.HandleTimeSeconds, fields.PointMayGroup, out handleTime, VolumeColumns.HandleTimeSeconds, ref field)) is null
            && (reason = Optional(fields.Abandoned, fields.PointMayGroup, out abandoned, VolumeColumns.Abandoned, ref field)) is null
            && (reason = Optional(fields.Backlog, fields.PointMayGroup, out backlog, VolumeColumns.Backlog, ref field)) is null)
        {
            quantities = new VolumeQuantities(offered, handled, handleTime, abandoned, backlog);
            field = null;
        }

        return reason;
    }

    private static string? Optional(ReadOnlySpan<byte> text, bool pointMayGroup, out double? value, string name, ref string? field)
    {
        value = null;
        if (text.IsEmpty)
        {
            return null;
        }

        field = name;
        var reason = QuantityText.Parse(text, pointMayGroup, out var number);
        value = reason is null ? number : null;
        return reason;
    }
}
