using Wfm.Api.Features.Setup.Events;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Api.Features.Setup.Queues;
using Wfm.Api.Features.Volumes.Storage;
using Wfm.Api.Pipeline;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Api.Features.Forecasts.Stored;

/// <summary>Stored series and forecasts as planning sees them.</summary>
internal static class SeriesHistories
{
    /// <param name="series">With its queue loaded.</param>
    /// <param name="stretch">Its volumes; unknown intervals at the beginning are left out.</param>
    /// <param name="events">Events of any hub and queue.</param>
    public static SeriesHistory ToHistory(this Series series, Hub hub, History stretch, IEnumerable<OperationEvent> events)
    {
        var known = stretch.FromFirstKnown();
        return new SeriesHistory(
            series.Id, hub.ToPlanned(), series.Queue!.ToPlanned(), new TimeSeries(known.Start, known.Grid, known.Offered), known.Handled,
            known.HandleTimeSeconds)
        {
            Events = series.EventsOf(hub, events),
        };
    }

    public static IReadOnlyList<CalendarEvent> EventsOf(this Series series, Hub hub, IEnumerable<OperationEvent> events) =>
        [.. events.Where(e => e.Touches(hub) && (e.QueueId is null || e.QueueId == series.QueueId)).Select(e => e.ToCalendarEvent(hub.Zone))
            .OfType<CalendarEvent>()];

    /// <param name="row">With its series and queue loaded, adjustments applied.</param>
    public static ForecastedQueue ToForecasted(this SeriesForecastRow row, int seed) =>
        new(row.SeriesId, row.Series!.Queue!.ToPlanned(), row.ToForecast(seed), row.AhtSeconds);
}
