using NodaTime;
using Wfm.Api.Features.SampleOperation;
using Wfm.Api.Features.Setup.Hubs;
using Wfm.Forecasting.Calendar;
using Wfm.Forecasting.Pooled;
using Wfm.Forecasting.Series;
using Wfm.Forecasting;
using Wfm.Api.Pipeline;
using Wfm.Scheduling.Problem;

namespace Wfm.Benchmarks.Forecasting;

/// <summary>The sample operation's volumes as a pool of series, with their events, opening hours and attributes.</summary>
internal static class SamplePool
{
    public static List<PoolMember> Read()
    {
        var files = SampleOperationFiles.Load();
        var generator = new SampleVolumeGenerator(files);
        return [.. files.Series.Select(series => Member(files, series, [.. generator.Generate(series)]))];
    }

    /// <summary>The member as it was known at an instant, with no more than some intervals of history.</summary>
    public static PoolMember Until(PoolMember member, Instant end, int longest)
    {
        var history = member.History;
        var length = Math.Clamp((int)((end - history.Start) / history.Grid.Interval), 0, history.Length);
        var kept = Math.Min(length, longest);
        return member with { History = new TimeSeries(history.InstantAt(length - kept), history.Grid, history.Values[(length - kept)..length].ToArray()) };
    }

    private static PoolMember Member(SampleOperationFiles files, SampleSeries series, SampleVolume[] rows)
    {
        var (hub, queue) = (files.HubsByCode[series.Hub], files.QueuesByCode[series.Queue]);
        var grid = new IntervalGrid(Duration.FromMinutes(30), hub.Zone);
        var start = rows[0].IntervalStart;
        var values = new double[(int)((rows[^1].IntervalStart - start) / grid.Interval) + 1];
        Array.Fill(values, double.NaN);
        foreach (var row in rows)
        {
            values[(int)((row.IntervalStart - start) / grid.Interval)] = row.Offered;
        }

        var open = new OpenHours([.. hub.OpeningHours.Select(w => new AvailabilityWindow(w.Day, w.From, w.To))]);
        return new PoolMember($"{series.Queue} {series.Hub}", new TimeSeries(start, grid, values))
        {
            Options = new ForecastOptions
            {
                Events = [.. files.Events.Where(e => (e.Hub ?? series.Hub) == series.Hub && (e.Queue ?? series.Queue) == series.Queue).Select(e =>
                {
                    var during = e.During(files.HubsByCode);
                    return new CalendarEvent(e.Kind, during.Start, during.End, e.Repeats);
                })],
                OpenWeek = open.Week(grid),
            },
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["queue"] = series.Queue,
                ["hub"] = series.Hub,
                ["language"] = queue.Language,
                ["channel"] = queue.Channel,
                ["skillGroup"] = queue.SkillGroup,
                ["severity"] = queue.Severity,
            },
        };
    }
}
