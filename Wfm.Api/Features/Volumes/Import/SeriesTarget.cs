using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Wfm.Api.Persistence;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Volumes.Import;

/// <summary>A series that rows of a file go to, existing or yet to be created, with its grid and what it got already.</summary>
internal sealed class SeriesTarget(int ordinal, int id, Guid queueId, Guid hubId, int intervalMinutes, DateTimeZone zone)
{
    private const long MicrosecondsPerDay = IntervalGrid.Day * 60_000_000L;
    private static readonly OffsetPattern OffsetText = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    private readonly IntervalGrid _grid = IntervalGrid.Of(intervalMinutes, zone);

    /// <summary>Stands for the series in parsed rows until it has an id.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>0 until it is created.</summary>
    public int Id { get; set; } = id;
    public Guid QueueId { get; } = queueId;
    public Guid HubId { get; } = hubId;
    public int IntervalMinutes { get; } = intervalMinutes;

    /// <summary>Immediate work is handled as it comes; of deferrable work a quiet interval may finish more than arrived in it.</summary>
    public bool IsImmediate { get; init; }
    public SeenIntervals Seen { get; } = new();

    /// <summary>The start of the interval in microseconds since 1970; the reason when the time cannot be one.</summary>
    /// <param name="microseconds">In: as read. Out: the instant.</param>
    /// <remarks>Local midnight of a daily series is its day, also where the clocks skip midnight or pass it twice.</remarks>
    public string? Resolve(TimeKind kind, ref long microseconds)
    {
        if (kind == TimeKind.Instant)
        {
            return null;
        }

        var isDaily = IntervalMinutes == IntervalGrid.Day;
        var (day, time) = Math.DivRem(microseconds, MicrosecondsPerDay);
        if (isDaily && time == 0)
        {
            microseconds = InstantMicroseconds.From(_grid.StartOfDay(new LocalDate(1970, 1, 1).PlusDays((int)day)));
            return null;
        }

        return kind == TimeKind.Local ? ResolveLocal(ref microseconds) : $"is a day; a series of {IntervalMinutes} minutes needs a time";
    }

    /// <summary>The number of the interval on the grid; the reason when it starts beside the grid.</summary>
    public string? Slot(long microseconds, out long slot)
    {
        var instant = InstantMicroseconds.ToInstant(microseconds);
        slot = _grid.SlotOf(instant);
        return _grid.StartOf(slot) == instant ? null
            : IntervalMinutes == IntervalGrid.Day ? $"does not start at midnight in {zone.Id}; the series has one row a day, which the date alone names best"
            : $"does not start on the {IntervalMinutes}-minute grid of the series (counted from midnight in {zone.Id})";
    }

    private string? ResolveLocal(ref long microseconds)
    {
        var local = new LocalDateTime(1970, 1, 1, 0, 0).PlusTicks(microseconds * 10);
        var mapping = zone.MapLocal(local);
        switch (mapping.Count)
        {
            case 0:
                return $"does not exist in {zone.Id}: {Describe(mapping.EarlyInterval.IsoLocalEnd, mapping.LateInterval.IsoLocalStart)}";
            case 2:
                var (first, second) = (OffsetText.Format(mapping.EarlyInterval.WallOffset), OffsetText.Format(mapping.LateInterval.WallOffset));
                return $"happens twice in {zone.Id}: {Describe(mapping.EarlyInterval.IsoLocalEnd, mapping.LateInterval.IsoLocalStart)}; "
                    + $"add the offset, {first} for the first time and {second} for the second";
            default:
                microseconds = InstantMicroseconds.From(mapping.Single().ToInstant());
                return null;
        }
    }

    private static string Describe(LocalDateTime from, LocalDateTime to) => string.Create(
        CultureInfo.InvariantCulture, $"the clocks go from {from:HH':'mm} to {to:HH':'mm} on {from.Date:uuuu'-'MM'-'dd}");
}
