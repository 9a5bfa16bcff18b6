using NodaTime;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Query;

/// <summary>Folds rows of one series, in order of time, into the intervals of a coarser (or the same) grid.</summary>
/// <remarks>Counts and seconds add up over the rows that have them; the backlog is a level, so the last one stands.</remarks>
internal sealed class RollUp(int seriesId, string queue, string hub, IntervalGrid grid)
{
    private Instant _start;
    private Instant _end = Instant.MinValue;
    private int _rows;
    private double _offered;
    private double? _handled;
    private double? _handleTime;
    private double? _abandoned;
    private double? _backlog;

    /// <summary>Takes a row; the interval before it when the row opens a new one.</summary>
    public Rolled? Add(VolumeRow row)
    {
        Rolled? full = null;
        if (row.IntervalStart >= _end)
        {
            full = Finish();
            var slot = grid.SlotOf(row.IntervalStart);
            (_start, _end) = (grid.StartOf(slot), grid.StartOf(slot + 1));
            (_rows, _offered, _handled, _handleTime, _abandoned, _backlog) = (0, 0, null, null, null, null);
        }

        _rows += row.Intervals;
        _offered += row.Offered;
        _handled = Sum(_handled, row.Handled);
        _handleTime = Sum(_handleTime, row.HandleTimeSeconds);
        _abandoned = Sum(_abandoned, row.Abandoned);
        _backlog = row.Backlog ?? _backlog;
        return full;
    }

    /// <summary>The interval that is open; null when there was no row.</summary>
    public Rolled? Finish() => _rows == 0 ? null : new Rolled(
        new Position(seriesId, _end), new VolumeInterval(queue, hub, _start, grid.Minutes, _rows, _offered, _handled, _handleTime, _abandoned, _backlog));

    private static double? Sum(double? a, double? b) => a is null ? b : a + (b ?? 0);
}
