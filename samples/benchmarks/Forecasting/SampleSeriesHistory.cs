using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Forecasting;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Series;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>One series of the sample operation with its events, cut off wherever a benchmark stands.</summary>
internal sealed class SampleSeriesHistory
{
    private readonly bool[]? _openWeek;

    public SampleSeriesHistory(SampleOperationFiles files, SampleVolumeGenerator generator, SampleSeries series)
    {
        Name = $"{series.Queue} {series.Hub}";
        Hub = files.HubsByCode[series.Hub];
        var calendar = new SampleCalendar(Hub, files.Dates);
        var values = new double[calendar.Count];
        Array.Fill(values, double.NaN);
        foreach (var row in generator.Generate(series))
        {
            values[calendar.IndexOf(row.IntervalStart)] = row.Offered;
        }

        var intensity = new SampleIntensity(files, series, calendar);
        _openWeek = files.QueuesByCode[series.Queue].Immediate ? intensity.Open : null;
        All = new TimeSeries(calendar.Start, new IntervalGrid(Duration.FromMinutes(SampleCalendar.IntervalMinutes), Hub.Zone), values);
        Events = [.. files.Events.Where(e => (e.Hub ?? series.Hub) == series.Hub && (e.Queue ?? series.Queue) == series.Queue).Select(e =>
        {
            var during = e.During(files.HubsByCode);
            return new CalendarEvent(e.Kind, during.Start, during.End, e.Repeats);
        })];
    }

    public string Name { get; }

    public SampleHub Hub { get; }

    public TimeSeries All { get; }

    public IReadOnlyList<CalendarEvent> Events { get; }

    /// <summary>What was known at an instant, and the first interval that was not.</summary>
    public TimeSeries Until(Instant cutOff) => All.Head(All.Grid.StepsUntil(All.Start, cutOff));

    public ForecastOptions Options(IReadOnlyList<CalendarEvent> events) => new() { Events = events, OpenWeek = _openWeek, BacktestOrigins = 4 };
}
