using NodaTime;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Pipeline;

/// <summary>What is known of one queue at one hub up to the cut-off.</summary>
/// <param name="Key">Tells the series of one forecast apart.</param>
/// <param name="Hub">The hub.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Offered">Contacts from the first known interval to the cut-off; NaN where missing.</param>
/// <param name="Handled">Contacts handled, of the same length; NaN where not said.</param>
/// <param name="HandleTimeSeconds">Total handle time, of the same length; NaN where not said.</param>
public sealed record SeriesHistory(int Key, PlannedHub Hub, PlannedQueue Queue, TimeSeries Offered, double[] Handled, double[] HandleTimeSeconds)
{
    /// <summary>History of this length serves a forecast: two years, what the yearly season needs.</summary>
    public static readonly Duration Longest = Duration.FromDays(2 * 364);

    /// <summary>How far back other hubs' series are read when a young one borrows from them.</summary>
    public static readonly Duration LongestOfSiblings = Duration.FromDays(364);

    /// <summary>A series silent for longer than this before the cut-off is not forecast.</summary>
    public static readonly Duration LongestSilence = Duration.FromDays(28);

    /// <summary>A series with less history than this borrows from similar ones.</summary>
    public static readonly Duration Young = Duration.FromDays(14);

    /// <summary>Events that touch the series, past and coming.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    /// <summary>What an earlier forecast learned; null to learn anew.</summary>
    public ForecastMemory? Memory { get; init; }

    /// <summary>Whether it is too short to forecast from alone.</summary>
    public bool IsYoung => Offered.End - Offered.Start < Young;

    /// <summary>Whether any interval has a volume.</summary>
    public bool IsKnown => Offered.Values.ContainsAnyInRange(double.MinValue, double.MaxValue);

    /// <summary>What the forecast is told beside the volumes.</summary>
    /// <remarks>A day with a volume is no closed day, whatever the hours of the doors; nor is the hour in which work comes that waits for them to
    /// open.</remarks>
    public ForecastOptions Options => new()
    {
        Events = Events,
        OpenWeek = Hub.When(Queue).Week(Offered, arrivesWhileClosed: Offered.Grid.IsCalendar || Queue.Deferrable is not null),
    };

    /// <summary>The series as others see it.</summary>
    public PoolMember Member => new($"{Queue.Code} {Hub.Code}", Offered)
    {
        Options = Options,
        Attributes = new Dictionary<string, string>(Queue.Attributes, StringComparer.Ordinal)
        {
            ["queue"] = Queue.Code,
            ["hub"] = Hub.Code,
            ["skillGroup"] = Queue.Group,
            ["severity"] = $"S{Queue.Severity}",
        },
    };

    /// <summary>The start of the history window, on the grid of the series.</summary>
    public static Instant Earliest(IntervalGrid grid, Instant cutOff, Duration length) => grid.Floor(cutOff - length);

    /// <summary>Where the history begins: where that of its memory began, as long as the memory can serve.</summary>
    public static Instant StartOf(IntervalGrid grid, Instant cutOff, ForecastMemory? memory)
    {
        var earliest = Earliest(grid, cutOff, Longest);
        return memory is not null && memory.Start >= earliest - Duration.FromDays(ForecastMemory.LongestDays + 1) ? memory.Start : earliest;
    }

    /// <summary>Why a series is not forecast; null when it is.</summary>
    /// <param name="queue">Code of the queue.</param>
    /// <param name="last">Start of its last interval with a volume; null for none.</param>
    public static string? Silence(string queue, Instant? last, Instant cutOff) => last switch
    {
        null => $"Queue '{queue}' has no volume at all.",
        { } since when since + LongestSilence < cutOff =>
            $"Queue '{queue}' has no volume since {since}, more than {LongestSilence.Days} days before the cut-off {cutOff}.",
        _ => null,
    };
}
